"""Regular expressions that look first where they can begin at all: the same matches in a fraction of the time.

A pattern of many alternatives is tried at every letter of a text, although few letters can begin one. What a pattern
may begin with, and what it cannot do without, is read off its own syntax, so that nothing has to be kept in step.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any

# Python's own parser of patterns has no public name. Where it changes, `_read` finds nothing and patterns stay slow.
_parser = import_module("re._parser")
_code = import_module("re._constants")
_NO_LETTERS = (_code.AT, _code.ASSERT, _code.ASSERT_NOT)
_REPEATS = (_code.MAX_REPEAT, _code.MIN_REPEAT)

_SPACES = frozenset("\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000").union(
    map(chr, range(0x2000, 0x200B))
)
_LARGEST_SET = 300
# With more words than these the pattern itself is as quick to look for.
_MOST_WORDS = 60
_TELLING = 2
# A letter that so many may follow says enough by itself.
_MOST_SECONDS = 16


class QuickPattern:
    """Finds what `re` finds, with `search` and `finditer` of a whole text. Compiled when it is first needed: a service
    that starts has no time, and many a pattern is not even tried until somebody says one of its words."""

    __slots__ = ("_beginning", "_compiled", "_needed", "pattern")

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self._compiled: re.Pattern[str] | None = None
        beginnings, words = _read(pattern)
        self._beginning = _look_for(beginnings).finditer if beginnings else None
        self._needed = re.compile("|".join(map(re.escape, sorted(words)))).search if words else None

    @property
    def _plain(self) -> re.Pattern[str]:
        if self._compiled is None:
            self._compiled = re.compile(self.pattern)
        return self._compiled

    def search(self, text: str) -> re.Match[str] | None:
        if self._needed and not self._needed(text):
            return None
        if self._beginning is None:
            return self._plain.search(text)
        match = self._plain.match
        for letter in self._beginning(text):
            if found := match(text, letter.start()):
                return found
        return None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """From left to right; none overlaps the one before."""
        if self._needed and not self._needed(text):
            return
        if self._beginning is None:
            yield from self._plain.finditer(text)
            return
        end, match = 0, self._plain.match
        for letter in self._beginning(text):
            if letter.start() >= end and (found := match(text, letter.start())):
                end = found.end()
                yield found


_Known = frozenset[str] | None
"""None: it may be anything."""


def _read(pattern: str) -> tuple[_Known, _Known]:
    """Letters or pairs of which one begins every match, and words of which one stands in every match."""
    try:
        items = list(_parser.parse(pattern))
        beginnings, words = _begin_with_two(items), _need(items)
    except (AttributeError, TypeError, ValueError):
        return None, None
    if not beginnings or "" in beginnings:
        return None, None
    return beginnings, words if words and len(words) <= _MOST_WORDS else None


def _look_for(beginnings: Iterable[str]) -> re.Pattern[str]:
    """Matches the first letter of a beginning, so that the next one may begin with its second."""
    seconds: dict[str, set[str]] = defaultdict(set)
    for each in sorted(beginnings):
        seconds[each[0]].add(each[1:])
    return re.compile(
        "|".join(
            re.escape(first)
            + ("" if "" in then or len(then) > _MOST_SECONDS else f"(?=[{re.escape(''.join(sorted(then)))}])")
            for first, then in seconds.items()
        )
    )


def _begin_with_two(items: list[Any]) -> _Known:
    """The first two letters of all that a sequence matches; one where the second may be any or none."""
    if not items:
        return frozenset({""})
    (kind, what), *rest = items
    if kind in _NO_LETTERS:
        return _begin_with_two(rest)
    if kind in (_code.LITERAL, _code.IN):
        firsts = frozenset(chr(what)) if kind is _code.LITERAL else _letters_of_set(what)
        seconds, may_be_empty = _begin(rest)
        if firsts is None or may_be_empty or seconds is None or len(firsts) * len(seconds) > _LARGEST_SET:
            return firsts
        return frozenset(first + second for first in firsts for second in seconds)
    if kind is _code.SUBPATTERN:
        return _begin_with_two([*what[3], *rest])
    if kind is _code.BRANCH:
        return _join(_begin_with_two([*each, *rest]) for each in what[1])
    if kind in _REPEATS:
        return _begin_repeated(what[0], what[2], rest)
    return None


def _begin_repeated(least: int, inner: Iterable[Any], rest: list[Any]) -> _Known:
    letters, may_be_empty = _begin(inner)
    if letters is None or may_be_empty:
        return None
    again = (_code.MAX_REPEAT, (0, _code.MAXREPEAT, inner))
    once = _begin_with_two([*inner, again, *rest])
    return once if least else _join((once, _begin_with_two(rest)))


def _begin(items: Iterable[Any]) -> tuple[_Known, bool]:
    """The letters with which a sequence begins, and whether it may be of no letters at all."""
    letters: frozenset[str] = frozenset()
    for kind, what in items:
        more, may_be_empty = _begin_of(kind, what)
        if more is None:
            return None, False
        letters |= more
        if not may_be_empty:
            return letters, False
    return letters, True


def _begin_of(kind: Any, what: Any) -> tuple[_Known, bool]:
    if kind in _NO_LETTERS:
        return frozenset(), True
    if kind is _code.LITERAL:
        return frozenset(chr(what)), False
    if kind is _code.IN:
        return _letters_of_set(what), False
    if kind is _code.SUBPATTERN:
        return _begin(what[3])
    if kind in _REPEATS:
        letters, may_be_empty = _begin(what[2])
        return letters, may_be_empty or what[0] == 0
    if kind is _code.BRANCH:
        branches = [_begin(each) for each in what[1]]
        return _join(letters for letters, _ in branches), any(is_empty for _, is_empty in branches)
    return None, False


def _need(items: Iterable[Any]) -> _Known:
    """Of the parts that a sequence cannot do without, the most telling: long words, and few of them."""
    parts: list[frozenset[str]] = []
    run = ""
    for kind, what in items:
        if kind is _code.LITERAL:
            run += chr(what)
            continue
        if run:
            parts.append(frozenset({run}))
            run = ""
        if (words := _need_of(kind, what)) is not None:
            parts.append(words)
    if run:
        parts.append(frozenset({run}))
    return max(parts, key=lambda each: (min(_TELLING, *map(len, each)), -len(each)), default=None)


def _need_of(kind: Any, what: Any) -> _Known:
    if kind is _code.IN:
        return _letters_of_set(what)
    if kind is _code.SUBPATTERN:
        return _need(what[3])
    if kind in _REPEATS:
        return _need(what[2]) if what[0] else None
    if kind is _code.BRANCH:
        return _join(_need(each) for each in what[1])
    return None


def _letters_of_set(members: Iterable[Any]) -> _Known:
    letters: set[str] = set()
    for kind, what in members:
        if kind is _code.LITERAL:
            letters.add(chr(what))
        elif kind is _code.RANGE and what[1] - what[0] < _LARGEST_SET:
            letters.update(map(chr, range(what[0], what[1] + 1)))
        elif kind is _code.CATEGORY and what is _code.CATEGORY_SPACE:
            letters |= _SPACES
        else:
            return None
    return frozenset(letters)


def _join(each_known: Iterable[_Known]) -> _Known:
    joined: frozenset[str] = frozenset()
    for known in each_known:
        if known is None:
            return None
        joined |= known
    return joined
