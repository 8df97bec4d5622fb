"""Whatever is wrong with what was typed is told in one line of a person's words, with the exit code that says so."""

import io
import os
import shutil
import sys
from pathlib import Path

import pytest

from app.cli import COMMANDS, main
from routing.bindings import Binding
from storage.store import open_store
from tests.builders import TUESDAY_NINE

SAMPLE = Path(__file__).parents[2] / "hierarchy.yaml"
WECHAT = {
    "APP_ID": "wx5b0d3f8a91c27e64",
    "APP_SECRET": "0123456789abcdef" * 2,
    "TOKEN": "canary",
    "AES_KEY": "a" * 43,
    "API_BASE": "http://127.0.0.1:9",
}
ROUTE = ("hierarchy", "route", "hierarchy.yaml", "电梯坏了", "--group", "xingfuli-b1-residents", "--at")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(SAMPLE, tmp_path)
    (tmp_path / "gbk.csv").write_bytes("text,category\n电梯坏了,电梯\n".encode("gbk"))
    monkeypatch.chdir(tmp_path)
    for name in [each for each in os.environ if each.startswith("LIREN_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("serve", "--foo"), "liren serve: unrecognized arguments: --foo (see liren serve --help)"),
        (("serve", "--workers", "many"), '"many" is no whole number from 1 to 64'),
        (("hierarchy", "check", "a", "b"), "liren hierarchy check: unrecognized arguments: b"),
        (("hierarchy", "diff", "--language", "fr"), "invalid choice: 'fr' (choose from"),
        ((*ROUTE, "0001-01-01"), "the year is 1; write one from 1970 to 2199"),
        ((*ROUTE, "tomorrow"), '"tomorrow" is no time; write 2026-09-30T16:00'),
        (("simulate", "--from", "9999-12-31"), "the year is 9999"),
        (("simulate", "--from", "soon"), '"soon" is no day; write 2026-10-01'),
        (("simulate", "--days", "0"), '"0" is no whole number from 1 to 366'),
        (("simulate", "--diligence", "2"), '"2" is no number from 0 to 1'),
        (("simulate", "--keep", "nowhere/street.db"), "there is no folder nowhere"),
        (("token", "revoke", "board"), '"board" is no whole number'),
        (("user", "link", "nobody"), 'there is no account "nobody"'),
        (("audit", "verify", "--head", "1:" + "z" * 64), "is no head"),
    ],
)
def test_bad_words_end_with_one_line(folder: Path, words: tuple[str, ...], said: str, capsys):
    assert _run(*words) == 2

    assert said in _only_line(capsys)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("hierarchy", "export", "nowhere/tree.xlsx"), "liren: nowhere/tree.xlsx: No such file or directory"),
        (
            ("hierarchy", "codes", "--out", "nowhere/codes.pdf"),
            "nowhere/codes.pdf: No such file or directory",
        ),
        (("hierarchy", "import", "nowhere.xlsx"), "liren: nowhere.xlsx: No such file or directory"),
        (("learn", "gbk.csv"), "gbk.csv is not UTF-8; save it as CSV UTF-8"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_line(folder: Path, words: tuple[str, ...], said: str, capsys):
    assert _run(*words) == 1

    assert said in _only_line(capsys)


@pytest.mark.parametrize("words", [("wechat", "qr", "--out", "qr"), ("hierarchy", "codes", "--out", "c.pdf")])
def test_without_a_hierarchy_file_it_is_named(
    folder: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys
):
    monkeypatch.setenv("LIREN_HIERARCHY", "nowhere.yaml")

    assert _run(*words) == 1

    assert _only_line(capsys).endswith("nowhere.yaml: No such file or directory\n")


def test_reading_with_a_database_that_is_none_is_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    (folder / "letter.txt").write_text("This is a letter, not a database. " * 100, encoding="utf-8")
    monkeypatch.setenv("LIREN_DATABASE_URL", f"sqlite:///{folder / 'letter.txt'}")

    assert _run(*ROUTE, "2026-11-24T15:10") == 1

    assert "the database cannot be used: it does not answer" in _only_line(capsys)


@pytest.mark.parametrize("encoding", ["ascii", "iso-8859-1", "gbk", "utf-8"])
def test_a_terminal_that_lacks_the_letters_gets_escapes(
    folder: Path, encoding: str, monkeypatch: pytest.MonkeyPatch
):
    name = "街道\udcff.yaml"
    shutil.copy(folder / "hierarchy.yaml", folder / name)
    screen = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", screen)

    code = _run("hierarchy", "check", name)

    screen.flush()
    shown = screen.buffer.getvalue().decode(encoding)
    assert code == 0
    assert "\\udcff.yaml: OK." in shown
    assert ("街道" in shown) is (encoding in {"gbk", "utf-8"})


def test_ctrl_c_while_a_command_is_being_loaded_is_no_trace(folder: Path, monkeypatch: pytest.MonkeyPatch):
    (folder / "slow_command.py").write_text("raise KeyboardInterrupt", encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setitem(COMMANDS, "doctor", ("slow_command", "takes its time"))

    assert _run("doctor") == 130


def test_only_check_tells_the_warnings_of_a_file(folder: Path, capsys):
    codes = (_run(*ROUTE, "2026-11-24T15:10"), _run("hierarchy", "show"))
    others = capsys.readouterr()

    checked = _run("hierarchy", "check", "hierarchy.yaml")

    assert (*codes, checked) == (0, 0, 0)
    assert others.err == ""
    assert "hierarchy.yaml:56: warning:" in capsys.readouterr().err


def test_the_help_shows_each_command_on_one_line_and_what_it_does_in_its_own(capsys):
    _run("--help")
    whole = capsys.readouterr().out
    _run("doctor", "--help")

    for name, (_, line) in COMMANDS.items():
        assert f"    {name:<12}{line}\n" in whole
    assert "check every setting and channel" in capsys.readouterr().out


def _run(*words: str) -> int:
    try:
        return main(words)
    except SystemExit as left:
        return int(left.code or 0)


def _only_line(capsys: pytest.CaptureFixture[str]) -> str:
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("\n") == 1
    return said.err


def test_the_doctor_finds_a_new_folder_well(folder: Path, capsys):
    codes = (_run("doctor"), _run("doctor"))

    said = capsys.readouterr().out
    assert codes == (0, 0)
    assert "ok   database: answers; it was empty, and its tables were made\n" in said
    assert "ok   database: answers\n" in said
    assert "FIX" not in said


def test_the_doctor_knows_who_bound_their_account(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    for name, value in WECHAT.items():
        monkeypatch.setenv(f"LIREN_WECHAT_{name}", value)
    _run("doctor")
    before = capsys.readouterr().out
    _bind("zhao", "wangfang", "liqiang", "chenjie", address=f"sqlite:///{folder / 'liren.db'}")

    _run("doctor")

    assert "FIX  groups: nobody can be told in " in before
    assert "FIX  LIREN_PUBLIC_URL: vendors only call https" in before
    assert "ok   groups: each can be told in some way\n" in capsys.readouterr().out


def test_the_doctor_asks_for_no_address_where_telegram_is_polled(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    monkeypatch.setenv("LIREN_TELEGRAM_TOKEN", "123456:" + "A" * 35)
    monkeypatch.setenv("LIREN_TELEGRAM_MODE", "polling")
    monkeypatch.setenv("LIREN_DATABASE_URL", f"sqlite:///{folder / 'gbk.csv'}")

    _run("doctor")

    said = capsys.readouterr().out
    assert said.startswith("ok   settings")
    assert "LIREN_PUBLIC_URL" not in said


def _bind(*staff: str, address: str) -> None:
    store = open_store(address, now=lambda: TUESDAY_NINE)
    for each in staff:
        binding = Binding("wechat", f"user-{each}", each, TUESDAY_NINE)
        store.writer.run_now(lambda unit, binding=binding: unit.bindings.bind(binding))
    store.close_now()
