"""The tables of staff on their phones: chat accounts they bound, codes that do so, and forms that were taken."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.column_types import CleanText, Record, UtcDateTime


class ChatBindingRow(Record, table=True):
    """One account for each channel and member of staff; `user` is the vendor's id."""

    __tablename__ = "chat_binding"
    __table_args__ = (
        sa.UniqueConstraint("channel", "user", name="uq_chat_binding_user"),
        {"sqlite_with_rowid": False},
    )

    channel: str = Field(sa_type=CleanText, primary_key=True)
    staff_id: str = Field(sa_type=CleanText, primary_key=True)
    user: str = Field(sa_type=CleanText)
    bound_at: datetime = Field(sa_type=UtcDateTime)


class BindingCodeRow(Record, table=True):
    """The newest code of a member of staff, as its digest; it leaves when it is used."""

    __tablename__ = "binding_code"
    __table_args__ = ({"sqlite_with_rowid": False},)

    staff_id: str = Field(sa_type=CleanText, primary_key=True)
    digest: str = Field(sa_type=CleanText, unique=True)
    ends_at: datetime = Field(sa_type=UtcDateTime)


class TakenFormRow(Record, table=True):
    """The key of a form that was taken, so that the same one, sent again, is not done twice."""

    __tablename__ = "taken_form"
    __table_args__ = (sa.Index("ix_taken_form_taken_at", "taken_at"), {"sqlite_with_rowid": False})

    digest: str = Field(sa_type=CleanText, primary_key=True)
    taken_at: datetime = Field(sa_type=UtcDateTime)


CHAT_BINDING = Record.metadata.tables["chat_binding"]
BINDING_CODE = Record.metadata.tables["binding_code"]
TAKEN_FORM = Record.metadata.tables["taken_form"]
