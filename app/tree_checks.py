"""Keeps the last texts that were checked: a page looks at the same draft several times, and a city takes seconds."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from storage.hierarchy_file import Checked

KEPT = 6


@dataclass(slots=True)
class CheckedTexts:
    """`check` reads a text; called from threads, so that two may read the same one at once and both be right."""

    check: Callable[[bytes], Checked]
    _known: OrderedDict[tuple[int, bytes], Checked] = field(default_factory=OrderedDict)

    def of(self, content: bytes, *, version: int) -> Checked:
        """What is said of a text also depends on the version in force, of which it may be the beginning."""
        key = (version, hashlib.sha256(content).digest())
        known = self._known.get(key)
        if known is None:
            known = self._known[key] = self.check(content)
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
        return known
