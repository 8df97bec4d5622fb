"""Names of accounts: which are taken, and how two of them are compared."""

import re
import unicodedata

LONGEST_NAME = 40
_GOOD = re.compile(r"[\w.@·-]+", re.UNICODE)
_POINTS = str.maketrans("•‧・･", "····")
"""How the point within a name is typed; NFKC leaves them apart."""


def key_of(name: str) -> str:
    """Full width, case and the space around make no other name."""
    return _write_one_way(name).casefold()


def tidy_name(name: str) -> str | None:
    """As it is kept: letters of any script, figures and `. · _ - @`; None for what is no name."""
    tidy = _write_one_way(name)
    return tidy if 0 < len(tidy) <= LONGEST_NAME and _GOOD.fullmatch(tidy) else None


def _write_one_way(name: str) -> str:
    return unicodedata.normalize("NFKC", name).strip().translate(_POINTS)
