"""Several matters in one message ("电梯坏了，还有楼道灯不亮"): where the words of another one begin.

Only where people mark it themselves and each part is surely a matter of its own kind; else the message is one, for a
fault that harms two things is one fault.
"""

import re
from collections.abc import Callable

from routing.hierarchy import FALLBACK_CATEGORY
from routing.reading import Reading

MOST_PARTS = 3
LONGEST = 200
"""Characters: longer ones are letters, and whoever gets them reads them whole."""

_JOINT = re.compile(
    r"(?:^|(?<=[,，。;；:：!！?？、\s]))(?:还有(?:就是|一个|一件|个事)?|另外|此外|再有|再就是|再一个|顺便(?:说一下|反映一下)?|"
    r"第?[一二三](?:是|、|，|,|：|:)|第[一二三]|[1-9][、.．)）](?!\d))[,，、:：\s]*"
)
_EDGES = " ,，。;；、:：\n"


def parts_of(text: str, read: Callable[[str], Reading]) -> tuple[str, ...]:
    """The words of each matter in their order, at most three; the text as it is where it is one."""
    pieces = [each for each in (piece.strip(_EDGES) for piece in _JOINT.split(text)) if each]
    if len(text) > LONGEST or len(pieces) < 2:
        return (text,)
    parts: list[str] = []
    told: set[str] = set()
    beginning = ""
    for piece in pieces:
        reading = read(piece)
        if _is_matter(reading) and reading.category not in told:
            parts.append(beginning + piece)
            told.add(reading.category)
            beginning = ""
        elif parts:
            parts[-1] = f"{parts[-1]}，{piece}"
        else:
            beginning += f"{piece}，"
    return tuple(parts) if 2 <= len(parts) <= MOST_PARTS else (text,)


def _is_matter(reading: Reading) -> bool:
    return reading.is_surely_a_report and reading.category != FALLBACK_CATEGORY and not reading.is_alike_only
