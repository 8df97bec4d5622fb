"""What `liren serve` refuses before it opens, each in one line: a database or a port in use. What it warns of."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from app.cli import main
from app.running.disk import find_room
from app.running.one_service import AlreadyServedError, hold_alone
from app.settings import read_settings

ROOT = Path(__file__).parents[2]
HOLDER = """
import sys
from app.running.one_service import hold_alone
with hold_alone(sys.argv[1]):
    print(1, flush=True)
    input()
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copy(ROOT / "hierarchy.yaml", tmp_path)
    monkeypatch.chdir(tmp_path)
    for name in [each for each in os.environ if each.startswith("LIREN_")]:
        monkeypatch.delenv(name)
    return tmp_path


@pytest.fixture
def hold(folder: Path) -> Callable[[], subprocess.Popen[str]]:
    """Another process that has the folder's database for itself."""

    def begin() -> subprocess.Popen[str]:
        holder = subprocess.Popen(
            [sys.executable, "-c", HOLDER, f"sqlite:///{folder / 'liren.db'}"],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert holder.stdout is not None
        assert holder.stdout.readline() == "1\n"
        return holder

    return begin


def alone(folder: Path, *, patience: float = 5) -> AbstractContextManager[None]:
    return hold_alone(f"sqlite:///{folder / 'liren.db'}", patience=patience)


def test_a_second_service_on_one_file_is_refused_and_says_who_has_it(folder: Path, hold):
    with hold() as holder:
        with pytest.raises(AlreadyServedError) as refused, alone(folder, patience=0):
            pass
        holder.kill()

    assert f"process {holder.pid} already serves {folder / 'liren.db'}" in str(refused.value)


def test_a_killed_service_leaves_no_lock_behind(folder: Path, hold):
    with hold() as holder:
        holder.kill()
        with alone(folder):
            said = (folder / "liren.db.serving").read_text(encoding="ascii")

    assert said == f"{os.getpid()}\n"


def test_commands_beside_a_running_service_go_on(folder: Path, hold, capsys):
    with hold() as holder:
        code = main(["audit", "verify"])
        holder.kill()

    assert (code, "0 problems" in capsys.readouterr().out) == (0, True)


def test_replicas_on_postgresql_need_no_lock():
    with hold_alone(address := "postgresql://liren:x@127.0.0.1:9/liren"), hold_alone(address, patience=0):
        pass


def test_a_port_in_use_is_one_plain_line(folder: Path, capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SystemExit) as ended:
            main(["serve", "--port", str(port)])

    assert ended.value.code == 2
    assert capsys.readouterr().err == (
        f"liren serve: 127.0.0.1:{port} is in use by another program: end it, or choose another port with --port\n"
    )


def test_a_line_of_the_env_file_without_an_equals_sign_is_told_by_its_number(folder: Path, capsys):
    (folder / ".env").write_text("# mine\n\nLIREN_API_TOKEN canary-token\nLIREN_LOG=text\n", encoding="utf-8")

    code = main(["audit", "verify"])

    said = capsys.readouterr().err
    assert code == 0
    assert said == 'liren: .env line 3 has no "=" and was passed over; write NAME=value\n'


def test_the_doctor_names_a_line_that_was_passed_over_and_a_full_disk(folder: Path, capsys):
    (folder / ".env").write_text("LIREN_API_TOKEN\nLIREN_FREE_SPACE=999999999\n", encoding="utf-8")

    code = main(["doctor"])

    said = capsys.readouterr().out
    assert code == 1
    assert "FIX  settings: .env line 1" in said
    assert "FIX  disk: " in said
    assert "999999999 MiB are wanted; make room in" in said


def test_free_space_is_a_number(folder: Path, capsys):
    (folder / ".env").write_text("LIREN_FREE_SPACE=much\n", encoding="utf-8")

    assert main(["doctor"]) == 1
    assert "LIREN_FREE_SPACE: must be a number of MiB" in capsys.readouterr().out


def test_the_disk_of_a_database_elsewhere_is_not_ours_to_judge(tmp_path: Path):
    elsewhere = read_settings({"LIREN_DATABASE_URL": "postgresql://u:p@db/liren"}, folder=tmp_path)

    assert find_room(elsewhere) is None
