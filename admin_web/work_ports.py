"""What the pages on a phone are handed by `app`: whose work it is, pictures, a writer that knows each form once."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypeVar

from admin_web.ports import TicketFile
from routing.ports import UnitOfWork
from routing.tickets import Ticket

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WorkList:
    """What a member of staff holds, and what they may claim; in each the most pressing first."""

    held: Sequence[Ticket]
    free: Sequence[Ticket]


@dataclass(frozen=True, slots=True)
class PictureNote:
    """`staff_id` of whoever took it; None for those of residents. `is_here`: else it is still on its way to us."""

    picture_id: int
    at: datetime
    staff_id: str | None
    is_here: bool


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands at a ticket beside its story: households of its reporters, and its pictures, oldest first."""

    homes: Sequence[str]
    pictures: Sequence[PictureNote]


@dataclass(frozen=True, slots=True)
class StoredPicture:
    ticket_number: int
    media_type: str
    content: bytes


class BadPicture(Exception):
    """Not a picture that we read, too large, or broken."""


class TakenForms(Protocol):
    def take(self, key: str, *, of: str, now: datetime) -> bool:
        """False when a form with this key of the same person was taken before."""
        ...


class WorkUnit(UnitOfWork, Protocol):
    @property
    def taken_forms(self) -> TakenForms: ...


class WorkStore(Protocol):
    """Raises UnavailableError when it cannot answer just now."""

    async def list_work(self, staff_id: str, group_ids: Sequence[str]) -> WorkList: ...

    async def find(self, number: int) -> TicketFile | None: ...

    async def look_beside(self, number: int) -> Beside: ...

    async def find_picture(self, picture_id: int) -> StoredPicture | None: ...

    async def run(self, job: Callable[[WorkUnit], T]) -> T:
        """The job's result, after the commit; its exception undoes it and is raised here. May run a job twice."""
        ...

    def keep_picture(self, unit: WorkUnit, number: int, content: bytes, *, by: str, now: datetime) -> None:
        """Puts one of our own pictures to a ticket, inside a job."""
        ...

    async def encode(self, content: bytes) -> bytes:
        """What a phone sent as a picture of our own. Raises BadPicture."""
        ...

    async def shrink(self, content: bytes) -> bytes:
        """A small copy of one of our own."""
        ...
