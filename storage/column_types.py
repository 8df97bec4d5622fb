"""The column types that both databases understand alike, and the base of all tables. No table lives here."""

import re
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

_SQLITE = "sqlite"
# PostgreSQL refuses NUL, and UTF-8 has no lone surrogates; both arrive in messages.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, always aware UTC. Refuses a naive one with ValueError.

    SQLite forgets time zones, so there it is text of fixed width, which sorts as the instants do.
    """

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        if dialect.name == _SQLITE:
            return dialect.type_descriptor(sa.String(32))  # type: ignore[arg-type]
        return dialect.type_descriptor(sa.DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("An instant must know its time zone")
        instant = value.astimezone(UTC)
        return instant.isoformat(timespec="microseconds") if dialect.name == _SQLITE else instant

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return value.astimezone(UTC)


class CleanText(TypeDecorator[str]):
    """Text from outside: what no database could keep is taken out, and everything else comes back as it was."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else clean(value)


class BigKey(TypeDecorator[int]):
    """A 64-bit key that counts up by itself; SQLite does so only for a column called INTEGER."""

    impl = sa.BigInteger
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[int]:
        return dialect.type_descriptor(sa.Integer() if dialect.name == _SQLITE else sa.BigInteger())


class Record(SQLModel):
    """The base of every table. Records do not check themselves: the core and the forms do."""

    metadata = sa.MetaData(
        naming_convention={
            "pk": "pk_%(table_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        }
    )


def partial_index(name: str, *columns: str, where: str) -> sa.Index:
    """An index over the few rows that somebody looks for."""
    condition = sa.text(where)
    return sa.Index(name, *columns, sqlite_where=condition, postgresql_where=condition)


def clean(text: str) -> str:
    """NUL is dropped, a lone surrogate becomes U+FFFD."""
    if text.isascii() and "\x00" not in text:
        return text
    return _UNSTORABLE.sub(lambda found: "" if found[0] == "\x00" else "\ufffd", text)
