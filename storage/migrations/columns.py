"""Short words for what migrations create: columns of one type by their names, separated by blanks."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.types import TypeEngine

from storage.column_types import BigKey, CleanText, UtcDateTime

Columns = Iterator[sa.Column[Any]]


def counter(name: str) -> Columns:
    """A key that counts up by itself."""
    yield sa.Column(name, BigKey(), nullable=False)


def keys(names: str) -> Columns:
    return _columns(names, BigKey(), is_optional=False)


def optional_keys(names: str) -> Columns:
    return _columns(names, BigKey(), is_optional=True)


def numbers(names: str) -> Columns:
    return _columns(names, sa.Integer(), is_optional=False)


def optional_numbers(names: str) -> Columns:
    return _columns(names, sa.Integer(), is_optional=True)


def flags(names: str) -> Columns:
    return _columns(names, sa.Boolean(), is_optional=False)


def texts(names: str) -> Columns:
    return _columns(names, CleanText(), is_optional=False)


def optional_texts(names: str) -> Columns:
    return _columns(names, CleanText(), is_optional=True)


def instants(names: str) -> Columns:
    return _columns(names, UtcDateTime(), is_optional=False)


def optional_instants(names: str) -> Columns:
    return _columns(names, UtcDateTime(), is_optional=True)


def optional_bytes(names: str) -> Columns:
    return _columns(names, sa.LargeBinary(), is_optional=True)


def foreign_key(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [target], name=f"fk_{table}_{column}")


def create_table(name: str, key: str, *parts: Columns | sa.Constraint, **options: Any) -> None:
    """`key` are the columns of the primary key."""
    columns = [each for part in parts for each in ([part] if isinstance(part, sa.Constraint) else part)]
    op.create_table(name, *columns, sa.PrimaryKeyConstraint(*key.split(), name=f"pk_{name}"), **options)


def create_index(name: str, table: str, columns: str, *, where: str | None = None) -> None:
    condition = sa.text(where) if where else None
    op.create_index(name, table, columns.split(), sqlite_where=condition, postgresql_where=condition)


def _columns(names: str, kind: TypeEngine[Any], *, is_optional: bool) -> Columns:
    return (sa.Column(name, kind, nullable=is_optional, autoincrement=False) for name in names.split())
