"""Sorts a message into one of the file's categories, and says by what: keyword, example or kindred word."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from rapidfuzz import fuzz

from routing.hierarchy import FALLBACK_CATEGORY, Category, Hierarchy
from understanding.kindred_words import FAMILIES, families_of
from understanding.text_forms import normalise

MOST_OTHERS = 2
_ALIKE = 75.0
_NOT_WORDS = re.compile(r"[^0-9A-Za-z一-鿿]+")
# Common words that only contain a keyword.
_FALSE_FRIENDS = (
    "卫生间",
    "电梯间",
    "电梯厅",
    "卫生纸",
    "卫生巾",
    "卫生院",
    "垃圾话",
    "垃圾邮件",
    "垃圾物业",
    "垃圾小区",
    "垃圾开发商",
    "水电站",
    "停电动车",
    "停电瓶车",
)
_SAFETY = ("治安", "公共安全", "社会安全", "平安", "警务")
_CARE = ("关爱", "帮扶", "助老", "养老")
_DENIED_BEFORE = ("不是", "并非", "不怪", "不关")


class Ground(IntEnum):
    """Why a category was chosen; a higher one is surer."""

    NOTHING = 0
    KINDRED = 1
    LEARNED = 2
    EXAMPLE = 3
    DANGER = 4
    KEYWORD = 5


@dataclass(frozen=True, slots=True)
class Match:
    """`word` is what was found in the message, or the example that it resembles. `others`: what it may be as well."""

    category_id: str
    ground: Ground
    word: str
    reason: str
    others: tuple[str, ...] = ()


def find_category(text: str, hierarchy: Hierarchy, *, gist: str | None = None) -> Match:
    """The category of a normalised message: the first of the file that fits by keyword, else by example, else kin.

    A keyword inside a longer keyword of another category does not count there: 通道 in 消防通道. Kin is looked for in
    the `gist` of a long text, if there is one.
    """
    return (
        _find_by_keyword(text, hierarchy.categories)
        or _find_by_example(text, hierarchy.categories)
        or _find_by_kindred_word(text if gist is None else gist, hierarchy.categories)
        or Match(FALLBACK_CATEGORY, Ground.NOTHING, "", "没有合适的类别，归入 其他")
    )


def _find_by_keyword(text: str, categories: tuple[Category, ...]) -> Match | None:
    lowered = text.lower()
    for friend in _FALSE_FRIENDS:
        if friend in lowered and not _is_a_keyword(friend, categories):
            lowered = lowered.replace(friend, " ")
    said = [
        (each, word)
        for each in categories
        # First the cheap question: most categories have no word there at all.
        if each.keywords and _any_of(each.keywords).search(lowered)
        for word in each.keywords
        if _form_of(word) in lowered and _find_word(lowered, word) >= 0
    ]
    for category, word in said:
        longer = [other for owner, other in said if owner is not category and word != other and word in other]
        if _stands_alone(lowered, word.lower(), longer):
            return Match(
                category.category_id, Ground.KEYWORD, word, f"管理员关键词“{word}”，归入 {category.name}"
            )
    return None


def find_safety(hierarchy: Hierarchy) -> Category:
    """The category for what the police come for; the last of the file where it has none."""
    return _find_named(_SAFETY, hierarchy)


def find_care(hierarchy: Hierarchy) -> Category:
    """The category for people who need help; the last of the file where it has none."""
    return _find_named(_CARE, hierarchy)


def _find_named(words: tuple[str, ...], hierarchy: Hierarchy) -> Category:
    named = (each for each in hierarchy.categories if any(word in each.name for word in words))
    return next(named, hierarchy.get_category(FALLBACK_CATEGORY))


def list_keywords_said(texts: Iterable[str], hierarchy: Hierarchy) -> set[str]:
    """Which keywords of the file stand in any of these texts, each as the file has it."""
    left = {word for each in hierarchy.categories for word in each.keywords}
    said: set[str] = set()
    for text in texts:
        lowered = normalise(text).lower()
        found = {word for word in left if _form_of(word) in lowered}
        said |= found
        left -= found
    return said


# The admins' words and examples are few and come back with every message.
@lru_cache(maxsize=4096)
def _form_of(word: str) -> str:
    return normalise(word).lower()


@lru_cache(maxsize=512)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(re.escape(_form_of(each)) for each in words))


@lru_cache(maxsize=4096)
def _letters_of(example: str) -> str:
    return _NOT_WORDS.sub("", example)


def _is_a_keyword(word: str, categories: tuple[Category, ...]) -> bool:
    return any(word in each.keywords for each in categories)


def _find_word(lowered: str, word: str) -> int:
    """Where the word stands without being denied ("不是电梯"); -1 if nowhere."""
    wanted = _form_of(word)
    at = lowered.find(wanted) if wanted else -1
    while at >= 0 and lowered[:at].endswith(_DENIED_BEFORE):
        at = lowered.find(wanted, at + 1)
    return at


def _stands_alone(lowered: str, word: str, longer: list[str]) -> bool:
    for each in longer:
        lowered = lowered.replace(each.lower(), " ")
    return not longer or word in lowered


def _find_by_example(text: str, categories: tuple[Category, ...]) -> Match | None:
    bare = _NOT_WORDS.sub("", text)
    if not 4 <= len(bare) <= 60:
        return None
    best: Match | None = None
    floor = _ALIKE
    for category in categories:
        for example in category.examples:
            likeness = fuzz.ratio(bare, _letters_of(example), score_cutoff=floor)
            if likeness > floor or (likeness == floor and best is None and likeness > 0):
                floor = likeness
                reason = f"与例子“{example}”相近（{likeness:.0f}%），归入 {category.name}"
                best = Match(category.category_id, Ground.EXAMPLE, example, reason)
    return best


def _find_by_kindred_word(text: str, categories: tuple[Category, ...]) -> Match | None:
    said = {id(each): found.group() for each in FAMILIES if (found := each.words.search(text))}
    if not said:
        return None
    sharers = {each.category_id: families_of(each) for each in categories}
    kin = [
        (category, said[id(family)])
        for family in FAMILIES
        if id(family) in said
        for category in categories
        if family in sharers[category.category_id]
    ]
    if not kin:
        return None
    (category, word), *more = kin
    others = tuple(dict.fromkeys(each.category_id for each, _ in more if each is not category))
    reason = f"“{word[:12]}”近于此类，归入 {category.name}"
    return Match(category.category_id, Ground.KINDRED, word, reason, others[:MOST_OTHERS])
