"""How a send ended, written down: sent, tried again later, given up with an event that staff see, or not known."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.channel import Abilities, Outcome, SendError
from bot.packing import Letter
from bot.ports import StoreUnit
from bot.questions import note_asked
from routing.announcing import find_addresses
from routing.desk import Desk
from routing.desk.unheard import pass_on_unheard
from routing.events import Actor, Event, EventKind
from routing.hierarchy import Hierarchy
from routing.notice_kinds import Hearer, Notice, NoticeKind
from routing.outgoing import Parcel
from routing.ports import Reach
from routing.tickets import Ticket

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(minutes=15)
MOST_ATTEMPTS = 40
"""About nine hours of trying at the longest wait; then a person has to look."""

FAULTY_SETTINGS_WAIT = timedelta(minutes=10)


def settle_success(store: StoreUnit, letter: Letter, owner: str, vendor_ref: str, now: datetime) -> None:
    """The vendor's id stays only with a letter about one ticket: a reply to a list is about none of them."""
    is_about_one = len({each.notice.ticket_number for each in letter.parcels}) == 1
    ref = vendor_ref if is_about_one else ""
    for each in letter.parcels:
        store.parcels.mark_sent(each.parcel_id, owner=owner, vendor_ref=ref, now=now)
        note_asked(store, each, now=now)


@dataclass(frozen=True, slots=True)
class Failure:
    """`spread` is a factor near 1 that keeps replicas from trying again in step."""

    error: SendError
    owner: str
    now: datetime
    spread: float
    abilities: Abilities


def settle_failure(
    store: StoreUnit, letter: Letter, failure: Failure, *, hierarchy: Hierarchy, reach: Reach
) -> None:
    """Writes down what follows for each row; a permanent failure becomes an event on the ticket."""
    address, error = letter.first.address, failure.error
    if error.moved_to:
        store.parcels.move_chat(address.channel, address.account, chat=address.chat, to=error.moved_to)
    for each in letter.parcels:
        _settle(store, each, failure)
    if error.outcome in {Outcome.WINDOW_CLOSED, Outcome.RECIPIENT_GONE}:
        tell_unreached(store, letter.first, error.detail, now=failure.now, hierarchy=hierarchy, reach=reach)


def _settle(store: StoreUnit, parcel: Parcel, failure: Failure) -> None:
    parcels, error = store.parcels, failure.error
    parcel_id, owner, now = parcel.parcel_id, failure.owner, failure.now
    if error.outcome is Outcome.UNKNOWN and parcel.maybe_repeat:
        parcels.mark_unknown(parcel_id, owner=owner, detail=error.detail, now=now)
        return
    if error.outcome in {Outcome.WINDOW_CLOSED, Outcome.RECIPIENT_GONE, Outcome.REFUSED}:
        parcels.bury(parcel_id, owner=owner, detail=error.detail, now=now)
        return
    if parcel.attempts >= MOST_ATTEMPTS:
        parcels.bury(parcel_id, owner=owner, detail=f"given up: {error.detail}", now=now)
        return
    may_repeat = parcel.maybe_repeat or (error.outcome is Outcome.UNKNOWN and not failure.abilities.is_keyed)
    at = now + _wait(parcel, failure)
    parcels.try_again(parcel_id, owner=owner, at=at, detail=error.detail, maybe_repeat=may_repeat)


def _wait(parcel: Parcel, failure: Failure) -> timedelta:
    error = failure.error
    if error.retry_after is not None:
        return error.retry_after
    if error.moved_to:
        return timedelta(0)
    if error.outcome is Outcome.CONFIGURATION:
        return FAULTY_SETTINGS_WAIT
    doubled: timedelta = FIRST_WAIT * (1 << min(parcel.attempts - 1, 10))
    return min(doubled, LONGEST_WAIT) * failure.spread


def tell_unreached(
    store: StoreUnit, parcel: Parcel, detail: str, *, now: datetime, hierarchy: Hierarchy, reach: Reach
) -> None:
    """Whoever has the ticket learns that this hearer cannot be reached, so that somebody rings the bell."""
    number = parcel.notice.ticket_number
    ticket = store.tickets.find(number) if number else None
    if ticket is None or parcel.notice.kind is NoticeKind.UNREACHABLE:
        return
    hearer = parcel.notice.hearer
    store.history.append(_unreached(ticket, parcel, detail, now=now))
    if hearer.kind == "group":
        pass_on_unheard(Desk(store, hierarchy, reach, now), ticket.number, group_id=hearer.name)
    if hearer.kind not in {"reporters", "person", "chat"}:
        return
    staff = Hearer.group(ticket.group)
    notice = Notice(NoticeKind.UNREACHABLE, staff, ticket.number, ticket.cycle, urgent=ticket.urgent)
    addresses = find_addresses(notice, ticket.group, store=store, hierarchy=hierarchy, reach=reach)
    store.outbox.add(notice, addresses, now=now)


def _unreached(ticket: Ticket, parcel: Parcel, detail: str, *, now: datetime) -> Event:
    hearer, channel = parcel.notice.hearer, parcel.address.channel
    return Event(
        ticket.number,
        EventKind.UNREACHABLE,
        now,
        Actor.SYSTEM,
        ticket.node,
        ticket.group,
        reason=f"{hearer.kind} on {channel}: {detail}",
        values={"hearer": hearer.kind, "channel": channel, "detail": detail},
    )
