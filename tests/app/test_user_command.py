"""`liren user …`: accounts from the command line, by a link or with a password that is read, never shown."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.cli import main
from tests.stories.world import STREET

PASSWORD = "三单元的电梯什么时候修好"


@pytest.fixture
def liren(
    tmp_path: Path, sqlite_story_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs a command in a folder of its own; gives exit code and what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LIREN_TEST_RUN")  # it looks like a setting
    monkeypatch.setenv("LIREN_DATABASE_URL", sqlite_story_url)
    shutil.copy(STREET, tmp_path / "hierarchy.yaml")

    def run(*words: str, said: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(said))
        try:
            code = main(words)
        except SystemExit as left:
            code = int(left.code or 0)
        shown = capsys.readouterr()
        return code, shown.out, shown.err

    return run


def test_an_account_is_made_with_a_link_that_is_printed_once(liren: Callable[..., tuple[int, str, str]]):
    code, out, err = liren("user", "add", "wangfang", "--role", "node_admin", "--scope", "xingfuli")
    listed = liren("user", "list")[1]

    assert code == 0
    assert out.startswith("http://127.0.0.1:8000/invitation?key=")
    assert "key=" not in err
    assert listed == "1\twangfang\tnode_admin\txingfuli\tinvited\n"


def test_a_password_is_read_and_not_shown(liren: Callable[..., tuple[int, str, str]]):
    code, out, err = liren(
        "user",
        "add",
        "zhaolei",
        "--role",
        "admin",
        "--scope",
        "xinhua",
        "--password-stdin",
        said=f"{PASSWORD}\n",
    )

    assert code == 0
    assert PASSWORD not in out + err
    assert liren("user", "list")[1] == "1\tzhaolei\tadmin\t*\tgood\n"


@pytest.mark.parametrize(
    ("words", "said", "says"),
    [
        (("--role", "viewer", "--scope", "nowhere"), "", "no such place"),
        (("--role", "king", "--scope", "xinhua"), "", "invalid choice"),
        (("--role", "admin", "--scope", "xingfuli"), "", "over everything"),
        (("--role", "staff", "--scope", "hepingli", "--staff", "wangfang"), "", "no such member of staff"),
        (("--role", "viewer", "--scope", "xinhua", "--password-stdin"), "short\n", "Too short"),
    ],
)
def test_bad_words_end_with_two_and_one_line(
    liren: Callable[..., tuple[int, str, str]], words: tuple[str, ...], said: str, says: str
):
    code, out, err = liren("user", "add", "wangfang", *words, said=said)

    assert (code, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert liren("user", "list")[1] == ""


def test_the_last_admin_is_not_closed_and_another_is(liren: Callable[..., tuple[int, str, str]]):
    for name in ("first", "second"):
        liren(
            "user",
            "add",
            name,
            "--role",
            "admin",
            "--scope",
            "xinhua",
            "--password-stdin",
            said=f"{PASSWORD}\n",
        )

    closed, refused = liren("user", "disable", "first"), liren("user", "disable", "second")

    assert (closed[0], refused[0]) == (0, 1)
    assert "last root admin" in refused[2]
    assert liren("user", "disable", "nobody")[0] == 2


def test_a_new_link_takes_the_place_of_the_one_before(liren: Callable[..., tuple[int, str, str]]):
    first = liren("user", "add", "wangfang", "--role", "viewer", "--scope", "xinhua")[1]
    code, second, _ = liren("user", "link", "WANGFANG")

    assert code == 0
    assert second.startswith("http://127.0.0.1:8000/invitation?key=")
    assert second != first
