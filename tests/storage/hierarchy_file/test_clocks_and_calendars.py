"""Calendars, clocks, durations and what comes after resolving."""

from datetime import date

import pytest

from routing.durations import parse_span
from routing.hierarchy_index import DEFAULT_AFTER_RESOLVING
from tests.storage.hierarchy_file.street import (
    EXAMPLE,
    changed,
    line_of,
    problems_of,
    the_problem,
    tree_of,
    warnings_of,
)


@pytest.mark.parametrize(
    ("written", "meant"),
    [("30分钟", "30m"), ("2 h", "2h"), ("2hours", "2h"), ("3工作日", "3wd"), ("4工时", "4wh"), ("5D", "5d")],
)
def test_a_duration_in_words_is_told_how_to_write_it(written, meant):
    problem = the_problem(changed(("rate_within: 3d", f"rate_within: {written}")))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, "rate_within"), "after_resolving.rate_within")
    assert f'Did you mean "{meant}"?' in problem.message
    assert f"是不是 {meant}？" in problem.message_zh


@pytest.mark.parametrize(
    "written", ["soon", "0d", "-1d", "1.5h", "3651d", "3", "d", "9999999999999999999d", "0天"]
)
def test_what_is_no_duration_is_refused(written):
    problem = the_problem(changed(("rate_within: 3d", f"rate_within: {written}")))

    assert f'"{written}" is no duration' in problem.message
    assert "不是有效的时长" in problem.message_zh
    assert "Did you mean" not in problem.message


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ("claim: 1wh, resolve: 1wd, remind: 15m", "claim: 1wh, resolve: 1wd, remind: 1h", "claim"),
        ("claim: 2wh, resolve: 3wd, remind: 30m", "claim: 2wh, resolve: 3wd, remind: 3wh", "claim"),
        ("claim: 15m, resolve: 4h, remind: 5m", "claim: 15m, resolve: 4h, remind: 15m", "claim"),
        ("claim: 4wh, resolve: 7wd, remind: 1wh", "claim: 2wd, resolve: 1h, remind: 1wd", "resolve"),
    ],
)
def test_a_limit_shorter_than_its_own_reminder_is_refused(old, new, key):
    problem = the_problem(changed((old, new)))

    assert problem.line == line_of(EXAMPLE, old)
    assert problem.path.endswith(".remind")
    assert f"Make remind shorter than {key}." in problem.message
    assert f"请让 remind 比 {key} 短" in problem.message_zh


def test_a_clock_needs_limits_for_every_level():
    problem = the_problem(changed(("    community: {claim: 10m, resolve: 2h, remind: 5m}\n", "")))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, "calendar: always\n"), "clocks.urgent.community")
    assert 'no limits for the level "community". Add community:' in problem.message
    assert "缺少“社区”（community）一级" in problem.message_zh


def test_a_clock_may_not_have_limits_for_a_level_that_is_none():
    found = problems_of(changed(("    community: {claim: 10m", "    comunity: {claim: 10m")))

    assert {each.path for each in found} == {"clocks.urgent.comunity", "clocks.urgent.community"}
    assert 'Did you mean "community"?' in next(each.message for each in found if "Unknown" in each.message)


def test_an_unknown_calendar_is_reported_with_the_nearest():
    problem = the_problem(changed(("calendar: office", "calendar: ofice")))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, "calendar: office"), "clocks.normal.calendar")
    assert problem.message == 'There is no calendar "ofice". Did you mean "office"?'
    assert problem.message_zh == "没有“ofice”这个日历。是不是“office”？"


def test_the_normal_clock_must_be_there():
    problem = the_problem(changed(("  normal:\n", "  usual:\n")))

    assert problem.path == "clocks.normal"
    assert 'The clock "normal" is missing' in problem.message
    assert "缺少时限“normal”" in problem.message_zh


def test_without_an_urgent_clock_urgent_matters_keep_the_normal_limits():
    start, end = EXAMPLE.index("  urgent:\n"), EXAMPLE.index("after_resolving:")
    text = (EXAMPLE[:start] + EXAMPLE[end:]).replace("    clock: urgent\n", "")

    (warning,) = warnings_of(text)

    assert 'There is no clock "urgent"' in warning.message
    assert "没有时限“urgent”" in warning.message_zh
    assert tree_of(text).clocks["urgent"].limits == tree_of(text).clocks["normal"].limits


def test_a_claim_that_may_take_longer_than_resolving_is_a_warning():
    (warning,) = warnings_of(
        changed(("claim: 15m, resolve: 4h, remind: 5m", "claim: 5h, resolve: 4h, remind: 5m"))
    )

    assert warning.path == "clocks.urgent.street.claim"
    assert "Claiming may take longer (5h) than resolving (4h)" in warning.message
    assert "还长" in warning.message_zh


@pytest.mark.parametrize(
    ("old", "new", "path", "part", "part_zh"),
    [
        ("mon, tue, wed, thu, fri],", "mon, tuesday],", "calendars.office.days[1]", 'Did you mean "tue"?', "tue"),
        ('"09:00-12:00", "14:00-18:00"', '"9:00-12:00"', "calendars.office.hours[0]", "no hours", "时间段"),
        ('"09:00-12:00", "14:00-18:00"', '"12:00-09:00"', "calendars.office.hours[0]", "no hours", "时间段"),
        ('"09:00-12:00", "14:00-18:00"', '"09:00-12:00", "11:00-13:00"', "calendars.office.hours", "overlap", "重叠"),
        ("holidays: cn", "holidays: de", "calendars.office.holidays", "no holiday table", "节假日表"),
    ],
)  # fmt: skip
def test_a_calendar_that_nobody_could_keep_is_refused(old, new, path, part, part_zh):
    problem = the_problem(changed((old, new)))

    assert problem.path == path
    assert problem.line == line_of(EXAMPLE, "  office:")
    assert part in problem.message
    assert part_zh in problem.message_zh


def test_the_id_of_a_calendar_is_proper():
    problem = the_problem(changed(("  always:", "  全天:"), ("calendar: always", "calendar: 全天")))

    assert "Ids are made of" in problem.message
    assert problem.line == line_of(EXAMPLE, "  always:")


def test_an_unknown_time_zone_is_reported_with_the_nearest():
    problem = the_problem(changed(("Asia/Shanghai", "Asia/Shangai")))

    assert (problem.line, problem.path) == (line_of(EXAMPLE, "Asia/Shanghai"), "timezone")
    assert problem.message.startswith('There is no time zone "Asia/Shangai".')
    assert "没有“Asia/Shangai”这个时区" in problem.message_zh


def test_what_comes_after_resolving_may_be_left_out():
    text = changed(
        ("after_resolving:\n", "after_resolving: {}\n"),
        ("  rate_within: 3d", "#"),
        ("  reopen_limit: 2", "#"),
    )

    assert tree_of(text).after_resolving == DEFAULT_AFTER_RESOLVING


def test_a_reopen_limit_of_nought_is_kept():
    text = changed(("reopen_limit: 2", "reopen_limit: 0"), ("rate_within: 3d", "rate_within: 5wd"))

    assert tree_of(text).after_resolving.reopen_limit == 0
    assert tree_of(text).after_resolving.rate_within == parse_span("5wd")


OFFICE_HOURS = 'hours: ["09:00-12:00", "14:00-18:00"], holidays: cn'


def test_days_off_that_the_admins_wrote_down_overrule_the_table():
    own = f'{OFFICE_HOURS}, days_off: ["2029-03-08", "2029-04-30..2029-05-01"], days_worked: ["2029-03-10"]'

    office = tree_of(changed((OFFICE_HOURS, own))).calendars["office"]

    assert office.days_off == {date(2029, 3, 8), date(2029, 4, 30), date(2029, 5, 1)}
    assert office.days_worked == {date(2029, 3, 10)}


@pytest.mark.parametrize(
    "written", ["2029-02-30", "8.3.2029", "2029-03-08..", "2029-03-08..2029-03-01", "2029-01-01..2029-12-31"]
)
def test_what_is_no_day_off_is_told_how_to_write_it(written):
    problem = the_problem(changed((OFFICE_HOURS, f'{OFFICE_HOURS}, days_off: ["{written}"]')))

    assert problem.line == line_of(EXAMPLE, OFFICE_HOURS)
    assert '"2027-02-05..2027-02-12" for days in a row' in problem.message
    assert "不是有效的日期" in problem.message_zh


def test_a_day_is_off_or_worked_and_not_both():
    both = f'{OFFICE_HOURS}, days_off: ["2029-03-08"], days_worked: ["2029-03-08"]'

    problem = the_problem(changed((OFFICE_HOURS, both)))

    assert "2029-03-08 stands in days_off and in days_worked" in problem.message
