"""Those who report: as little about them as the work needs, and what of it a conversation still waits for."""

from dataclasses import dataclass
from datetime import datetime

from routing.messages import Address


@dataclass(frozen=True, slots=True)
class Person:
    """One identity in one channel account (never merged on a nickname).

    `private` is where the bot can write to them alone, None while it never met them alone. `node_id` is the place
    they belong to, `home` the household as they gave it ("1-201"); both may be unknown. `follows` is False after
    they left the account. `consented_at` is None until they were told what is kept and went on.
    """

    person_id: int
    channel: str
    account: str
    user: str
    name: str = ""
    private: Address | None = None
    node_id: str | None = None
    home: str = ""
    consented_at: datetime | None = None
    follows: bool = True


@dataclass(frozen=True, slots=True)
class Reporter:
    """A person on a ticket: where they said it and which message it was, so that the answer finds them."""

    ticket_number: int
    person_id: int
    address: Address
    message_ref: str | None
    node_id: str
    reported_at: datetime


@dataclass(frozen=True, slots=True)
class Dialog:
    """What the bot asked one speaker in one chat and still waits for, until `expires_at`.

    `awaits` names the question (`place`, `argument`, `rating_words`, …), `said` is the text kept meanwhile: the
    report without a place, or the command that lacks its last word.
    """

    channel: str
    account: str
    chat: str
    user: str
    awaits: str
    said: str
    expires_at: datetime
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """One thing a reporter or a member of staff wrote on a ticket, in order. `author` is "person:12" or a staff id."""

    ticket_number: int
    author: str
    at: datetime
    text: str
