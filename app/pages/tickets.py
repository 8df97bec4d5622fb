"""The board and the ticket page, wired: what they read, the views that people keep, and likely matters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from fastapi import APIRouter

from admin_web.board_ports import (
    BoardWish,
    Counts,
    Due,
    Found,
    Mark,
    Part,
    SavedView,
    TicketPicture,
    TicketPorts,
)
from admin_web.office import Office
from admin_web.pages import ticket, tickets
from admin_web.ports import ApiPorts, OutboxItem, Scope
from admin_web.ticket_desk import StandIn
from app.readers import in_thread, or_unavailable, with_contacts
from app.wiring import House
from routing.likeness import Likeness, Telling
from routing.ports import UnitOfWork
from routing.tickets import Ticket
from storage.plan_shelf import PlanShelf
from storage.queries.board import BoardReads
from storage.queries.board import Due as StoredDue
from storage.queries.board_search import BoardSearch
from storage.queries.board_wishes import Mark as StoredMark
from storage.queries.ticket_page import TicketPageReads
from storage.saved_views import SavedViews
from storage.store import Store
from storage.writing.unit_of_work import Unit

MOST_LIKELY = 5
MOST_NEARBY = 8


def build_ticket_pages(office: Office, house: House, ports: ApiPorts) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    own = build_ticket_ports(house)
    router.include_router(tickets.build_router(office, ports, own))
    router.include_router(ticket.build_router(office, ports, own))
    return router


def build_ticket_ports(house: House) -> TicketPorts:
    engine, shelf = house.store.reading_engine, PlanShelf()
    reads = BoardReads(engine, shelf=shelf)
    return TicketPorts(
        HouseBoard(reads, BoardSearch(engine, shelf=shelf)),
        HouseViews(house.store, house.clock.now),
        HouseTicketReads(house, reads, TicketPageReads(engine, shelf=shelf)),
        note_stand_in,
    )


@dataclass(frozen=True, slots=True)
class HouseBoard:
    """Fulfils `admin_web.board_ports.BoardReader`."""

    reads: BoardReads
    search: BoardSearch

    async def list_live(
        self, wish: BoardWish, parts: Sequence[Part], *, after: Mark | None, due: Due, limit: int
    ) -> Sequence[tuple[Mark, Ticket]]:
        found = await in_thread(
            lambda: self.reads.list_live(
                wish, parts, after=_stored(after), due=StoredDue(due.from_at, due.before), limit=limit
            )
        )
        return [(Mark(mark.rank, mark.at, mark.number), each) for mark, each in found]

    async def list_ended(
        self, wish: BoardWish, *, after: Mark | None, limit: int
    ) -> Sequence[tuple[Mark, Ticket]]:
        found = await in_thread(lambda: self.reads.list_ended(wish, after=_stored(after), limit=limit))
        return [(Mark(mark.rank, mark.at, mark.number), each) for mark, each in found]

    async def find(
        self, wish: BoardWish, words: str, *, statuses: Part, below: int | None, limit: int
    ) -> Found:
        found = await in_thread(
            lambda: self.search.find(wish, words, statuses=statuses, below=below, limit=limit)
        )
        return Found(found.tickets, found.is_cut)

    async def count(self, wish: BoardWish, *, now: datetime, soon: datetime) -> Counts:
        found = await in_thread(lambda: self.reads.count(wish, now=now, soon=soon))
        return Counts(
            late=found.late,
            soon=found.soon,
            open=found.open,
            claimed=found.claimed,
            waiting=found.waiting,
            resolved=found.resolved,
            ended=found.ended,
        )

    async def find_latest_event(self) -> int:
        return await in_thread(self.reads.find_latest_event)

    async def count_news(self, wish: BoardWish, *, since: int) -> int:
        return await in_thread(lambda: self.reads.count_news(wish, since=since))


@dataclass(frozen=True, slots=True)
class HouseViews:
    """Fulfils `admin_web.board_ports.Views`."""

    store: Store
    now: Callable[[], datetime]

    async def list_of(self, owner: str) -> Sequence[SavedView]:
        def read() -> list[SavedView]:
            with self.store.reading_engine.begin() as connection:
                found = SavedViews(connection).list_of(owner)
            return [SavedView(each.view_id, each.name, each.query) for each in found]

        return await in_thread(read)

    async def keep(self, owner: str, name: str, query: str) -> bool:
        now = self.now()
        return await self._write(lambda unit: unit.saved_views.keep(owner, name, query=query, now=now))

    async def rename(self, owner: str, view_id: int, name: str) -> bool:
        return await self._write(lambda unit: unit.saved_views.rename(owner, view_id, name=name))

    async def drop(self, owner: str, view_id: int) -> bool:
        return await self._write(lambda unit: unit.saved_views.drop(owner, view_id))

    async def _write(self, job: Callable[[Unit], bool]) -> bool:
        return await or_unavailable(self.store.writer.run(job))


@dataclass(frozen=True, slots=True)
class HouseTicketReads:
    """Fulfils `admin_web.board_ports.TicketReads`."""

    house: House
    board: BoardReads
    reads: TicketPageReads

    async def list_letters(self, number: int) -> Sequence[OutboxItem]:
        return await in_thread(lambda: with_contacts(self.reads.outbox, self.reads.list_letters(number)))

    async def list_pictures(self, number: int) -> Sequence[TicketPicture]:
        found = await in_thread(lambda: self.reads.list_pictures(number))
        return [TicketPicture(each.picture_id, each.is_kept) for each in found]

    async def find_picture(self, number: int, picture_id: int) -> tuple[str, bytes] | None:
        return await in_thread(lambda: self.reads.find_picture(number, picture_id))

    async def list_likely(self, ticket: Ticket) -> Sequence[Likeness]:
        telling = Telling(
            text=ticket.text,
            at=ticket.opened_at,
            category=ticket.category,
            path=tuple(each.node_id for each in self.house.office.current().climb(ticket.origin)),
        )
        found = await in_thread(lambda: self.house.matters.list_likely(telling))
        return [each for each in found if each.number != ticket.number][:MOST_LIKELY]

    async def list_nearby(self, ticket: Ticket, scope: Scope, nodes: frozenset[str]) -> Sequence[Ticket]:
        return await in_thread(
            lambda: self.reads.list_nearby(ticket, scope=scope, nodes=nodes, limit=MOST_NEARBY)
        )

    async def list_numbered(self, scope: Scope, numbers: Sequence[int]) -> Sequence[Ticket]:
        if not numbers:
            return ()
        return await in_thread(lambda: self.board.list_numbered(BoardWish(scope), numbers))


def note_stand_in(store: UnitOfWork, stand_in: StandIn) -> None:
    assert isinstance(store, Unit)  # the house's own writer hands its own unit
    store.audit.append(
        "ticket.acted_for",
        subject=f"ticket:{stand_in.number}",
        by=stand_in.by,
        content={"staff": stand_in.staff_id, "verb": stand_in.verb},
        at=stand_in.at,
    )


def _stored(mark: Mark | None) -> StoredMark | None:
    return StoredMark(mark.rank, mark.at, mark.number) if mark else None
