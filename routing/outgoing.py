"""What waits to be sent: a notice with its address, between the commit that decided it and the vendor."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from routing.messages import Address
from routing.notice_kinds import Notice


class SendState(StrEnum):
    """`unreachable`: there was no way to this hearer; `dead`: given up, a person may send it again; `dropped`: no
    longer true when its turn came; `unknown`: the vendor may have shown it and no key protects a second try."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    DROPPED = "dropped"
    DEAD = "dead"
    UNREACHABLE = "unreachable"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Parcel:
    """One row of the outbox in somebody's hands. `key` is stable over attempts, at most 32 of `[0-9A-Za-z_-]`.

    `attempts` counts this one. `maybe_repeat`: an earlier attempt may have been shown, and the words must say so.
    """

    parcel_id: int
    key: str
    notice: Notice
    address: Address
    attempts: int
    created_at: datetime
    maybe_repeat: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of a sandbox chat window. `author` is a user id or "liren"; `buttons` is the JSON of label and say."""

    shown_id: int
    chat: str
    author: str
    name: str
    text: str
    buttons: str
    at: datetime
