"""A database that cannot be used is said in one line, without a password and without a traceback."""

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from app.cli import main

SAMPLE = Path(__file__).parents[2] / "hierarchy.yaml"


@pytest.fixture(params=["nobody listens", "no database"])
def folder(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "letter.txt").write_text("This is a letter, not a database. " * 100, encoding="utf-8")
    addresses = {
        "nobody listens": "postgresql://liren:canary@127.0.0.1:9/liren",
        "no database": f"sqlite:///{tmp_path / 'letter.txt'}",
    }
    shutil.copy(SAMPLE, tmp_path)
    enter(tmp_path, monkeypatch, database=addresses[request.param])
    return tmp_path


def enter(folder: Path, monkeypatch: pytest.MonkeyPatch, *, database: str) -> None:
    monkeypatch.chdir(folder)
    for name in [each for each in os.environ if each.startswith("LIREN_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("LIREN_DATABASE_URL", database)


@pytest.mark.parametrize(("words", "code"), [(["audit", "verify"], 1), (["serve", "--port", "8399"], 2)])
def test_a_command_ends_with_one_line(folder: Path, words: list[str], code: int, capsys):
    with pytest.raises(SystemExit) as ended:
        main(words)

    said = capsys.readouterr().err
    assert ended.value.code == code
    assert said.startswith("liren: the database cannot be used: ")
    assert said.count("\n") == 1
    assert "canary" not in said


def test_what_a_newer_release_has_changed_is_left_alone(tmp_path: Path, monkeypatch, capsys):
    newer = tmp_path / "newer.db"
    enter(tmp_path, monkeypatch, database=f"sqlite:///{newer}")
    assert main(["db", "upgrade"]) == 0
    with contextlib.closing(sqlite3.connect(newer)) as tables, tables:
        tables.execute("UPDATE alembic_version SET version_num = '9999'")
    capsys.readouterr()

    with pytest.raises(SystemExit) as ended:
        main(["db", "upgrade"])

    said = capsys.readouterr().err
    assert (ended.value.code, said.count("\n")) == (1, 1)
    assert "a newer release has changed its tables" in said


def test_the_doctor_says_what_to_look_at(folder: Path, capsys):
    assert main(["doctor"]) == 1

    assert "FIX  database: it does not answer" in capsys.readouterr().out
