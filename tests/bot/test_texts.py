"""Every word has its text, every template its values, and none is longer than it should be."""

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import bot
import routing
from bot.buttons import (
    approval_buttons,
    claim_buttons,
    decision_buttons,
    holder_buttons,
    rating_buttons,
    reason_buttons,
    receipt_buttons,
)
from bot.commands import Word, parse_command
from bot.staff_talk import NEEDS_WORDS
from bot.texts import ZH, has_text, say
from bot.wording import BY_STATUS
from routing.events import EventKind
from routing.messages import Kind
from routing.notice_kinds import NoticeKind
from routing.tickets import Rating, Status, Verb
from tests.builders import a_hierarchy

ROUTING, BOT = Path(routing.__file__).parent, Path(bot.__file__).parent
RAISED = re.compile(r"(?:\w+Error)\(\s*f?\"([a-z_]+)\"")
SAID = re.compile(r"\"((?:answer|notice|error|button|emergency|rating|reason)\.[a-z_.]+[a-z])\"")
# Taken by a name that is put together: by status, by word, by number, by kind.
COMPOSED = (
    "status.", "verb.", "rating.", "reason.", "event.", "button.", "emergency.", "error.", "answer.need.", "notice.",
)  # fmt: skip


def sources(folder: Path) -> list[str]:
    return [each.read_text("utf-8") for each in folder.rglob("*.py")]


@pytest.mark.parametrize("kind", sorted(set(NoticeKind) - BY_STATUS - {NoticeKind.ANSWER}))
def test_every_kind_of_notice_has_a_text(kind: NoticeKind):
    assert has_text(f"notice.{kind}")


@pytest.mark.parametrize("kind", sorted(BY_STATUS))
@pytest.mark.parametrize("status", ["open", "claimed"])
def test_a_notice_about_a_limit_has_one_for_each_limit(kind: NoticeKind, status: str):
    assert has_text(f"notice.{kind}_{status}")


@pytest.mark.parametrize(
    "key",
    [
        *(f"status.{each}" for each in Status),
        *(f"verb.{each}" for each in Verb),
        *(f"rating.{each}" for each in Rating),
        *(f"event.{each}" for each in EventKind),
        *(f"answer.need.{each}" for each in NEEDS_WORDS.values()),
        *(
            f"emergency.{each}"
            for each in ("110", "110_120", "110_120_12356", "119", "119_120", "120", "122")
        ),
        *(f"reason.{each}" for each in ("claim_due", "resolve_due", "by_hand", "gather", "not_solved")),
        *(f"error.not_while_{each}" for each in Status),
    ],
)
def test_every_name_has_a_text(key: str):
    assert has_text(key)


def test_every_refusal_that_is_raised_has_a_sentence():
    keys = {key for text in sources(ROUTING) + sources(BOT) for key in RAISED.findall(text)}

    assert len(keys) > 20
    assert [each for each in sorted(keys) if not has_text(f"error.{each}")] == []


def test_every_text_that_is_asked_for_exists():
    keys = {key for text in sources(BOT) for key in SAID.findall(text)}

    assert len(keys) > 80
    assert sorted(keys - set(ZH)) == []


def test_no_answer_is_kept_that_nobody_says():
    said = {key for text in sources(BOT) if "TEXTS = {" not in text for key in SAID.findall(text)}
    kept = {key for key in ZH if not key.startswith(COMPOSED)}

    assert sorted(kept - said) == []


def test_every_text_is_short_and_well_formed():
    assert [f"{key}: {fault}" for key in sorted(ZH) for fault in faults_of(key)] == []


def faults_of(key: str) -> Iterator[str]:
    text = ZH[key]
    longest = 400 if key.startswith("answer.help") or key == "answer.welcome" else 160
    if len(text) > longest:
        yield f"{len(text)} characters"
    if not list(Formatter().parse(text)):
        yield "empty"
    if found := re.search(r"[,;!?]|\.\.\.| $|。。", text.replace("hierarchy.yaml", "")):
        yield f"{found[0]!r}"
    if text.count("“") != text.count("”") or text.count("（") != text.count("）"):
        yield "what is opened is not closed"


def test_a_line_whose_values_are_all_empty_is_left_out():
    said = say("notice.asked", mark="", number=1024, category="电梯", place="1号楼", text="坏了", due="10:00")

    assert said == "新工单 #1024 · 电梯\n1号楼\n坏了\n请在10:00 前认领。"


def test_an_unknown_key_is_a_bug_and_not_an_empty_message():
    with pytest.raises(KeyError):
        say("answer.never_written")


@pytest.mark.parametrize(
    "rows",
    [
        claim_buttons(123456789),
        holder_buttons(123456789),
        rating_buttons(123456789),
        approval_buttons(123456789),
        decision_buttons(123456789),
        receipt_buttons(123456789),
        reason_buttons(a_hierarchy(), 123456789),
    ],
)
def test_a_button_says_a_command_that_fits_into_64_bytes(rows):
    for row in rows:
        for each in row:
            assert len(each.say.encode()) <= 64
            assert parse_command(each.say).number == 123456789


def test_a_reason_too_long_for_a_button_is_left_to_be_typed():
    tree = a_hierarchy(
        hand_back_reasons=("属地不符", "这件事情从来就不属于我们社区管辖而且我们也没有办法去管它")
    )

    assert [row[0].label for row in reason_buttons(tree, 1024)] == ["属地不符"]


def test_the_help_of_residents_names_every_word_of_theirs():
    text = say("answer.help")

    for word in (Word.STATUS, Word.URGE, Word.ADD, Word.WITHDRAW, Word.RATE, Word.MINE, Word.ERASE):
        assert f"({word.value})" in text


def test_the_help_of_staff_names_every_word_of_theirs():
    text = say("answer.help_staff", reasons="属地不符")
    words = {Word.CLAIM, Word.RELEASE, Word.ESCALATE, Word.TRANSFER, Word.NOTE, Word.PAUSE, Word.RESUME}
    words |= {
        Word.RESOLVE,
        Word.DECLINE,
        Word.MERGE,
        Word.PART,
        Word.SORT,
        Word.HURRY,
        Word.DETAILS,
        Word.WORKLIST,
    }

    for word in words:
        assert f"({word.value})" in text
    assert "(hand back)" in text


def test_a_kind_of_message_that_cannot_be_read_is_known_by_name():
    assert {"voice", "location", "unsupported"} <= {each.value for each in Kind}
    assert all(has_text(f"answer.{each}") for each in ("voice", "location", "unsupported"))
