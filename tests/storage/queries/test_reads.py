"""What pages, API and metrics read, and that nobody reads beyond their scope; on both databases."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.sql.compiler import SQLCompiler

from routing.messages import Attachment, Kind
from routing.notice_kinds import Hearer
from routing.outgoing import SendState
from routing.tickets import Status
from storage.prepared import is_any_of
from storage.queries.scope import is_among
from storage.queries.tickets import TicketFile
from storage.store import Store
from storage.tables.talk import OUTBOX, PERSON
from storage.tables.tickets import REPORTER, TICKET
from storage.writing.unit_of_work import Unit
from tests.storage.conftest import NOW
from tests.storage.rows import GROUP_CHAT, a_notice, a_person, open_ticket
from tests.storage.views import EVERYTHING, NOTHING, Wish, seeing

Do = Callable[[Callable[[Unit], Any]], Any]


@pytest.fixture
def street(do: Do) -> list[int]:
    """Five tickets: two at building 1, one at building 2, one that climbed from 2, one of another street."""
    wishes: list[dict[str, Any]] = [
        {"node": "b1", "origin": "b1", "text": "电梯坏了"},
        {
            "node": "b1",
            "origin": "b1",
            "text": "Water 漏水 100%",
            "category": "water",
            "status": Status.CLAIMED,
        },
        {"node": "b2", "origin": "b2", "place": "3号楼", "opened_at": NOW - timedelta(days=1)},
        {"node": "xingfuli", "origin": "b2", "level": "community"},
        {"node": "c1", "origin": "c1", "root": "another", "status": Status.CLOSED},
    ]
    numbers: list[int] = do(lambda unit: [open_ticket(unit, **wish) for wish in wishes])
    return numbers


def numbers(files: Sequence[TicketFile]) -> list[int]:
    return [each.ticket.number for each in files]


WISHES: dict[str, tuple[dict[str, Any], list[int]]] = {
    "everything": ({}, [1005, 1004, 1003, 1002, 1001]),
    "a building that is asked or reported from": ({"scope": seeing("b2")}, [1004, 1003]),
    "two places": ({"scope": seeing("b1", "c1")}, [1005, 1002, 1001]),
    "nothing": ({"scope": NOTHING}, []),
    "statuses": ({"statuses": frozenset({Status.CLAIMED, Status.CLOSED})}, [1005, 1002]),
    "nodes": ({"nodes": frozenset({"b1", "xingfuli"})}, [1004, 1002, 1001]),
    "no nodes": ({"nodes": frozenset()}, []),
    "origins": ({"origins": frozenset({"b2"})}, [1004, 1003]),
    "level": ({"level": "community"}, [1004]),
    "categories": ({"categories": frozenset({"water"})}, [1002]),
    "words in the text": ({"words": "漏水"}, [1002]),
    "words without regard to case": ({"words": "wATER"}, [1002]),
    "words that are no pattern": ({"words": "100%"}, [1002]),
    "a pattern is no wildcard": ({"words": "电%了"}, []),
    "words in the place": ({"words": "3号楼"}, [1003]),
    "a number": ({"words": "#1004"}, [1004]),
    "a number that is none of ours": ({"words": "9" * 40}, []),
    "opened from": ({"opened_from": NOW}, [1005, 1004, 1002, 1001]),
    "opened before": ({"opened_before": NOW}, [1003]),
    "scope and wish together": ({"scope": seeing("b1"), "nodes": frozenset({"b2"})}, []),
}


@pytest.mark.usefixtures("street")
@pytest.mark.parametrize(("wish", "expected"), WISHES.values(), ids=WISHES)
def test_a_list_holds_what_was_wished_and_may_be_seen(
    store: Store, wish: dict[str, Any], expected: list[int]
) -> None:
    page = store.reads.tickets.list_page(Wish(**wish))

    assert numbers(page) == expected
    assert numbers(list(store.reads.tickets.each(Wish(**wish)))) == expected[::-1]


@pytest.mark.usefixtures("street")
def test_pages_follow_each_other(store: Store) -> None:
    first = store.reads.tickets.list_page(Wish(), limit=2)
    second = store.reads.tickets.list_page(Wish(), below=first[-1].ticket.number, limit=2)

    assert numbers(first) == [1005, 1004]
    assert numbers(second) == [1003, 1002]


@pytest.mark.usefixtures("street")
def test_a_scope_of_a_whole_city_is_no_longer_statement(store: Store) -> None:
    city = seeing("b2", *(f"node-{index}" for index in range(40_000)))

    assert numbers(store.reads.tickets.list_page(Wish(scope=city))) == [1004, 1003]


@pytest.mark.usefixtures("street")
def test_one_ticket_comes_with_its_story_or_not_at_all(store: Store) -> None:
    file = store.reads.tickets.find(1004, scope=seeing("b2"))

    assert file is not None
    assert [each.kind.value for each in file.events] == ["opened"]
    assert [each.author for each in file.messages] == ["person:1"]
    assert store.reads.tickets.find(1004, scope=seeing("b1")) is None
    assert store.reads.tickets.find(1004, scope=NOTHING) is None
    assert store.reads.tickets.find(9999, scope=EVERYTHING) is None


@pytest.mark.usefixtures("street")
def test_a_picture_is_seen_by_those_who_see_its_ticket(store: Store, do: Do) -> None:
    def keep(unit: Unit) -> int:
        person = unit.people.add(a_person("9"))
        picture_id = unit.pictures.want(
            Attachment(Kind.IMAGE, "f"),
            address=GROUP_CHAT,
            ticket_number=1001,
            person_id=person.person_id,
            now=NOW,
        )
        unit.pictures.keep(picture_id, b"jpeg", media_type="image/jpeg")
        return picture_id

    picture_id = do(keep)

    assert store.reads.tickets.find_picture(picture_id, scope=seeing("b1")) == ("image/jpeg", b"jpeg")
    assert store.reads.tickets.find_picture(picture_id, scope=seeing("b2")) is None
    file = store.reads.tickets.find(1001, scope=EVERYTHING)
    assert file is not None
    assert file.pictures == (picture_id,)


@pytest.mark.usefixtures("street")
def test_troubled_parcels_are_listed_under_the_same_scope(store: Store, do: Do) -> None:
    do(lambda unit: unit.outbox.add(a_notice(1001, hearer=Hearer.staff("chenjie")), [], now=NOW))
    do(lambda unit: unit.outbox.add(a_notice(0), [], now=NOW))

    everything = store.reads.outbox.list_page(EVERYTHING)
    [mine] = store.reads.outbox.list_page(seeing("b1"))

    assert [each.ticket_number for each in everything] == [0, 1001]
    assert (mine.hearer, mine.node, mine.state) == ("staff:chenjie", "b1", SendState.UNREACHABLE)
    assert store.reads.outbox.list_page(seeing("b2")) == []
    assert store.reads.outbox.find(mine.parcel_id, scope=seeing("b1")) == mine
    assert store.reads.outbox.find(mine.parcel_id, scope=seeing("b2")) is None
    assert len(store.reads.outbox.list_page(EVERYTHING, states={SendState.WAITING}, limit=3)) == 3
    assert store.reads.outbox.list_page(EVERYTHING, below=mine.parcel_id) == []


@pytest.mark.usefixtures("street")
def test_figures_count_live_tickets_and_parcels(store: Store) -> None:
    figures = store.reads.figures()

    assert figures.live == {
        (Status.OPEN, "building"): 2,
        (Status.CLAIMED, "building"): 1,
        (Status.OPEN, "community"): 1,
    }
    assert figures.outbox == {SendState.WAITING: 5}
    assert figures.oldest_due_at == store.reads.next_due_at() == NOW + timedelta(minutes=45)


def test_a_store_without_tickets_has_no_deadline(store: Store) -> None:
    assert store.reads.next_due_at() is None
    assert store.reads.figures().live == {}


def test_what_stays_due_is_found_by_a_second_eye(store: Store, do: Do) -> None:
    number = do(lambda unit: open_ticket(unit, next_due_at=NOW))
    do(lambda unit: open_ticket(unit, next_due_at=None))

    assert store.reads.list_overdue(NOW + timedelta(seconds=119)) == []
    assert store.reads.list_overdue(NOW + timedelta(seconds=120)) == [number]


@pytest.mark.usefixtures("street")
def test_audit_rows_are_read_page_by_page(store: Store) -> None:
    first = store.reads.list_audit(limit=2)
    second = store.reads.list_audit(below=first[-1].seq, limit=2)

    assert [each.seq for each in (*first, *second)] == [5, 4, 3, 2]
    assert [each.kind for each in store.reads.list_audit(subject="ticket:1003")] == ["ticket.opened"]


PLANS: dict[str, tuple[sa.Select[Any], str]] = {
    "due": (
        sa.select(TICKET.c.number)
        .where(TICKET.c.next_due_at <= NOW)
        .order_by(TICKET.c.next_due_at, TICKET.c.number),
        "ix_ticket_due",
    ),
    "few places": (sa.select(TICKET).where(is_among(TICKET.c.node, ["b1"], "sqlite")), "ix_ticket_node"),
    "street": (
        sa.select(TICKET).where(TICKET.c.root == "x").order_by(TICKET.c.number.desc()).limit(50),
        "ix_ticket_root",
    ),
}


@pytest.mark.parametrize(("statement", "index"), PLANS.values(), ids=PLANS)
def test_few_among_many_are_found_by_an_index(
    sqlite_store_url: str, statement: sa.Select[Any], index: str
) -> None:
    engine = sa.create_engine(sqlite_store_url)
    compiled = statement.compile(engine)
    assert isinstance(compiled, SQLCompiler)
    unknown = tuple(None for _ in compiled.positiontup or ())

    with engine.connect() as connection:
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", unknown).all())

    assert index in plan
    assert "TEMP B-TREE" not in plan
    engine.dispose()


def test_what_is_asked_for_a_whole_batch_is_found_by_an_index(sqlite_store_url: str) -> None:
    """However many there are of each: a list that SQLite takes for a truth value would make it read them all."""
    engine = sa.create_engine(sqlite_store_url)
    lists = (
        (TICKET.c.number, "ticket USING INTEGER PRIMARY KEY (rowid=?)"),
        (PERSON.c.person_id, "person USING INTEGER PRIMARY KEY (rowid=?)"),
        (OUTBOX.c.parcel_id, "outbox USING INTEGER PRIMARY KEY (rowid=?)"),
        (REPORTER.c.person_id, "(person_id=?)"),
    )

    with engine.connect() as connection:
        for column, found in lists:
            compiled = sa.select(column).where(is_any_of(column, "wanted")).compile(engine)
            plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", ("[1]",)).all())
            assert found in plan, plan
    engine.dispose()
