"""What concerns the whole house: channels, disk, backups, holidays, the log. Looked at rarely, by those at the top."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from admin_web.trouble_ports import ChannelHealth, Harm, HouseFacts, Item, Trouble
from app.running.disk import MEBIBYTE, Room, find_room
from app.running.standing import list_missing_years
from app.troubles.chain_watch import read_kept
from app.wiring import House
from bot.addressbook import SANDBOX
from storage.queries.troubles import LaneFigures, TroubleReads
from storage.settings import BACKED_UP_AT, CHAIN_CHECK

LATE_LETTERS = timedelta(minutes=5)
BACKUP_WITHIN = timedelta(days=7)
NEW_HOUSE = timedelta(days=2)
"""So long nobody is told to make a backup: there is hardly anything to lose."""

HIERARCHY = "/admin/hierarchy"
COVERAGE = "/admin/hierarchy/coverage"
AUDIT = "/admin/audit"


@dataclass(frozen=True, slots=True)
class Books:
    """What was read in a thread."""

    lanes: Mapping[str, LaneFigures]
    database_bytes: int
    settings: Mapping[str, str]
    born_at: datetime | None
    room: Room | None
    lost_lanes: Mapping[str, int]


def read_books(house: House, reads: TroubleReads) -> Books:
    """Blocks."""
    lanes = {lane: (each.name, each.account) for lane, each in house.channels.items() if each.name != SANDBOX}
    return Books(
        lanes=reads.lane_figures(lanes),
        database_bytes=reads.database_bytes(),
        settings=house.store.reads.settings(),
        born_at=reads.born_at(),
        room=find_room(house.settings),
        lost_lanes=reads.list_lost_lanes(house.channels),
    )


def facts_of(house: House, books: Books) -> HouseFacts:
    return HouseFacts(
        channels=[_health(house, lane, each) for lane, each in books.lanes.items()],
        free_bytes=books.room.free if books.room else None,
        database_bytes=books.database_bytes,
        backed_up_at=_backed_up_at(books),
        reader_learned=house.school.reader.model is not None,
        writer_waiting=house.store.writer.figures().waiting,
        version=house.office.current().version,
    )


def list_house_troubles(house: House, books: Books, facts: HouseFacts) -> Iterator[Trouble]:
    yield from _duties(house)
    yield from _clock(house)
    yield from _disk(books)
    for channel in facts.channels:
        yield from _channel(house, channel, books.lanes[channel.name])
    for lane, count in books.lost_lanes.items():
        yield Trouble("lost_lane", Harm.RESIDENTS, count, {"name": lane.partition(":")[0]})
    yield from _chain(books)
    yield from _refused_file(house)
    yield from _backup(house, books, facts)
    yield from _holidays(house)
    if house.settings.has_real_channel and house.settings.public_url.startswith("http://"):
        yield Trouble("plain_http", Harm.RESIDENTS)


def _health(house: House, lane: str, figures: LaneFigures) -> ChannelHealth:
    return ChannelHealth(
        name=lane,
        last_inbound_at=figures.last_inbound_at,
        last_sent_at=figures.last_sent_at,
        waiting=figures.waiting,
        next_at=figures.next_at,
        error=figures.error,
        has_token=figures.has_token,
        token_until=figures.token_until,
        refused=house.metrics.list_refusals(lane.partition(":")[0]),
    )


def _duties(house: House) -> Iterator[Trouble]:
    if house.heartbeat.is_silent:
        yield Trouble("duties", Harm.RESIDENTS, values={"seconds": round(house.heartbeat.silent_for())})


def _clock(house: House) -> Iterator[Trouble]:
    off_by = house.clock.is_off_by()
    if off_by:
        yield Trouble("clock", Harm.RESIDENTS, values={"minutes": round(off_by / timedelta(minutes=1))})


def _disk(books: Books) -> Iterator[Trouble]:
    room = books.room
    if room is not None and room.is_short:
        values = {"free": f"{room.free // MEBIBYTE} MiB", "folder": str(room.folder)}
        yield Trouble("disk", Harm.RESIDENTS, values=values)


def _channel(house: House, channel: ChannelHealth, figures: LaneFigures) -> Iterator[Trouble]:
    now = house.clock.now()
    name = channel.name.partition(":")[0]
    if figures.late_since is not None and now - figures.late_since > LATE_LETTERS:
        yield Trouble("backlog", Harm.RESIDENTS, channel.waiting, {"name": name})
    refused = sum(channel.refused.values())
    if refused and channel.last_inbound_at is None:
        yield Trouble("callbacks", Harm.RESIDENTS, refused, {"name": name})
    if channel.has_token and channel.token_until and channel.token_until < now and channel.waiting:
        yield Trouble("token", Harm.RESIDENTS, values={"name": name})


def _chain(books: Books) -> Iterator[Trouble]:
    problems = read_kept(books.settings.get(CHAIN_CHECK, "")).record.problems
    if problems:
        yield Trouble("chain", Harm.HOUSE, values={"row": problems[0][0]}, path=AUDIT)


def _refused_file(house: House) -> Iterator[Trouble]:
    refused = house.office.refused
    if refused is None:
        return
    items = [
        Item(
            each.message_zh or each.message,
            HIERARCHY,
            "trouble.problem_note",
            {"line": each.line, "path": each.path},
        )
        for each in refused.problems[:5]
    ]
    yield Trouble("refused_file", Harm.STAFF, len(refused.problems), items=items, path=HIERARCHY)


def _backup(house: House, books: Books, facts: HouseFacts) -> Iterator[Trouble]:
    """Only of a file: who runs PostgreSQL has better means, of which nothing is known here."""
    now = house.clock.now()
    if books.room is None or books.born_at is None or now - books.born_at < NEW_HOUSE:
        return
    if facts.backed_up_at is None:
        yield Trouble("backup_never", Harm.HOUSE)
    elif now - facts.backed_up_at > BACKUP_WITHIN:
        yield Trouble("backup", Harm.HOUSE, values={"days": (now - facts.backed_up_at).days})


def _holidays(house: House) -> Iterator[Trouble]:
    for year in sorted({year for _, year in list_missing_years(house)}):
        yield Trouble("holidays", Harm.HOUSE, values={"year": year}, path=f"{HIERARCHY}/code")


def _backed_up_at(books: Books) -> datetime | None:
    written = books.settings.get(BACKED_UP_AT, "")
    return datetime.fromisoformat(written) if written else None
