"""The tables of the tickets' board: what is looked for in words, and the views that people keep."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.column_types import BigKey, CleanText, Record, UtcDateTime

_NOT_AUTOMATIC = {"autoincrement": False}


class TicketPairRow(Record, table=True):
    """Two letters that stand beside each other in a ticket's text or place: see `ticket_pairs`."""

    __tablename__ = "ticket_pair"
    __table_args__ = ({"sqlite_with_rowid": False},)

    pair: str = Field(sa_type=CleanText, primary_key=True)
    number: int = Field(sa_type=BigKey, primary_key=True, sa_column_kwargs=_NOT_AUTOMATIC)


class SavedViewRow(Record, table=True):
    """Filters of the board under a name. `owner` is "account:12" or "staff:wangfang"; `query` as in the address."""

    __tablename__ = "saved_view"
    __table_args__ = (sa.UniqueConstraint("owner", "name"),)

    view_id: int | None = Field(default=None, sa_type=BigKey, primary_key=True)
    owner: str = Field(sa_type=CleanText)
    name: str = Field(sa_type=CleanText)
    query: str = Field(sa_type=CleanText)
    made_at: datetime = Field(sa_type=UtcDateTime)


TICKET_PAIR = Record.metadata.tables["ticket_pair"]
SAVED_VIEW = Record.metadata.tables["saved_view"]
