"""The sums are what the stories say, on both databases, whatever happens to tickets and to the tree."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from admin_web.pages.figures_ports import Period
from admin_web.ports import Scope, TicketQuery
from app.figures.upkeep import FigureUpkeep
from app.pages.figures import FigureDesk
from app.readers import Tickets
from routing.figure_rates import figures_of_counts
from routing.metrics import Figures, figures_of
from storage.figure_keeping import SHAPE
from tests.stories.conftest import _migrated_file, postgres_story_url, sqlite_story_url, story_url
from tests.stories.world import World

__all__ = ["_migrated_file", "postgres_story_url", "sqlite_story_url", "story_url"]

EVER = Period(date(2026, 1, 1), date(2027, 1, 1))
B1, B2 = "xingfuli-b1-residents", "xingfuli-b2-residents"
OTHER = "hepingli-b5-residents"


@pytest.fixture
def world(sqlite_story_url: str, tmp_path: Path):
    made = World(sqlite_story_url, tmp_path)
    yield made
    made.close()


@pytest.fixture
def either_world(story_url: str, tmp_path: Path):
    made = World(story_url, tmp_path)
    yield made
    made.close()


class Books:
    def __init__(self, world: World) -> None:
        self.world = world
        self.upkeep = FigureUpkeep(world.house.store, world.house.office.current)
        self.desk = FigureDesk(world.house, self.upkeep)

    def count(self) -> None:
        assert self.world.run(self.upkeep.catch_up()) is True

    def said(self, place: str, period: Period = EVER) -> Figures:
        found = self.world.run(self.desk.read(place, period))
        by_place = self.world.run(self.desk.read_places([place], period))
        assert by_place.get(place, found.whole) == found.whole
        return figures_of_counts(
            found.whole, by_category=found.by_category, by_level=found.by_level, smallest_n=1
        )

    def true(self, *origins: str) -> Figures:
        house = self.world.house
        tree, now = house.office.current(), house.clock.now()
        below = frozenset(each.node_id for origin in origins for each in tree.subtree(origin))
        query = TicketQuery(Scope(None), origins=below or None)
        reader = Tickets(house.store, house.office.current)
        return figures_of(self.world.run(reader.list_facts(query, now=now)), now, smallest_n=1)

    def check(self) -> None:
        self.count()
        assert self.said("xinhua") == self.true()
        for place in ("xingfuli", "xingfuli-b1", "xingfuli-b2", "hepingli"):
            assert self.said(place) == self.true(place), place


def live_a_little(world: World) -> None:
    world.says(B1, "u1", "@里仁 3单元电梯又不动了")
    world.says(B2, "u2", "@里仁 楼上半夜一直在敲，睡不着")
    world.staff_says("xingfuli-property", "liqiang", "认领 1001")
    world.says(OTHER, "u3", "@里仁 楼道里的灯坏了")


def test_sums_follow_tickets_from_the_first_word_to_the_rating(either_world: World):
    world = either_world
    books = Books(world)
    live_a_little(world)
    books.check()

    world.wait(hours=3)
    books.check()
    world.staff_says("xingfuli-property", "liqiang", "办结 1001 换了接触器")
    books.check()
    world.wait(days=4)
    books.check()

    assert books.said("xingfuli").tickets == 2
    assert books.said("xinhua").by_status["closed"] == 1


def test_limits_that_ran_out_count_at_once_though_nothing_happened(world: World):
    books = Books(world)
    live_a_little(world)
    books.count()
    before = books.said("xinhua").claim_in_time.n

    world.house.clock.push(timedelta(days=2))

    after = books.said("xinhua")
    assert after == books.true()
    assert after.claim_in_time.n > before
    assert books.said("xingfuli-b2") == books.true("xingfuli-b2")


def test_a_day_is_a_day_of_the_tree(world: World):
    books = Books(world)
    world.says(B1, "u1", "@里仁 3单元电梯又不动了")
    world.wait(hours=16)
    world.says(B1, "u2", "@里仁 楼道里的灯坏了")
    books.count()

    first, second = (Period(date(2026, 11, each), date(2026, 11, each + 1)) for each in (24, 25))

    assert (books.said("xinhua", first).tickets, books.said("xinhua", second).tickets) == (1, 1)
    assert books.said("xingfuli-b1", second).tickets == 1
    assert list(world.run(books.desk.read("xinhua", EVER)).by_day) == [first.since, second.since]


def test_a_place_that_moves_takes_its_tickets_along(either_world: World):
    world = either_world
    books = Books(world)
    live_a_little(world)
    books.check()
    tree = world.file.read_text("utf-8")
    start, end = tree.index("          - id: xingfuli-b2"), tree.index("      - id: hepingli\n")
    moved = tree[:start] + tree[end:].rstrip().removesuffix("...") + tree[start:end] + "...\n"

    world.saves(moved)
    books.check()

    assert world.tree_now.get_node("xingfuli-b2").parent_id == "hepingli"
    assert (books.said("xingfuli").tickets, books.said("hepingli").tickets) == (1, 2)


def test_everything_is_counted_again_when_it_is_counted_differently(world: World):
    books = Books(world)
    live_a_little(world)
    books.check()
    world.look(lambda unit: unit.settings.put(SHAPE, "an older form"))

    books.check()


def test_of_two_that_count_the_same_only_one_is_taken(either_world: World):
    world = either_world
    books = Books(world)
    live_a_little(world)
    books.count()
    world.wait(hours=3)
    seen = books.upkeep.reads.upkeep().seen
    change = books.upkeep._count(seen, world.tree_now)

    outcomes = [world.look(lambda unit: unit.figures.refresh(change)) for _ in range(2)]

    assert outcomes == [True, False]
    books.check()


def test_a_visit_says_when_not_everything_is_counted(world: World):
    books = Books(world)
    live_a_little(world)

    assert world.run(books.upkeep.catch_up(steps=1)) is False
    assert world.run(books.desk.is_behind()) is False
    assert books.upkeep.reads.upkeep().seen == books.upkeep.reads.upkeep().newest


def test_voices_hot_matters_and_what_is_open_longest(either_world: World):
    world = either_world
    books = Books(world)
    live_a_little(world)
    world.says(B1, "u4", "@里仁 楼道里的灯坏了")
    books.count()

    heard = world.run(books.desk.hear("xinhua", EVER))
    below = world.run(books.desk.hear("xingfuli", EVER))
    oldest = world.run(books.desk.list_oldest_open("xingfuli", limit=2))

    assert (heard.people, heard.reports) == (4, 4)
    assert below.by_place == {"xingfuli-b1": (2, 2), "xingfuli-b2": (1, 1)}
    assert set(heard.silent) == {
        each.node_id for each in world.tree_now.nodes.values() if not each.children
    } - {"xingfuli-b1", "xingfuli-b2", "hepingli-b5"}
    assert [each.number for each in oldest] == [1001, 1002]
    assert world.run(books.desk.find_hot("xinhua", EVER)) == ()
