"""The monthly bulletin: true, short, and nothing in it that points at anybody."""

import re
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from admin_web.pages.figures_bulletin_text import Bulletin, BulletinWriter, Month
from admin_web.pages.figures_ports import OpenMatter, Period, PlaceFigures
from admin_web.pages.figures_sheet import break_lines, print_bulletin
from admin_web.pages.figures_views import Views
from admin_web.words import CATALOGUES, Language
from routing.figure_counts import NOTHING, Counts
from routing.hot_matters import HotMatter, Stop
from routing.voices import Voices, hear
from tests.admin_web.auth.office_house import OfficeHouse
from tests.admin_web.figures_house import B1, live_through_a_day
from tests.builders import TUESDAY_NINE, a_hierarchy
from tests.stories.conftest import _migrated_file, sqlite_story_url

__all__ = ["_migrated_file", "sqlite_story_url"]

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


def write(
    whole: Counts,
    *,
    today: date = date(2026, 11, 24),
    categories: dict[str, int] | None = None,
    levels: dict[str, Counts] | None = None,
    before: Counts = NOTHING,
    people: int = 0,
    hot: tuple[HotMatter, ...] = (),
    oldest: tuple[OpenMatter, ...] = (),
    language: Language = Language.ZH,
) -> Bulletin:
    figures = PlaceFigures(
        by_day={date(2026, 10, 5): whole},
        by_category={name: Counts(tickets=n) for name, n in (categories or {}).items()},
        by_level=levels or {},
    )
    heard = hear(Voices({1: people}, {B1: (people, people)}) if people else Voices({}, {}), ())
    month = Month("xingfuli", OCTOBER.since, OCTOBER, figures, before, heard, hot, oldest, today, "今天")
    return BulletinWriter(Views(CATALOGUES[language], a_hierarchy(), 5), month).write()


def said(bulletin: Bulletin) -> str:
    return "\n".join(each for _, sentences in bulletin.sections for each in sentences)


def test_a_usual_month_is_told_in_plain_sentences():
    whole = Counts(
        tickets=20, solved=13, solved_4h=8, solved_3d=5, status_open=4, status_claimed=3, due=15, on_time=12,
        satisfied=6, mostly=3, unsatisfied=1,
    )  # fmt: skip

    bulletin = write(
        whole,
        categories={"elevator": 12, "noise": 5, "water": 3},
        levels={"building": Counts(solved=9), "community": Counts(solved=4)},
        before=Counts(tickets=26),
        people=14,
    )

    assert bulletin.title == "幸福里社区居民事务月报"
    assert bulletin.numbers == [("反映", "20", "件"), ("已解决", "13", "件"), ("按时办结", "80%", "12/15")]
    assert [title for title, _ in bulletin.sections] == ["大家说了什么", "办得怎么样", "谢谢"]
    assert said(bulletin).splitlines() == [
        "这个月，大家一共反映了 20 件事，比上个月少 6 件。",
        "开口的有 14 位邻居。",
        "说得最多的是电梯（12 件）、噪音扰民（5 件）。",
        "到 11 月 24 日为止，解决了 13 件，还有 7 件正在办。",
        "解决了的事里，一半以上在 4 小时内办好。",
        "按时限该办结的，80% 按时办结了（12/15）。",
        "收到 10 次评价，90% 说满意或基本满意（9/10）。",
        "谢谢每一位开口的邻居：说出来，事情才有人办。",
        "也谢谢动手的人：楼栋办结 9 件。",
    ]


@pytest.mark.parametrize(
    ("tickets", "sentence"), [(0, "这个月没有人反映事情"), (4, "这个月反映的事不多，不足 5 件")]
)
def test_a_quiet_month_has_no_figures(tickets: int, sentence: str):
    bulletin = write(Counts(tickets=tickets, solved=tickets), categories={"noise": tickets})

    assert sentence in said(bulletin)
    assert bulletin.numbers == []
    assert re.findall(r"[0-9]+", said(bulletin).replace("不足 5 件", "")) == []


@pytest.mark.parametrize(
    ("before", "today", "sentence"),
    [
        (20, date(2026, 11, 24), "和上个月一样多"),
        (15, date(2026, 11, 24), "比上个月多 5 件"),
        (4, date(2026, 11, 24), "反映了 20 件事。"),
        (15, date(2026, 10, 20), "这个月还没过完，写到 10 月 20 日为止"),
    ],
)
def test_a_month_is_compared_only_with_what_compares(before: int, today: date, sentence: str):
    bulletin = write(Counts(tickets=20), before=Counts(tickets=before), today=today)

    assert sentence in said(bulletin)


@pytest.mark.parametrize(
    ("whole", "sentence"),
    [
        (Counts(tickets=9, solved=9), "这些事都已经解决了"),
        (Counts(tickets=9, solved=7, status_open=2), "解决了 7 件，还有几件正在办"),
        (Counts(tickets=9, solved=3, status_open=6), "大多还在办"),
        (Counts(tickets=9, solved=9), "一半以上用了 7 天多"),
        (Counts(tickets=9, solved=3, satisfied=3), "评价的人还不多"),
    ],
)
def test_what_was_done_is_told_without_small_numbers(whole: Counts, sentence: str):
    assert sentence in said(write(whole))


def test_hot_matters_need_many_and_what_is_open_long_has_no_place():
    def hot(number: int, reporters: int) -> HotMatter:
        stops = (Stop(B1, TUESDAY_NINE, reporters), Stop("xingfuli-b2", TUESDAY_NINE, 1))
        return HotMatter(number, "water", reporters, reporters, TUESDAY_NINE, TUESDAY_NINE, stops)

    def open_for(number: int, days: int) -> OpenMatter:
        return OpenMatter(number, "noise", B1, TUESDAY_NINE - timedelta(days=days))

    bulletin = write(
        Counts(tickets=20),
        hot=(hot(1, 6), hot(2, 4)),
        oldest=(open_for(3, 40), open_for(4, 25), open_for(5, 3)),
    )

    sections = dict(bulletin.sections)
    assert sections["很多人都提到的事"] == [
        "有 6 位邻居都提到了幸福里社区 1号楼、幸福里社区 2号楼的停水漏水。"
    ]
    assert sections["还没办好的事"] == [
        "10 月 15 日反映的“噪音扰民”，40 天了，还没办好。",
        "10 月 30 日反映的“噪音扰民”，25 天了，还没办好。",
        "我们没有忘记，办好了会在这里告诉大家。",
    ]


def test_the_sheet_is_one_page_with_its_title_and_the_same_each_time():
    bulletin = write(Counts(tickets=20, solved=13, solved_1d=13), categories={"elevator": 12}, people=14)

    first, second = print_bulletin(bulletin), print_bulletin(bulletin)

    assert first == second
    assert first.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type /Page\b", first)) == 1
    assert b"STSong-Light" in first


def test_no_line_of_the_sheet_begins_with_a_sign_that_closes_and_numbers_keep_what_they_count():
    print_bulletin(write(Counts()))  # makes the font known
    most = "说得最多的是物业服务（124 件）、公共设施（89 件）、邻里纠纷（40 件）。"

    assert list(break_lines(most, size=14.5)) == [
        "说得最多的是物业服务（124 件）、公共设施（89 件）、邻里纠纷",
        "（40 件）。",
    ]
    assert list(break_lines("told by many neighbours", size=14.5, width=120)) == [
        "told by many",
        "neighbours",
    ]


def test_what_was_told_twice_is_said_so_that_the_numbers_add_up():
    whole = Counts(tickets=30, solved=13, solved_4h=13, status_open=7, status_merged=10)

    assert "另有 10 件和别人反映的是同一件事，并在一起办。" in said(write(whole))


@pytest.fixture
async def office(sqlite_story_url: str, tmp_path: Path) -> AsyncIterator[OfficeHouse]:
    opened = OfficeHouse(sqlite_story_url, tmp_path)
    yield opened
    await opened.close()


async def test_the_page_and_the_sheet_are_of_the_month_asked_for(office: OfficeHouse):
    live_through_a_day(office)
    browser = await office.signed_in("wangfang")

    usual = (await browser.get("/admin/figures/bulletin")).text
    this_month = (await browser.get("/admin/figures/bulletin?month=2026-11&node=xingfuli")).text
    sheet = await browser.get("/admin/figures/bulletin.pdf?month=2026-11")
    odd = (await browser.get("/admin/figures/bulletin?month=2027-99")).text

    assert "2026 年 10 月" in usual
    assert "2026 年 10 月" in odd
    assert "这个月没有人反映事情" in usual
    assert '<h2 id="bulletin">幸福里社区居民事务月报</h2>' in this_month
    assert "大家一共反映了 8 件事" in this_month
    assert "month=2026-12" not in this_month
    assert sheet.headers["content-type"] == "application/pdf"
    assert sheet.headers["content-disposition"] == 'inline; filename="bulletin-2026-11.pdf"'
