"""`liren hierarchy codes`: a sheet from the command line."""

from pathlib import Path

import pytest

from app.cli import main
from tests.stories.world import STREET


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "hierarchy.yaml").write_text(STREET.read_text("utf-8"), "utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LIREN_TEST_RUN")  # it looks like a setting
    monkeypatch.setenv("LIREN_PUBLIC_URL", "https://liren.test")
    return tmp_path


def test_a_sheet_is_written(folder: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["hierarchy", "codes", "--out", "codes.pdf", "--node", "xingfuli"]) == 0

    assert (folder / "codes.pdf").read_bytes().startswith(b"%PDF-")
    assert capsys.readouterr().out == "codes: 2, in codes.pdf\n"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["--node", "nowhere"], "the hierarchy has no such place"),
        (["--channel", "pigeon"], "pigeon is not set up; there are: help"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(
    folder: Path, capsys: pytest.CaptureFixture[str], words: list[str], why: str
):
    assert main(["hierarchy", "codes", "--out", "codes.pdf", *words]) == 1

    assert capsys.readouterr().err == f"liren hierarchy codes: {why}\n"
    assert not (folder / "codes.pdf").exists()
