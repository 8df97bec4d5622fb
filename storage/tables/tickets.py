"""The tables around a ticket: the ticket itself, its plan, its story, who reported it and what they sent.

Records only, with columns named as the core's fields. Conversation is in `talk`, the office in `office`.
"""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.column_types import BigKey, CleanText, Record, UtcDateTime, partial_index

FIRST_NUMBER = 1001
# Only PostgreSQL has sequences; SQLite counts in the table `setting`, see `ticket_numbers`.
NUMBER_SEQUENCE = sa.Sequence("ticket_number_seq", start=FIRST_NUMBER, metadata=Record.metadata)

_NOT_AUTOMATIC = {"autoincrement": False}

BOARD_ORDER = {
    "open": "claim_due_at",
    "claimed": "resolve_due_at",
    "waiting": "paused_until",
    "resolved": "resolved_at",
}
"""The instant by which the board has the tickets of each state that has not ended."""

# What the board is narrowed by stands in its indexes too, so that only those tickets are read that are shown.
_NARROWED_BY = ("number", "node", "origin", "category", "level", "urgent", "holder", "opened_at", "status")


class PlanRow(Record, table=True):
    """Each distinct frozen plan once, found by the digest of its JSON."""

    __tablename__ = "plan"

    plan_id: str = Field(sa_type=CleanText, primary_key=True)
    content: str = Field(sa_type=CleanText)


class TicketRow(Record, table=True):
    """`next_due_at` is the only thing the sweep looks for: few rows of many have come due."""

    __tablename__ = "ticket"
    __table_args__ = (
        partial_index("ix_ticket_due", "next_due_at", "number", where="next_due_at IS NOT NULL"),
        partial_index("ix_ticket_holder", "holder", where="holder IS NOT NULL"),
        partial_index("ix_ticket_merged_into", "merged_into", where="merged_into IS NOT NULL"),
        sa.Index("ix_ticket_root", "root", "number"),
        sa.Index("ix_ticket_node", "node", "status", "number"),
        sa.Index("ix_ticket_origin", "origin", "number"),
        sa.Index("ix_ticket_group", "group", "status"),
        sa.Index("ix_ticket_status", "status", "number"),
        sa.Index("ix_ticket_alike", "root", "category", "opened_at"),
        sa.Index("ix_ticket_opened", "opened_at", "number"),
        *(
            partial_index(f"ix_ticket_board_{status}", instant, *_NARROWED_BY, where=f"status = '{status}'")
            for status, instant in BOARD_ORDER.items()
        ),
    )

    number: int = Field(sa_type=BigKey, primary_key=True, sa_column_kwargs=_NOT_AUTOMATIC)
    version: int
    status: str = Field(sa_type=CleanText)
    urgent: bool
    category: str = Field(sa_type=CleanText)
    text: str = Field(sa_type=CleanText)
    origin: str = Field(sa_type=CleanText)
    root: str = Field(sa_type=CleanText)
    node: str = Field(sa_type=CleanText)
    level: str = Field(sa_type=CleanText)
    group: str = Field(sa_type=CleanText)
    holder: str | None = Field(default=None, sa_type=CleanText)
    plan_id: str = Field(sa_type=CleanText, foreign_key="plan.plan_id")
    cycle: int
    opened_at: datetime = Field(sa_type=UtcDateTime)
    dispatched_at: datetime = Field(sa_type=UtcDateTime)
    claim_due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resolve_due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    next_due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reminded_for: datetime | None = Field(default=None, sa_type=UtcDateTime)
    claimed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    paused_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    pause_request: str | None = Field(default=None, sa_type=CleanText)
    resolved_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    resolved_level: str | None = Field(default=None, sa_type=CleanText)
    closed_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    supervised_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    urged_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reporters: int
    escalations: int
    hand_backs: int
    reopens: int
    rating: str | None = Field(default=None, sa_type=CleanText)
    merged_into: int | None = Field(default=None, sa_type=BigKey)
    place: str = Field(sa_type=CleanText)
    asked_groups: str = Field(sa_type=CleanText)


class ReporterRow(Record, table=True):
    """`came_from` is the merged ticket that this row was copied from, 0 for those who reported this very ticket."""

    __tablename__ = "reporter"
    __table_args__ = (
        sa.Index("ix_reporter_person", "person_id", "ticket_number"),
        {"sqlite_with_rowid": False},
    )

    ticket_number: int = Field(
        sa_type=BigKey, primary_key=True, foreign_key="ticket.number", sa_column_kwargs=_NOT_AUTOMATIC
    )
    person_id: int = Field(
        sa_type=BigKey, primary_key=True, foreign_key="person.person_id", sa_column_kwargs=_NOT_AUTOMATIC
    )
    came_from: int = Field(sa_type=BigKey, primary_key=True, sa_column_kwargs=_NOT_AUTOMATIC)
    root: str = Field(sa_type=CleanText)
    channel: str = Field(sa_type=CleanText)
    account: str = Field(sa_type=CleanText)
    chat: str = Field(sa_type=CleanText)
    thread: str | None = Field(default=None, sa_type=CleanText)
    message_ref: str | None = Field(default=None, sa_type=CleanText)
    node_id: str = Field(sa_type=CleanText)
    reported_at: datetime = Field(sa_type=UtcDateTime)


class TicketEventRow(Record, table=True):
    """The story. `event_id` is also the `seq` of its audit row; `salt` seals the words there and leaves with them."""

    __tablename__ = "ticket_event"
    __table_args__ = (sa.Index("ix_ticket_event_ticket", "ticket_number", "event_id"),)

    event_id: int = Field(sa_type=BigKey, primary_key=True, sa_column_kwargs=_NOT_AUTOMATIC)
    ticket_number: int = Field(sa_type=BigKey, foreign_key="ticket.number")
    root: str = Field(sa_type=CleanText)
    kind: str = Field(sa_type=CleanText)
    at: datetime = Field(sa_type=UtcDateTime)
    by: str = Field(sa_type=CleanText)
    node: str = Field(sa_type=CleanText)
    group: str = Field(sa_type=CleanText)
    reason: str = Field(sa_type=CleanText)
    words: str = Field(sa_type=CleanText)
    values: str = Field(sa_type=CleanText)
    salt: str | None = Field(default=None, sa_type=CleanText)


class MessageRow(Record, table=True):
    __tablename__ = "message"
    __table_args__ = (
        sa.Index("ix_message_ticket", "ticket_number", "message_id"),
        sa.Index("ix_message_author", "author"),
    )

    message_id: int | None = Field(default=None, sa_type=BigKey, primary_key=True)
    ticket_number: int = Field(sa_type=BigKey, foreign_key="ticket.number")
    root: str = Field(sa_type=CleanText)
    author: str = Field(sa_type=CleanText)
    at: datetime = Field(sa_type=UtcDateTime)
    text: str = Field(sa_type=CleanText)


class PictureRow(Record, table=True):
    """`content` is our own re-encoded copy. `state`: wanted, kept or lost; `due_at` is the next try while wanted."""

    __tablename__ = "picture"
    __table_args__ = (
        partial_index("ix_picture_due", "due_at", where="due_at IS NOT NULL"),
        sa.Index("ix_picture_ticket", "ticket_number", "picture_id"),
        sa.Index("ix_picture_person", "person_id", "ticket_number"),
    )

    picture_id: int | None = Field(default=None, sa_type=BigKey, primary_key=True)
    ticket_number: int | None = Field(default=None, sa_type=BigKey, foreign_key="ticket.number")
    root: str = Field(sa_type=CleanText)
    person_id: int = Field(sa_type=BigKey, foreign_key="person.person_id")
    channel: str = Field(sa_type=CleanText)
    account: str = Field(sa_type=CleanText)
    chat: str = Field(sa_type=CleanText)
    thread: str | None = Field(default=None, sa_type=CleanText)
    kind: str = Field(sa_type=CleanText)
    handle: str = Field(sa_type=CleanText)
    note: str = Field(sa_type=CleanText)
    state: str = Field(sa_type=CleanText)
    attempts: int
    wanted_at: datetime = Field(sa_type=UtcDateTime)
    due_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    media_type: str = Field(sa_type=CleanText)
    content: bytes | None = Field(default=None, sa_type=sa.LargeBinary)


TICKET = Record.metadata.tables["ticket"]
PLAN = Record.metadata.tables["plan"]
REPORTER = Record.metadata.tables["reporter"]
TICKET_EVENT = Record.metadata.tables["ticket_event"]
MESSAGE = Record.metadata.tables["message"]
PICTURE = Record.metadata.tables["picture"]
