"""Finds dangers to life and limb in a message, known without any admin's list.

The dangers themselves, with the number to call for each, are in `dangers`.
"""

import re
from dataclasses import dataclass

from understanding.circumstances import is_exaggerated, is_happening, is_over_or_elsewhere
from understanding.dangers.rule import DangerRule
from understanding.dangers.table import ABOUT_A_PERSON, DANGER_RULES, FOR_THE_POLICE
from understanding.fault_words import PLAIN_FAULT
from understanding.quick_patterns import QuickPattern
from understanding.text_forms import clause_around


@dataclass(frozen=True, slots=True)
class Danger:
    """What was found: `words` as written, `number` to call or None, `reason` for people. Several numbers
    stand with spaces between them, the first to be called first."""

    number: str | None
    words: str
    reason: str
    is_for_police: bool = False
    is_about_a_person: bool = False

    @property
    def is_of_despair(self) -> bool:
        return self.number is not None and self.number.endswith("12356")


# Cries for help without a word about what happened.
_CRY = QuickPattern(
    r"(?:^|[,。!? ]|来人啊?|有人[吗么嘛没]|有没有人啊?|快来|快点|谁来)"
    r"(?:救命(?:啊|呀|哪|哇)*|救救(?:我|我们|他|她|孩子|老人|我妈|我爸)|快救人|救人啊?|快来人啊?|出人命了?|要出人命)"
    r"(?:$|[,。!? 啊呀吧]|快来|来人|有人[吗么嘛没])"
)
_ONLY_HASTE = ("快来人", "来人", "快点", "快来")
"""Beside a burst pipe these call the plumber, not the police."""
_JEST = re.compile(
    r"作业|考试|哈哈|笑死|嘿嘿|好看|好吃|可爱|太甜|好甜|hh|高数|挂科|期末|论文|谁懂|家人们|绝绝子|鹦鹉|笑不活|真服|真会谢"
)


def find_danger(text: str) -> Danger | None:
    """The gravest danger that a normalised message speaks of as happening now."""
    if is_over_or_elsewhere(text):
        return None
    for rule in DANGER_RULES:
        for found in rule.pattern.finditer(text):
            if _is_meant(rule, text, found):
                return _danger_of(rule, found.group(), text)
    return _find_cry(text)


def _danger_of(rule: DangerRule, words: str, text: str) -> Danger:
    """Where somebody is hurt by somebody, both have to come."""
    number, is_for_police = rule.number, rule.label in FOR_THE_POLICE
    if number == "120" and any(_is_said(each, text) for each in DANGER_RULES if each.label == "有人身危险"):
        number, is_for_police = "110 120", True
    return Danger(number, words, f"“{words[:12]}”：{rule.label}", is_for_police, rule.label in ABOUT_A_PERSON)


def _is_said(rule: DangerRule, text: str) -> bool:
    return any(_is_meant(rule, text, found) for found in rule.pattern.finditer(text))


def _is_meant(rule: DangerRule, text: str, found: re.Match[str]) -> bool:
    before, after = clause_around(text, found.start(), found.end())
    if rule.unless.search(before[-14:] + found.group() + after[:10]) or rule.jest.search(text):
        return False
    if not is_happening(text, found.start(), found.end()):
        return False
    return rule.number is None or not is_exaggerated(text, found.start(), found.end())


def _find_cry(text: str) -> Danger | None:
    found = _CRY.search(text)
    if found is None or _JEST.search(text):
        return None
    words = found.group().strip(",。!? ")
    if words.startswith(_ONLY_HASTE) and PLAIN_FAULT.search(text):
        return Danger(None, words, f"“{words}”：催人快来")
    return Danger("110", words, f"“{words}”：有人呼救", is_for_police=True)
