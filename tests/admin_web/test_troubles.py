"""The desk of troubles: who sees what, what is done with letters, and what is said of a house that is not well."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from admin_web.ports import Role
from app.running.standing import build_probes
from app.troubles.chain_watch import ChainWatch
from routing.notice_kinds import Hearer, Notice, NoticeKind
from storage.tables.office import AUDIT
from tests.admin_web.auth.office_house import Browser, OfficeHouse
from tests.admin_web.letters_house import OLD_CHAT, PROPERTY, chat_of, lose, report, states
from tests.stories.conftest import _migrated_file, postgres_story_url, sqlite_story_url, story_url

__all__ = ["_migrated_file", "postgres_story_url", "sqlite_story_url", "story_url"]


@pytest.fixture
async def office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(sqlite_story_url, tmp_path)
    yield opened
    await opened.close()


@pytest.fixture
async def either_office(story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(story_url, tmp_path)
    yield opened
    await opened.close()


async def page(browser: Browser, query: str = "") -> str:
    shown = await browser.get(f"/admin/troubles{query}")
    assert shown.status_code == 200, shown.text
    return shown.text


async def act(browser: Browser, verb: str, *letters: int) -> str:
    """The page after the form."""
    answer = await browser.client.post(
        f"/admin/troubles/letters/{verb}",
        content="&".join([f"csrf={browser.csrf}", *(f"letter={each}" for each in letters)]),
        headers={
            "content-type": "application/x-www-form-urlencoded",
            "origin": browser.base_url,
            "sec-fetch-site": "same-origin",
        },
    )
    assert answer.status_code == 303, answer.text
    return (await browser.get(answer.headers["location"])).text


async def test_a_house_without_trouble_says_so_with_the_time_of_the_look(office: OfficeHouse):
    browser = await office.signed_in("zhaolei", Role.NODE_ADMIN, "xingfuli")

    shown = await page(browser)

    assert "一切正常" in shown
    assert "截至 2026-11-24 09:00" in shown
    assert "聊天渠道" not in shown


async def test_a_letter_is_sent_again_and_is_gone(either_office: OfficeHouse):
    office = either_office
    browser = await office.signed_in("wangfang")
    number = await report(office)
    letter = lose(
        office,
        number,
        "errcode=45015 more than 48 hours since the person wrote",
        address=chat_of("xingfuli-property"),
    )

    before = await page(browser)
    after = await act(browser, "send-again", letter)

    assert "1 条消息没有送到" in before
    assert "幸福里物业群" in before
    assert "请打电话告诉反映人" in before
    assert "1 条正在重发" in after
    assert "没有送到" not in after
    assert states(office) == {}
    assert "outbox.sent_again" in office.kinds_of_audit()


async def test_a_letter_goes_the_way_that_leads_there_now(either_office: OfficeHouse):
    office = either_office
    browser = await office.signed_in("wangfang")
    number = await report(office)
    old = lose(office, number, "Forbidden: bot was kicked from the group chat", address=OLD_CHAT)
    none = lose(office, number)

    after = await act(browser, "send-again", old, none)

    waiting = office.house.store.writer.run_now(
        lambda unit: unit.parcels.list_lanes(office.house.clock.now())
    )
    assert "2 条正在重发" in after
    assert states(office) == {}
    assert "telegram:123456" not in waiting
    assert office.kinds_of_audit()[:2] == ["outbox.sent_anew", "outbox.sent_anew"]


async def test_who_still_cannot_be_reached_is_said_and_stays(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    number = await report(office)
    letter = lose(office, number, hearer=Hearer.group("nobody"))

    after = await act(browser, "send-again", letter)

    assert "1 条还是没有办法送到" in after
    assert "您还没有选中消息" in await act(browser, "settle")
    assert states(office) == {letter: "unreachable"}


async def test_what_is_settled_can_be_taken_back_as_it_was(either_office: OfficeHouse):
    office = either_office
    browser = await office.signed_in("wangfang")
    number = await report(office)
    gone = lose(office, number, "the person does not follow the account", address=OLD_CHAT)
    none = lose(office, number)

    settled = await act(browser, "settle", gone, none)
    quiet = states(office)
    back = await act(browser, "take-back", gone, none)

    assert "2 条记为不用再发" in settled
    assert re.findall(r'<input type="hidden" name="letter" value="(\d+)">', settled) == [str(gone), str(none)]
    assert quiet == {}
    assert "2 条又放回来了" in back
    assert states(office) == {gone: "dead", none: "unreachable"}
    assert "机器人够不着" in back
    assert office.kinds_of_audit()[:4] == ["outbox.taken_back"] * 2 + ["outbox.settled"] * 2


async def test_a_letter_of_another_place_is_neither_seen_nor_touched(office: OfficeHouse):
    admin = await office.signed_in("wangfang")
    other = await office.signed_in("zhaolei", Role.NODE_ADMIN, "hepingli")
    letter = lose(office, await report(office), "no such person", address=chat_of("xingfuli-property"))

    for verb in ("send-again", "settle"):
        assert "没有送到" not in await act(other, verb, letter)
        assert states(office) == {letter: "dead"}
    await act(admin, "settle", letter)
    await act(other, "take-back", letter)
    assert states(office) == {}


async def test_an_auditor_looks_and_has_no_buttons(office: OfficeHouse):
    browser = await office.signed_in("auditor", Role.AUDITOR)
    lose(office, await report(office))

    shown = await page(browser)

    assert "1 条消息没有送到" in shown
    assert "再发一次</button>" not in shown


async def test_letters_are_turned_over_page_by_page(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    number = await report(office)
    letters = [lose(office, number) for _ in range(25)]

    first = await page(browser)
    second = await page(browser, re.search(r"\?below=\d+", first)[0])  # type: ignore[index]

    shown = [
        int(each) for text in (first, second) for each in re.findall(r'name="letter" value="(\d+)"', text)
    ]
    assert shown == letters[::-1]
    assert "回到最新的" in second


async def test_a_ticket_that_nobody_was_told_of_is_an_alarm_below_its_place(office: OfficeHouse):
    mine = await office.signed_in("zhaolei", Role.NODE_ADMIN, "xingfuli")
    other = await office.signed_in("qianjin", Role.NODE_ADMIN, "hepingli")
    number = await report(office)
    office.house.store.writer.run_now(lambda unit: _drop_all(unit, office))
    office.house.clock.push(timedelta(minutes=11))

    assert "1 张工单还没有通知到任何人" in await page(mine)
    assert f"#{number}" in await page(mine)
    assert "一切正常" in await page(other)


def _drop_all(unit, office: OfficeHouse) -> None:
    now = office.house.clock.now()
    for lane in unit.parcels.list_lanes(now):
        for each in unit.parcels.take(lane, owner="t", now=now, lasts=now - now, limit=100):
            unit.parcels.drop(each.parcel_id, owner="t", detail="", now=now)


async def test_a_disk_without_room_is_said_in_the_page_and_makes_the_service_not_ready(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    office.house.settings = replace(office.house.settings, free_space=999_999_999)

    reason = await build_probes(office.house)["disk"]()

    assert reason is not None
    assert "999999999 MiB are wanted" in reason
    assert "磁盘快满了" in await page(browser)


async def test_a_house_that_never_made_a_backup_is_told_and_is_content_with_one(
    office: OfficeHouse, tmp_path: Path
):
    browser = await office.signed_in("wangfang")
    assert "还没有备份过" not in await page(browser)

    office.house.clock.push(office.now.replace(day=27) - office.now)
    assert "还没有备份过" in await page(browser)

    office.house.store.back_up(tmp_path / "copy.db")
    office.house.clock.push(office.now.replace(day=28) - office.now)
    shown = await page(browser)
    assert "没有备份" not in shown
    assert "2026-11-27 09:00" in shown


async def test_english_is_whole(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    number = await report(office, text="door")
    lose(
        office,
        number,
        "Forbidden: bot was blocked by the user",
        hearer=Hearer.reporters(),
        address=OLD_CHAT,
        kind=NoticeKind.ASK_RATING,
    )
    browser.client.cookies.set("liren-language", "en", domain="liren.test", path="/")

    shown = await page(browser)

    assert "Asks residents for a rating" in shown
    assert "Ring or visit whoever reported it" in shown
    main = re.search(r"<main.*</main>", shown, re.DOTALL)
    assert main is not None
    assert not re.search("[\u4e00-\u9fff]", re.sub(r"<details.*?</details>", "", main[0], flags=re.DOTALL))


async def test_the_navigation_counts_the_letters_of_ones_own_place(office: OfficeHouse):
    mine = await office.signed_in("zhaolei", Role.NODE_ADMIN, "xingfuli")
    other = await office.signed_in("qianjin", Role.NODE_ADMIN, "hepingli")
    letter = lose(office, await report(office))
    await office.house.troubled.refresh(office.house.store)

    counted, uncounted = await page(mine), await page(other)
    settled = await act(mine, "settle", letter)

    assert re.search(r'nav-count">1<', counted)
    assert "nav-count" not in uncounted
    assert "nav-count" not in settled


async def test_a_chat_that_is_gone_a_lane_that_is_off_and_a_broken_chain_are_said(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    number, now = await report(office), office.house.clock.now()
    notice = Notice(NoticeKind.ASKED, PROPERTY, number, 1, urgent=True)
    office.house.store.writer.run_now(lambda unit: unit.outbox.add(notice, [OLD_CHAT], now=now))
    with office.house.store.writing_engine.begin() as connection:
        connection.execute(sa.update(AUDIT).where(AUDIT.c.seq == 2).values(by="nobody"))
    await ChainWatch(office.house.store, office.house.clock.now).catch_up()

    shown = await page(browser)

    assert "1 条消息等着一个没接通的渠道（telegram）" in shown
    assert "操作日志的链在第 2 行断了" in shown


async def test_a_ticket_past_its_limit_leads_to_the_board(office: OfficeHouse):
    browser = await office.signed_in("zhaolei", Role.NODE_ADMIN, "xingfuli")
    await report(office)
    office.house.clock.push(timedelta(days=8))

    shown = await page(browser)

    assert "1 张工单过了时限" in shown
    assert "1 张工单到点了，系统却没有去看" in shown
    assert 'href="/admin/tickets?state=late"' in shown


async def test_what_nobody_takes_at_the_top_leads_to_where_it_is_dealt_with_together(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    await report(office)
    for _ in range(8):
        office.house.clock.push(timedelta(days=8))
        await office.house.sweeper.sweep()

    shown = await page(browser)

    assert "1 张工单到了最上一级还没人接" in shown
    assert '<a class="button" href="/admin/tickets?state=open&amp;level=street">到工单里一起办</a>' in shown


async def test_what_harms_residents_comes_first_and_the_house_is_for_the_top(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    below = await office.signed_in("zhaolei", Role.STREET_ADMIN, "xingfuli")
    await report(office)
    office.house.office.apply(b"version: 1\nname: x\n", author="file", note="")
    office.house.clock.push(timedelta(days=8))

    shown = await page(browser, "?look=again")
    harms = re.findall(r'class="harm harm-(\d)"', shown)

    assert harms == sorted(harms)
    assert set(harms) == {"0", "1", "2"}
    assert "改过的层级文件有" in shown
    assert "第 1 行" in shown
    assert "层级文件" not in await page(below)


async def test_a_look_is_kept_for_a_minute_unless_somebody_looks_again(office: OfficeHouse):
    browser = await office.signed_in("wangfang")
    await page(browser)
    office.house.office.apply(b"version: 1\nname: x\n", author="file", note="")

    assert "层级文件" not in await page(browser)
    assert "层级文件" in await page(browser, "?look=again")
