"""The promise a channel keeps: an outbound message in, the vendor's id out, or a typed failure. Nothing else.

A channel's folder holds `settings callback inbound render sender`; its vendor's types never leave it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from routing.messages import Address, Attachment, Inbound, Outbound


@dataclass(frozen=True, slots=True)
class Pace:
    """At most `count` sends in `period`."""

    count: int
    period: timedelta


@dataclass(frozen=True, slots=True)
class Abilities:
    """What a channel can do. `lane_pace` is for the whole account, `chat_pace` for each chat, `group_pace` for groups.

    `is_keyed`: the vendor drops a second send with the same key, so an unknown outcome may simply be repeated.
    `rings`: a phone rings somewhere, so quiet hours are kept.
    """

    has_buttons: bool
    has_pictures: bool
    writes_to_groups: bool
    is_keyed: bool
    max_bytes: int
    lane_pace: Pace
    chat_pace: Pace
    group_pace: Pace
    rings: bool = True


class Outcome(StrEnum):
    """The six ways a send can end (besides success, which returns)."""

    RETRY_LATER = "retry_later"
    WINDOW_CLOSED = "window_closed"
    RECIPIENT_GONE = "recipient_gone"
    CONFIGURATION = "configuration"
    REFUSED = "refused"
    UNKNOWN = "unknown"


class SendError(Exception):
    """A send that did not succeed. `detail` is for staff and logs and never holds a secret or a person's words.

    UNKNOWN means that the vendor may have shown it. `moved_to` is the chat's new id where the group was migrated.
    """

    def __init__(
        self,
        outcome: Outcome,
        detail: str,
        *,
        retry_after: timedelta | None = None,
        moved_to: str | None = None,
    ) -> None:
        super().__init__(detail)
        self.outcome = outcome
        self.detail = detail
        self.retry_after = retry_after
        self.moved_to = moved_to

    @property
    def is_permanent(self) -> bool:
        return self.outcome not in {Outcome.RETRY_LATER, Outcome.UNKNOWN}


LoadPicture = Callable[[int], Awaitable[bytes]]
"""A stored picture by its media id. LookupError, OSError or no bytes: it is not there."""


class Channel(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def account(self) -> str: ...

    @property
    def abilities(self) -> Abilities: ...

    async def send(self, address: Address, message: Outbound, *, key: str) -> str:
        """Sends one message and returns the vendor's id ("" if it gives none). Raises SendError only.

        `key` is the outbox row's own, the same at each attempt.
        """
        ...

    async def fetch(self, attachment: Attachment) -> bytes:
        """The bytes of a picture, at most 10 MiB. Raises SendError."""
        ...

    async def check(self) -> str:
        """One line for `liren doctor` about the account as the vendor sees it. Raises SendError."""
        ...

    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot says at once to one inbound message, the same at every repeat. No messages: nothing to say.

    `is_repeat` tells that the inbound was known already. `about` is the text key it was made of, "" where it has none.
    """

    messages: tuple[Outbound, ...] = ()
    ticket_number: int | None = None
    is_repeat: bool = False
    about: str = ""


Receive = Callable[[Inbound], Awaitable[Answer]]
"""What a callback is handed: stores and answers, durable when it returns. Raises NotStoredError only, and for an
inbound that is `known_only` also NotKnownError."""


class NotStoredError(Exception):
    """The store did not take the message in time: answer 503 so that the vendor repeats it."""


class NotKnownError(Exception):
    """A message too old to be believed, and no repeat of one that is known: refuse it."""


class TokenVault(Protocol):
    """An access token shared by all replicas: at most one refresh at a time anywhere."""

    async def read(self, lane: str) -> tuple[str, datetime] | None:
        """The token and when it expires, if one is stored."""
        ...

    async def lease_refresh(self, lane: str) -> bool:
        """True for the one caller that may refresh now (for at most 30 s)."""
        ...

    async def store(self, lane: str, token: str, *, expires_at: datetime) -> None: ...


class ReplyWindows(Protocol):
    """The ledger of how often one may still write to a person; opened by what they say (`Inbound.window`)."""

    async def use(self, lane: str, user: str) -> bool:
        """Takes one from the window; False when it is closed or used up."""
        ...
