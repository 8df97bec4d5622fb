"""The reader that stands behind `routing.ports.Reader`: keywords and rules, no learning, no memory."""

from dataclasses import dataclass

from routing.hierarchy import FALLBACK_CATEGORY, Hierarchy
from routing.reading import Intent, Place, Reading
from understanding.categories import Ground, Match, find_care, find_category, find_safety
from understanding.emergencies import Danger, find_danger
from understanding.intents import Verdict, decide_intent, look_for_signs
from understanding.notices_and_chat import is_passed_on
from understanding.places import find_place, read_place
from understanding.several import parts_of
from understanding.text_forms import normalise
from understanding.tone import reconsider
from understanding.urgency import UrgentWord, find_urgent_word, has_urgent_clock

# How far the ground of a category can be trusted, as a factor on the certainty of the intent.
_TRUST = {
    Ground.KEYWORD: 1.0,
    Ground.DANGER: 1.0,
    Ground.EXAMPLE: 0.9,
    Ground.LEARNED: 1.0,
    Ground.KINDRED: 0.8,
    Ground.NOTHING: 0.7,
}

LONGEST_CHAT = 160
_BEGINNING, _END = 100, 40
"""Of a longer text its beginning says what is wanted and its end who wrote it; what stands between tells it in detail.
Keywords, dangers and places are looked for in all of it."""

# Chatter that is less sure than this may be a matter after all, so it keeps its category.
_MAY_BE_A_MATTER = 0.5


@dataclass(frozen=True, slots=True)
class Findings:
    """What the rules found in a message, before it is put together as a reading. `plain` is the normalised text."""

    plain: str
    match: Match
    danger: Danger | None
    urgent_word: UrgentWord | None
    verdict: Verdict


class KeywordReader:
    """Fulfils `routing.ports.Reader`. Pure, quick and the same for everybody."""

    def read(self, text: str, hierarchy: Hierarchy) -> Reading:
        return compose(find_all(text, hierarchy), hierarchy)

    def read_place(self, text: str) -> Place:
        return read_place(text)

    def parts_of(self, text: str, hierarchy: Hierarchy) -> tuple[str, ...]:
        return parts_of(text, lambda part: self.read(part, hierarchy))


def find_all(text: str, hierarchy: Hierarchy) -> Findings:
    plain = normalise(text)
    gist = _gist_of(plain)
    danger = find_danger(plain)
    urgent_word = find_urgent_word(plain, hierarchy)
    match = _match_by_urgency(find_category(plain, hierarchy, gist=gist), urgent_word)
    if danger is not None and danger.is_for_police:
        match = _match_by_police(match, danger, hierarchy)
    elif danger is not None and danger.is_about_a_person:
        match = _match_by_person(match, danger, hierarchy)
    if danger is not None and danger.number is None and is_passed_on(plain):
        danger = None
    verdict = _judge(gist, match, danger=danger, urgent_word=urgent_word)
    return Findings(plain, match, danger, urgent_word, verdict)


def _gist_of(plain: str) -> str:
    return plain if len(plain) <= LONGEST_CHAT else f"{plain[:_BEGINNING]},{plain[-_END:]}"


def compose(findings: Findings, hierarchy: Hierarchy) -> Reading:
    verdict, match, danger = findings.verdict, findings.match, findings.danger
    is_report = verdict.intent is Intent.REPORT
    hurry = (
        _reasons_to_hurry(hierarchy, match, danger=danger, urgent_word=findings.urgent_word)
        if is_report
        else ()
    )
    is_idle = verdict.intent is Intent.CHATTER and verdict.certainty > _MAY_BE_A_MATTER
    sorting = () if is_idle else (match.reason,)
    trust = _TRUST[match.ground] if is_report else 1.0
    return Reading(
        intent=verdict.intent,
        category=FALLBACK_CATEGORY if is_idle else match.category_id,
        certainty=round(verdict.certainty * trust, 2),
        urgent=bool(hurry),
        place=find_place(findings.plain),
        emergency=danger.number if danger else None,
        why=(verdict.reason, *sorting, *hurry),
        others=() if is_idle else match.others,
        is_alike_only=match.ground is Ground.KINDRED and not _names_it(findings.plain, match, hierarchy),
    )


def _names_it(plain: str, match: Match, hierarchy: Hierarchy) -> bool:
    """Two letters of the category's name stand in the message: 燃气 of 燃气安全."""
    name = hierarchy.get_category(match.category_id).name
    return any(name[at : at + 2] in plain for at in range(len(name) - 1))


def _match_by_urgency(match: Match, urgent_word: UrgentWord | None) -> Match:
    """An urgent word names its own category where no keyword did."""
    if urgent_word is None or match.ground is Ground.KEYWORD:
        return match
    category = urgent_word.category
    reason = f"管理员紧急词“{urgent_word.word}”，归入 {category.name}"
    return Match(category.category_id, Ground.KEYWORD, urgent_word.word, reason)


def _match_by_police(match: Match, danger: Danger, hierarchy: Hierarchy) -> Match:
    """Violence is none of what its words resemble: of the file's own safety, else of nothing it has. An admin's keyword
    and an urgent word go before. Who may harm themselves is a matter of care where no safety is named."""
    if match.ground is Ground.KEYWORD:
        return match
    category = find_safety(hierarchy)
    if category.category_id == FALLBACK_CATEGORY and danger.is_of_despair:
        category = find_care(hierarchy)
    reason = f"“{danger.words[:12]}”先找 110，归入 {category.name}"
    return Match(category.category_id, Ground.DANGER, danger.words, reason)


def _match_by_person(match: Match, danger: Danger, hierarchy: Hierarchy) -> Match:
    """A child who fell is no falling tile, however alike the words; nothing is said then of tiles."""
    if match.ground > Ground.KINDRED:
        return match
    category = find_care(hierarchy)
    reason = f"“{danger.words[:12]}”说的是人，归入 {category.name}"
    return Match(category.category_id, Ground.DANGER, danger.words, reason)


def _judge(plain: str, match: Match, *, danger: Danger | None, urgent_word: UrgentWord | None) -> Verdict:
    signs = look_for_signs(
        plain,
        keyword=match.word if match.ground is Ground.KEYWORD else None,
        is_dangerous=danger is not None or urgent_word is not None,
        resembles_example=match.ground is Ground.EXAMPLE,
    )
    return reconsider(decide_intent(signs), plain)


def _reasons_to_hurry(
    hierarchy: Hierarchy, match: Match, *, danger: Danger | None, urgent_word: UrgentWord | None
) -> tuple[str, ...]:
    reasons = [f"“{urgent_word.word}”属紧急词"] if urgent_word else []
    if danger:
        reasons.append(danger.reason)
    category = hierarchy.find_category(match.category_id)
    if category and has_urgent_clock(category):
        reasons.append(f"{category.name}按紧急时限")
    return tuple(reasons)
