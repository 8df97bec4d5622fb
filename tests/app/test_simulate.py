"""A made street is lived through: the same seed gives the same street, and nothing of the installation is touched."""

import random
import re
from pathlib import Path

import pytest

from app.cli import main
from app.simulation.sayings import Sayings
from storage.engine import parse_address, reading_engine
from storage.hierarchy_file import read_hierarchy
from storage.queries.figures import FigureReads

SAMPLE = Path(__file__).resolve().parents[2] / "hierarchy.yaml"
ONE_DAY = ("--days", "1", "--from", "2026-10-14", "--reports", "12", "--hierarchy", str(SAMPLE))


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_day_of_a_made_street_ends_with_its_figures(capsys: pytest.CaptureFixture[str], elsewhere: Path):
    code = main(["simulate", *ONE_DAY, "--diligence", "0.9"])

    said = capsys.readouterr().out
    assert code == 0
    assert int(re.search(r"工单 (\d+)", said)[1]) >= 5
    assert re.search(r"按时认领率 \d+% \(\d+/\d+\)", said)
    assert list(elsewhere.iterdir()) == []


def test_the_same_seed_gives_the_same_street_and_idle_staff_another(
    capsys: pytest.CaptureFixture[str], elsewhere: Path
):
    main(["simulate", *ONE_DAY, "--seed", "7", "--keep", "days.db"])
    first = capsys.readouterr().out
    main(["simulate", *ONE_DAY, "--seed", "7"])
    again = capsys.readouterr().out
    main(["simulate", *ONE_DAY, "--seed", "7", "--diligence", "0"])
    idle = capsys.readouterr().out

    assert first == again
    assert "按时认领率 0% (0/" in idle
    assert are_added_up(elsewhere / "days.db")


def are_added_up(kept: Path) -> bool:
    upkeep = FigureReads(reading_engine(parse_address(f"sqlite:///{kept}"))).upkeep()
    return 0 < upkeep.newest == upkeep.seen


@pytest.mark.parametrize("seed", range(3))
def test_a_blocked_fire_lane_is_told_far_less_often_than_noise(seed: int):
    tree = read_hierarchy(SAMPLE.read_text("utf-8")).hierarchy
    assert tree is not None
    sayings = Sayings(tree, random.Random(seed))
    lanes, noise = (tree.get_category(each).examples for each in ("fire_lane", "noise"))

    said = [sayings.report() for _ in range(2000)]

    assert 0 < count_of(lanes, said) < 60
    assert count_of(noise, said) > 4 * count_of(lanes, said)


def count_of(examples: tuple[str, ...], said: list[str]) -> int:
    return sum(any(each in words for each in examples) for words in said)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--days", "0"), "1 to 366"),
        (("--diligence", "2"), "0 to 1"),
        (("--from", "gestern"), "2026-10-01"),
        (("--hierarchy", "nowhere.yaml"), "there is no file nowhere.yaml"),
    ],
)
def test_words_that_make_no_sense_end_with_one_line(
    capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
):
    try:
        code = main(["simulate", *words])
    except SystemExit as error:
        code = error.code

    assert code == 2
    told = capsys.readouterr().err.strip()
    assert said in told
    assert "\n" not in told


def test_kept_days_are_never_written_over(capsys: pytest.CaptureFixture[str], elsewhere: Path):
    (elsewhere / "mine.db").write_bytes(b"precious")

    code = main(["simulate", *ONE_DAY, "--keep", "mine.db"])

    assert code == 2
    assert "mine.db is there already" in capsys.readouterr().err
    assert (elsewhere / "mine.db").read_bytes() == b"precious"
