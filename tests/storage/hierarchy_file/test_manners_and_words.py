"""The optional sections: how the bot behaves, and the admins' own words."""

import pytest

from routing.durations import parse_span
from routing.hierarchy_index import DEFAULT_MANNERS
from tests.storage.hierarchy_file.street import EXAMPLE, line_of, problems_of, the_problem, tree_of

ALL_MANNERS = """manners:
  approve_over: 5wd
  hand_back_reasons: [属地不符, 查无此事]
  urge_every: 1h
  supervise_every: 2wh
  quiet: ["21:30-07:30"]
  join_within: 10m
  bundle_over: 8
  bundle_within: 2m
"""


def test_every_manner_can_be_changed():
    manners = tree_of(EXAMPLE + ALL_MANNERS).manners

    assert manners.approve_over == parse_span("5wd")
    assert manners.hand_back_reasons == ("属地不符", "查无此事")
    assert manners.urge_every == parse_span("1h")
    assert manners.supervise_every == parse_span("2wh")
    assert manners.quiet == (21 * 60 + 30, 7 * 60 + 30)
    assert manners.join_within == parse_span("10m")
    assert (manners.bundle_over, manners.bundle_within) == (8, parse_span("2m"))


def test_what_is_left_out_has_its_default():
    manners = tree_of(EXAMPLE + "manners: {bundle_over: 9}\n").manners

    assert manners.bundle_over == 9
    assert manners.urge_every == DEFAULT_MANNERS.urge_every
    assert manners.hand_back_reasons == ("属地不符", "权属不清", "职能交叉")
    assert manners.quiet is None


def test_an_empty_quiet_time_is_none():
    assert tree_of(EXAMPLE + "manners: {quiet: []}\n").manners.quiet is None


@pytest.mark.parametrize(
    ("manner", "path", "part", "part_zh"),
    [
        ("quiet: ['21:30-24:00']", "quiet[0]", "is no quiet time", "不是有效的免打扰时段"),
        ("quiet: ['07:00-07:00']", "quiet[0]", "is no quiet time", "不是有效的免打扰时段"),
        ("quiet: ['21:30-07:30', '12:00-14:00']", "quiet", "Only one quiet time", "只能写一段"),
        ("quiet: 21:30-07:30", "quiet", "A list is wanted", "要写列表"),
        ("urge_every: 2wh", "urge_every", '"2wh" is working time', "“2wh”是工作时间"),
        ("join_within: soon", "join_within", '"soon" is no duration', "“soon”不是有效的时长"),
        ("bundle_over: 0", "bundle_over", "no whole number from 1", "不是 1 到 1000 之间的整数"),
        ("hand_back_reasons: ['']", "hand_back_reasons[0]", "An empty text", "这里是空的"),
        ("urge_evry: 1h", "urge_evry", 'Did you mean "urge_every"?', "是不是“urge_every”？"),
    ],
)
def test_a_manner_that_makes_no_sense_is_refused(manner, path, part, part_zh):
    text = f"{EXAMPLE}manners:\n  {manner}\n"

    problem = the_problem(text)

    assert (problem.line, problem.path) == (line_of(text, manner), f"manners.{path}")
    assert part in problem.message
    assert part_zh in problem.message_zh


def test_the_admins_own_words_are_kept_by_text_key():
    text = (
        EXAMPLE
        + "words:\n  statuses: {open: 等人认领, closed: 完结}\n  notice.opened: 收到啦\n  help: {resident: 请直接说}\n"
    )

    words = dict(tree_of(text).words)

    assert words == {
        "status.open": "等人认领",
        "status.closed": "完结",
        "notice.opened": "收到啦",
        "help.resident": "请直接说",
    }


@pytest.mark.parametrize(
    ("words", "path", "part", "part_zh"),
    [
        (
            "statuses: {opened: 等人}",
            "statuses.opened",
            'There is no status "opened". Did you mean "open"?',
            "没有“opened”",
        ),
        ("status.clsed: 完结", "status.clsed", 'Did you mean "closed"?', "是不是“closed”？"),
        ("'待认领': 等人", "待认领", "is no text key", "不是用语的键"),
        ("help: [a]", "help", "A text is wanted here", "这里要写文字"),
        ("statuses: {open: ''}", "statuses.open", "An empty text", "这里是空的"),
    ],
)
def test_words_for_nothing_are_refused(words, path, part, part_zh):
    text = f"{EXAMPLE}words:\n  {words}\n"

    problem = the_problem(text)

    assert (problem.line, problem.path) == (line_of(text, words), f"words.{path}")
    assert part in problem.message
    assert part_zh in problem.message_zh


def test_words_that_are_given_in_two_ways_are_reported():
    text = EXAMPLE + "words:\n  statuses: {open: 甲}\n  status.open: 乙\n"

    problem = the_problem(text)

    assert (problem.line, problem.path) == (line_of(text, "status.open: 乙"), "words.status.open")
    assert 'The words for "status.open" are given twice' in problem.message
    assert "写了两次" in problem.message_zh


def test_words_that_are_no_mapping_are_refused():
    assert [each.path for each in problems_of(EXAMPLE + "words: none\nmanners: []\n")] == ["words", "manners"]
