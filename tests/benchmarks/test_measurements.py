"""Each measurement runs and finds nothing lost, on sizes too small to say anything about speed."""

import pytest

from benchmarks import callback, figures, hierarchy, pages, sweep
from benchmarks.databases import KINDS, POSTGRES
from benchmarks.goals import AT_LEAST, AT_MOST, Goal, Line, are_met, percentile, render_table

ON_EACH = [pytest.param(kind, marks=pytest.mark.postgres if kind == POSTGRES else ()) for kind in KINDS]


def value_of(lines: list[Line], name: str) -> float:
    return next(each.value for each in lines if each.name == name)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("kind", ON_EACH)
def test_callbacks_are_answered_and_stored(kind: str) -> None:
    size = callback.Size(rounds=1, reports=24, warm_up=8, communities=1, buildings=2)

    [(_, lines)] = callback.measure(size, kinds=[kind])

    assert value_of(lines, "share of the numbers that are distinct") == 1
    assert value_of(lines, "tickets stored, of those acknowledged") >= 1
    assert value_of(lines, "inbox rows, of those acknowledged") >= 1


@pytest.mark.timeout(180)
@pytest.mark.parametrize("kind", ON_EACH)
def test_due_tickets_are_swept(kind: str) -> None:
    size = sweep.Size(few=20, many=60, due=12, rounds=1)

    [(_, lines)] = sweep.measure(size, kinds=[kind])

    assert value_of(lines, "among 60 open") > 0


@pytest.mark.timeout(180)
@pytest.mark.parametrize("kind", ON_EACH)
def test_figures_are_shown(kind: str) -> None:
    [(_, lines)] = figures.measure(figures.Size(tickets=3000, communities=7, visits=1), kinds=[kind])

    assert all(each.value > 0 for each in lines)
    assert len(lines) == 2 * len(figures.PAGES) + 1


def test_trees_are_read_and_messages_placed() -> None:
    tables = list(hierarchy.measure(hierarchy.Size(repeated=200, written=100, messages=8)))

    assert [title for title, _ in tables] == [
        "A tree of 200 buildings, by repeat",
        "A tree of 100 buildings, written out",
    ]
    assert all(value_of(lines, "placement, a message") > 0 for _, lines in tables)


def test_a_missed_goal_shows() -> None:
    met, missed = Line("a", 2, "", Goal(AT_LEAST, 2)), Line("b", 2, "ms", Goal(AT_MOST, 1))

    shown = render_table("Title", [met, missed, Line("c", 3)])

    assert are_met([met, Line("c", 3)])
    assert not are_met([met, missed])
    assert ["met" in line for line in shown.splitlines()] == [False, True, False, False]
    assert "MISSED" in shown


def test_a_percentile_is_a_value_that_occurred() -> None:
    assert percentile([5, 1, 4, 2, 3], 0.5) == 3
    assert percentile([1.0], 0.99) == 1.0


@pytest.mark.timeout(180)
@pytest.mark.parametrize("kind", ON_EACH)
def test_pages_are_measured_from_every_place(kind: str) -> None:
    tables = list(pages.measure(pages.Size(tickets=400, rounds=1), kinds=[kind]))

    assert [title.split(",")[1] for title, _ in tables] == [
        f" seen from a {name}" for name in ("street", "community", "building")
    ]
    assert all(value_of(lines, "board") > 0 for _, lines in tables)
