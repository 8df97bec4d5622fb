"""Puts the house together: one object with everything that runs, made from settings. No rule lives here."""

import asyncio
import logging
import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from admin_web.auth.links import Links
from admin_web.auth.seals import Seals
from admin_web.metrics import Metrics, build_metrics
from app.clock import Clock
from app.doors import open_doors
from app.doors.door import Door
from app.figures.upkeep import FigureUpkeep
from app.pictures import PictureDesk
from app.reach import addressbook_of
from app.reading.incidents import MatterMemory
from app.reading.schooling import School
from app.running.heartbeat import Heartbeat
from app.running.nudging import Nudge
from app.running.sweeping import Sweeper
from app.sandbox_time import SandboxClock, read_pushed
from app.secret_key import get_secret_key, note_fingerprint
from app.settings import Settings
from app.stored_pictures import picture_loader
from app.tree.file import TreeFile
from app.tree.office import TreeOffice
from app.troubles.places import TroubledPlaces
from app.work_links import work_link_of
from bot.addressbook import Addressbook
from bot.binding import may_bind
from bot.channel import Answer, Channel
from bot.channels.sandbox.sender import SandboxChannel
from bot.channels.sandbox.settings import is_on
from bot.channels.sandbox.windows import SandboxWindows
from bot.delivery import Delivery
from bot.gazetteer import gazetteer_of
from bot.inbox import Inbox
from routing.messages import Inbound
from routing.tickets import Ticket
from storage.store import Store, open_store

log = logging.getLogger(__name__)

PASSIVE = frozenset({"wechat", "sandbox"})
"""Channels whose callback carries the answer itself."""


@dataclass(slots=True)
class House:
    """Everything that runs in one process. Made by `build_house`, begun by `open`, ended by `close`.

    `links` go by the clock on the wall, which the sandbox cannot push: so do those who sign in, and their phones.
    """

    settings: Settings
    clock: Clock
    store: Store
    office: TreeOffice
    school: School
    matters: MatterMemory
    tree_file: TreeFile
    reach: Addressbook
    channels: Mapping[str, Channel]
    doors: tuple[Door, ...]
    windows: SandboxWindows | None
    inbox: Inbox
    delivery: Delivery
    sweeper: Sweeper
    pictures: PictureDesk
    owner: str
    postman: Nudge
    heartbeat: Heartbeat
    metrics: Metrics
    links: Links
    troubled: TroubledPlaces = field(default_factory=TroubledPlaces)
    figures: FigureUpkeep = field(init=False)

    def __post_init__(self) -> None:
        self.figures = FigureUpkeep(self.store, self.office.current)

    @property
    def has_sandbox(self) -> bool:
        return self.windows is not None

    def open(self) -> None:
        """Migrates, takes the tree into force and sets the sandbox's clock; blocks. Raises NoHierarchyError."""
        self.store.upgrade()
        self.read_clock()
        self.store.take_over()
        note_fingerprint(self.store, self.links.seals.fingerprint)
        self.tree_file.start()
        gazetteer_of(self.office.current(), self.inbox.reader)  # now, not while somebody waits for an answer
        if self.has_sandbox:
            self.clock.push(read_pushed(self.store.writer))

    def read_clock(self) -> None:
        """Goes by the clock of the database, where it has one; blocks."""
        told = self.store.reads.clock()
        if told is not None:
            self.clock.follow(told)

    async def receive(self, inbound: Inbound) -> Answer:
        """What every callback is handed; the postman goes as soon as the answer is stored."""
        answer = await self.inbox.receive(inbound)
        self.postman.ring()
        if may_bind(inbound):
            await self.office.refresh_bindings()
        if inbound.attachments:
            self.pictures.ring()
        return answer

    async def settle(self) -> None:
        """Does what is due and sends what follows, until nothing is left for now."""
        await self.matters.refresh()
        await self.sweeper.sweep()
        await self.delivery.deliver()

    async def list_near(self, node_ids: Sequence[str]) -> Sequence[Ticket]:
        """Tickets reported at, or asked of, these nodes, newest first."""
        return await self.store.writer.run(lambda unit: unit.tickets.list_near(node_ids, limit=40))

    def sandbox_clock(self) -> SandboxClock:
        return SandboxClock(
            self.clock, self.store.writer, self.office.current, self.settle, lambda: self.sweeper.acted
        )

    async def close(self) -> None:
        """Ends duties, gives back leases, closes the vendors' connections and the store."""
        if self.windows is not None:
            self.windows.close()
        await self.delivery.end()
        await self.postman.finish()
        await self.pictures.finish()
        await self.store.writer.run(lambda unit: unit.parcels.give_back_lanes(self.owner))
        await asyncio.gather(*(each.close() for each in self.channels.values()), return_exceptions=True)
        await self.store.close()


def build_house(settings: Settings, *, clock: Clock | None = None, wall_clock: Clock | None = None) -> House:
    """Changes nothing in the store yet. Raises DatabaseAddressError, and OSError when no secret key can be kept."""
    clock = clock or Clock()
    store = open_store(settings.database_url, now=clock.now)
    writer = store.writer
    owner = secrets.token_hex(8)
    doors = open_doors(settings, store, clock, owner=owner)
    windows, channels = _open_channels(settings, doors, store, clock)
    reach = addressbook_of(list(channels.values()))
    office = TreeOffice(writer, reach=reach, now=clock.now)
    school = School(store, office.current)
    matters = MatterMemory(store.reads.matters, office.current)
    metrics = build_metrics()
    links = _links(settings, wall_clock.now if wall_clock else clock.unpushed)
    outcome, work_link = metrics.record_delivery, work_link_of(settings, links)
    delivery = Delivery(
        writer, channels, office.current, reach, clock.now, owner, on_outcome=outcome, work_link=work_link
    )
    return House(
        settings=settings,
        clock=clock,
        store=store,
        office=office,
        school=school,
        matters=matters,
        tree_file=TreeFile(settings.hierarchy, office),
        reach=reach,
        channels=channels,
        doors=doors,
        windows=windows,
        inbox=Inbox(writer, office.current, school.reader, reach, clock.now, PASSIVE, incidents=matters),
        delivery=delivery,
        sweeper=Sweeper(writer, office.current, reach, clock.now),
        pictures=PictureDesk(writer, channels, clock.now),
        owner=owner,
        postman=Nudge(delivery.deliver, name="deliver"),
        heartbeat=Heartbeat(),
        metrics=metrics,
        links=links,
    )


def _open_channels(
    settings: Settings, doors: Sequence[Door], store: Store, clock: Clock
) -> tuple[SandboxWindows | None, dict[str, Channel]]:
    """Those of the vendors by name and account, and the sandbox's where it is on."""
    opened = [each.channel for each in doors]
    windows = SandboxWindows(store.writer) if is_on(settings.sandbox, real_channels=len(doors)) else None
    if windows is not None:
        opened.append(SandboxChannel(windows, clock.now, load_picture=picture_loader(store)))
    return windows, {f"{each.name}:{each.account}": each for each in opened}


def _links(settings: Settings, now: Callable[[], datetime]) -> Links:
    return Links(Seals(get_secret_key(settings)), settings.public_url, now)
