"""From what happened to who hears which kind of notice: one small function for each kind of event, in one table.

Whether a notice is still true when its turn comes is in `still_wanted`. Sentences are made in `bot/texts`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from routing.callers import staff_name
from routing.escalation import promise_at
from routing.events import CONFIRMED, TOLD, Event, EventKind
from routing.hierarchy import STAFF, Hierarchy
from routing.notice_kinds import Hearer, Notice, NoticeKind
from routing.tickets import Status, Ticket


@dataclass(frozen=True, slots=True)
class Scene:
    """What the functions below look at: the event, the ticket before and after it, and the tree."""

    event: Event
    before: Ticket
    after: Ticket
    hierarchy: Hierarchy

    def notice(self, kind: NoticeKind, hearer: Hearer, **values: str) -> Notice:
        return Notice(
            kind=kind,
            hearer=hearer,
            ticket_number=self.after.number,
            cycle=self.after.cycle,
            urgent=self.after.urgent,
            values={**self._common(), **values},
        )

    def to_group(self, kind: NoticeKind, **values: str) -> Notice:
        return self.notice(kind, Hearer.group(self.after.group), **values)

    def to_old_group(self, kind: NoticeKind, **values: str) -> tuple[Notice, ...]:
        """The group asked before, if the ticket has left it."""
        if self.before.group == self.after.group:
            return ()
        return (self.notice(kind, Hearer.group(self.before.group), **values),)

    def to_worker(self, kind: NoticeKind, **values: str) -> Notice:
        return self.notice(kind, worker_of(self.after, self.hierarchy), **values)

    def to_reporters(self, kind: NoticeKind, **values: str) -> Notice:
        return self.notice(kind, Hearer.reporters(), **values)

    def _common(self) -> Mapping[str, str]:
        event = self.event
        common = {**event.values, "reason": event.reason, "words": event.words, "by": event.by}
        common["by_name"] = staff_name(self.hierarchy, event.by)
        common["holder"] = self.after.holder or ""
        common["holder_name"] = staff_name(self.hierarchy, self.after.holder)
        due_at = promise_at(self.after)
        common["due"] = due_at.isoformat() if due_at else ""
        return {key: value for key, value in common.items() if value}


Tellers = Callable[[Scene], tuple[Notice, ...]]


def _opened(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_group(NoticeKind.ASKED),)


def _joined(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_worker(NoticeKind.JOINED),)


def _left(scene: Scene) -> tuple[Notice, ...]:
    """A matter that was parted again; a person who leaves is told to nobody."""
    return (scene.to_worker(NoticeKind.PARTED_OFF),) if "from" in scene.event.values else ()


def _added(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_worker(NoticeKind.ADDED_WORDS),)


def _sorted(scene: Scene) -> tuple[Notice, ...]:
    """Asked anew, unless somebody has it, who hears that it is urgent now. What only was confirmed is no news."""
    if scene.event.reason in {CONFIRMED, TOLD}:
        return ()
    if scene.after.status is not Status.OPEN:
        return (scene.to_worker(NoticeKind.HURRIED),)
    return (scene.to_group(NoticeKind.ASKED), *_moved_on(scene))


def _moved_on(scene: Scene) -> tuple[Notice, ...]:
    """The group that had it and the reporters, who were told another name: nothing where the group is the same."""
    group = scene.hierarchy.find_group(scene.after.group)
    gone = scene.to_old_group(NoticeKind.GONE)
    if not gone or group is None:
        return gone
    return (*gone, scene.to_reporters(NoticeKind.PROGRESS_TRANSFERRED, whom=group.name))


def _claimed(scene: Scene) -> tuple[Notice, ...]:
    """The holder alone gets household and telephone, which no group shows."""
    told = (scene.to_group(NoticeKind.TAKEN), scene.to_reporters(NoticeKind.PROGRESS_CLAIMED))
    return (*told, *_details(scene))


def _details(scene: Scene) -> tuple[Notice, ...]:
    worker = worker_of(scene.after, scene.hierarchy)
    return (scene.notice(NoticeKind.DETAILS, worker),) if worker.kind == "staff" else ()


def _released(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_group(NoticeKind.FREE_AGAIN),)


def _handed_back(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_group(NoticeKind.HANDED_BACK), *_moved_on(scene))


def _escalated(scene: Scene) -> tuple[Notice, ...]:
    below = (*scene.to_old_group(NoticeKind.HANDED_UP), *_passed_over(scene))
    return (scene.to_group(NoticeKind.CLIMBED), *below, scene.to_reporters(NoticeKind.PROGRESS_CLIMBED))


def _passed_over(scene: Scene) -> tuple[Notice, ...]:
    """The staff of a place whose service's group was asked instead of them: what leaves their place they hear."""
    place = scene.hierarchy.find_node(scene.before.node)
    group = scene.hierarchy.find_group(scene.before.group)
    if place is None or group is None or group.kind == STAFF or group.node_id != place.node_id:
        return ()
    own = next((each for each in place.groups if each.kind == STAFF), None)
    return (scene.notice(NoticeKind.HANDED_UP, Hearer.group(own.group_id)),) if own else ()


def _transferred(scene: Scene) -> tuple[Notice, ...]:
    return (
        scene.to_worker(NoticeKind.GIVEN),
        *scene.to_old_group(NoticeKind.GONE),
        scene.to_reporters(NoticeKind.PROGRESS_TRANSFERRED),
    )


def _noted(scene: Scene) -> tuple[Notice, ...]:
    if scene.after.holder in {None, scene.event.by}:
        return ()
    return (scene.to_worker(NoticeKind.NOTED),)


def _questioned(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_reporters(NoticeKind.QUESTION),)


def _reminded(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_worker(NoticeKind.REMINDER),)


def _urged(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_worker(NoticeKind.URGED),)


def _paused(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_group(NoticeKind.PAUSED), scene.to_reporters(NoticeKind.PROGRESS_PAUSED))


def _pause_asked(scene: Scene) -> tuple[Notice, ...]:
    return (scene.notice(NoticeKind.PAUSE_WANTED, Hearer.group(scene.event.values["above"])),)


def _pause_refused(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_worker(NoticeKind.PAUSE_REFUSED),)


def _resumed(scene: Scene) -> tuple[Notice, ...]:
    """Who resumed it themselves is answered where they said so."""
    reporters = scene.to_reporters(NoticeKind.PROGRESS_RESUMED)
    is_own = scene.event.by == scene.after.holder
    return (reporters,) if is_own else (scene.to_worker(NoticeKind.GOES_ON), reporters)


def _supervised(scene: Scene) -> tuple[Notice, ...]:
    """The group and the street's duty staff; once, where they are the same; the holder too, who must act."""
    duty = _duty_group(scene.hierarchy)
    hearers = dict.fromkeys([Hearer.group(scene.after.group), Hearer.group(duty or scene.after.group)])
    if scene.after.holder is not None:
        hearers[scene.to_worker(NoticeKind.SUPERVISION).hearer] = None
    return tuple(scene.notice(NoticeKind.SUPERVISION, each, round=_round(scene.after)) for each in hearers)


def _round(ticket: Ticket) -> str:
    """Which repetition of a supervision it is, so that of several that waited for the morning one is told."""
    return ticket.supervised_at.isoformat() if ticket.supervised_at else ""


def _resolved(scene: Scene) -> tuple[Notice, ...]:
    """The levels below that were asked before stay informed."""
    groups = dict.fromkeys((scene.after.group, *scene.after.asked_groups))
    done = (scene.notice(NoticeKind.DONE_HERE, Hearer.group(each)) for each in groups)
    return (scene.to_reporters(NoticeKind.ASK_RATING), *done)


def _rated(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_worker(NoticeKind.RATED),)


def _reopened(scene: Scene) -> tuple[Notice, ...]:
    below = scene.to_old_group(NoticeKind.HANDED_UP)
    return (scene.to_group(NoticeKind.CAME_BACK), *below, scene.to_reporters(NoticeKind.PROGRESS_REOPENED))


def _disputed(scene: Scene) -> tuple[Notice, ...]:
    duty = _duty_group(scene.hierarchy) or scene.after.group
    return (scene.notice(NoticeKind.DECIDE, Hearer.group(duty), round=_round(scene.after)),)


def _closed(scene: Scene) -> tuple[Notice, ...]:
    """A reporter who has just rated is answered at once and needs no second word."""
    if scene.event.reason == "rated":
        return ()
    return (scene.to_reporters(NoticeKind.CLOSED),)


def _withdrawn(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_worker(NoticeKind.WITHDRAWN),)


def _declined(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_reporters(NoticeKind.DECLINED), scene.to_group(NoticeKind.ENDED_HERE))


def _merged(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_group(NoticeKind.MERGED_AWAY), scene.to_reporters(NoticeKind.PROGRESS_MERGED))


def _parted(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_group(NoticeKind.ASKED), scene.to_reporters(NoticeKind.PROGRESS_PARTED))


def _moved(scene: Scene) -> tuple[Notice, ...]:
    return (scene.to_worker(NoticeKind.MOVED_HERE), *scene.to_old_group(NoticeKind.GONE))


TELLERS: Mapping[EventKind, Tellers] = {
    EventKind.OPENED: _opened,
    EventKind.JOINED: _joined,
    EventKind.LEFT: _left,
    EventKind.ADDED: _added,
    EventKind.SORTED: _sorted,
    EventKind.CLAIMED: _claimed,
    EventKind.RELEASED: _released,
    EventKind.HANDED_BACK: _handed_back,
    EventKind.ESCALATED: _escalated,
    EventKind.TRANSFERRED: _transferred,
    EventKind.NOTED: _noted,
    EventKind.QUESTIONED: _questioned,
    EventKind.REMINDED: _reminded,
    EventKind.URGED: _urged,
    EventKind.PAUSED: _paused,
    EventKind.PAUSE_ASKED: _pause_asked,
    EventKind.PAUSE_REFUSED: _pause_refused,
    EventKind.RESUMED: _resumed,
    EventKind.SUPERVISED: _supervised,
    EventKind.RESOLVED: _resolved,
    EventKind.RATED: _rated,
    EventKind.REOPENED: _reopened,
    EventKind.DISPUTED: _disputed,
    EventKind.CLOSED: _closed,
    EventKind.WITHDRAWN: _withdrawn,
    EventKind.DECLINED: _declined,
    EventKind.MERGED: _merged,
    EventKind.PARTED: _parted,
    EventKind.MOVED: _moved,
}
"""Events that are not here are told to nobody: they are read in the story."""


def notices_for(event: Event, before: Ticket, after: Ticket, hierarchy: Hierarchy) -> tuple[Notice, ...]:
    """Who hears what of this event; nothing for an event that only the story keeps."""
    teller = TELLERS.get(event.kind)
    return teller(Scene(event, before, after, hierarchy)) if teller else ()


def worker_of(ticket: Ticket, hierarchy: Hierarchy) -> Hearer:
    """Whoever has it: the holder, or the group while nobody known to the tree holds it."""
    if ticket.holder is None or hierarchy.find_staff(ticket.holder) is None:
        return Hearer.group(ticket.group)
    return Hearer.staff(ticket.holder)


def _duty_group(hierarchy: Hierarchy) -> str | None:
    root = hierarchy.get_node(hierarchy.root_id)
    return next((each.group_id for each in root.groups if each.kind == STAFF), None)
