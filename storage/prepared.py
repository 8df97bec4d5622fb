"""Core statements that are turned into SQL once and then handed to the driver itself. No statement lives here.

A message needs a dozen statements. SQLAlchemy's own execution costs five to ten times what the driver does for each,
and that, not the database, was most of a ticket's time. The transaction stays SQLAlchemy's; errors are the driver's,
but for those who only read and find the database away.
Lists of unknown length (`IN`) go the ordinary way.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Protocol

import psycopg
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql import visitors
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.dml import UpdateBase

from storage.column_types import BigKey, PlainList, clean_or_none, is_clean
from storage.writing.troubles import raise_if_away

Values = Mapping[str, Any]
Fields = tuple[Any, ...]
_Processor = Callable[[Any], Any] | None

UNDERWAY = "underway"
"""Under this name a connection's `info` has who must know before a statement runs, if anybody must."""


READS = "reads"
"""Under this name a connection's `info` says that only reading is done by it."""


class Forewarned(Protocol):
    """`tables` are all that a statement looks at, changes, or could find missing."""

    def before_reading(self, tables: frozenset[str]) -> None: ...

    def before_writing(self, tables: frozenset[str]) -> None: ...


class Prepared:
    """One statement; `columns` are those that an insert or an update sets from parameters of the same names."""

    def __init__(self, statement: sa.Select[Any] | UpdateBase, *columns: str) -> None:
        self._statement = statement
        self._columns = list(columns) or None
        self._forms: dict[str, _Form] = {}

    def all(self, connection: sa.Connection, **values: Any) -> list[Fields]:
        form = self._form(connection)
        self._forewarn(connection, form)
        rows = _ask(connection, form, values).fetchall()
        return [form.unpack(row) for row in rows] if form.results else rows

    def first(self, connection: sa.Connection, **values: Any) -> Fields | None:
        form = self._form(connection)
        self._forewarn(connection, form)
        row = _ask(connection, form, values).fetchone()
        return None if row is None else form.unpack(row)

    def glance(self, connection: sa.Connection, **values: Any) -> Fields | None:
        """As `first`, but what waits to be written is not seen: for those who know that it does not matter."""
        return next(iter(self.glance_all(connection, **values)), None)

    def glance_all(self, connection: sa.Connection, **values: Any) -> list[Fields]:
        """As `all`, in the same way."""
        form = self._form(connection)
        rows = _ask(connection, form, values).fetchall()
        return [form.unpack(row) for row in rows]

    def value(self, connection: sa.Connection, **values: Any) -> Any:
        """The first column of the first row, which must be there."""
        row = self.first(connection, **values)
        if row is None:
            raise LookupError("The statement found no row")
        return row[0]

    def run(self, connection: sa.Connection, **values: Any) -> int:
        """How many rows it touched."""
        return self.put(connection, values)

    def put(self, connection: sa.Connection, values: Values) -> int:
        form = self._form(connection)
        touched: int = self._forewarn(connection, form).execute(form.sql, form.bind(values)).rowcount
        return touched

    def put_many(self, connection: sa.Connection, rows: Iterable[Values]) -> None:
        form = self._form(connection)
        bound = [form.bind(row) for row in rows]
        if bound:
            self._forewarn(connection, form).cursor().executemany(form.sql, bound)

    def catch_up(self, connection: sa.Connection, rows: Iterable[Values]) -> None:
        """As `put_many`, for rows that waited: nobody is forewarned of them a second time."""
        form = self._form(connection)
        _driver(connection).cursor().executemany(form.sql, [form.bind(row) for row in rows])

    def _form(self, connection: sa.Connection) -> "_Form":
        dialect = connection.dialect
        form = self._forms.get(dialect.name)
        if form is None:
            form = self._forms[dialect.name] = _compile(self._statement, dialect, self._columns)
        return form

    def _forewarn(self, connection: sa.Connection, form: "_Form") -> Any:
        """The driver's connection, when nothing that waits could change what the statement finds."""
        pooled = connection.connection
        underway: Forewarned | None = pooled.info.get(UNDERWAY)
        if underway is not None:
            if form.is_reading:
                underway.before_reading(form.tables)
            else:
                underway.before_writing(form.tables)
        return pooled.driver_connection


def names_of(table: sa.Table, *, without: Sequence[str] = ()) -> tuple[str, ...]:
    """The columns, in order."""
    return tuple(column.name for column in table.columns if column.name not in without)


def is_one_of(column: sa.ColumnElement[str], values: Iterable[str]) -> sa.ColumnElement[bool]:
    """`IN` for values that are known when the statement is built; in one order, so that the text is always the same."""
    return sa.or_(*(column == value for value in sorted(values)))


class _AnyOf(sa.sql.expression.ColumnElement[bool]):
    """A column among values that come as one list."""

    inherit_cache = False
    type = sa.Boolean()

    def __init__(self, column: sa.ColumnElement[Any], name: str) -> None:
        self.column = column
        is_number = isinstance(column.type, BigKey)
        self.values = sa.bindparam(name, type_=PlainList(sa.BigInteger if is_number else sa.Text))

    def get_children(self, **_: Any) -> Iterable[sa.ClauseElement]:
        return (self.column, self.values)

    def self_group(self, against: Any = None) -> "_AnyOf":
        """As it is: for SQLite "= 1" would be put behind it, and then no index is used."""
        return self


@compiles(_AnyOf, "postgresql")
def _any_of_array(element: _AnyOf, compiler: SQLCompiler, **_: Any) -> str:
    return f"{compiler.process(element.column)} = ANY({compiler.process(element.values)})"


@compiles(_AnyOf, "sqlite")
def _any_of_json(element: _AnyOf, compiler: SQLCompiler, **_: Any) -> str:
    column, values = compiler.process(element.column), compiler.process(element.values)
    return f"{column} IN (SELECT value FROM json_each({values}))"  # noqa: S608 - the compiler's own words


def is_any_of(column: sa.ColumnElement[Any], name: str) -> sa.ColumnElement[bool]:
    """`IN` for a list of any length, which is the one parameter `name`."""
    return _AnyOf(column, name)


def insert(table: sa.Table, *, without: Sequence[str] = ()) -> Prepared:
    """A plain insert of all columns but those that the database fills in."""
    return Prepared(sa.insert(table), *names_of(table, without=without))


def insert_if_new(table: sa.Table) -> Prepared:
    """Touches no row when the key is there already."""
    return Prepared(upsert(table).on_conflict_do_nothing(), *table.c.keys())


def insert_or_replace(table: sa.Table) -> Prepared:
    """Sets every column that is not of the key when the key is there already."""
    statement = upsert(table)
    keys = [column.name for column in table.primary_key]
    rest = {name: statement.excluded[name] for name in names_of(table, without=keys)}
    return Prepared(statement.on_conflict_do_update(index_elements=keys, set_=rest), *table.c.keys())


@dataclass(frozen=True, slots=True)
class _Form:
    """A statement as one database hears it. `fixed` are the values that were given when it was built; `texts` are the
    places of texts from outside, which are mostly clean and looked through together.
    """

    sql: str
    names: tuple[str, ...]
    pick: Callable[[Values], Fields]
    processors: tuple[tuple[int, Callable[[Any], Any]], ...]
    texts: tuple[int, ...]
    fixed: Values
    is_positional: bool
    is_reading: bool
    tables: frozenset[str]
    results: tuple[tuple[int, Callable[[Any], Any]], ...]

    def bind(self, values: Values) -> Any:
        """KeyError when one is missing."""
        bound = list(self.pick({**self.fixed, **values} if self.fixed else values))
        for index, process in self.processors:
            bound[index] = process(bound[index])
        if self.texts and not is_clean("".join([bound[each] or "" for each in self.texts])):
            for index in self.texts:
                bound[index] = clean_or_none(bound[index])
        return bound if self.is_positional else dict(zip(self.names, bound, strict=True))

    def unpack(self, row: Fields) -> Fields:
        if not self.results:
            return row
        fields = list(row)
        for index, process in self.results:
            fields[index] = process(fields[index])
        return tuple(fields)


def _ask(connection: sa.Connection, form: _Form, values: Values) -> Any:
    """The driver's cursor."""
    pooled = connection.connection
    try:
        return pooled.driver_connection.execute(form.sql, form.bind(values))  # type: ignore[union-attr]
    except (psycopg.Error, sqlite3.Error) as error:
        if READS in pooled.info:
            raise_if_away(error)
        raise


def _driver(connection: sa.Connection) -> Any:
    """The connection of sqlite3 or psycopg, which have the little in common that is used here."""
    return connection.connection.driver_connection


def execute_text(connection: sa.Connection, sql: str) -> None:
    """For the few words that SQLAlchemy has no statement for: savepoints and locks."""
    _driver(connection).execute(sql)


def _compile(statement: sa.Select[Any] | UpdateBase, dialect: Dialect, columns: list[str] | None) -> _Form:
    compiled = statement.compile(dialect=dialect, column_keys=columns)
    assert isinstance(compiled, SQLCompiler)
    names = tuple((compiled.positiontup if compiled.positional else compiled.binds) or ())
    binds = [compiled.binds[name] for name in names]
    shown = statement.selected_columns if isinstance(statement, sa.Select) else statement.exported_columns
    results = [column.type.dialect_impl(dialect).result_processor(dialect, None) for column in shown]
    processors: list[_Processor] = [bind.type.dialect_impl(dialect).bind_processor(dialect) for bind in binds]
    return _Form(
        sql=str(compiled),
        names=names,
        pick=_picker(names),
        processors=tuple(
            (index, each) for index, each in enumerate(processors) if each and each is not clean_or_none
        ),
        texts=tuple(index for index, each in enumerate(processors) if each is clean_or_none),
        fixed={name: bind.value for name, bind in compiled.binds.items() if not bind.required},
        is_positional=compiled.positional,
        is_reading=isinstance(statement, sa.Select),
        tables=frozenset(each.name for each in _tables_of(statement)),
        results=tuple((index, each) for index, each in enumerate(results) if each),
    )


def _tables_of(statement: sa.Select[Any] | UpdateBase) -> set[sa.Table]:
    """Those in the statement; of a change also those that its rows refer to, of a deletion those that refer to it."""
    named = {each for each in visitors.iterate(statement) if isinstance(each, sa.Table)}
    if isinstance(statement, sa.Select):
        return named
    assert isinstance(statement.table, sa.Table)
    named.add(statement.table)
    near = {key.column.table for key in statement.table.foreign_keys}
    if isinstance(statement, sa.Delete):
        others = statement.table.metadata.tables.values()
        near |= {each for each in others for key in each.foreign_keys if key.column.table is statement.table}
    return named | near


def _picker(names: tuple[str, ...]) -> Callable[[Values], Fields]:
    if len(names) > 1:
        return itemgetter(*names)
    return lambda values: tuple(values[name] for name in names)
