"""Tables of figures as plain values: the page, the charts, CSV and spreadsheets all show the very same cells."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from admin_web.words import Words
from routing.metrics import Rate

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_DAYS_FROM = 2 * _DAY


class Kind(StrEnum):
    TEXT = "text"
    COUNT = "count"
    RATE = "rate"
    SPAN = "span"


@dataclass(frozen=True, slots=True)
class Cell:
    """`value` is what programs calculate with: a count, a share from 0 to 1, seconds; None where nothing is shown.
    `n` stands beside every rate, also one that is not shown. `path` makes the text a link."""

    text: str
    value: str | int | float | None
    rate: Rate | None = None
    path: str = ""
    tag: str = ""
    reach: tuple[float, float] | None = None

    @property
    def plotted(self) -> str:
        """For the charts: percent for shares, two of them for a `reach`, empty for nothing."""
        if self.reach is not None:
            return " ".join(f"{each * 100:.1f}" for each in self.reach)
        if isinstance(self.value, str) or self.value is None:
            return ""
        return f"{self.value * 100:.1f}" if self.rate is not None else str(self.value)


@dataclass(frozen=True, slots=True)
class Column:
    title: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Table:
    """`key` names it in addresses. The first column says what a row is about."""

    key: str
    title: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]

    def __post_init__(self) -> None:
        assert all(len(each) == len(self.columns) for each in self.rows)

    def list_cells(self, row: Sequence[Cell]) -> Iterable[tuple[Cell, str, str]]:
        """The cells after the first, each with the title and the kind of its column."""
        columns = ((each.title, each.kind.value) for each in self.columns[1:])
        return ((cell, title, kind) for cell, (title, kind) in zip(row[1:], columns, strict=True))


def text_cell(text: str, *, path: str = "", tag: str = "") -> Cell:
    return Cell(text, text, path=path, tag=tag)


def count_cell(count: int) -> Cell:
    return Cell(f"{count:,}", count)


def rate_cell(rate: Rate) -> Cell:
    return Cell(say_share(rate.value), rate.value, rate=rate)


def span_cell(seconds: float | None, t: Words) -> Cell:
    return Cell("—", None) if seconds is None else Cell(say_span(seconds, t), round(seconds))


def say_share(value: float | None) -> str:
    """Whole percents, with one place where a whole one would hide that it is not all or nothing."""
    if value is None:
        return "—"
    percent = value * 100
    if round(percent) in {0, 100} and percent not in {0, 100}:
        return f"{min(max(percent, 0.1), 99.9) if percent < 100 else percent:.1f}%"
    return f"{percent:.0f}%"


def say_span(seconds: float, t: Words) -> str:
    """Elapsed time in the one unit that a person would use."""
    if seconds < _HOUR:
        return t("figures.minutes", n=max(round(seconds / _MINUTE), 1))
    if seconds < _DAYS_FROM:
        return t("figures.hours", n=f"{seconds / _HOUR:.1f}".removesuffix(".0"))
    return t("figures.days", n=f"{seconds / _DAY:.1f}".removesuffix(".0"))


def list_exported(table: Table, t: Words) -> tuple[list[str], Iterable[list[str | int | float | None]]]:
    """Header and rows for programs: a rate takes three columns, itself, its count and its n."""
    header: list[str] = []
    for column in table.columns:
        header.append(t("figures.in_hours", title=column.title) if column.kind is Kind.SPAN else column.title)
        if column.kind is Kind.RATE:
            header += [t("figures.count_of", title=column.title), t("figures.n_of", title=column.title)]
    return header, (_export_row(table, row) for row in table.rows)


def _export_row(table: Table, row: Sequence[Cell]) -> list[str | int | float | None]:
    values: list[str | int | float | None] = []
    for column, cell in zip(table.columns, row, strict=True):
        if column.kind is Kind.SPAN and isinstance(cell.value, int):
            values.append(round(cell.value / _HOUR, 2))
            continue
        values.append(round(cell.value, 4) if isinstance(cell.value, float) else cell.value)
        if column.kind is Kind.RATE:
            rate = cell.rate
            values += [rate.count, rate.n] if rate else [None, None]
    return values
