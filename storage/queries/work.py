"""What the pages on a phone read: whose work it is, and what stands at a ticket beside its story."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from routing.tickets import Status
from storage.pictures import KeptPicture, PictureState
from storage.tables.talk import PERSON
from storage.tables.tickets import PICTURE, REPORTER, TICKET

_T, _P, _H = TICKET.c, PICTURE.c, PERSON.c
_HELD = (Status.CLAIMED.value, Status.WAITING.value)
MOST = 60


@dataclass(frozen=True, slots=True)
class WorkNumbers:
    """Tickets by number: what a member of staff holds, and what their groups are asked about and nobody has."""

    held: tuple[int, ...]
    free: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PictureNote:
    """A picture of a ticket without its content. `channel` and `user` are those of whoever sent it."""

    picture_id: int
    state: PictureState
    at: datetime
    channel: str
    user: str


class WorkReads:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def list_numbers(self, staff_id: str, group_ids: Sequence[str]) -> WorkNumbers:
        """The oldest limits first, at most `MOST` of each."""
        held = sa.select(_T.number).where(_T.holder == staff_id, _T.status.in_(_HELD))
        free = sa.select(_T.number).where(_T.group.in_(group_ids), _T.status == Status.OPEN.value)
        with self._engine.begin() as connection:
            return WorkNumbers(
                tuple(connection.scalars(held.order_by(_T.resolve_due_at, _T.number).limit(MOST))),
                tuple(connection.scalars(free.order_by(_T.claim_due_at, _T.number).limit(MOST))),
            )

    def list_homes(self, number: int) -> Sequence[str]:
        """The households of those who reported it, each once."""
        statement = (
            sa.select(_H.home)
            .join(REPORTER, REPORTER.c.person_id == _H.person_id)
            .where(REPORTER.c.ticket_number == number, _H.home != "")
            .distinct()
            .order_by(_H.home)
        )
        with self._engine.begin() as connection:
            return list(connection.scalars(statement))

    def list_pictures(self, number: int) -> Sequence[PictureNote]:
        """In the order in which they came; none that was lost."""
        statement = (
            sa.select(_P.picture_id, _P.state, _P.wanted_at, _H.channel, _H.user)
            .join(PERSON, _H.person_id == _P.person_id)
            .where(_P.ticket_number == number, _P.state != PictureState.LOST.value)
            .order_by(_P.picture_id)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(statement).all()
        return [PictureNote(row[0], PictureState(row[1]), row[2], row[3], row[4]) for row in rows]

    def find_picture(self, picture_id: int) -> tuple[int, KeptPicture] | None:
        """With the number of its ticket; only one that is kept."""
        statement = sa.select(_P.ticket_number, _P.media_type, _P.content).where(
            _P.picture_id == picture_id, _P.ticket_number.is_not(None), _P.content.is_not(None)
        )
        with self._engine.begin() as connection:
            row = connection.execute(statement).first()
        return (row[0], KeptPicture(row[1], bytes(row[2]))) if row else None
