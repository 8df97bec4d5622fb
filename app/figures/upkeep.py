"""Brings the sums of the figures up to date: what happened since is counted anew, ticket by ticket, in small steps."""

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from routing.figure_counts import count_ticket, find_undecided
from routing.hierarchy import Hierarchy
from routing.metrics import Places, facts_of
from routing.tickets import Status
from storage.figure_keeping import TREE, Refresh
from storage.figure_rows import TicketCounts
from storage.queries.figures import FigureReads, Upkeep
from storage.queries.tickets import TicketFile
from storage.store import Store

log = logging.getLogger(__name__)

FORM = 3
"""Grows when a release counts differently: everything is then counted again."""

EVENTS_AT_ONCE = 200
STEPS_A_RING = 20
"""At most so much in a minute: about a tenth of one slow processor while a million tickets are counted at first."""


@dataclass(slots=True)
class FigureUpkeep:
    """One for a house. Of several replicas the quicker one counts."""

    store: Store
    hierarchy: Callable[[], Hierarchy]
    reads: FigureReads = field(init=False)
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.reads = FigureReads(self.store.reading_engine)

    async def catch_up(self, *, steps: int = STEPS_A_RING) -> bool:
        """True when everything is counted."""
        async with self._turn:
            for _ in range(steps):
                if await self._step():
                    return True
        return False

    async def _step(self) -> bool:
        tree = self.hierarchy()
        upkeep = await asyncio.to_thread(self.reads.upkeep)
        shape = f"{FORM} {tree.timezone}"
        if upkeep.shape != shape:
            log.info("figures=begin_anew shape=%s", shape)
            await self.store.writer.run(lambda unit: unit.figures.begin_anew(shape))
            return False
        await self._follow_tree(upkeep, tree)
        if upkeep.seen >= upkeep.newest:
            return True
        change = await asyncio.to_thread(self._count, upkeep.seen, tree)
        if change.until == change.seen:
            return True
        await self.store.writer.run(lambda unit: unit.figures.refresh(change))
        return False

    async def _follow_tree(self, upkeep: Upkeep, tree: Hierarchy) -> None:
        """Places that lie elsewhere since the last version take their tickets along into other sums."""
        version = f"{tree.version} {tree.root_id}"
        if upkeep.tree == version:
            return
        origins = await asyncio.to_thread(self.reads.list_origins)
        for origin, written in origins.items():
            path = path_of(origin, tree)
            if tuple(json.loads(written)) != path:
                await self._move(origin, path)
                log.info("figures=moved origin=%s", origin)
        await self.store.writer.run(lambda unit: unit.settings.put(TREE, version))

    async def _move(self, origin: str, path: tuple[str, ...]) -> None:
        await self.store.writer.run(lambda unit: unit.figures.move(origin, path))

    def _count(self, seen: int, tree: Hierarchy) -> Refresh:
        numbers, until = self.reads.list_changed(seen, limit=EVENTS_AT_ONCE)
        files = self.store.reads.tickets.list_of(numbers)
        tickets = count_files(files, tree)
        return Refresh(seen, until, tickets, {each.origin: path_of(each.origin, tree) for each in tickets})


def count_files(files: Sequence[TicketFile], tree: Hierarchy) -> list[TicketCounts]:
    places = Places({node_id: node.level for node_id, node in tree.nodes.items()})
    zone = ZoneInfo(tree.timezone)
    return [_count_file(each, places, zone) for each in files]


def _count_file(file: TicketFile, places: Places, zone: ZoneInfo) -> TicketCounts:
    ticket, facts = file.ticket, facts_of(file.ticket, file.events, places)
    return TicketCounts(
        number=ticket.number,
        origin=ticket.origin,
        node=ticket.node,
        category=ticket.category,
        level=ticket.level,
        opened_on=ticket.opened_at.astimezone(zone).date(),
        reporters=0 if ticket.status is Status.MERGED else ticket.reporters,
        by_level=count_ticket(facts),
        undecided=find_undecided(facts),
    )


def path_of(origin: str, tree: Hierarchy) -> tuple[str, ...]:
    """The places whose sums have a ticket from here: those with children from here to the root, which has all of them,
    also those of places that have left the tree."""
    above = [each.node_id for each in tree.climb(origin) if each.children and each.node_id != tree.root_id]
    return (*above, tree.root_id)


def is_leaf(place: str, tree: Hierarchy) -> bool:
    """Whether a place has no sums of its own."""
    return place != tree.root_id and not tree.get_node(place).children
