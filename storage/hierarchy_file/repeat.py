"""`repeat: "2-36"`: which numbers one entry stands for. What they fill is in `labels`."""

import re

from storage.hierarchy_file.nearest import clip
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Text

MAX_NODES = 200_000
_PART = re.compile(r"\s*([0-9]{1,6})\s*(?:-\s*([0-9]{1,6})\s*)?")


def read_numbers(text: Text, report: Report) -> tuple[int, ...]:
    """ "2-36", "7" or "1-3,5,8-12", each number once and in the order written; empty when reported."""
    numbers: dict[int, None] = {}
    for part in text.value.split(","):
        several = _read_part(part)
        if not several or not numbers.keys().isdisjoint(several):
            report.problem(
                text,
                f'"{clip(part)}" cannot be repeated: write numbers, each once and upward, such as "2-36" or '
                f'"1-3,5-12"; at most {MAX_NODES} in all.',
                f'repeat 里的“{clip(part)}”不对：请从小到大写成 "2-36" 或 "1-3,5-12"，'
                f"每个号只写一次，总数不超过 {MAX_NODES}。",
            )
            return ()
        numbers.update(dict.fromkeys(several))
    return tuple(numbers)


def _read_part(part: str) -> range:
    match = _PART.fullmatch(part)
    if match is None:
        return range(0)
    first, last = int(match[1]), int(match[2] or match[1])
    return range(first, last + 1) if last - first < MAX_NODES else range(0)
