"""Limits and examples in the text."""

from collections.abc import Mapping

import yaml

from routing.durations import parse_span
from storage.hierarchy_edit.refusals import ActRefusedError
from storage.hierarchy_edit.source import (
    Source,
    append_item,
    find_value,
    make_item,
    make_scalar,
    relocate,
    remove_pair,
    set_value,
    text_of,
)

Values = Mapping[str, str]
_LIMITS = ("claim", "resolve", "remind")
_EXAMPLE_KEYS = ("say", "in", "category", "urgent", "node", "level", "goes_to")


def set_limits(source: Source, values: Values) -> str:
    """Fields are named "clock/level/claim" and so on, and "clock/calendar"; those that are absent stay."""
    for name, value in values.items():
        clock_id, _, rest = name.partition("/")
        level, _, limit = rest.partition("/")
        if rest == "calendar":
            source = _set(source, (clock_id,), "calendar", value.strip())
        elif limit in _LIMITS:
            source = _set(
                source, (clock_id, level), limit, _read_span(name, value, is_optional=limit == "remind")
            )
    return source.text


def add_example(source: Source, values: Values) -> str:
    pairs = [(key, make_scalar(values[key])) for key in _EXAMPLE_KEYS if values.get(key)]
    return append_item(source, source.root, "expect", make_item(pairs))


def _set(source: Source, path: tuple[str, ...], key: str, value: str) -> Source:
    mapping = _mapping_at(source.root, ("clocks", *path))
    if text_of(mapping, key) == value:
        return source
    text = set_value(source, mapping, key, value) if value else remove_pair(source, mapping, key)
    return relocate(text, source.root)[0]


def _mapping_at(mapping: yaml.MappingNode, path: tuple[str, ...]) -> yaml.MappingNode:
    for key in path:
        value = find_value(mapping, key)
        if not isinstance(value, yaml.MappingNode):
            raise ActRefusedError("unknown")
        mapping = value
    return mapping


def _read_span(name: str, value: str, *, is_optional: bool) -> str:
    written = value.strip()
    if not written and is_optional:
        return ""
    try:
        return str(parse_span(written))
    except ValueError:
        raise ActRefusedError("span", field=name, value=written) from None
