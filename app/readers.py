"""What pages and API read, asked in threads: the store's blocking read models behind their asynchronous ports."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from admin_web.ports import (
    AuditItem,
    ChainState,
    Grant,
    OutboxItem,
    Role,
    Scope,
    TicketFile,
    TicketQuery,
    UnavailableError,
)
from app.troubles.chain_watch import ChainWatch
from routing.hierarchy import Hierarchy
from routing.metrics import Places, TicketFacts, facts_of
from routing.notice_kinds import Hearer
from routing.outgoing import SendState
from routing.ports import UnitOfWork
from storage.queries.outbox import OutboxItem as StoredItem
from storage.queries.outbox import OutboxReads
from storage.store import Store
from storage.writing.unit_of_work import Unit

T = TypeVar("T")
EVERYTHING = Scope(None)


async def or_unavailable(answer: Awaitable[T]) -> T:
    """What the store answers, its faults in the words of the pages. Raises UnavailableError."""
    try:
        return await answer
    except (ConnectionError, TimeoutError) as error:
        raise UnavailableError from error


async def in_thread(read: Callable[[], T]) -> T:
    """The result of a blocking read. Raises UnavailableError when the database does not answer."""
    return await or_unavailable(asyncio.to_thread(read))


@dataclass(frozen=True, slots=True)
class WriterDesk:
    """The writer, with its faults in the words of the pages."""

    store: Store
    on_done: Callable[[], None]

    async def run(self, job: Callable[[UnitOfWork], T]) -> T:
        result = await or_unavailable(self.store.writer.run(job))
        self.on_done()
        return result


@dataclass(frozen=True, slots=True)
class Tickets:
    store: Store
    hierarchy: Callable[[], Hierarchy]

    async def list_page(self, query: TicketQuery, *, below: int | None, limit: int) -> Sequence[TicketFile]:
        found = await in_thread(lambda: self.store.reads.tickets.list_page(query, below=below, limit=limit))
        return [TicketFile(each.ticket, each.events, each.messages) for each in found]

    async def find(self, number: int) -> TicketFile | None:
        found = await in_thread(lambda: self.store.reads.tickets.find(number, scope=EVERYTHING))
        return TicketFile(found.ticket, found.events, found.messages) if found else None

    async def list_facts(self, query: TicketQuery, *, now: datetime) -> Sequence[TicketFacts]:
        places = Places({node_id: node.level for node_id, node in self.hierarchy().nodes.items()})

        def read() -> list[TicketFacts]:
            return [
                facts_of(each.ticket, each.events, places) for each in self.store.reads.tickets.each(query)
            ]

        return await in_thread(read)


@dataclass(frozen=True, slots=True)
class Outbox:
    store: Store
    now: Callable[[], datetime]
    on_done: Callable[[], None]

    async def list_page(
        self, scope: Scope, *, states: frozenset[SendState], below: int | None, limit: int
    ) -> Sequence[OutboxItem]:
        reads = self.store.reads.outbox
        found = await in_thread(lambda: reads.list_page(scope, states=states, below=below, limit=limit))
        return [item_of(each) for each in found]

    async def find(self, parcel_id: int) -> OutboxItem | None:
        found = await in_thread(lambda: self.store.reads.outbox.find(parcel_id, scope=EVERYTHING))
        return item_of(found) if found else None

    async def send_again(self, parcel_id: int, *, by: str) -> bool:
        now = self.now()
        again = self.store.writer.run(lambda unit: _send_again(unit, parcel_id, by=by, now=now))
        is_waiting = await or_unavailable(again)
        self.on_done()
        return is_waiting


@dataclass(slots=True)
class Audit:
    """Of the chain the record of the last check, with what is new since where that takes only a moment."""

    store: Store
    now: Callable[[], datetime]
    _watch: ChainWatch = field(init=False)

    def __post_init__(self) -> None:
        self._watch = ChainWatch(self.store, self.now)

    async def list_page(self, *, subject: str, below: int | None, limit: int) -> Sequence[AuditItem]:
        found = await in_thread(
            lambda: self.store.reads.list_audit(subject=subject, below=below, limit=limit)
        )
        return [
            AuditItem(each.seq, each.at, each.kind, each.subject, each.by, each.content, each.hash)
            for each in found
        ]

    async def chain(self) -> ChainState:
        record = await self._watch.look()
        broken_at = record.problems[0][0] if record.problems else None
        return ChainState(record.rows, record.checked_at, broken_at)


def _send_again(unit: Unit, parcel_id: int, *, by: str, now: datetime) -> bool:
    if not unit.parcels.send_again(parcel_id, now=now):
        return False
    unit.audit.append("outbox.sent_again", subject=f"outbox:{parcel_id}", by=by, content={}, at=now)
    return True


def with_contacts(reads: OutboxReads, rows: Sequence[StoredItem]) -> list[OutboxItem]:
    """Each with how to reach its residents, where no channel does. Blocks."""
    lost = {each.ticket_number for each in rows if each.state is SendState.UNREACHABLE and each.ticket_number}
    contacts = reads.list_contacts(lost) if lost else {}
    return [
        replace(item, contact="、".join(contacts.get(item.ticket_number, ())))
        if item.state is SendState.UNREACHABLE and item.hearer == Hearer.reporters().kind
        else item
        for item in map(item_of, rows)
    ]


def item_of(row: StoredItem) -> OutboxItem:
    return OutboxItem(
        parcel_id=row.parcel_id,
        ticket_number=row.ticket_number,
        node=row.node,
        origin=row.origin,
        kind=row.kind,
        hearer=row.hearer.removesuffix(":"),
        lane=row.lane,
        state=row.state,
        detail=row.detail,
        attempts=row.attempts,
        maybe_repeat=row.maybe_repeat,
        created_at=row.created_at,
        settled_at=row.settled_at,
    )


def token_finder(store: Store) -> Callable[[str], Awaitable[Grant | None]]:
    async def find_token(secret: str) -> Grant | None:
        found = await in_thread(lambda: store.reads.find_api_token(secret))
        return Grant(found.name, Role(found.role), found.scope) if found else None

    return find_token
