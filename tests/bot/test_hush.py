"""The bot falls quiet when it would only say the same again, and sums up once what it took meanwhile."""

from datetime import timedelta

import pytest

from bot.hush import MOST_ASKED_FOR, MOST_EQUAL, MOST_IN_ALL, MOST_REMEMBERED, Hush, Verdict
from routing.messages import Attachment, Kind
from tests.bot.house import House
from tests.builders import TUESDAY_NINE


def judge(hush: Hush, about: str, number: int, *, seconds: float = 0, user: str = "u1") -> Verdict:
    now = TUESDAY_NINE + timedelta(seconds=seconds)
    key = f"{user}-{about}-{number}"
    return hush.judge(about, about, lane="wechat:a", chat="c", user=user, message_key=key, now=now)


def test_what_is_said_the_fourth_time_in_a_row_is_not_said():
    hush = Hush()

    verdicts = [judge(hush, "answer.joined_own", each, seconds=each) for each in range(6)]

    assert verdicts == ["say", "say", "last_equal", "first_quiet", "quiet", "quiet"]


def test_after_a_pause_and_to_another_person_it_is_said_again():
    hush = Hush()
    for each in range(MOST_EQUAL + 3):
        judge(hush, "answer.joined_own", each)

    assert judge(hush, "answer.joined_own", 90, user="u2") is Verdict.SAY
    assert judge(hush, "answer.joined_own", 91, seconds=61) is Verdict.SAY


@pytest.mark.parametrize("about", ["answer.claimed", "answer.status", "answer.unsure", "error.taken"])
def test_what_confirms_an_act_or_was_asked_for_is_always_said(about):
    hush = Hush()

    assert {judge(hush, about, each) for each in range(50)} == {Verdict.SAY}


def test_nobody_types_more_questions_in_a_minute_than_are_answered():
    hush = Hush()

    verdicts = [judge(hush, "answer.status", each, seconds=each / 10) for each in range(MOST_ASKED_FOR + 2)]

    assert verdicts[-3:] == [Verdict.LAST_OF_MANY, Verdict.QUIET, Verdict.QUIET]
    assert judge(hush, "answer.status", 99, seconds=120) is Verdict.SAY


def test_the_same_message_told_twice_gets_the_same_verdict():
    hush = Hush()
    for each in range(MOST_EQUAL):
        judge(hush, "answer.voice", each)

    assert judge(hush, "answer.voice", 0) is Verdict.SAY
    assert judge(hush, "answer.voice", MOST_EQUAL) is Verdict.FIRST_QUIET


def test_answers_of_many_kinds_in_one_minute_end_too():
    hush = Hush()
    kinds = ["answer.voice", "answer.chatter", "answer.thanks", "answer.empty", "answer.unsupported"]
    kinds += ["answer.picture_added", "answer.joined_own", "answer.location"]

    verdicts = [judge(hush, kinds[each % 8], each, seconds=each) for each in range(MOST_IN_ALL + 2)]

    assert verdicts[MOST_IN_ALL - 1] is Verdict.LAST_OF_MANY
    assert verdicts[MOST_IN_ALL:] == [Verdict.QUIET, Verdict.QUIET]
    assert judge(hush, "answer.voice", 99, seconds=120) is Verdict.SAY


def test_speakers_who_were_silent_longest_are_forgotten():
    hush = Hush()

    for each in range(MOST_REMEMBERED):
        judge(hush, "answer.voice", each, user=f"u{each}")

    assert len(hush._rows) <= MOST_REMEMBERED
    assert len(hush._verdicts) <= MOST_REMEMBERED


@pytest.fixture
def house() -> House:
    return House()


async def test_a_flood_of_words_is_kept_whole_and_answered_in_few_messages(house):
    receipt = await house.says("u1", "3单元电梯不动了")

    answers = [await house.says("u1", f"嗯第{each}句") for each in range(40)]
    house.now += timedelta(minutes=2)
    await house.delivery.deliver()

    assert "#1001" in receipt
    assert answers[0] == "已补充到工单 #1001。"
    assert answers[2].endswith("接着发就行，我都会收好，先不一条一条回复了。")
    assert answers[3:] == [""] * 37
    assert house.alone("u1").count("您刚才发来的都收到了，已放进工单 #1001。") == 1
    assert len(house.store.messages.list_of(1001)) == 41


async def test_the_repeat_of_a_message_that_was_not_answered_is_not_answered_either(house):
    await house.says("u1", "3单元电梯不动了")
    for each in range(MOST_EQUAL):
        await house.says("u1", f"嗯第{each}句")
    quiet = house.inbound("u1", "嗯还有")

    first, again = await house.hear(quiet), await house.hear(quiet)

    assert first.messages == again.messages == ()
    assert again.is_repeat


async def test_nine_pictures_in_a_row_are_answered_three_times(house):
    await house.says("u1", "3单元电梯不动了")

    answers = [
        await house.says("u1", "", kind=Kind.IMAGE, attachments=(Attachment(Kind.IMAGE, f"p{each}"),))
        for each in range(9)
    ]

    assert [bool(each) for each in answers] == [True] * 3 + [False] * 6


async def test_staff_read_the_first_additions_one_by_one_and_the_others_together_at_the_full_minute(house):
    await house.says("u1", "楼上太吵")
    await house.post()
    staff = house.ticket().group

    for each in range(10):
        await house.says("u1", f"嗯第{each}句")
        await house.post()
        house.now += timedelta(seconds=3)
    at_once = [each for each in house.shown(staff) if "补充了" in each]
    house.now += timedelta(seconds=30)
    await house.post()
    in_all = [each for each in house.shown(staff) if "补充了" in each]

    assert len(at_once) == 3
    assert len(in_all) == 4
    assert in_all[3].splitlines()[1:] == [f"嗯第{each}句" for each in range(3, 10)]


async def test_additions_to_an_urgent_ticket_wait_a_quarter_of_a_minute_at_most(house):
    await house.says("u1", "电梯困人了")
    await house.post()

    for each in range(10):
        await house.says("u1", f"嗯第{each}句")
        await house.post()
    house.now += timedelta(seconds=15)
    await house.post()

    shown = [each for each in house.shown(house.ticket().group) if "补充了" in each]
    assert len(shown) == 4
    assert "嗯第9句" in shown[3]
