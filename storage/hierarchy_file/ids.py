"""Ids: what they may look like, and letters that only look like the right ones."""

import re
import unicodedata

from storage.hierarchy_file.nearest import clip
from storage.hierarchy_file.report import Report
from storage.hierarchy_file.values import Text

MAX_ID = 40
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}")
_ALLOWED = re.compile(r"[A-Za-z0-9_-]")
# Cyrillic and Greek letters that are drawn like Latin ones; full-width letters are found by normalisation.
_LOOK_ALIKE = str.maketrans(
    "АВЕКМНОРСТУХЅІЈаеорсухѕіјһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧανορυ‐‑‒–—−",
    "ABEKMHOPCTYXSIJaeopcyxsijhdqwABEZHIKMNOPTYXavopu------",
)


def is_id(text: str) -> bool:
    return _ID.fullmatch(text) is not None


def report_bad_id(at: Text, own_id: str, report: Report) -> None:
    """Says which character is wrong, and which one it looks like."""
    if len(own_id) > MAX_ID:
        report.problem(
            at,
            f'The id "{clip(own_id)}" has {len(own_id)} characters; at most {MAX_ID} are allowed.',
            f"编号“{clip(own_id)}”有 {len(own_id)} 个字符，最多 {MAX_ID} 个。",
        )
        return
    wrong = next((each for each in own_id if not _ALLOWED.match(each)), "")
    code = f"U+{ord(wrong):04X} {unicodedata.name(wrong, 'unnamed')}" if wrong else ""
    like = _looks_like(wrong)
    hint = f' It only looks like "{like}": type it anew.' if like else ""
    hint_zh = f"它只是看起来像“{like}”，请重新输入。" if like else ""
    report.problem(
        at,
        f'The id "{clip(own_id)}" has the character "{wrong}" ({code}).{hint} '
        "Ids are made of A-Z, a-z, 0-9, - and _.",
        f"编号“{clip(own_id)}”里有字符“{wrong}”（{code}）。{hint_zh}编号只能用英文字母、数字、- 和 _。",
    )


def _looks_like(character: str) -> str | None:
    plain = unicodedata.normalize("NFKC", character).translate(_LOOK_ALIKE)
    return plain if plain != character and _ID.fullmatch(plain) else None
