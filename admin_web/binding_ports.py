"""What the page of staff is handed by `app`: who bound which chat account, and the codes for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class BoundAccounts:
    """By staff id: the channels on which they bound themselves, and since when; and until when a code is good."""

    bound: Mapping[str, Mapping[str, datetime]]
    codes: Mapping[str, datetime]


@dataclass(frozen=True, slots=True)
class CodeWay:
    """`url` is what a QR picture says that sends the code by itself; None where the channel has no such links."""

    channel: str
    url: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class NewCode:
    """Shown once: only its digest is kept."""

    code: str = field(repr=False)
    ends_at: datetime
    ways: Sequence[CodeWay]


class BindingDesk(Protocol):
    """Raises UnavailableError when the store cannot answer just now."""

    @property
    def channels(self) -> Sequence[str]:
        """The channels that are on, on which somebody can bind an account."""
        ...

    async def look(self) -> BoundAccounts: ...

    async def make_code(self, staff_id: str, *, by: str) -> NewCode:
        """The code before is worth nothing any more."""
        ...

    async def unbind(self, staff_id: str, channel: str, *, by: str) -> bool:
        """False when there was nothing to unbind."""
        ...
