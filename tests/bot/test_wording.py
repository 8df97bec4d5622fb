"""What a notice looks like in a group and to one person; no flat, number or name of a resident in a group, ever."""

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.texts.moments import say_moment
from bot.wording import Reading, place_name, word_line, word_list, word_notice
from routing.notice_kinds import Hearer, Notice, NoticeKind
from routing.tickets import Status
from tests.builders import TUESDAY_NINE, a_hierarchy, a_ticket

TREE = a_hierarchy()
SECRETS = ("502", "13812345678", "3-1-502")
REPORT = "我是3-1-502，电话13812345678，3号楼1单元502漏水"
VALUES = {
    "words": f"再说一遍：{REPORT}",
    "by_name": "王芳",
    "whom": "周军",
    "until": (TUESDAY_NINE + timedelta(days=2)).isoformat(),
    "late_since": TUESDAY_NINE.isoformat(),
    "reporters": "3",
    "into": "1000",
    "from": "1002",
    "rating": "satisfied",
    "reason": "claim_due",
    "skipped": "2号楼",
}
IN_HAND = {
    NoticeKind.TAKEN, NoticeKind.DETAILS, NoticeKind.HURRIED, NoticeKind.GOES_ON, NoticeKind.PAUSE_REFUSED,
    NoticeKind.PROGRESS_CLAIMED, NoticeKind.PROGRESS_RESUMED, NoticeKind.DONE_HERE, NoticeKind.PAUSE_WANTED,
}  # fmt: skip
# What is left when a value is missing: empty quotation, "by before", "to with", doubled or hanging punctuation.
BROKEN = re.compile(
    r"最晚前|请在前|预计前|由负责|由认领|给了。|（）|“”|：，|，，|：。|到：|# |由办结|[（(],|在办，请马上.{0,2}$^"
)


def a_reading(kind: NoticeKind, *, in_group: bool, **changes) -> Reading:
    ticket = a_ticket(TREE, text=REPORT, place="1单元")
    if kind in IN_HAND:
        ticket = replace(
            ticket,
            status=Status.CLAIMED,
            holder="chenjie",
            resolve_due_at=TUESDAY_NINE + timedelta(hours=9),
        )
    home = "" if in_group else "3-1-502"
    return Reading(TREE, replace(ticket, **changes), TUESDAY_NINE, in_group, home=home, pictures=2)


def a_notice(kind: NoticeKind, **values: str) -> Notice:
    return Notice(kind, Hearer.group("g"), 1001, 1, urgent=False, values={**VALUES, **values})


KINDS = sorted(set(NoticeKind) - {NoticeKind.ANSWER})


@pytest.mark.parametrize("kind", KINDS)
def test_no_flat_number_or_name_of_a_person_is_shown_in_a_group(kind: NoticeKind):
    text = word_notice(a_notice(kind), a_reading(kind, in_group=True)).text

    assert [each for each in SECRETS if each in text] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("in_group", [True, False])
def test_a_notice_is_whole_sentences_with_number_and_nothing_missing(kind: NoticeKind, in_group: bool):
    text = word_notice(a_notice(kind), a_reading(kind, in_group=in_group)).text

    assert "#1001" in text
    assert not BROKEN.search(text)
    assert "{" not in text


def test_a_new_ticket_carries_all_that_is_needed_to_act():
    message = word_notice(a_notice(NoticeKind.ASKED, skipped=""), a_reading(NoticeKind.ASKED, in_group=True))

    assert message.text == (
        "新工单 #1001 · 噪音扰民\n幸福里社区1号楼 1单元\n我是3-1-***，电话138****5678，3号楼1单元***漏水"
        "\n请在今天 10:00 前认领。"
    )
    assert [each.label for row in message.buttons for each in row] == ["认领", "详情", "退回", "上报"]


def test_the_holder_alone_reads_household_and_pictures():
    text = word_notice(a_notice(NoticeKind.DETAILS), a_reading(NoticeKind.DETAILS, in_group=False)).text

    assert "住户：3-1-502" in text
    assert "照片 2 张" in text
    assert text.endswith("请在今天 18:00 前办结。")


def test_who_is_given_a_ticket_reads_what_to_do_by_when():
    open_one = word_notice(a_notice(NoticeKind.GIVEN), a_reading(NoticeKind.GIVEN, in_group=True))
    in_hand = a_reading(
        NoticeKind.GIVEN, in_group=False, status=Status.CLAIMED, holder="zhoujun",
        resolve_due_at=TUESDAY_NINE + timedelta(hours=9),
    )  # fmt: skip
    held = word_notice(a_notice(NoticeKind.GIVEN), in_hand)

    assert open_one.text.endswith("请在今天 10:00 前认领。")
    assert open_one.buttons[0][0].say == "认领 1001"
    assert held.text.endswith("请在今天 18:00 前办结。")
    assert "住户：3-1-502" in held.text
    assert held.buttons[0][0].say == "办结 1001"


def test_what_is_no_longer_running_shows_no_limit_and_no_buttons():
    reading = a_reading(NoticeKind.MOVED_HERE, in_group=True, status=Status.RESOLVED)

    message = word_notice(a_notice(NoticeKind.MOVED_HERE), reading)

    assert "请在" not in message.text
    assert message.buttons == ()


def test_an_urgent_ticket_is_marked():
    reading = a_reading(NoticeKind.ASKED, in_group=True, urgent=True)

    assert word_notice(a_notice(NoticeKind.ASKED), reading).text.startswith("【紧急】新工单")


def test_a_long_report_is_cut():
    reading = a_reading(NoticeKind.ASKED, in_group=False, text="很长" * 400)

    assert len(word_notice(a_notice(NoticeKind.ASKED), reading).text) < 700


def test_a_reason_without_words_of_its_own_is_left_out():
    text = word_notice(
        a_notice(NoticeKind.CLIMBED, reason="something_new", words=""),
        a_reading(NoticeKind.CLIMBED, in_group=True),
    ).text

    assert "原因" not in text


def test_a_list_of_new_tickets_shows_the_first_words_of_each():
    readings = [a_reading(NoticeKind.ASKED, in_group=True, number=1001 + count) for count in range(6)]

    text = word_list(
        NoticeKind.ASKED, [word_line(a_notice(NoticeKind.ASKED), each) for each in readings]
    ).text

    assert text.startswith("有 6 件新工单等人认领：\n#1001 噪音扰民 · 幸福里社区1号楼 1单元 · 我是3-1-***")
    assert len(text.splitlines()) == 8
    assert "13812345678" not in text


def test_a_place_that_left_the_tree_is_shown_by_the_node_that_has_the_ticket():
    reading = a_reading(NoticeKind.ASKED, in_group=True, origin="gone", place="")

    assert reading.place() == "幸福里社区1号楼"
    assert place_name(TREE, "xinhua") == "新华街道"


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(hours=6), "今天 15:00"),
        (timedelta(days=1), "明天 09:00"),
        (timedelta(days=-1), "昨天 09:00"),
        (timedelta(days=3), "11月27日 周五 09:00"),
        (timedelta(days=60), "2027年1月23日 周六 09:00"),
        (timedelta(hours=15), "明天 00:00"),
    ],
)
def test_instants_are_said_as_people_say_them(ahead: timedelta, said: str):
    assert say_moment(TUESDAY_NINE + ahead, TUESDAY_NINE, timezone="Asia/Shanghai") == said


def test_an_hour_that_comes_twice_is_told_apart():
    before = datetime(2026, 10, 25, 0, 30, tzinfo=UTC)  # 02:30 in Berlin, and an hour later once more
    said = [
        say_moment(before + timedelta(hours=count), before, timezone="Europe/Berlin") for count in range(3)
    ]

    assert said == ["今天 02:30（时钟拨回前）", "今天 02:30（时钟拨回后）", "今天 03:30"]


def test_a_likely_incident_is_offered_with_one_tap_to_merge():
    notice = a_notice(NoticeKind.ASKED, likely="1000", likely_why="同一处、相隔5分钟")

    message = word_notice(notice, a_reading(NoticeKind.ASKED, in_group=True))

    assert "可能与 #1000 是同一件事（同一处、相隔5分钟）" in message.text
    assert message.buttons[-1][0].say == "并案 1001 1000"


def test_a_neighbour_gathered_by_what_they_told_can_be_parted_with_one_tap():
    notice = a_notice(NoticeKind.JOINED, reason="same_matter")

    message = word_notice(notice, a_reading(NoticeKind.JOINED, in_group=True))

    assert "拆案 1002" in message.text
    assert message.buttons[0][0].say == "拆案 1002"


def test_an_unsure_category_is_put_before_staff():
    said = [
        word_notice(
            a_notice(NoticeKind.ASKED, certainty=sure), a_reading(NoticeKind.ASKED, in_group=True)
        ).text
        for sure in ("0.41", "0.83")
    ]

    assert "分类没有把握（41%）" in said[0]
    assert "没有把握" not in said[1]
