"""What a word after an option may be: a number, a day, an instant; what it is not is refused in a person's words."""

import argparse
from collections.abc import Callable
from datetime import date, datetime

FIRST_YEAR, LAST_YEAR = 1970, 2199
"""Working time is reckoned far ahead of a day, and no calendar reaches the ends of what a computer can count."""


def number(*, least: float, most: float) -> Callable[[str], float]:
    def read(text: str) -> float:
        try:
            found = float(text)
        except ValueError:
            found = float("nan")
        if not least <= found <= most:
            raise argparse.ArgumentTypeError(f'"{text}" is no number from {least:g} to {most:g}')
        return found

    return read


def whole_number(*, least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        sign = -1 if text.startswith("-") else 1
        digits = text.removeprefix("-")
        if not (digits.isdecimal() and least <= sign * int(digits) <= most):
            raise argparse.ArgumentTypeError(f'"{text}" is no whole number from {least} to {most}')
        return sign * int(digits)

    return read


def read_day(text: str) -> date:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no day; write 2026-10-01') from None
    _require_year(found.year)
    return found


def read_instant(text: str) -> datetime:
    """Without an offset it is naive: local time of the tree."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no time; write 2026-09-30T16:00') from None
    _require_year(found.year)
    return found


def _require_year(year: int) -> None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise argparse.ArgumentTypeError(f"the year is {year}; write one from {FIRST_YEAR} to {LAST_YEAR}")
