"""Pictures that reporters sent: first only wanted, then kept as our own re-encoded copy, or lost."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

import sqlalchemy as sa

from routing.messages import BY_STAFF, Address, Attachment, Kind
from storage.mapping import address_values
from storage.prepared import Fields, Prepared, names_of
from storage.roots import Roots
from storage.tables.talk import PERSON
from storage.tables.tickets import PICTURE
from storage.writing.foresight import Foresight


class PictureState(StrEnum):
    WANTED = "wanted"
    KEPT = "kept"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class WantedPicture:
    """One to be fetched now. `attempts` counts this one."""

    picture_id: int
    address: Address
    attachment: Attachment
    attempts: int
    wanted_at: datetime


@dataclass(frozen=True, slots=True)
class KeptPicture:
    media_type: str
    content: bytes


_P = PICTURE.c
_INSTANT = _P.wanted_at.type
_ID = _P.picture_id == sa.bindparam("b_picture_id")
_INSERT = Prepared(sa.insert(PICTURE).returning(_P.picture_id), *names_of(PICTURE, without=["picture_id"]))
_WAITING_FOR_WORDS = (
    _P.person_id == sa.bindparam("b_person_id"),
    _P.ticket_number.is_(None),
    _P.wanted_at >= sa.bindparam("b_since", type_=_INSTANT),
    _P.state != PictureState.LOST.value,
)
_FIND_WAITING = Prepared(sa.select(_P.picture_id).where(*_WAITING_FOR_WORDS).limit(1))
_GIVE = Prepared(
    sa.update(PICTURE).where(*_WAITING_FOR_WORDS),
    "ticket_number",
    "root",
)
_LIST = Prepared(
    sa.select(_P.picture_id)
    .where(_P.ticket_number == sa.bindparam("number"), _P.state != PictureState.LOST.value)
    .order_by(_P.picture_id)
)
_BY_STAFF = Prepared(
    sa.select(_P.picture_id)
    .join(PERSON, PERSON.c.person_id == _P.person_id)
    .where(
        _P.ticket_number == sa.bindparam("number", type_=_P.ticket_number.type),
        _P.state == sa.bindparam("b_state", type_=_P.state.type),
        _P.wanted_at >= sa.bindparam("b_since", type_=_INSTANT),
        PERSON.c.channel == BY_STAFF,
    )
    .order_by(_P.picture_id)
)
_DUE = Prepared(
    sa.select(_P.picture_id)
    .where(_P.due_at <= sa.bindparam("b_now", type_=_INSTANT))
    .order_by(_P.due_at, _P.picture_id)
    .limit(sa.bindparam("b_limit", type_=sa.Integer))
    .with_for_update(skip_locked=True)
)
_TAKE = Prepared(
    sa.update(PICTURE)
    .where(_ID)
    .values(attempts=_P.attempts + 1, due_at=sa.bindparam("b_until", type_=_INSTANT))
    .returning(
        _P.picture_id, _P.channel, _P.account, _P.chat, _P.thread, _P.kind, _P.handle, _P.note, _P.attempts,
        _P.wanted_at,
    )
)  # fmt: skip
_WANTED = _P.state == PictureState.WANTED.value
_TRY_AGAIN = Prepared(sa.update(PICTURE).where(_ID, _WANTED), "due_at")
_SETTLE = Prepared(
    sa.update(PICTURE).where(_ID, _WANTED), "state", "due_at", "content", "media_type", "handle"
)
_CONTENT = Prepared(
    sa.select(_P.media_type, _P.content).where(
        _P.picture_id == sa.bindparam("picture_id"), _P.content.is_not(None)
    )
)


class Pictures:
    def __init__(self, connection: sa.Connection, *, roots: Roots, foresight: Foresight) -> None:
        self._connection = connection
        self._foresight = foresight
        self._roots = roots

    def want(
        self,
        attachment: Attachment,
        *,
        address: Address,
        ticket_number: int | None,
        person_id: int,
        now: datetime,
    ) -> int:
        picture_id: int = _INSERT.value(
            self._connection,
            **address_values(address),
            ticket_number=ticket_number,
            root=self._roots.of(ticket_number or 0),
            person_id=person_id,
            kind=attachment.kind.value,
            handle=attachment.handle,
            note=attachment.note,
            state=PictureState.WANTED.value,
            attempts=0,
            wanted_at=now,
            due_at=now,
            media_type="",
            content=None,
        )
        return picture_id

    def give_waiting(self, person_id: int, *, ticket_number: int, since: datetime) -> int:
        # Most people sent none, and to look costs less than to change nothing.
        if self._foresight.has_no_picture(person_id):
            return 0
        if _FIND_WAITING.first(self._connection, b_person_id=person_id, b_since=since) is None:
            return 0
        return _GIVE.run(
            self._connection,
            b_person_id=person_id,
            b_since=since,
            ticket_number=ticket_number,
            root=self._roots.of(ticket_number),
        )

    def list_of(self, number: int) -> Sequence[int]:
        """Those that are kept or still on their way."""
        return [row[0] for row in _LIST.all(self._connection, number=number)]

    def list_by_staff(self, number: int, *, since: datetime) -> Sequence[int]:
        return self._by_staff(number, since, PictureState.KEPT)

    def awaits_by_staff(self, number: int, *, since: datetime) -> bool:
        return bool(self._by_staff(number, since, PictureState.WANTED))

    def _by_staff(self, number: int, since: datetime, state: PictureState) -> list[int]:
        rows = _BY_STAFF.all(self._connection, number=number, b_since=since, b_state=state.value)
        return [row[0] for row in rows]

    def take_wanted(self, now: datetime, *, lasts: timedelta, limit: int) -> Sequence[WantedPicture]:
        """Due ones, oldest first, now leased until now + lasts; whoever takes one settles it or lets the lease end."""
        due = _DUE.all(self._connection, b_now=now, b_limit=limit)
        rows = (_TAKE.first(self._connection, b_picture_id=each[0], b_until=now + lasts) for each in due)
        return [_wanted(row) for row in rows if row]

    def keep(self, picture_id: int, content: bytes, *, media_type: str) -> None:
        """`content` must be re-encoded already: what a vendor sends may hold places and worse."""
        _SETTLE.run(
            self._connection,
            b_picture_id=picture_id,
            state=PictureState.KEPT.value,
            content=content,
            media_type=media_type,
            due_at=None,
            handle="",
        )

    def try_again(self, picture_id: int, *, at: datetime) -> None:
        _TRY_AGAIN.run(self._connection, b_picture_id=picture_id, due_at=at)

    def lose(self, picture_id: int) -> None:
        """It cannot be had any more, or cannot be re-encoded."""
        _SETTLE.run(
            self._connection,
            b_picture_id=picture_id,
            state=PictureState.LOST.value,
            content=None,
            media_type="",
            due_at=None,
            handle="",
        )

    def find_content(self, picture_id: int) -> KeptPicture | None:
        row = _CONTENT.first(self._connection, picture_id=picture_id)
        return KeptPicture(row[0], bytes(row[1])) if row else None


def _wanted(row: Fields) -> WantedPicture:
    picture_id, channel, account, chat, thread, kind, handle, note, attempts, wanted_at = row
    address = Address(channel, account, chat, thread)
    attachment = Attachment(Kind(kind), handle, note)
    return WantedPicture(picture_id, address, attachment, attempts, wanted_at)
