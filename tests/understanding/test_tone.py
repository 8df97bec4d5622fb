"""How a message sounds decides only where the rules are at a loss, and never so surely that a group hears of it."""

from routing.reading import SURE, Intent
from tests.understanding.voices import FOLDER
from understanding.intents import Verdict
from understanding.tone import WEIGHTS, read_weights, reconsider, weigh
from understanding.tone_fitting import fit, read_lines, write_weights

AT_A_LOSS = Verdict(Intent.CHATTER, 0.45, "没看出要办什么")
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
