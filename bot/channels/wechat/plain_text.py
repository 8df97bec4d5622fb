"""Makes any text safe for the vendor: cleaning, cutting by bytes, escaping for CDATA."""

import re
import unicodedata

ELLIPSIS = "…"
MAX_STACKED = 32
# Characters that XML 1.0 forbids (lone surrogates among them) and the carriage return, which XML would change.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# The vendor shows `<a href=…>` inside a text as a link; people's words must not make one.
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_JOINER = "\u200d"


def clean(text: str) -> str:
    """The text with line ends as \\n, without what XML or the vendor cannot show, and without working tags."""
    return _TAG.sub("＜", _FORBIDDEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")))


def cut(text: str, max_bytes: int) -> str:
    """At most `max_bytes` of cleaned text in UTF-8, cut between characters as people see them; … tells of the cut."""
    if len(text) * 4 <= max_bytes or len(text.encode()) <= max_bytes:
        return text
    room = max_bytes - len(ELLIPSIS.encode())
    if room < 0:
        return ""
    end = len(text.encode()[:room].decode(errors="ignore"))
    return text[: _last_boundary(text, end)].rstrip() + ELLIPSIS


def cut_characters(text: str, most: int) -> str:
    """At most `most` code points; … tells of the cut."""
    if len(text) <= most:
        return text
    return text[: _last_boundary(text, most - 1)] + ELLIPSIS


def escape_cdata(text: str) -> str:
    """Text that cannot end the CDATA section around it (wechatpy's replies do not see to that)."""
    return text.replace("]]>", "]]]]><![CDATA[>")


def _last_boundary(text: str, end: int) -> int:
    """The last place at or before `end` where no character as people see it is torn.

    A heap of marks on one letter may be torn: no script stacks more than a few.
    """
    for place in range(end, max(end - MAX_STACKED, 0), -1):
        if place >= len(text) or not _belong_together(text, place):
            return place
    return end


def _belong_together(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    if _JOINER in {before, after} or unicodedata.category(after) in {"Mn", "Me", "Mc"}:
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff":  # tones of skin
        return True
    return _is_flag_half(after) and _count_flag_halves(text, at) % 2 == 1


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _count_flag_halves(text: str, at: int) -> int:
    """How many halves of flags stand directly before `at`: an odd number means that the next one completes a pair."""
    count = 0
    while count < at and _is_flag_half(text[at - 1 - count]):
        count += 1
    return count
