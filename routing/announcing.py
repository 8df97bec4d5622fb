"""From an event to rows of the outbox: who hears it, by which ways, once each. Runs inside the event's transaction."""

from collections.abc import Sequence

from routing.calls import note_call
from routing.events import Actor, Event, EventKind
from routing.hierarchy import Hierarchy
from routing.messages import BY_OFFICE, Address
from routing.notice_kinds import ECHOES, Hearer, Notice, NoticeKind
from routing.notices import notices_for
from routing.ports import Reach, UnitOfWork
from routing.tickets import Ticket


def announce(
    event: Event,
    before: Ticket,
    after: Ticket,
    *,
    store: UnitOfWork,
    hierarchy: Hierarchy,
    reach: Reach,
    here: Address | None,
) -> None:
    """Queues every notice of the event. `here` has been answered already and does not hear an echo."""
    notices = notices_for(event, before, after, hierarchy)
    call = note_call(event, after, notices, store=store, hierarchy=hierarchy)
    for notice in (*notices, *([call] if call else ())):
        addresses = find_addresses(notice, after.group, store=store, hierarchy=hierarchy, reach=reach)
        if not addresses and _needs_no_letter(notice):
            continue
        wanted = [each for each in addresses if each != here or not _is_echo(notice, event)]
        if wanted or not addresses:
            store.outbox.add(notice, wanted, now=event.at)


def _needs_no_letter(notice: Notice) -> bool:
    """Details are only for one who reads alone. Reporters without an address are those who ring, whom `calls` sees to,
    or were erased: nobody is left whom one could miss."""
    return notice.kind is NoticeKind.DETAILS or notice.hearer == Hearer.reporters()


def _is_echo(notice: Notice, event: Event) -> bool:
    """A resident who says "not solved", which category is meant or where it is, is answered with who has it now and
    until when; staff who merge two tickets, that they are one."""
    if notice.kind is NoticeKind.JOINED:
        return event.by not in tuple(Actor)
    is_answered = notice.kind in {NoticeKind.PROGRESS_REOPENED, NoticeKind.PROGRESS_MERGED} or (
        notice.kind is NoticeKind.PROGRESS_TRANSFERRED and event.kind is EventKind.SORTED
    )
    return notice.kind in ECHOES or (is_answered and event.by == Actor.RESIDENT)


def find_addresses(
    notice: Notice, group_id: str, *, store: UnitOfWork, hierarchy: Hierarchy, reach: Reach
) -> Sequence[Address]:
    """The chats that hear this notice now, each once, in a stable order. Empty when there is no way to them.

    A member of staff who cannot be written to alone hears it in the group that is asked, except details.
    """
    hearer = notice.hearer
    if hearer.kind == "group":
        return _of_group(hearer.name, hierarchy, reach)
    if hearer.kind == "staff":
        alone = reach.addresses_of_staff(hearer.name, hierarchy)
        return alone if alone or notice.kind is NoticeKind.DETAILS else _of_group(group_id, hierarchy, reach)
    if hearer.kind == "person":
        person = store.people.get(int(hearer.name))
        return (person.private,) if person.private and person.follows else ()
    return _of_reporters(notice.ticket_number, store)


def _of_group(group_id: str, hierarchy: Hierarchy, reach: Reach) -> Sequence[Address]:
    group = hierarchy.find_group(group_id)
    return reach.addresses_of_group(group, hierarchy) if group else ()


def _of_reporters(number: int, store: UnitOfWork) -> Sequence[Address]:
    found: dict[Address, None] = {}
    for reporter in store.reporters.list_of(number):
        if reporter.address.channel != BY_OFFICE:
            found[reporter.address] = None
    return tuple(found)
