"""Until when a row of the outbox should lie: quiet hours, a picture on its way, more of a kind than one wants to read
one by one. What is held back is told together at the next full minute.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from bot.channel import Abilities
from bot.ports import StoreUnit
from bot.quiet import quiet_until
from routing.hierarchy import Hierarchy
from routing.notice_kinds import Notice, NoticeKind
from routing.outgoing import Parcel
from routing.tickets import Ticket

PICTURE_COMES_IN, LOOKS_AGAIN = timedelta(seconds=20), timedelta(seconds=2)
"""So long the news of a result waits for its picture, which is fetched at once; then it goes without."""

PICTURES_WITHIN = timedelta(minutes=2)
"""So near to the words of a result a picture without words belongs to it."""

ADDITIONS = frozenset({NoticeKind.JOINED, NoticeKind.ADDED_WORDS})
"""What residents add to a ticket that its staff know."""

MOST_ADDITIONS = 3
"""So many of a kind are told one by one."""

URGENT_WITHIN = timedelta(seconds=15)
"""So long at most additions to an urgent ticket wait for each other: they may say where to run to."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Asks about rows that one replica has just taken."""

    store: StoreUnit
    hierarchy: Hierarchy
    abilities: Abilities
    now: datetime

    def until(self, parcel: Parcel) -> datetime | None:
        """When this row should be looked at again; None: now is right."""
        notice, manners = parcel.notice, self.hierarchy.manners
        if self._awaits_picture(parcel):
            return self.now + LOOKS_AGAIN
        is_addition = notice.kind in ADDITIONS
        if notice.urgent:
            return self._next_together(parcel, MOST_ADDITIONS, URGENT_WITHIN) if is_addition else None
        quiet = quiet_until(self.now, manners.quiet, timezone=self.hierarchy.timezone)
        if quiet is not None and self.abilities.rings:
            return quiet
        if not is_addition and notice.kind is not NoticeKind.ASKED:
            return None
        most = MOST_ADDITIONS if is_addition else manners.bundle_over
        return self._next_together(parcel, most, manners.bundle_within.as_elapsed())

    def has_waited(self, parcel: Parcel) -> bool:
        """Made before the minute, or whatever the file says instead, in which we are."""
        return parcel.created_at < _begun_at(self.now, self.hierarchy.manners.bundle_within.as_elapsed())

    def _next_together(self, parcel: Parcel, most: int, within: timedelta) -> datetime | None:
        """All that are too many wait for the same instant, so that they become one message."""
        begun_at = _begun_at(self.now, within)
        if parcel.created_at < begun_at:
            return None
        sent = self.store.parcels.count_sent(
            parcel.address, parcel.notice.kind.value, since=self.now - within
        )
        return begun_at + within if sent >= most else None

    def _awaits_picture(self, parcel: Parcel) -> bool:
        """A picture of the result came with the words, and its vendor is asked for it just now."""
        if not self.abilities.has_pictures or parcel.created_at <= self.now - PICTURE_COMES_IN:
            return False
        since = pictures_since(parcel.notice, self.store.tickets.find(parcel.notice.ticket_number))
        return since is not None and self.store.pictures.awaits_by_staff(
            parcel.notice.ticket_number, since=since
        )


def pictures_since(notice: Notice, ticket: Ticket | None) -> datetime | None:
    """Which pictures of staff go with this notice: those from here on. None: it carries none."""
    if notice.kind is NoticeKind.RESULT_PICTURE:
        return datetime.fromisoformat(notice.values["since"])
    if notice.kind is not NoticeKind.ASK_RATING or ticket is None or ticket.resolved_at is None:
        return None
    return ticket.resolved_at - PICTURES_WITHIN


def _begun_at(now: datetime, within: timedelta) -> datetime:
    """The full minute, for spans of a minute."""
    return now - (now - _EPOCH) % max(within, timedelta(seconds=1))
