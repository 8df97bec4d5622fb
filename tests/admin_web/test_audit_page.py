"""The audit log as a page: found in plain words, checked, exported so that an outsider can verify it, only for few."""

import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from admin_web.chain_program import PROGRAM
from admin_web.csv_text import render_csv
from admin_web.pages.audit import COLUMNS, TABLE
from admin_web.ports import Role
from app.troubles.chain_watch import ChainWatch
from app.troubles.exported_log import verify_export
from storage.audit import GENESIS, Fact, link
from storage.tables.office import AUDIT
from tests.admin_web.auth.office_house import Browser, OfficeHouse
from tests.admin_web.letters_house import report
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


def rows(text: str) -> list[tuple[str, str, str]]:
    """Who, what, about what."""
    shown = re.findall(
        r"<tr>\s*<td[^>]*><time.*?</td>\s*<td[^>]*>(.*?)</td>\s*<th[^>]*>(.*?)</th>\s*<td[^>]*>(.*?)</td>",
        text,
        re.DOTALL,
    )
    return [(who.strip(), what.strip(), about.strip()) for who, what, about in shown]


async def page(browser: Browser, query: str = "", *, status: int = 200) -> str:
    shown = await browser.get(f"/admin/audit{query}")
    assert shown.status_code == status, shown.text
    return shown.text


async def test_rows_are_said_in_plain_words_newest_first(either_office: OfficeHouse):
    browser = await either_office.signed_in("王芳")
    number = await report(either_office)

    shown = rows(await page(browser))

    assert shown[0] == ("居民", "报来一件事", f"工单 #{number}")
    assert ("邀请账号", "账号 王芳") in [(what, about) for _, what, about in shown]
    assert shown[-1][1:] == ("层级生效", "层级第 1 版")


FOUND = (
    ("?about=1001", {("居民", "报来一件事", "工单 #1001")}),
    ("?about=%231002", {("居民", "报来一件事", "工单 #1002")}),
    ("?who=居民&about=1002", {("居民", "报来一件事", "工单 #1002")}),
    ("?kind=hierarchy", {("层级文件", "层级生效", "层级第 1 版")}),
    ("?about=第1版", {("层级文件", "层级生效", "层级第 1 版")}),
    ("?about=王芳&kind=ticket", set()),
    ("?who=命令行", {("命令行", "建了接口令牌", "令牌 1")}),
    ("?who=李强", set()),
    ("?from=2026-11-25", set()),
    ("?to=2026-11-23", set()),
    ("?from=2026-11-24&to=2026-11-24&about=1001", {("居民", "报来一件事", "工单 #1001")}),
)


async def test_the_filters_find_what_was_meant(office: OfficeHouse):
    browser = await office.signed_in("王芳")
    await report(office)
    await report(office, "hepingli-b5", "路灯坏了")
    office.house.store.writer.run_now(
        lambda unit: unit.audit.append(
            "token.created", subject="token:1", by="command line", content={}, at=office.now
        )
    )

    for query, expected in FOUND:
        assert set(rows(await page(browser, query))) == expected, query


async def test_a_date_that_is_none_is_said_beside_the_form_and_what_was_typed_stays(office: OfficeHouse):
    browser = await office.signed_in("王芳")

    for query in ("from=gestern", "from=0001-01-01", "to=9999-12-31"):
        shown = await page(browser, f"?{query}&who=李强", status=422)

        assert "日期没看懂" in shown
        assert 'value="李强"' in shown


async def test_pages_go_on_where_the_one_before_ended(office: OfficeHouse):
    browser = await office.signed_in("王芳")
    for _ in range(55):
        await report(office)

    first = await page(browser, "?kind=ticket")
    second = await page(browser, re.search(r"\?kind=ticket&amp;below=\d+", first)[0].replace("&amp;", "&"))  # type: ignore[index]

    numbers = [int(re.sub(r"\D", "", about)) for text in (first, second) for _, _, about in rows(text)]
    assert numbers == list(range(1055, 1000, -1))


async def test_the_log_is_for_auditors_and_admins(office: OfficeHouse):
    for name, role, place, status in (
        ("street", Role.STREET_ADMIN, "xinhua", 403),
        ("viewer", Role.VIEWER, "xinhua", 403),
        ("auditor", Role.AUDITOR, "xinhua", 200),
        ("admin", Role.ADMIN, "xinhua", 200),
    ):
        browser = await office.signed_in(name, role, place)

        assert (await browser.get("/admin/audit")).status_code == status, name
        assert ('href="/admin/audit"' in (await browser.get("/account")).text) == (status == 200), name
        assert (await browser.get("/admin/audit/chain")).status_code == status, name
        assert (await browser.post("/admin/audit/export", form="jsonl")).status_code == status, name
        assert ("audit.exported" in office.kinds_of_audit()) == (status == 200), name


async def test_an_auditor_of_a_part_sees_and_takes_away_what_happened_to_its_tickets(
    either_office: OfficeHouse,
):
    office = either_office
    here = await report(office)
    await report(office, "hepingli-b5", "路灯坏了")
    browser = await office.signed_in("below", Role.AUDITOR, "xingfuli")

    shown = await page(browser)
    elsewhere = await page(browser, f"?about={here + 1}")
    taken = [json.loads(each) for each in (await export(browser, "jsonl")).splitlines()]

    assert {about for _, _, about in rows(shown)} == {f"工单 #{here}"}
    assert "这里只有您那一片工单的操作" in shown
    assert "从头检查一遍" not in shown
    assert rows(elsewhere) == []
    assert {each["subject"] for each in taken} == {f"ticket:{here}"}
    assert (await browser.get("/admin/audit/chain")).status_code == 403
    assert (await browser.post("/admin/audit/check")).status_code == 403


async def test_a_whole_check_is_begun_and_its_result_kept(office: OfficeHouse):
    browser = await office.signed_in("王芳")

    answer = await browser.post("/admin/audit/check")
    while "正在" in (shown := (await browser.get("/admin/audit/chain")).text):
        continue

    assert answer.status_code == 303
    assert "上次从头检查 2026-11-24 09:00" in shown
    assert "都对得上" in shown


async def test_a_row_that_was_changed_is_told_with_its_number(either_office: OfficeHouse):
    office = either_office
    browser = await office.signed_in("王芳")
    await page(browser)
    with office.house.store.writing_engine.begin() as connection:
        connection.execute(sa.update(AUDIT).where(AUDIT.c.seq == 1).values(by="nobody"))

    unseen = await page(browser)
    watch = ChainWatch(office.house.store, office.house.clock.now)
    watch.begin_whole("test")
    await watch.finish()
    shown = await page(browser)

    assert "都对得上" in unseen
    assert "从第 1 行起对不上" in shown
    assert "第 1 行：内容被改过" in shown


async def export(browser: Browser, form: str, **wanted: str) -> str:
    answer = await browser.post("/admin/audit/export", form=form, **wanted)
    assert answer.status_code == 200
    return answer.text


def verify(folder: Path, text: str, *, name: str = "log.jsonl") -> subprocess.CompletedProcess[str]:
    (folder / "check.py").write_text(PROGRAM, "utf-8")
    (folder / name).write_bytes(text.encode())
    command = [sys.executable, "check.py", name]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


async def test_an_outsider_verifies_the_export_with_the_program_of_the_page(
    either_office: OfficeHouse, tmp_path: Path
):
    office = either_office
    browser = await office.signed_in("王芳")
    await report(office, text='灯“坏”了 "\\\n')

    text = await export(browser, "jsonl")
    good = verify(tmp_path, text)
    lines = text.splitlines()
    changed = verify(tmp_path, text.replace('"by": "resident"', '"by": "somebody"'))
    swapped = verify(tmp_path, "\n".join([*lines[:2], lines[3], *lines[4:]]))

    head = office.house.store.reads.audit_head()
    assert json.loads(lines[-1])["kind"] == "audit.exported"
    assert good.stdout == f"{len(lines)} rows fit, 0 gaps; the newest is {head.seq}:{head.hash}\n"
    assert re.fullmatch(r"row \d+ was changed\n", changed.stderr)
    assert ", 1 gaps;" in swapped.stdout


async def test_a_table_has_the_same_rows_and_no_formulas(office: OfficeHouse):
    browser = await office.signed_in("王芳")
    await report(office)
    office.house.store.writer.run_now(
        lambda unit: unit.audit.append(
            "token.created", subject="token:1", by="=1+1", content={}, at=office.now
        )
    )

    table = list(csv.reader(io.StringIO((await export(browser, "csv")).removeprefix("\ufeff"))))

    assert tuple(table[0]) == TABLE
    assert [int(each[0]) for each in table[1:]] == list(range(1, len(table)))
    assert "'=1+1" in [each[4] for each in table]


async def test_a_table_is_verified_although_formulas_are_marked_in_it(office: OfficeHouse, tmp_path: Path):
    browser = await office.signed_in("王芳")
    await report(office)
    office.house.store.writer.run_now(
        lambda unit: unit.audit.append(
            "token.created", subject="'=2", by="=1+1", content={"name": "零\u200b宽"}, at=office.now
        )
    )
    text, path = await export(browser, "csv"), tmp_path / "log.csv"

    outside = verify(tmp_path, text, name="log.csv")
    good, head = verify_export(path), office.house.store.reads.audit_head()
    path.write_bytes(text.replace("'=1+1", "'=1+2").encode())
    edited = verify_export(path)

    assert f"newest is {head.seq}:{head.hash}" in outside.stdout
    assert (good.problems, good.gaps, good.head) == ((), 0, head)
    assert [flaw for _, flaw in edited.problems] == ["shown_differs"]


def test_a_table_of_an_earlier_release_is_verified_by_trying_each_apostrophe(tmp_path: Path):
    at = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
    fact = Fact(at, "token.created", "'=2", "=1+1", "xinhua", "{}")
    digest = link(GENESIS, 1, fact)
    row = (
        1,
        at.isoformat(timespec="microseconds"),
        fact.kind,
        fact.subject,
        fact.by,
        fact.root,
        "{}",
        "",
        GENESIS,
        digest,
    )
    path = tmp_path / "old.csv"
    path.write_bytes(render_csv(COLUMNS, [row]).encode())

    assert verify_export(path).problems == ()
    path.write_bytes(path.read_bytes().replace(b"=1+1", b"=1+3"))
    assert verify_export(path).problems == ((1, "changed"),)


async def test_an_export_takes_what_the_filter_shows_and_says_so_in_the_log(office: OfficeHouse):
    browser = await office.signed_in("王芳")
    await report(office)
    await report(office)

    found = [json.loads(line) for line in (await export(browser, "jsonl", about="1001")).splitlines()]
    newest = office.house.store.reads.list_audit(limit=1)[0]

    assert [each["subject"] for each in found] == ["ticket:1001"]
    assert (newest.kind, json.loads(newest.content)) == (
        "audit.exported",
        {"form": "jsonl", "wanted": {"subject": "ticket:1001"}},
    )
