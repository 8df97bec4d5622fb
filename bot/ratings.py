"""How people say whether a matter is solved, in the listed words and in their own."""

import re

from routing.tickets import Rating

RATINGS = {
    "不满意": Rating.UNSATISFIED,
    "没解决": Rating.UNSATISFIED,
    "没有解决": Rating.UNSATISFIED,
    "未解决": Rating.UNSATISFIED,
    "不行": Rating.UNSATISFIED,
    "基本满意": Rating.MOSTLY,
    "还可以": Rating.MOSTLY,
    "还行": Rating.MOSTLY,
    "一般": Rating.MOSTLY,
    "满意": Rating.SATISFIED,
    "解决了": Rating.SATISFIED,
    "很好": Rating.SATISFIED,
    "unsatisfied": Rating.UNSATISFIED,
    "mostly": Rating.MOSTLY,
    "satisfied": Rating.SATISFIED,
}
"""Longest meaning first: 不满意 holds 满意."""

CLEAR_RATING = re.compile(
    r"(?:不满意|基本满意|满意|没解决|没有解决|未解决|unsatisfied|mostly|satisfied)(?!度)|\w+[\s，,。！!、]",
    re.IGNORECASE,
)
"""Words that mean nothing else, with whatever follows; a looser one only where a pause follows it."""

_STILL_WRONG = re.compile(
    r"(?:根本|压根|都|还|好像还|怎么还)?没(?:有)?(?:修|弄|搞|处理|整|换)?好(?:$|[，,。！!～~ 啊呀呢])|"
    r"(?:根本|还)没(?:有)?(?:修|弄|解决|处理|人来)|(?:还是|仍然|依然|依旧)(?:不|没|坏|漏|堵|响|吵|老样子|一样|这样|那样)|"
    r"还在(?:漏|响|吵|滴|堵)|又(?:坏了|不行了|这样了|开始了)"
)
"""How people say "not solved" without the word for it; the whole of it tells what is wrong."""

_MENDED = re.compile(r"(?:已经)?(?:都)?(?:修|弄|搞|处理|整|换)?好了|(?:已经)?没问题了|可以了", re.IGNORECASE)
_PLAIN = re.compile(
    r"不满意|基本满意|满意|没解决|没有解决|未解决|(?:还|根本)?没(?:有)?(?:修|弄)好|(?:已经)?修好了"
)

_AND_THANKS = re.compile(
    r"(?:[，,。！!～~ ]*(?:谢谢|多谢|谢了|感谢|辛苦了?)(?:你们|您|师傅|大家|啊|了)*)*[，,。！!～~ ]*"
)

LONGEST_RATING = 60


def find_rating(text: str) -> tuple[Rating, str] | None:
    """The rating at the head of a text and the words after it, from "不满意 还在漏"."""
    said = text.strip().lower()
    for word, rating in RATINGS.items():
        if said.startswith(word):
            return rating, text.strip()[len(word) :].strip(" ，,。:：!！")
    if _STILL_WRONG.match(said):
        return Rating.UNSATISFIED, text.strip()
    return (Rating.SATISFIED, "") if _is_mended(said) else None


def _is_mended(said: str) -> bool:
    """Nothing but that and thanks: "好了" alone, not "好了没有"."""
    found = _MENDED.match(said)
    return found is not None and _AND_THANKS.fullmatch(said, found.end()) is not None


def is_bare_rating(text: str) -> bool:
    """ "满意" or "不满意，还在漏"; neither "解决了吗" nor "不行了快来人", which only begin like one."""
    said = text.strip()
    if len(said) > LONGEST_RATING or said.rstrip("。.!！").endswith(("吗", "么", "嘛", "?", "？")):
        return False
    found = find_rating(said)
    if found is None:
        return False
    is_all = found[1] == said or _AND_THANKS.fullmatch(found[1]) is not None
    return is_all or bool(CLEAR_RATING.match(said))


def is_plain_rating(text: str) -> bool:
    """A rating that nobody says of anything else: the listed words and "没修好", but no "还行" or "好了"."""
    said = text.strip()
    return is_bare_rating(said) and bool(_PLAIN.match(said))
