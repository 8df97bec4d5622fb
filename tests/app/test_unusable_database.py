"""A database that cannot be used is said in one line, without a password and without a traceback."""

import contextlib
import os
import resource
import shutil
import signal
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
    assert main(["doctor"]) == 1
    assert "FIX  database: a newer release has changed its tables" in capsys.readouterr().out


def test_the_doctor_says_what_to_look_at(folder: Path, capsys):
    assert main(["doctor"]) == 1

    assert "FIX  database: it does not answer" in capsys.readouterr().out


def test_who_looks_after_it_hears_what_to_do(folder: Path, capsys):
    main(["doctor"])

    said = capsys.readouterr().out
    assert "nobody listens there" in said or "put the latest backup in its place" in said


def test_a_disk_without_room_is_said_as_that(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    enter(tmp_path, monkeypatch, database=f"sqlite:///{tmp_path / 'liren.db'}")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    told = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # the write fails instead of ending us
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, before[1]))
    try:
        with pytest.raises(SystemExit):
            main(["db", "upgrade"])
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, told)

    said = capsys.readouterr().err
    assert "the disk is full, or broken: make room beside the database" in said
    assert said.count("\n") == 1


def test_the_doctor_finds_a_damaged_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    path = tmp_path / "liren.db"
    shutil.copy(SAMPLE, tmp_path)
    enter(tmp_path, monkeypatch, database=f"sqlite:///{path}")
    assert main(["db", "upgrade"]) == 0
    with path.open("r+b") as file:
        for page in range(30, 60):
            file.seek(page * 4096)
            file.write(b"\xff" * 4096)
    capsys.readouterr()

    assert main(["doctor"]) == 1

    said = capsys.readouterr().out
    assert "FIX  database: " in said
    assert "put the latest backup in its place" in said
