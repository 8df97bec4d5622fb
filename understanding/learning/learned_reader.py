"""The reader that also learned from what people sorted: the admin's rules first, then what was learned, then guesses.

Where no model is, or none that fits the file, it reads exactly as the keyword reader does.
"""

from dataclasses import replace

from routing.hierarchy import Hierarchy
from routing.reading import PLAINLY_TALK, SURE, Intent, Place, Reading
from understanding.categories import Ground, Match
from understanding.intents import Verdict
from understanding.learning.text_model import Guess, TextModel
from understanding.reader import Findings, KeywordReader, compose, find_all
from understanding.several import parts_of

LETTER = 60
"""Characters from which a message is a letter: nobody chats at such length about what people sort as matters."""

_SURE = 0.6
# What the rules doubt of a report is mostly what it is about, which the learner has judged.
_DOUBT_LEFT = 0.3


class LearnedReader:
    """Fulfils `routing.ports.Reader`. `model` may be replaced at any time, by any thread."""

    def __init__(self, model: TextModel | None = None) -> None:
        self.model = model
        self._keywords = KeywordReader()

    def read(self, text: str, hierarchy: Hierarchy) -> Reading:
        model = self.model
        if model is None or not fits(model, hierarchy):
            return self._keywords.read(text, hierarchy)
        findings = find_all(text, hierarchy)
        if _is_decided(findings) or not findings.plain:
            return compose(findings, hierarchy)
        if findings.match.ground is Ground.KINDRED and findings.match.category_id not in model.categories:
            return compose(findings, hierarchy)
        return _read_as_learned(findings, model.guess(findings.plain), hierarchy)

    def read_place(self, text: str) -> Place:
        return self._keywords.read_place(text)

    def parts_of(self, text: str, hierarchy: Hierarchy) -> tuple[str, ...]:
        return parts_of(text, lambda part: self.read(part, hierarchy))


def _is_decided(findings: Findings) -> bool:
    """By a rule of the admin's, or by a danger in a few words. A letter tells of dangers in passing, or calls a fee
    robbery: the number to call is said all the same, but what it is about was learned."""
    ground = findings.match.ground
    if ground is Ground.DANGER:
        return len(findings.plain) < LETTER
    return ground > Ground.LEARNED


def fits(model: TextModel, hierarchy: Hierarchy) -> bool:
    """False once a category that the model would answer with has left the file."""
    known = {each.category_id for each in hierarchy.categories}
    return known.issuperset(model.categories)


def _read_as_learned(findings: Findings, guess: Guess, hierarchy: Hierarchy) -> Reading:
    """The category is given whatever the message is for, so that a person who calls it a matter after all has one."""
    is_letter = len(findings.plain) >= LETTER
    verdict = _judge_letter(findings.verdict, guess) if is_letter else findings.verdict
    match = Match(guess.category_id, Ground.LEARNED, "", _reason(guess, hierarchy), guess.others)
    reading = compose(replace(findings, match=match, verdict=verdict), hierarchy)
    certainty = _certainty(verdict, guess, is_letter=is_letter)
    return replace(
        reading,
        category=guess.category_id,
        is_alike_only=guess.certainty < _SURE,
        certainty=round(certainty, 3),
        category_certainty=round(guess.certainty, 3),
    )


def _judge_letter(verdict: Verdict, guess: Guess) -> Verdict:
    """The rules of chat know little of letters: what reads like the lessons is a matter, unless it is plainly none."""
    is_unsure = verdict.intent is Intent.CHATTER and verdict.certainty < PLAINLY_TALK
    if not is_unsure or guess.certainty < _SURE:
        return verdict
    return Verdict(Intent.REPORT, guess.certainty, "说得详细，像以前分过类的事")


def _certainty(verdict: Verdict, guess: Guess, *, is_letter: bool) -> float:
    """Of intent and category together; what a letter is for is hardly in doubt, what it is about may be."""
    if is_letter:
        return guess.certainty
    if verdict.intent is Intent.CHATTER:
        return verdict.certainty
    if verdict.intent is Intent.REPORT and verdict.certainty < SURE:
        # Hardly a report, so not sure as a whole, however plain it is what it would be about.
        return min(guess.certainty, verdict.certainty)
    doubt = (1 - verdict.certainty) * _DOUBT_LEFT if verdict.intent is Intent.REPORT else 0.0
    return guess.certainty * (1 - doubt)


def _reason(guess: Guess, hierarchy: Hierarchy) -> str:
    name = hierarchy.get_category(guess.category_id).name
    words = "".join(f"“{each}”" for each in guess.words)
    said = f"学到的：{words}多归" if words else "学到的：像以前归"
    return f"{said} {name}，把握 {guess.certainty:.2f}"
