"""Every refusal of the desk, wherever it is raised, has its sentence in both languages of the pages and in the chat."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from admin_web.words import CATALOGUES, FAMILIES, Language
from bot.texts import ZH
from routing import errors
from routing.tickets import Status

ROOT = Path(__file__).parents[2]
ROOMS = ("routing", "bot", "storage", "admin_web", "app", "understanding")
ONLY_ON_PAGES = frozenset({"by_missing", "not_their_ticket", "text_too_long"})
RAISED = {
    name for name, each in vars(errors).items() if isinstance(each, type) and issubclass(each, Exception)
}
PAIRS = {key: pair for family in FAMILIES for key, pair in family.items()}


def list_refusals() -> dict[str, set[str]]:
    """Each key with the values that every place gives it. A key made from a state stands for all states."""
    found: dict[str, set[str]] = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            for call in _calls(ast.parse(path.read_text("utf-8"))):
                values = {each.arg for each in call.keywords if each.arg}
                for key in _keys(call.args[0]):
                    found[key] = found.get(key, values) & values
    return found


def _calls(tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in RAISED:
            yield node


def _keys(said: ast.expr) -> list[str]:
    if isinstance(said, ast.Constant):
        return [str(said.value)]
    assert ast.unparse(said) == "f'not_while_{ticket.status}'", "a key that nobody can list"
    return [f"not_while_{each}" for each in Status]


REFUSALS = list_refusals()


def values_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_the_refusals_are_found():
    assert {"already_claimed", "not_while_merged", "merge_which", "by_missing"} <= REFUSALS.keys()
    assert len(REFUSALS) >= 40


@pytest.mark.parametrize("language", Language)
def test_pages_say_every_refusal_in_their_language(language: Language):
    words = CATALOGUES[language]

    assert [each for each in sorted(REFUSALS) if not words.has(f"refusal.{each}")] == []


@pytest.mark.parametrize("key", sorted(REFUSALS))
def test_a_sentence_asks_for_no_value_that_its_refusal_does_not_bring(key: str):
    sentences = [*PAIRS[f"refusal.{key}"]]
    if key not in ONLY_ON_PAGES:
        sentences.append(ZH[f"error.{key}"])

    assert [each for each in sentences if values_of(each) - REFUSALS[key]] == []
