"""The words of one telling in the form in which they are compared: pairs of neighbouring letters, kept as numbers.

What the pairs weigh is learned from what was told before. Whether two tellings are about one matter is decided in
`likeness`.
"""

import math
import re
from array import array
from dataclasses import dataclass, field

from routing.likeness import Telling
from understanding.characters import Characters, Written, written_of
from understanding.text_forms import normalise

LONGEST_HEADLINE = 40
_NOT_A_LETTER = re.compile(r"[\W_]+")
_END_OF_SENTENCE = re.compile(r"[。!?;\n]")
# In a line of a chat a number names a unit, a floor, a flat, a car; how long and when is told differently by everybody,
# and which building is known from the place.
_NAMING = re.compile(r"[0-9]+(?![0-9]|\s*(?:天|日|个|点|分|小时|周|年|月|次了|多|号楼|栋|幢))")
# Before anything was told a pair weighs as if it had been absent from so many tellings.
_TOLD_BEFORE = 200
_REFRESH = 1.02
# What people say of every matter, so that it tells nothing about which one it is, and in how many of those tellings.
_COMMON = (
    "坏了", "没有", "没人", "怎么", "什么", "时候", "么时", "有人", "谁管", "管管", "我们", "我家", "们家", "家里",
    "家的", "楼上", "楼下", "楼道", "小区", "这里", "那个", "几天", "天了", "好几", "一下", "看看", "请问", "麻烦",
    "师傅", "物业", "单元", "号楼", "们楼", "又坏", "又不", "不行", "了吗", "能不", "不能", "还没", "没修", "修好",
    "来修", "来人", "人来", "一直", "今天", "昨天", "晚上", "早上", "现在", "已经", "多久", "处理", "解决", "反映",
    "了好", "了两", "两天", "三天", "了啊", "不了",
)  # fmt: skip
_HELD_BEFORE = 50


@dataclass(frozen=True, slots=True)
class Words:
    """`pairs` and `head` hold the numbers of the letter pairs, each once and in rising order; `text` has single
    spaces in place of punctuation. The headline comes first in it."""

    telling: Telling
    text: str
    pairs: "array[int]"
    head: "array[int]"
    written: Written
    head_written: Written
    naming: frozenset[str]
    day: float


@dataclass(slots=True)
class Vocabulary:
    """Letter pairs by number, with how many tellings held each. The square of the usual inverse document frequency,
    logarithm of tellings by tellings with the pair, is what a pair weighs."""

    numbers: dict[str, int] = field(default_factory=dict)
    held_by: "array[int]" = field(default_factory=lambda: array("I"))
    characters: Characters = field(default_factory=Characters)
    told: int = _TOLD_BEFORE
    _weights: list[float] = field(default_factory=list)
    _weighed_at: float = 0.0

    def __post_init__(self) -> None:
        for pair in _COMMON:
            self.held_by[self._number(pair)] = _HELD_BEFORE

    def words_of(self, telling: Telling) -> Words:
        subject, body = normalise(telling.subject), normalise(telling.text)
        headline = subject or _first_sentence(body)
        head, text = _letters(headline), _letters(f"{subject} {body}")
        return Words(
            telling=telling,
            text=text,
            pairs=self.pairs_of(text),
            head=self.pairs_of(head),
            written=written_of(text),
            head_written=written_of(head),
            naming=frozenset(_NAMING.findall(text)),
            day=telling.at.timestamp() / 86400,
        )

    def pairs_of(self, text: str) -> "array[int]":
        """Unknown pairs get a number of their own."""
        found = {text[at : at + 2] for at in range(len(text) - 1)}
        return array("I", sorted(self._number(pair) for pair in found if " " not in pair))

    def number_pairs(self, text: str) -> list[int | None]:
        """The pair at each place of a text whose words are known; None where a gap is."""
        numbers = self.numbers
        return [numbers.get(text[at : at + 2]) for at in range(len(text) - 1)]

    def learn(self, words: Words) -> None:
        self.told += 1
        self.characters.learn(words.written)
        for pair in words.pairs:
            self.held_by[pair] += 1

    def weights(self) -> list[float]:
        """What a pair weighs, by the number of tellings that held it; made anew after every fiftieth part more."""
        if self.told > self._weighed_at * _REFRESH:
            self._weighed_at = self.told
            most = int(self.told * _REFRESH) + 2
            self._weights = [math.log(max(self.told / (held + 1.0), 1.0)) ** 2 for held in range(most)]
        return self._weights

    def _number(self, pair: str) -> int:
        number = self.numbers.setdefault(pair, len(self.held_by))
        if number == len(self.held_by):
            self.held_by.append(0)
        return number


def _letters(plain: str) -> str:
    return _NOT_A_LETTER.sub(" ", plain).strip().lower()


def _first_sentence(plain: str) -> str:
    return _END_OF_SENTENCE.split(plain, maxsplit=1)[0][:LONGEST_HEADLINE]
