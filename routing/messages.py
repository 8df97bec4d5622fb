"""The neutral words that cross every border: what came in from a channel and what goes out to one.

No vendor's type, no transport and no sentence that a person reads lives here.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

BY_OFFICE = "api"
"""The channel of those for whom an office spoke, by telephone or another program: nobody is written to there."""


BY_STAFF = "work"
"""The channel under which staff are known who take pictures on their own pages; nobody is written to there either."""


class Kind(StrEnum):
    """What an incoming message is, on any channel."""

    TEXT = "text"
    IMAGE = "image"
    VOICE = "voice"
    LOCATION = "location"
    FOLLOW = "follow"
    UNFOLLOW = "unfollow"
    SCAN = "scan"
    MIGRATION = "migration"
    DELIVERY = "delivery"
    UNSUPPORTED = "unsupported"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message can be shown: one chat (a group, or one person's private chat) of one account.

    `chat` is the vendor's id as text; `thread` is a topic inside a group, where the channel has them.
    """

    channel: str
    account: str
    chat: str
    thread: str | None = None

    @property
    def lane(self) -> str:
        """The delivery lane: one account of one vendor, whose pace is kept together."""
        return f"{self.channel}:{self.account}"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, as the channel knows them. `name` is the nickname shown there, possibly empty."""

    user: str
    name: str = ""
    is_bot: bool = False


@dataclass(frozen=True, slots=True)
class Attachment:
    """A picture or another file that the channel holds for us.

    `handle` is what the channel needs to download it; `note` is a file name or a caption, if any.
    """

    kind: Kind
    handle: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Window:
    """How often one may still write to the speaker after this message, and for how long."""

    allowed: int
    lasts: timedelta


@dataclass(frozen=True, slots=True)
class Inbound:
    """One thing that happened in a channel.

    `key` is the once-only key inside (channel, account): two deliveries of the same thing carry the same key.
    `addressed` says that the bot is meant: a private chat, a mention, a reply to the bot, or a button.
    `text` has the mention already taken out. `scene` is the code of a scanned QR picture. `occurred_at` is the
    vendor's own time, aware, UTC. `moved_to` is the new chat id of a migrated group. `window` is None where the
    channel sets no bound on writing back. `delivery_of` is the vendor's id of an earlier message of ours, with
    `text` saying what became of it. `known_only`: too old to be believed, so that it is answered only as the repeat of
    a message that is known, and changes nothing.
    """

    key: str
    kind: Kind
    address: Address
    speaker: Speaker
    private: bool
    addressed: bool
    occurred_at: datetime
    text: str = ""
    attachments: tuple[Attachment, ...] = ()
    scene: str | None = None
    is_button: bool = False
    message_ref: str | None = None
    reply_to: str | None = None
    moved_to: str | None = None
    window: Window | None = None
    delivery_of: str | None = None
    known_only: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A tap that says `say` for the person, e.g. label "认领" says "认领 1024"; at most 64 bytes in UTF-8."""

    label: str
    say: str


@dataclass(frozen=True, slots=True)
class Link:
    """An address to open. `url` may let its reader in somewhere, so that it stands in no log."""

    label: str
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Outbound:
    """One message for people: plain text of any length, and rows of buttons (or words to type where there are none).

    `pictures` are stored media ids. `reply_to` is the vendor's id of the message that is answered, if any. `link` is
    only for messages that one person reads alone.
    """

    text: str
    buttons: tuple[tuple[Button, ...], ...] = ()
    pictures: tuple[int, ...] = ()
    reply_to: str | None = None
    link: Link | None = None
