"""An admin teaches the bot in a real browser, on a phone: looks at what it is unsure of, taps, and takes it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from routing.desk import Desk, Report, open_ticket
from tests.accessibility import assert_accessible
from tests.admin_web.auth.live_office import LiveOffice, running_office
from tests.admin_web.auth.office_house import PASSWORD
from tests.builders import a_person, alone
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]


@pytest.fixture
def live(sqlite_story_url: str, tmp_path: Path) -> Iterator[LiveOffice]:
    with running_office(sqlite_story_url, tmp_path) as live:
        yield live


def told(live: LiveOffice, text: str) -> int:
    house = live.office.house
    tree = house.office.current()

    def job(unit):
        desk = Desk(unit, tree, house.reach, house.clock.now())
        person = unit.people.add(a_person("u1"))
        reading = house.school.reader.read(text, tree)
        return open_ticket(desk, Report(person, text, reading, "xingfuli-b1", alone("u1"))).ticket.number

    return house.store.writer.run_now(job)


def test_what_it_is_unsure_of_is_sorted_with_one_tap_and_taken_back_with_another(
    phone_page: Page, live: LiveOffice
):
    live.office.add("wangfang")
    number = told(live, "水有点黄")
    phone_page.goto(f"{live.url}/sign-in")
    phone_page.get_by_label("账号名").fill("wangfang")
    phone_page.get_by_label("密码").fill(PASSWORD)
    phone_page.get_by_role("button", name="登录").click()
    phone_page.get_by_role("link", name="分类学习").click()

    expect(phone_page.get_by_text("它猜：停水漏水，把握 45%")).to_be_visible()
    assert phone_page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert_accessible(phone_page)
    phone_page.get_by_label("别的类").select_option("电梯")
    phone_page.get_by_role("button", name="就分这类").click()
    expect(phone_page.get_by_role("status")).to_contain_text(f"#{number} 已分到“电梯”")
    phone_page.get_by_role("button", name="分回“停水漏水”").click()

    expect(phone_page.get_by_role("status")).to_contain_text(f"#{number} 已分到“停水漏水”")
    expect(phone_page.get_by_text("在办的都有人看过了。")).to_be_visible()
