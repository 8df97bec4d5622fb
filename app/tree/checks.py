"""Keeps the last texts that were checked: a page looks at the same draft several times, and a city takes seconds."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass, field

from storage.hierarchy_file import Checked, read_hierarchy

KEPT = 6


@dataclass(slots=True)
class CheckedTexts:
    """Called from threads, so that two may read the same text at once and both be right."""

    _known: OrderedDict[tuple[bytes, int, str], Checked] = field(default_factory=OrderedDict)

    def of(self, source: bytes, *, name: str, before: str | None = None) -> Checked:
        """As `read_hierarchy` says. Of the text in force only that matters of which this one may be the beginning;
        the name is told only of texts that are wrong."""
        text = source.decode("utf-8", "replace")
        rest = before[len(text) :] if before is not None and before.startswith(text) else ""
        content = (hashlib.sha256(source).digest(), hash(rest))
        known = self._known.get((*content, "")) or self._known.get((*content, name))
        if known is None:
            known = read_hierarchy(source, name=name, before=before)
            self._known[(*content, name if known.hierarchy is None else "")] = known
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return known
