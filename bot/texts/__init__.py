"""Every word that a person reads, by key. Templates only: who hears what is decided in `routing.notices`."""

from collections.abc import Mapping
from functools import cache
from string import Formatter

from bot.texts import zh_answers, zh_binding, zh_errors, zh_notices, zh_words

ZH: Mapping[str, str] = {
    **zh_words.TEXTS,
    **zh_answers.TEXTS,
    **zh_binding.TEXTS,
    **zh_notices.TEXTS,
    **zh_errors.TEXTS,
}


def say(key: str, **values: object) -> str:
    """The text of a key with its values. A line all of whose values are empty is left out. KeyError for no key."""
    said = [_say_line(line, fields, values) for line, fields in _lines_of(key)]
    return "\n".join([line for line in said if line is not None])


def has_text(key: str) -> bool:
    return key in ZH


@cache
def _lines_of(key: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each line with the names of its values."""
    lines = ZH[key].split("\n")
    return tuple((line, tuple(name for _, name, _, _ in Formatter().parse(line) if name)) for line in lines)


def _say_line(line: str, fields: tuple[str, ...], values: Mapping[str, object]) -> str | None:
    filled = {name: "" if values.get(name) is None else str(values[name]) for name in fields}
    if fields and not any(filled.values()):
        return None
    return line.format_map(filled)
