"""The tables of conversation and delivery: people, what came in, what waits to be sent, and vendors' terms."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.column_types import BigKey, CleanText, Record, UtcDateTime, partial_index

TROUBLED_ROWS = "state = 'dead' OR state = 'unknown' OR state = 'unreachable'"


class PersonRow(Record, table=True):
    """After an erasure only the id is left: `user` becomes a word without meaning and `erased_at` says when."""

    __tablename__ = "person"
    __table_args__ = (sa.UniqueConstraint("channel", "account", "user"),)

    person_id: int | None = Field(default=None, sa_type=BigKey, primary_key=True)
    channel: str = Field(sa_type=CleanText)
    account: str = Field(sa_type=CleanText)
    user: str = Field(sa_type=CleanText)
    name: str = Field(sa_type=CleanText)
    private_chat: str | None = Field(default=None, sa_type=CleanText)
    private_thread: str | None = Field(default=None, sa_type=CleanText)
    node_id: str | None = Field(default=None, sa_type=CleanText)
    home: str = Field(sa_type=CleanText)
    consented_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    follows: bool
    erased_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class DialogRow(Record, table=True):
    __tablename__ = "dialog"
    __table_args__ = ({"sqlite_with_rowid": False},)

    channel: str = Field(sa_type=CleanText, primary_key=True)
    account: str = Field(sa_type=CleanText, primary_key=True)
    chat: str = Field(sa_type=CleanText, primary_key=True)
    user: str = Field(sa_type=CleanText, primary_key=True)
    awaits: str = Field(sa_type=CleanText)
    said: str = Field(sa_type=CleanText)
    values: str = Field(sa_type=CleanText)
    expires_at: datetime = Field(sa_type=UtcDateTime)


class InboxRow(Record, table=True):
    """The once-only key of everything that came in, and what was answered; never the words."""

    __tablename__ = "inbox"
    __table_args__ = (sa.Index(None, "received_at"), {"sqlite_with_rowid": False})

    channel: str = Field(sa_type=CleanText, primary_key=True)
    account: str = Field(sa_type=CleanText, primary_key=True)
    key: str = Field(sa_type=CleanText, primary_key=True)
    answer: str = Field(sa_type=CleanText)
    received_at: datetime = Field(sa_type=UtcDateTime)


class OutboxRow(Record, table=True):
    """`due_at` is the next try of a waiting row and the end of the lease of a sending one; None when it is settled.

    An unreachable row has no address: its chat is empty. `called_at` is when the last try was handed to the vendor.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        partial_index("ix_outbox_due", "lane", "due_at", where="due_at IS NOT NULL"),
        partial_index(
            "ix_outbox_trouble",
            "parcel_id",
            where=TROUBLED_ROWS,
        ),
        partial_index("ix_outbox_vendor_ref", "vendor_ref", where="vendor_ref IS NOT NULL"),
        sa.Index("ix_outbox_ticket", "ticket_number"),
        sa.Index("ix_outbox_chat", "chat", "state"),
    )

    parcel_id: int | None = Field(default=None, sa_type=BigKey, primary_key=True)
    key: str = Field(sa_type=CleanText)
    root: str = Field(sa_type=CleanText)
    ticket_number: int = Field(sa_type=BigKey)
    kind: str = Field(sa_type=CleanText)
    hearer_kind: str = Field(sa_type=CleanText)
    hearer_name: str = Field(sa_type=CleanText)
    cycle: int
    urgent: bool
    values: str = Field(sa_type=CleanText)
    lane: str = Field(sa_type=CleanText)
    channel: str = Field(sa_type=CleanText)
    account: str = Field(sa_type=CleanText)
    chat: str = Field(sa_type=CleanText)
    thread: str | None = Field(default=None, sa_type=CleanText)
    state: str = Field(sa_type=CleanText)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    owner: str | None = Field(default=None, sa_type=CleanText)
    attempts: int
    maybe_repeat: bool
    detail: str = Field(sa_type=CleanText)
    vendor_ref: str | None = Field(default=None, sa_type=CleanText)
    created_at: datetime = Field(sa_type=UtcDateTime)
    settled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    called_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class LaneLeaseRow(Record, table=True):
    __tablename__ = "lane_lease"

    lane: str = Field(sa_type=CleanText, primary_key=True)
    owner: str = Field(sa_type=CleanText)
    until_at: datetime = Field(sa_type=UtcDateTime)


class VendorTokenRow(Record, table=True):
    """An access token that a vendor gave for a lane. `refresh_until` is the lease of whoever fetches the next one."""

    __tablename__ = "vendor_token"

    lane: str = Field(sa_type=CleanText, primary_key=True)
    token: str | None = Field(default=None, sa_type=CleanText)
    expires_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    refresh_until: datetime | None = Field(default=None, sa_type=UtcDateTime)


class ReplyWindowRow(Record, table=True):
    __tablename__ = "reply_window"

    lane: str = Field(sa_type=CleanText, primary_key=True)
    user: str = Field(sa_type=CleanText, primary_key=True)
    allowed: int
    used: int
    ends_at: datetime = Field(sa_type=UtcDateTime)


class SandboxMessageRow(Record, table=True):
    __tablename__ = "sandbox_message"
    __table_args__ = (sa.Index("ix_sandbox_message_chat", "chat", "shown_id"),)

    shown_id: int | None = Field(default=None, sa_type=BigKey, primary_key=True)
    chat: str = Field(sa_type=CleanText)
    author: str = Field(sa_type=CleanText)
    name: str = Field(sa_type=CleanText)
    text: str = Field(sa_type=CleanText)
    buttons: str = Field(sa_type=CleanText)
    at: datetime = Field(sa_type=UtcDateTime)


class MovedChatRow(Record, table=True):
    """Where a migrated group now is; `moved_to` is always the newest id, never a step on the way."""

    __tablename__ = "moved_chat"

    channel: str = Field(sa_type=CleanText, primary_key=True)
    account: str = Field(sa_type=CleanText, primary_key=True)
    chat: str = Field(sa_type=CleanText, primary_key=True)
    moved_to: str = Field(sa_type=CleanText)


PERSON = Record.metadata.tables["person"]
DIALOG = Record.metadata.tables["dialog"]
INBOX = Record.metadata.tables["inbox"]
OUTBOX = Record.metadata.tables["outbox"]
LANE_LEASE = Record.metadata.tables["lane_lease"]
VENDOR_TOKEN = Record.metadata.tables["vendor_token"]
REPLY_WINDOW = Record.metadata.tables["reply_window"]
SANDBOX_MESSAGE = Record.metadata.tables["sandbox_message"]
MOVED_CHAT = Record.metadata.tables["moved_chat"]
