"""What the store tells of places and chats, on both databases."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from routing.events import EventKind
from routing.messages import Address
from routing.notice_kinds import Hearer, Notice, NoticeKind
from storage.queries.coverage import CoverageReads, Moves
from storage.store import Store
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW
from tests.storage.rows import an_event, open_ticket

Do = Callable[[Callable[[Unit], Any]], Any]
CHAT = Address("telegram", "other", "-1001")
DAY = timedelta(days=1)


def send(do: Do, number: int, *, at: datetime, fails: str = "") -> None:
    notice = Notice(NoticeKind.ASKED, Hearer.group("g"), number, 1, True)
    do(lambda unit: unit.outbox.add(notice, [CHAT], now=at))
    (taken,) = do(lambda unit: unit.parcels.take(CHAT.lane, owner="o", now=at, lasts=DAY, limit=10))
    if fails:
        do(lambda unit: unit.parcels.bury(taken.parcel_id, owner="o", detail=fails, now=at))
    else:
        do(lambda unit: unit.parcels.mark_sent(taken.parcel_id, owner="o", vendor_ref="", now=at))


def test_a_chat_whose_newest_letter_died_is_lost_until_one_arrives(store: Store, do: Do) -> None:
    reads = CoverageReads(store.reading_engine)
    number = do(open_ticket)
    send(do, number, at=NOW, fails="kicked")

    before = [(each.channel, each.chat, each.detail) for each in reads.list_lost(since=NOW - DAY)]
    long_ago = reads.list_lost(since=NOW + DAY)
    send(do, number, at=NOW + DAY)

    assert before == [("telegram", "-1001", "kicked")]
    assert long_ago == []
    assert reads.list_lost(since=NOW - DAY) == []


def test_places_from_which_nothing_was_reported_are_silent(store: Store, do: Do) -> None:
    do(open_ticket)

    assert CoverageReads(store.reading_engine).list_silent(["xingfuli-b1", "xingfuli-b2"]) == {"xingfuli-b2"}


def test_what_came_and_what_was_taken_is_counted_by_place_and_time(store: Store, do: Do) -> None:
    reads = CoverageReads(store.reading_engine)
    number = do(open_ticket)
    for kind, node, at in [
        (EventKind.ESCALATED, "xingfuli", NOW - 40 * DAY),
        (EventKind.CLAIMED, "xingfuli", NOW - 40 * DAY),
        (EventKind.ESCALATED, "xingfuli", NOW),
        (EventKind.NOTED, "xingfuli", NOW),
        (EventKind.ESCALATED, "xinhua", NOW),
        (EventKind.CLAIMED, "xinhua", NOW),
    ]:
        do(
            lambda unit, kind=kind, node=node, at=at: unit.history.append(
                an_event(number, kind=kind, node=node, at=at)
            )
        )

    month, all_of_it = reads.count_moves(since=NOW - 30 * DAY), reads.count_moves(since=NOW - 60 * DAY)

    assert month["xingfuli"] == Moves(came=1, taken=0)
    assert month["xinhua"] == Moves(came=1, taken=1)
    assert all_of_it["xingfuli"] == Moves(came=2, taken=1)
