"""Cuts a long text into numbered messages that each fit Telegram's limit. Whose words they are does not matter here."""

import unicodedata

# https://core.telegram.org/bots/api#sendmessage: 4096 characters. Telegram counts UTF-16 units.
TEXT_LIMIT = 4096
# Room for （999/999） and its line end.
_NUMBERING = 16
_STOPS = "。！？；"
_JOINER = "\u200d"


def utf16_length(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def split_text(text: str, *, limit: int = TEXT_LIMIT) -> tuple[str, ...]:
    """Cut after a line where there is one, else after a sentence, never inside what is seen as one character."""
    if utf16_length(text) <= limit:
        return (text,)
    pieces = _cut(text, limit - _NUMBERING)
    return tuple(f"（{number}/{len(pieces)}）\n{piece}" for number, piece in enumerate(pieces, start=1))


def _cut(text: str, room: int) -> list[str]:
    pieces = []
    while (end := _count_fitting(text, room)) < len(text):
        line_end = text.rfind("\n", end // 2, end + 1)
        if line_end > 0:
            pieces.append(text[:line_end])
            text = text[line_end + 1 :]
            continue
        at = _last_boundary(text, _after_sentence(text, end) or end)
        pieces.append(text[:at])
        text = text[at:]
    return [*pieces, text] if text else pieces


def _count_fitting(text: str, room: int) -> int:
    units = 0
    for index, character in enumerate(text[: room + 1]):
        units += 1 if character <= "\uffff" else 2
        if units > room:
            return index
    return len(text)


def _after_sentence(text: str, end: int) -> int:
    """0 where no sentence ends in the second half."""
    return max(text.rfind(stop, end // 2, end) for stop in _STOPS) + 1


def _last_boundary(text: str, end: int) -> int:
    """The last place up to `end` between two characters as people see them; `end` itself if there is none."""
    at = end
    while at > 0 and _belong_together(text, at):
        at -= 1
    return at or end


def _belong_together(text: str, at: int) -> bool:
    """A short form of Unicode's rules for grapheme clusters (UAX 29): marks, joiners, emoji parts, flags, Hangul."""
    if at >= len(text):
        return False
    before, after = text[at - 1], text[at]
    if _JOINER in (before, after) or unicodedata.category(after).startswith("M"):
        return True
    if "\U0001f3fb" <= after <= "\U0001f3ff" or "\U000e0020" <= after <= "\U000e007f":
        return True
    return "\u1160" <= after <= "\u11ff" or _inside_flag(text, at)


def _inside_flag(text: str, at: int) -> bool:
    """A flag is two regional indicators, so that an odd number of them before `at` leaves one half behind."""
    if not _is_flag_half(text[at]):
        return False
    start = at
    while start > 0 and _is_flag_half(text[start - 1]):
        start -= 1
    return (at - start) % 2 == 1


def _is_flag_half(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"
