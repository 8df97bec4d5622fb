"""What an address asks of the figures: periods of whole days, steps without gaps, and nothing that can break a page."""

from datetime import date

import pytest

from admin_web.pages.figures_asked import Preset, Step, list_steps_of, read_asked, read_month
from admin_web.pages.figures_ports import Period
from admin_web.pages.figures_tables import say_share, say_span
from admin_web.words import CATALOGUES, Language
from routing.figure_rates import RateName

TODAY = date(2026, 11, 24)


def ask(**said: str):
    return read_asked(
        {name.rstrip("_"): value for name, value in said.items()}, today=TODAY, usual_node="own"
    )


@pytest.mark.parametrize(
    ("preset", "since", "last"),
    [
        ("7d", date(2026, 11, 18), TODAY),
        ("30d", date(2026, 10, 26), TODAY),
        ("90d", date(2026, 8, 27), TODAY),
        ("month", date(2026, 11, 1), TODAY),
        ("last_month", date(2026, 10, 1), date(2026, 10, 31)),
        ("year", date(2026, 1, 1), TODAY),
        ("", date(2026, 10, 26), TODAY),
        ("century", date(2026, 10, 26), TODAY),
    ],
)
def test_a_preset_ends_today_or_with_the_month_before(preset: str, since: date, last: date):
    period = ask(period=preset).period

    assert (period.since, period.last) == (since, last)


def test_days_that_are_typed_win_and_both_are_included():
    asked = ask(from_="2026-11-01", to="2026-11-10", period="90d")

    assert asked.period == Period(date(2026, 11, 1), date(2026, 11, 11))
    assert asked.preset is None
    assert asked.period.before() == Period(date(2026, 10, 22), date(2026, 11, 1))
    assert ask(to="2026-11-10").period == Period(date(2026, 10, 12), date(2026, 11, 11))
    assert ask(from_="2026-11-20").period == Period(date(2026, 11, 20), date(2026, 11, 25))


@pytest.mark.parametrize(
    ("since", "until", "complaint"),
    [
        ("yesterday", "", "figures.no_day"),
        ("", "2026-13-01", "figures.no_day"),
        ("0001-01-01", "", "figures.no_day"),
        ("", "0001-01-05", "figures.no_day"),
        ("2026-11-10", "2026-11-09", "figures.backwards"),
    ],
)
def test_days_that_make_no_sense_are_complained_of_and_the_usual_ones_shown(since, until, complaint):
    asked = ask(from_=since, to=until)

    assert (asked.complaint, asked.typed) == (complaint, (since, until))
    assert asked.preset is Preset.MONTH
    assert asked.period.last == TODAY


def test_an_address_keeps_what_is_asked_and_a_preset_leaves_typed_days_behind():
    asked = ask(node="b1", from_="2026-11-01", to="2026-11-10", by="week", rate="redo")

    assert asked.query() == "node=b1&from=2026-11-01&to=2026-11-10&by=week&rate=redo"
    assert asked.query(period="7d", rate="") == "node=b1&period=7d&by=week"
    assert (asked.node, asked.step, asked.rate) == ("b1", Step.WEEK, RateName.REDO)
    assert ask().query(node="a&b=c") == "node=a%26b%3Dc"
    assert (ask().node, ask(by="decade", rate="luck").rate) == ("own", RateName.ON_TIME)


@pytest.mark.parametrize(
    ("period", "step"), [("30d", Step.DAY), ("90d", Step.WEEK), ("year", Step.MONTH), ("7d", Step.DAY)]
)
def test_a_longer_period_has_longer_steps(period: str, step: Step):
    assert ask(period=period).step is step


def test_no_table_is_longer_than_anybody_reads():
    assert ask(period="year", by="day").step is Step.WEEK
    assert ask(from_="2001-01-01", by="week").step is Step.MONTH
    assert ask(period="90d", by="day").step is Step.DAY


def test_no_step_of_a_period_is_left_out():
    period = Period(date(2026, 10, 30), date(2026, 11, 10))

    assert list_steps_of(Step.WEEK, period) == [date(2026, 10, 26), date(2026, 11, 2), date(2026, 11, 9)]
    assert list_steps_of(Step.MONTH, period) == [date(2026, 10, 1), date(2026, 11, 1)]
    assert len(list_steps_of(Step.DAY, period)) == 11
    assert list_steps_of(Step.DAY, Period(TODAY, TODAY)) == []


@pytest.mark.parametrize(
    ("said", "first"),
    [
        ("2026-10", date(2026, 10, 1)),
        ("2026-11", date(2026, 11, 1)),
        ("2026-12", None),
        ("1999-01", None),
        ("x", None),
    ],
)
def test_a_month_is_one_that_has_begun(said: str, first: date | None):
    assert read_month(said, today=TODAY) == first


@pytest.mark.parametrize(
    ("value", "shown"),
    [(None, "—"), (0, "0%"), (1, "100%"), (0.996, "99.6%"), (0.0001, "0.1%"), (0.825, "82%")],
)
def test_a_share_is_all_or_nothing_only_when_it_is(value, shown):
    assert say_share(value) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(20, "1 分钟"), (59 * 60, "59 分钟"), (5400, "1.5 小时"), (47 * 3600, "47 小时"), (60 * 3600, "2.5 天")],
)
def test_a_time_is_told_in_one_unit(seconds: int, shown: str):
    assert say_span(seconds, CATALOGUES[Language.ZH]) == shown
