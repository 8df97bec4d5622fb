"""The board's lists, counts and news, on both databases: order, narrowing, sight, pages."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from routing.events import EventKind
from routing.tickets import ENDED, Status
from storage.plan_shelf import PlanShelf
from storage.queries.board import COUNTED_UP_TO, BoardReads, Due
from storage.queries.board_wishes import Mark
from storage.store import Store
from tests.storage.conftest import NOW
from tests.storage.rows import a_ticket, an_event, open_ticket
from tests.storage.views import EVERYTHING, NOTHING, View, seeing

HOUR = timedelta(hours=1)
RUNNING = frozenset({Status.OPEN, Status.CLAIMED})
LIVE_PARTS = (RUNNING, frozenset({Status.WAITING}), frozenset({Status.RESOLVED}))


@dataclass(frozen=True, slots=True)
class Board:
    scope: View = EVERYTHING
    level: str = ""
    category: str = ""
    holder: str = ""
    is_urgent: bool = False
    opened_from: datetime | None = None
    opened_before: datetime | None = None


@pytest.fixture
def reads(store: Store) -> BoardReads:
    return BoardReads(store.reading_engine, shelf=PlanShelf())


def add(do, number: int, status: Status = Status.OPEN, *, due: timedelta = HOUR, **changes) -> int:
    """A ticket of this state whose own instant is `due` from now."""
    instants = {
        Status.OPEN: {"claim_due_at": NOW + due},
        Status.CLAIMED: {"resolve_due_at": NOW + due, "holder": "wangfang"},
        Status.WAITING: {"paused_until": NOW + due, "holder": "wangfang"},
        Status.RESOLVED: {"resolved_at": NOW + due, "holder": "wangfang"},
    }
    values = {"status": status, **instants.get(status, {"closed_at": NOW}), **changes}
    do(lambda unit: unit.tickets.add(a_ticket(number, **values)))
    return number


def numbers(found) -> list[int]:
    return [ticket.number for _, ticket in found]


def test_what_is_late_is_first_and_what_stands_still_is_last(do, reads: BoardReads):
    add(do, 1001, Status.RESOLVED, due=-HOUR)
    add(do, 1002, Status.WAITING, due=HOUR)
    add(do, 1003, Status.OPEN, due=2 * HOUR)
    add(do, 1004, Status.CLAIMED, due=-2 * HOUR)
    add(do, 1005, Status.OPEN, due=-HOUR)
    add(do, 1006, Status.CLOSED)

    found = reads.list_live(Board(), LIVE_PARTS)

    assert numbers(found) == [1004, 1005, 1003, 1002, 1001]


def test_pages_of_a_list_meet_without_gap_or_repeat(do, reads: BoardReads):
    for number in range(1001, 1008):
        add(do, number, Status.OPEN if number % 2 else Status.CLAIMED, due=HOUR * (number % 3))
    add(do, 1008, Status.WAITING)
    whole = numbers(reads.list_live(Board(), LIVE_PARTS))
    after, paged = None, []

    while page := reads.list_live(Board(), LIVE_PARTS, after=after, limit=3):
        paged += numbers(page)
        after = page[-1][0]

    assert paged == whole
    assert len(whole) == 8


def test_only_the_deadlines_that_are_asked_for(do, reads: BoardReads):
    add(do, 1001, due=-HOUR)
    add(do, 1002, Status.CLAIMED, due=HOUR / 2)
    add(do, 1003, due=2 * HOUR)

    late = reads.list_live(Board(), (RUNNING,), due=Due(before=NOW))
    soon = reads.list_live(Board(), (RUNNING,), due=Due(NOW, NOW + HOUR))

    assert (numbers(late), numbers(soon)) == ([1001], [1002])


@pytest.mark.parametrize(
    ("wish", "fitting"),
    [
        (Board(level="street"), [1002]),
        (Board(category="noise"), [1003]),
        (Board(holder="liqiang"), [1004]),
        (Board(is_urgent=True), [1005]),
        (Board(opened_from=NOW - HOUR), [1001, 1002, 1003, 1004, 1005]),
        (Board(opened_before=NOW - HOUR), [1006]),
        (Board(seeing("hepingli-b5")), [1007]),
        (Board(seeing("xinhua", "hepingli")), [1002, 1007]),
        (Board(NOTHING), []),
    ],
)
def test_each_part_narrows_the_lists_of_what_is_live_and_of_what_has_ended(
    do, reads: BoardReads, wish: Board, fitting: list[int]
):
    for status, shift in ((Status.OPEN, 0), (Status.CLOSED, 1000)):
        add(do, 1001 + shift, status)
        add(do, 1002 + shift, status, level="street", node="xinhua")
        add(do, 1003 + shift, status, category="noise")
        add(do, 1004 + shift, status, holder="liqiang")
        add(do, 1005 + shift, status, urgent=True)
        add(do, 1006 + shift, status, opened_at=NOW - 2 * HOUR)
        add(do, 1007 + shift, status, origin="hepingli-b5", node="hepingli", opened_at=NOW - HOUR)

    live = numbers(reads.list_live(wish, LIVE_PARTS))
    ended = [each - 1000 for each in numbers(reads.list_ended(wish))]

    wanted = set(fitting) | ({1007} if wish.opened_from else set())
    assert set(live) == wanted
    assert set(ended) == wanted


@pytest.mark.parametrize("wish", [Board(), Board(seeing("xingfuli-b1")), Board(opened_from=NOW - HOUR)])
def test_what_has_ended_is_newest_first_and_in_pages(do, reads: BoardReads, wish: Board):
    for place, status in enumerate(sorted(ENDED)):
        add(do, 1001 + place, status, opened_at=NOW + place * HOUR)

    first = reads.list_ended(wish, limit=3)
    rest = reads.list_ended(wish, after=first[-1][0], limit=3)

    assert numbers(first) + numbers(rest) == [1004, 1003, 1002, 1001]
    assert first[-1][0] == Mark(0, NOW + HOUR, 1002)


@pytest.mark.parametrize("scope", [EVERYTHING, seeing("xingfuli-b1")])
def test_counts_are_by_deadline_and_by_state(do, reads: BoardReads, scope: View):
    add(do, 1001, due=-HOUR)
    add(do, 1002, due=HOUR / 2)
    add(do, 1003, Status.CLAIMED, due=-HOUR)
    add(do, 1004, Status.WAITING)
    add(do, 1005, Status.RESOLVED)
    add(do, 1006, Status.CLOSED)
    add(do, 1007, Status.MERGED, node="xingfuli")
    if scope is not EVERYTHING:
        add(do, 1008, origin="hepingli-b5", node="hepingli")

    counts = reads.count(Board(scope), now=NOW, soon=NOW + HOUR)

    assert (counts.late, counts.soon, counts.open, counts.claimed) == (2, 1, 2, 1)
    assert (counts.waiting, counts.resolved, counts.ended) == (1, 1, 2)


def test_a_count_stops_at_its_bound(do, reads: BoardReads):
    def many(unit):
        for number in range(1001, 1001 + COUNTED_UP_TO + 5):
            unit.tickets.add(a_ticket(number, claim_due_at=NOW - HOUR))

    do(many)

    counts = reads.count(Board(), now=NOW, soon=NOW + HOUR)

    assert (counts.late, counts.open, counts.soon) == (COUNTED_UP_TO, COUNTED_UP_TO, 0)


def test_news_are_tickets_of_the_list_that_something_happened_to(do, reads: BoardReads):
    number = do(open_ticket)
    other = do(lambda unit: open_ticket(unit, origin="hepingli-b5", node="hepingli"))
    since = reads.find_latest_event()
    wish = Board(seeing("xingfuli-b1"))
    before = reads.count_news(wish, since=since)
    for each in (number, number, other):
        do(lambda unit, each=each: unit.history.append(an_event(each, kind=EventKind.NOTED)))

    assert (before, reads.count_news(wish, since=since)) == (0, 1)
    assert reads.count_news(Board(), since=since) == 2


def test_only_visible_tickets_are_found_by_their_numbers(do, reads: BoardReads):
    add(do, 1001)
    add(do, 1002, origin="hepingli-b5", node="hepingli")

    found = reads.list_numbered(Board(seeing("xingfuli-b1")), [1002, 1001, 9999])

    assert [each.number for each in found] == [1001]
