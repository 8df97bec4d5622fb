"""One danger as a rule, and the words that rules share."""

import re
from dataclasses import dataclass

from understanding.quick_patterns import QuickPattern


@dataclass(frozen=True, slots=True)
class DangerRule:
    """`pattern` anywhere in the message, unless the clause around it fits `unless`, or all of it `jest`."""

    label: str
    number: str | None
    pattern: QuickPattern
    unless: re.Pattern[str]
    jest: re.Pattern[str]


def rule(
    label: str, number: str | None, *, pattern: str, unless: str = r"(?!)", jest: str = r"(?!)"
) -> DangerRule:
    return DangerRule(label, number, QuickPattern(pattern), re.compile(unless), re.compile(jest))


NEAR = r"[^,。!?;]{0,10}"
PERSON = (
    r"(?:人|老人|大爷|大妈|奶奶|爷爷|孩子|小孩|娃|宝宝|妈|爸|老太|老头|女儿|儿子|邻居|阿姨|叔|保安|"
    r"师傅|同志|学生|老汉|老伴|老公|老婆|婆婆|公公|外婆|外公|姥姥|姥爷|阿婆|阿公|他|她|我)"
)
HELPLESS = (
    r"(?:老人|大爷|大妈|奶奶|爷爷|孩子|小孩|娃|宝宝|妈|爸|老太|老头|老汉|老伴|"
    r"婆婆|公公|外婆|外公|姥姥|姥爷|阿婆|阿公)"
)
