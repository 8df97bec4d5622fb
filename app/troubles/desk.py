"""The desk of troubles on this house: looks below a scope and at the house, and acts on letters."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import quote

from admin_web.coverage_ports import Coverage
from admin_web.ports import OutboxItem, Scope
from admin_web.trouble_ports import Harm, HouseFacts, Item, Sent, Trouble
from app.reach import list_deaf
from app.readers import in_thread, or_unavailable, with_contacts
from app.tree.coverage_desk import HouseCoverage
from app.troubles.house_look import COVERAGE, facts_of, list_house_troubles, read_books
from app.troubles.letter_desk import LetterDesk
from app.wiring import House
from routing.coverage import list_unanswered
from routing.hierarchy import Group, Hierarchy
from storage.queries.troubles import Found, TroubledTicket, TroubleReads

KEPT_FOR = timedelta(minutes=1)
MOST_GROUPS = 10
MOST_KEPT = 100
"""Scopes whose troubles are remembered."""

LOST_MARKS = frozenset({"left", "out_of_reach"})
LATE_TICKETS = "/admin/tickets?state=late"
FREE_AT_LEVEL = "/admin/tickets?state=open&level="


@dataclass(slots=True)
class HouseTroubles:
    """Fulfils `admin_web.trouble_ports.TroubleDesk`. Each scope, and the house, is looked at once a minute at most."""

    house: House
    reads: TroubleReads
    coverage: HouseCoverage
    _letters: LetterDesk = field(init=False)
    _looked: tuple[Sequence[Trouble], HouseFacts, datetime] | None = None
    _below: dict[frozenset[str] | None, tuple[datetime, Hierarchy, Sequence[Trouble]]] = field(
        default_factory=dict
    )
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self._letters = LetterDesk(self.house)

    def forget(self) -> None:
        """Somebody wants to know how it is now."""
        self._looked = None
        self._below.clear()

    async def look_below(self, scope: Scope, hierarchy: Hierarchy) -> Sequence[Trouble]:
        now = self.house.clock.now()
        kept = self._below.get(scope.nodes)
        if kept is not None and kept[1] is hierarchy and timedelta(0) <= now - kept[0] < KEPT_FOR:
            return kept[2]
        found = await self._look_below(scope, hierarchy, now)
        if len(self._below) >= MOST_KEPT:
            self._below.clear()
        self._below[scope.nodes] = (now, hierarchy, found)
        return found

    async def _look_below(self, scope: Scope, hierarchy: Hierarchy, now: datetime) -> Sequence[Trouble]:
        deaf = [each for each in list_deaf(hierarchy, self.house.reach) if scope.covers(each.node_id)]
        ids = {each.group_id for each in deaf}
        reads = self.reads

        def read() -> tuple[Found, Found, Found, Found]:
            return (
                reads.list_untold(scope, now=now),
                reads.list_in_deaf_groups(scope, ids),
                reads.list_overdue(scope, now=now),
                reads.list_silent_at_top(scope),
            )

        untold, in_deaf, overdue, silent = await in_thread(read)
        late = await in_thread(lambda: self.house.store.reads.standing.count(scope, now=now).late)
        coverage = await self.coverage.look(hierarchy)
        return [
            *_of_tickets("untold", untold, hierarchy),
            *_of_tickets("deaf_tickets", in_deaf, hierarchy),
            *_of_tickets("overdue", overdue, hierarchy),
            *_of_tickets("top_silent", silent, hierarchy, path=_free_at_top(hierarchy)),
            *_of_deaf(deaf, hierarchy),
            *_of_lost(coverage, scope, hierarchy),
            *([Trouble("late", Harm.RESIDENTS, late, path=LATE_TICKETS)] if late else ()),
        ]

    async def look_at_house(self) -> tuple[Sequence[Trouble], HouseFacts, datetime]:
        async with self._looking:
            now = self.house.clock.now()
            if self._looked is None or not timedelta(0) <= now - self._looked[2] < KEPT_FOR:
                books = await in_thread(lambda: read_books(self.house, self.reads))
                facts = facts_of(self.house, books)
                troubles = [*list_house_troubles(self.house, books, facts), *_of_gaps(self.house)]
                self._looked = (troubles, facts, now)
            return self._looked

    async def count_letters(self, scope: Scope) -> int:
        counts = await in_thread(lambda: self.reads.count_letters(scope))
        return sum(counts.values())

    async def list_letters(self, scope: Scope, *, below: int | None, limit: int) -> Sequence[OutboxItem]:
        reads = self.reads
        return await in_thread(
            lambda: with_contacts(reads.letters, reads.list_letters(scope, below=below, limit=limit))
        )

    async def send_again(self, parcel_ids: Sequence[int], scope: Scope, *, by: str) -> Sent:
        visible = await self._visible(parcel_ids, scope)
        sent = await or_unavailable(self._letters.send_again(visible, by=by))
        await self.house.troubled.refresh(self.house.store)
        return Sent(sent, len(visible) - sent)

    async def settle(self, parcel_ids: Sequence[int], scope: Scope, *, by: str) -> Sequence[int]:
        visible = await self._visible(parcel_ids, scope)
        settled = await or_unavailable(self._letters.settle(visible, by=by))
        await self.house.troubled.refresh(self.house.store)
        return settled

    async def take_back(self, parcel_ids: Sequence[int], scope: Scope, *, by: str) -> int:
        visible = await self._visible(parcel_ids, scope)
        taken = await or_unavailable(self._letters.take_back(visible, by=by))
        await self.house.troubled.refresh(self.house.store)
        return len(taken)

    async def _visible(self, parcel_ids: Sequence[int], scope: Scope) -> list[int]:
        return await in_thread(lambda: self.reads.list_visible(scope, parcel_ids))


def _free_at_top(hierarchy: Hierarchy) -> str:
    """Where many are dealt with at once."""
    return FREE_AT_LEVEL + quote(hierarchy.levels[-1].level_id)


def _of_tickets(kind: str, found: Found, hierarchy: Hierarchy, *, path: str = "") -> Iterator[Trouble]:
    if found.count:
        items = [_item_of_ticket(each, hierarchy) for each in found.first]
        yield Trouble(kind, Harm.RESIDENTS, found.count, items=items, path=path)


def _item_of_ticket(ticket: TroubledTicket, hierarchy: Hierarchy) -> Item:
    node = hierarchy.find_node(ticket.node)
    place = node.name if node else ticket.node
    values = {"place": place, "since": ticket.since}
    return Item(f"#{ticket.number}", f"/admin/tickets/{ticket.number}", "trouble.ticket_note", values)


def _of_deaf(groups: Sequence[Group], hierarchy: Hierarchy) -> Iterator[Trouble]:
    if groups:
        items = [
            Item(each.name, "", "troubles.here", {"place": hierarchy.get_node(each.node_id).name})
            for each in groups[:MOST_GROUPS]
        ]
        yield Trouble("deaf", Harm.RESIDENTS, len(groups), items=items, path=COVERAGE)


def _of_lost(coverage: Coverage, scope: Scope, hierarchy: Hierarchy) -> Iterator[Trouble]:
    """Groups and staff whose chats a vendor says are gone."""
    lost = [
        Item(name, "", "troubles.at", {"place": hierarchy.get_node(node_id).name})
        for node_id, marks in coverage.marks.items()
        if scope.covers(node_id)
        for mark in marks
        if mark.kind in LOST_MARKS
        for name in mark.names
    ]
    if lost:
        yield Trouble("lost_people", Harm.RESIDENTS, len(lost), items=lost[:MOST_GROUPS], path=COVERAGE)


def _of_gaps(house: House) -> Iterator[Trouble]:
    """Categories that nobody takes from some place up to the top."""
    tree = house.office.current()
    gaps = list_unanswered(tree, can_hear=lambda group: house.reach.can_hear(group, tree))
    if not gaps:
        return
    names = {each.category_id: each.name for each in tree.categories}
    items = [
        Item(
            names[each.category_id],
            "",
            "trouble.gap_note",
            {"level": tree.level_name(each.level_id), "count": each.count, "of": each.of},
        )
        for each in gaps[:MOST_GROUPS]
    ]
    yield Trouble(
        "gaps", Harm.RESIDENTS, len({each.category_id for each in gaps}), items=items, path=COVERAGE
    )
