"""The column types that both databases understand alike, and the base of all tables. No table lives here."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine
from sqlmodel import SQLModel

_SQLITE = "sqlite"
# PostgreSQL refuses NUL, and UTF-8 has no lone surrogates; both arrive in messages.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class UtcDateTime(TypeDecorator[datetime]):
    """An instant, always aware UTC. Refuses a naive one with ValueError.

    SQLite forgets time zones, so there it is text of fixed width, which sorts as the instants do. The processors are
    plain functions, because SQLAlchemy's wrapping of `process_bind_param` costs more than what it wraps.
    """

    impl = sa.DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[datetime]:
        if dialect.name == _SQLITE:
            return dialect.type_descriptor(sa.String(32))  # type: ignore[arg-type]
        return dialect.type_descriptor(sa.DateTime(timezone=True))

    def bind_processor(self, dialect: Dialect) -> Callable[[datetime | None], datetime | str | None]:
        return _instant_as_text if dialect.name == _SQLITE else _instant

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        return _instant_of_text if dialect.name == _SQLITE else _instant


class CleanText(TypeDecorator[str]):
    """Text from outside: what no database could keep is taken out, and everything else comes back as it was."""

    impl = sa.Text
    cache_ok = True

    def bind_processor(self, dialect: Dialect) -> Callable[[str | None], str | None]:
        return clean_or_none


class PlainList(TypeDecorator[list[Any]]):
    """Texts or numbers as one parameter: an array, or where there is none the text of a JSON list."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, item: type[sa.types.TypeEngine[Any]]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(sa.Text() if dialect.name == _SQLITE else sa.ARRAY(self.item))

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], Any]:
        return _as_json if dialect.name == _SQLITE else _as_it_is


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


def _as_json(values: list[Any]) -> str:
    return json.dumps(values, ensure_ascii=False)


def _as_it_is(values: list[Any]) -> list[Any]:
    return values


def clean(text: str) -> str:
    """NUL is dropped, a lone surrogate becomes U+FFFD."""
    if _UNSTORABLE.search(text) is None:
        return text
    return _UNSTORABLE.sub(lambda found: "" if found[0] == "\x00" else "\ufffd", text)


def clean_or_none(text: str | None) -> str | None:
    return text if text is None or _UNSTORABLE.search(text) is None else clean(text)


def is_clean(text: str) -> bool:
    """Whether `clean` would leave it as it is; quicker than to clean many short texts one by one."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return "\x00" not in text


# One instant stands in many columns of many rows.
@lru_cache(maxsize=256)
def _instant(at: datetime | None) -> datetime | None:
    if at is None:
        return None
    if at.tzinfo is None:
        raise ValueError("An instant must know its time zone")
    return at.astimezone(UTC)


@lru_cache(maxsize=256)
def _instant_as_text(at: datetime | None) -> str | None:
    if at is None:
        return None
    if at.tzinfo is not UTC:
        at = _instant(at) or at
    return at.isoformat(timespec="microseconds")


def _instant_of_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text)
