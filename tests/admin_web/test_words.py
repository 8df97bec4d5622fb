"""Every word that a page shows is there in both languages and takes the same values in both."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

from admin_web.office import NAVIGATION
from admin_web.ports import Role
from admin_web.words import CATALOGUES, FAMILIES, Language

ROOT = Path(__file__).parents[2] / "admin_web"
PAIRS = {key: pair for family in FAMILIES for key, pair in family.items()}
HAN = re.compile("[\u4e00-\u9fff]")
ASKED = re.compile(r"\bt\(\s*['\"]([a-z_]+(?:\.[a-z_]+)+)['\"]")
NOTED = re.compile(r"""(?:audit\.append|\b_?note(?:_account)?)\(\s*(?:books,\s*)?"([a-z_]+\.[a-z_]+)\"""")
IN_CODE = re.compile(r"""['"]((?:%s)\.[a-z_]+(?:\.[a-z_]+)*)['"]""")


def values_of(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_no_word_stands_in_two_families():
    assert sum(len(each) for each in FAMILIES) == len(PAIRS)


def test_every_word_is_whole_in_both_languages():
    assert len(PAIRS) > 1000
    assert [f"{key}: {fault}" for key in PAIRS for fault in faults_of(key)] == []


def faults_of(key: str) -> Iterator[str]:
    zh, en = PAIRS[key]
    for text in (zh, en):
        if not text or text.strip() != text:
            yield f"empty, or with blanks around it: {text!r}"
    if values_of(zh) != values_of(en):
        yield "other values in the other language"
    if key not in {"shell.other_language"}:
        if not HAN.search(zh):
            yield "no Chinese"
        if HAN.search(en):
            yield "no English"


def test_every_word_that_a_template_asks_for_is_there():
    asked = {
        key for path in (ROOT / "templates").glob("*.html") for key in ASKED.findall(path.read_text("utf-8"))
    }

    assert len(asked) > 50
    assert sorted(asked - PAIRS.keys()) == []


def test_every_kind_of_row_that_is_written_into_the_log_has_words():
    rooms = [ROOT.parent / each for each in ("admin_web", "app", "bot", "storage")]
    sources = [path for room in rooms for path in room.rglob("*.py")]
    written = {kind for path in sources for kind in NOTED.findall(path.read_text("utf-8"))}

    assert len(written) > 15
    assert sorted(each for each in written if f"audit.what.{each}" not in PAIRS) == []


def test_every_word_that_code_names_is_there():
    families = "|".join(sorted({key.partition(".")[0] for key in PAIRS}))
    pattern = re.compile(IN_CODE.pattern % families)
    sources = [*(ROOT / "pages").glob("*.py"), *(ROOT / "auth").glob("*.py"), *ROOT.glob("*.py")]
    named = {key for path in sources for key in pattern.findall(path.read_text("utf-8"))}

    unknown = {key for key in named if key not in PAIRS and not _is_something_else(key)}
    assert sorted(unknown) == []


def test_an_unknown_word_is_an_error_and_values_are_put_in():
    zh, en = CATALOGUES[Language.ZH], CATALOGUES[Language.EN]

    assert zh("start.hello", name="{王芳}") == "您好，{王芳}"
    assert en("start.hello", name="Wang") == "Hello, Wang"
    with pytest.raises(KeyError):
        zh("start.nothing")
    with pytest.raises(KeyError):
        zh("start.hello", other=1)


def test_every_role_and_every_state_has_its_words():
    made = {f"role.{role}{part}" for role in Role for part in ("", ".may")}
    made |= {f"accounts.state.{state}" for state in ("good", "invited", "expired", "disabled")}

    assert sorted(made - PAIRS.keys()) == []
    assert {each.word for each in NAVIGATION} <= PAIRS.keys()


def _is_something_else(key: str) -> bool:
    """Templates, and rows of the log, have names of the same form."""
    return key.endswith(".html") or key.startswith(("account.", "sign_in.", "staff."))
