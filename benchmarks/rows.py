"""Counts what is really in a database, past everything that could be wrong about it."""

import sqlalchemy as sa

from storage.engine import parse_address, reading_engine
from storage.tables.talk import INBOX
from storage.tables.tickets import TICKET


def count_tickets(url: str) -> int:
    return _count(url, TICKET)


def count_inbox(url: str) -> int:
    """Everything that came in and was kept, once each."""
    return _count(url, INBOX)


def _count(url: str, table: sa.Table) -> int:
    engine = reading_engine(parse_address(url))
    with engine.connect() as connection:
        count: int = connection.execute(sa.select(sa.func.count()).select_from(table)).scalar_one()
    engine.dispose()
    return count
