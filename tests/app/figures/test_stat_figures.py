"""The API's figures are what the stories say, whatever is asked: sums of days, hours beside them, places now."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

import pytest

from admin_web.api.scope import make_visit
from admin_web.ports import FigureQuestion, Grant, Role, TicketQuery
from app.figures.public_board import board_figures
from app.figures.stat_figures import build_stat_figures
from app.readers import Tickets
from routing.metrics import Figures, figures_of
from storage.writing.unit_of_work import Unit
from tests.app.figures.test_upkeep import live_a_little
from tests.stories.conftest import _migrated_file, postgres_story_url, sqlite_story_url, story_url
from tests.stories.world import World

__all__ = ["_migrated_file", "postgres_story_url", "sqlite_story_url", "story_url"]

TUESDAY = datetime(2026, 11, 24, tzinfo=UTC)
PERIODS = (
    (TUESDAY - timedelta(days=90), None),
    (TUESDAY - timedelta(days=40), TUESDAY + timedelta(days=9)),
    (TUESDAY - timedelta(hours=8), TUESDAY + timedelta(hours=16)),
    (TUESDAY + timedelta(hours=1, seconds=1), TUESDAY + timedelta(days=2, hours=3)),
    (TUESDAY + timedelta(hours=2), TUESDAY + timedelta(hours=5)),
    (TUESDAY + timedelta(days=2), TUESDAY + timedelta(days=2)),
)
SEEN_FROM = ("", "xingfuli", "xingfuli-b2", "left-the-tree")


@pytest.fixture
def world(story_url: str, tmp_path: Path) -> Iterator[World]:
    made = World(story_url, tmp_path)
    yield made
    made.close()


def true(world: World, question: FigureQuestion) -> Figures:
    """From the stories of the tickets, as the scope shows them."""
    tree, now = world.tree_now, world.house.clock.now()
    root = Grant("root", Role.VIEWER, tree.root_id, is_root=True)
    grant = Grant("one", Role.VIEWER, question.seen_from) if question.seen_from else root
    visit = make_visit(grant, tree)
    query = TicketQuery(
        visit.scope,
        nodes=visit.find_subtree(question.node),
        origins=visit.find_subtree(question.origin),
        opened_from=question.opened_from,
        opened_before=question.opened_before,
    )
    reader = Tickets(world.house.store, world.house.office.current)
    return figures_of(world.run(reader.list_facts(query, now=now)), now, smallest_n=1)


def list_questions(world: World) -> Iterator[FigureQuestion]:
    for seen_from, (since, until) in product(SEEN_FROM, PERIODS):
        below = {each.node_id for each in world.tree_now.subtree(seen_from or "xinhua")}
        places = ["", *(each for each in ("xinhua", "xingfuli", "xingfuli-b1", "hepingli") if each in below)]
        pairs = [*(("", each) for each in places), *((each, "") for each in places[1:])]
        for node, origin in [*pairs, ("xingfuli", "xingfuli-b1")] if "xingfuli" in below else pairs:
            yield FigureQuestion(seen_from, node, origin, since, until)


def live_for_days(world: World) -> None:
    """Tickets on three days, some of which climb, are solved, or are passed on to another community."""
    live_a_little(world)
    world.wait(hours=3)
    world.says("xingfuli-b2-residents", "u5", "@里仁 垃圾桶满了没人清")
    world.staff_says("xingfuli-property", "liqiang", "办结 1001 换了接触器")
    world.wait(days=2)
    world.says("hepingli-b5-residents", "u6", "@里仁 电梯坏了")
    world.look(lambda unit: ask_elsewhere(unit, 1003, "xingfuli"))


def ask_elsewhere(unit: Unit, number: int, node: str) -> None:
    ticket = unit.tickets.find(number)
    assert ticket is not None
    unit.tickets.save(replace(ticket, node=node, version=ticket.version + 1))


def test_whatever_is_asked_the_sums_say_what_the_stories_say(world: World):
    live_for_days(world)
    stats, now = build_stat_figures(world.house), world.house.clock.now()

    said = {each: world.run(stats.count(each, now=now, smallest_n=1)) for each in list_questions(world)}

    assert all(found == true(world, question) for question, found in said.items())
    assert {each.tickets for each in said.values()} >= {0, 1, 2, 3, 5}


def test_the_public_board_counts_what_the_stories_say(world: World):
    live_for_days(world)

    board = world.run(board_figures(world.house)())

    month = FigureQuestion("", "", "", TUESDAY - timedelta(days=29, hours=8), None)
    told = true(world, month)
    assert (board.total.reported, board.total.due, board.total.on_time) == (
        told.tickets, told.on_time.n, told.on_time.count,
    )  # fmt: skip
    assert board.total.solved == told.by_status["resolved"]
    assert sum(each.reported for each in board.categories) == told.tickets
