"""Every word that the pages for admins and staff show, Chinese and English side by side, one family of pages a file.

A sentence stands in both languages or not at all. What residents read in their groups is in `bot/texts`.
"""

from collections.abc import Mapping
from enum import StrEnum

from admin_web.words import (
    account_words,
    action_words,
    audit_words,
    binding_words,
    bulletin_words,
    codes_words,
    coverage_words,
    figure_words,
    hierarchy_words,
    learning_words,
    letter_words,
    people_words,
    plan_words,
    public_words,
    shell_words,
    sign_in_words,
    start_words,
    step_words,
    story_words,
    ticket_words,
    trouble_words,
    version_words,
    work_words,
)

Pair = tuple[str, str]


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


FAMILIES: tuple[Mapping[str, Pair], ...] = (
    shell_words.WORDS,
    sign_in_words.WORDS,
    account_words.WORDS,
    people_words.WORDS,
    start_words.WORDS,
    step_words.WORDS,
    action_words.WORDS,
    trouble_words.WORDS,
    letter_words.WORDS,
    learning_words.WORDS,
    audit_words.WORDS,
    coverage_words.WORDS,
    figure_words.WORDS,
    bulletin_words.WORDS,
    hierarchy_words.WORDS,
    version_words.WORDS,
    plan_words.WORDS,
    story_words.WORDS,
    ticket_words.WORDS,
    work_words.WORDS,
    binding_words.WORDS,
    codes_words.WORDS,
    public_words.WORDS,
)
_PLACE = {Language.ZH: 0, Language.EN: 1}


class Words:
    """`words("key", n=3)` in one language. Raises KeyError for a key that is in no family."""

    def __init__(self, language: Language, families: tuple[Mapping[str, Pair], ...] = FAMILIES) -> None:
        self.language = language
        self._texts = {key: pair[_PLACE[language]] for family in families for key, pair in family.items()}

    def __call__(self, key: str, /, **values: object) -> str:
        text = self._texts[key]
        return text.format_map(values) if values else text

    def has(self, key: str) -> bool:
        return key in self._texts


CATALOGUES = {language: Words(language) for language in Language}
