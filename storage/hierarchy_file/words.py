"""The optional section `words:`: the admins' own words in place of ours, by text key.

Which text keys there are is known to `bot/texts`; here only the statuses are checked by name.
"""

import re
from collections.abc import Iterator

from routing.tickets import Status
from storage.hierarchy_file.fields import Fields, as_text
from storage.hierarchy_file.nearest import clip, suggest
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Map, Text

_LONGEST_WORDS = 1_000
_KEY = re.compile(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)*")
_STATUSES = ("status", "statuses")


def read_words(fields: Fields, report: Report) -> dict[str, str]:
    """`statuses: {open: 待认领}` becomes `status.open`; other mappings join their keys with dots."""
    at = fields.find_map("words")
    words: dict[str, str] = {}
    for holder, key, text_key, text in _flat(at, "", report) if at else ():
        if text_key in words:
            report.problem(
                holder,
                f'The words for "{text_key}" are given twice. Keep one.',
                f"“{text_key}”的用语写了两次，请只留一个。",
                key=key,
            )
        words[text_key] = text.value
    return words


def _flat(at: Map, prefix: str, report: Report) -> Iterator[tuple[Map, str, str, Text]]:
    for key, value in at.values.items():
        text_key = "status" if not prefix and key in _STATUSES else f"{prefix}{key}"
        if not _is_known(at, key, text_key, report):
            continue
        if isinstance(value, Map):
            yield from _flat(value, f"{text_key}.", report)
            continue
        text = as_text(value, report, longest=_LONGEST_WORDS)
        if text is not None:
            yield at, key, text_key, text


def _is_known(at: Map, key: str, text_key: str, report: Report) -> bool:
    if not _KEY.fullmatch(text_key):
        report.problem(
            at,
            f'"{clip(key)}" is no text key: write it like status.open.',
            f"“{clip(key)}”不是用语的键，写法例如 status.open。",
            key=key,
        )
        return False
    group, dot, status = text_key.partition(".")
    if group == "status" and dot and status not in set(Status):
        near, near_zh = suggest(status, [each.value for each in Status])
        report.problem(
            at,
            f'There is no status "{clip(status)}". {near}',
            f"没有“{clip(status)}”这个状态。{near_zh}",
            key=key,
        )
        return False
    return True
