"""What a YAML text is made of here: texts, mappings and lists that know their line. Every scalar is a text.

What a value means, and whether it is allowed, is not asked here.
"""

from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Text:
    """`line` counts from 1. An empty one may be a key with nothing after it."""

    value: str
    line: int


@dataclass(slots=True, eq=False)
class Map:
    """`lines` has the line of each key, which is not always the line of its value."""

    line: int
    values: "dict[str, Value]"
    lines: dict[str, int]


@dataclass(slots=True, eq=False)
class Items:
    line: int
    values: "list[Value]"


@dataclass(slots=True, eq=False)
class Broken:
    """Stands where something was refused and reported already: nothing more is said about it."""

    line: int


Value = Text | Map | Items | Broken
