"""How a message sounds decides only where the rules are at a loss, and never so surely that a group hears of it."""

from dataclasses import replace

from routing.reading import SURE, Intent
from tests.understanding.voices import FOLDER
from understanding.intents import Verdict
from understanding.tone import WEIGHTS, read_weights, reconsider, weigh
from understanding.tone_fitting import fit, read_lines, write_weights

AT_A_LOSS = Verdict(Intent.CHATTER, 0.45, "没看出要办什么")
BY_A_WORD = Verdict(Intent.REPORT, 0.92, "说到“漏水”，是报事")
REPORT, TALK = "楼上又漏下来了 三天没人管 快来看看", "周末一起去喝茶吧 谁有空"


def test_the_weights_are_those_of_our_own_lines() -> None:
    fitted = write_weights(fit(read_lines(FOLDER)))

    assert WEIGHTS.read_text(encoding="utf-8") == fitted, "run python -m understanding.tone_fitting"


def test_what_sounds_like_a_report_is_one_but_unsure() -> None:
    heard = reconsider(AT_A_LOSS, REPORT)

    assert heard.intent is Intent.REPORT
    assert heard.certainty < SURE
    assert heard.reason == "口气像报事"


def test_talk_stays_talk() -> None:
    assert weigh(TALK, read_weights()) < 0
    assert reconsider(AT_A_LOSS, TALK) is AT_A_LOSS


def test_what_the_rules_are_sure_of_is_left_to_them() -> None:
    sure = Verdict(Intent.CHATTER, 0.9, "像转发的通知")

    assert reconsider(sure, REPORT) is sure


def test_a_few_letters_say_nothing_by_their_tone() -> None:
    assert reconsider(AT_A_LOSS, "漏水没人管") is AT_A_LOSS


def test_a_word_of_trouble_in_plain_talk_is_no_report() -> None:
    heard = reconsider(BY_A_WORD, TALK)

    assert heard.intent is Intent.CHATTER
    assert heard.certainty < SURE
    assert heard.reason == "说到“漏水”，是报事，口气像闲聊"


def test_a_word_of_trouble_that_sounds_like_neither_is_not_answered() -> None:
    neither = "刚才那个漏水是在哪一栋"
    assert -1 <= weigh(neither, read_weights()) < -0.25

    heard = reconsider(BY_A_WORD, neither)

    assert heard.intent is Intent.REPORT
    assert heard.certainty < SURE


def test_a_report_by_its_words_and_its_tone_stays_sure() -> None:
    assert reconsider(BY_A_WORD, REPORT) is BY_A_WORD


def test_a_danger_is_never_doubted_for_its_tone() -> None:
    danger = replace(BY_A_WORD, certainty=0.97)

    assert reconsider(danger, TALK) is danger
