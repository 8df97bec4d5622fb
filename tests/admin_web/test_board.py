"""The public board: counts that point at nobody."""

import re
from datetime import date
from functools import reduce
from html import escape

import httpx
import pytest
from fastapi import FastAPI

from admin_web.pages.board import Board, Counts, build_router, list_shown, show_counts
from admin_web.rendering import Pages, Statics, build_static_router

ROWS = (
    Counts("电梯", 64, 60, 62, 58),
    Counts("噪音扰民", 51, 43, 50, 44),
    Counts("停水漏水", 6, 3, 4, 4),
    Counts("消防通道占用", 9, 9, 9, 9),
    Counts("其他", 5, 5, 5, 5),
)
TOTAL = Counts("全部", 135, 120, 130, 120)
WAYS = ("wechat",)


def a_board(total: Counts = TOTAL, rows: tuple[Counts, ...] = ROWS) -> Board:
    return Board("<b>新华</b>街道", date(2026, 10, 25), date(2026, 11, 24), total, rows, WAYS)


async def read(board: Board, path: str = "/", *, language: str = "zh") -> str:
    async def figures() -> Board:
        return board

    app, statics = FastAPI(), Statics()
    app.include_router(build_static_router(statics))
    app.include_router(build_router(Pages(statics), figures=figures))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://liren") as client:
        client.cookies.set("liren-language", language)
        response = await client.get(path)
    assert response.status_code == 200
    return response.text


async def test_the_board_shows_reported_solved_and_on_time():
    page = await read(a_board())

    assert "135<small>件" in page
    assert "120<small>件" in page
    assert "92<small>%" in page
    assert "微信公众号" in page
    assert 'href="/help"' in page
    assert "&lt;b&gt;新华" in page


async def test_too_little_to_show_says_so():
    page = await read(a_board(Counts("全部", 4, 1, 1, 1), (Counts("电梯", 4, 1, 1, 1),)))

    assert "够 5 件再显示数字" in page
    assert "电梯" not in page


def test_a_small_count_is_not_shown():
    shown = show_counts(Counts("停水漏水", 6, 3, 4, 4), smallest=5)

    assert shown is not None
    assert (shown.reported, shown.solved, shown.on_time_percent) == (6, None, None)


def test_lines_are_shown_largest_first():
    assert [each.name for each in list_shown(ROWS, smallest=5)] == [
        "电梯",
        "噪音扰民",
        "消防通道占用",
        "停水漏水",
        "其他",
    ]


@pytest.mark.parametrize(
    ("hidden", "left"),
    [
        ((3,), ["电梯", "噪音扰民"]),
        ((3, 2), ["电梯", "噪音扰民", "其他"]),
        ((), ["电梯", "噪音扰民", "其他"]),
    ],
)
def test_a_hidden_line_cannot_be_found_by_subtraction(hidden: tuple[int, ...], left: list[str]):
    small = tuple(Counts(f"小{number}", number, 0, 0, 0) for number in hidden)
    rows = (ROWS[0], ROWS[1], ROWS[4], *small)

    assert [each.name for each in list_shown(rows, smallest=5)] == left


async def test_help_says_what_can_be_said():
    page = await read(a_board(), "/help")

    assert "催办 1024" in page
    assert "认领 1024" in page
    assert "微信公众号" in page


@pytest.mark.parametrize("path", ["/", "/help"])
async def test_who_reads_english_finds_no_chinese_but_names(path: str):
    page = await read(a_board(), path, language="en")

    names = {"<b>新华</b>街道", *(each.name for each in ROWS), "中文", "里仁"}
    left = reduce(
        lambda text, name: text.replace(escape(name), ""), sorted(names, key=len, reverse=True), page
    )
    assert '<html lang="en">' in page
    assert re.findall("[\u4e00-\u9fff，。：；、]+", left) == []
