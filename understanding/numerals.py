"""Chinese numbers up to 999, as people write floors and buildings: 二十一, 一百零三, 五零二, 幺二零三."""

_DIGITS = {
    "零": 0,
    "〇": 0,
    "一": 1,
    "幺": 1,
    "二": 2,
    "两": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_SCALES = {"十": 10, "百": 100}


def parse_number(text: str) -> str | None:
    """The number in Arabic digits without leading zeros; letters stay, upper-case. None if it is no number."""
    if text.isascii():
        return text.lstrip("0").upper() or None
    if any(each in _SCALES for each in text):
        return _parse_scaled(text)
    if all(each in _DIGITS for each in text):
        return "".join(str(_DIGITS[each]) for each in text).lstrip("0") or None
    return None


def _parse_scaled(text: str) -> str | None:
    total, digit = 0, None
    for each in text:
        if each in _SCALES:
            total += (1 if digit is None else digit) * _SCALES[each]
            digit = None
        elif each in _DIGITS:
            digit = _DIGITS[each]
        else:
            return None
    return str(total + (digit or 0)) if total < 1000 else None
