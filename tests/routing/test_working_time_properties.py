"""What holds for every calendar, zone and instant."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from routing.durations import Span, Unit
from routing.working_time import (
    Calendar,
    add,
    extend,
    is_working,
    next_working,
    subtract,
    working_between,
)

ZONES = (
    "Asia/Shanghai",
    "Asia/Urumqi",
    "Europe/Berlin",
    "America/New_York",
    "America/Sao_Paulo",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
)
# Their clocks have not jumped since China gave up summer time in 1991.
STEADY_ZONES = ("Asia/Shanghai", "Asia/Urumqi")
MICROSECOND = timedelta(microseconds=1)


@st.composite
def periods(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    count = draw(st.integers(1, 3))
    bounds = draw(
        st.lists(st.integers(0, 96), min_size=2 * count, max_size=2 * count, unique=True).map(sorted)
    )
    return tuple((15 * start, 15 * end) for start, end in zip(bounds[::2], bounds[1::2], strict=True))


def calendars(*zones: str) -> st.SearchStrategy[Calendar]:
    return st.builds(
        Calendar,
        timezone=st.sampled_from(zones),
        days=st.frozensets(st.integers(1, 7), min_size=1),
        periods=st.one_of(
            periods(), st.sampled_from([((0, 1440),), ((540, 720), (720, 1080)), ((540, 720), (840, 1080))])
        ),
        holidays=st.sampled_from(["cn", None]),
    )


def instants(first: int = 1985) -> st.SearchStrategy[datetime]:
    anywhere = st.datetimes(datetime(first, 1, 1), datetime(2040, 1, 1))
    on_the_quarter = anywhere.map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0))
    return st.one_of(anywhere, on_the_quarter).map(lambda at: at.replace(tzinfo=UTC))


# Around the changes of 2026 and 2027, so that they are met often.
near_a_change = st.builds(
    lambda change, minutes: change + timedelta(minutes=minutes),
    st.sampled_from(
        [datetime(2026, 10, 25, 1, tzinfo=UTC), datetime(2027, 3, 28, 1, tzinfo=UTC)],
    ),
    st.integers(-4000, 4000),
)
any_calendar = calendars(*ZONES)
any_instant = st.one_of(instants(), near_a_change)
hours = st.integers(1, 120).map(lambda amount: Span(amount, Unit.WORKING_HOUR))
days = st.integers(1, 20).map(lambda amount: Span(amount, Unit.WORKING_DAY))
elapsed = st.builds(
    Span, st.integers(1, 500), st.sampled_from([Unit.SECOND, Unit.MINUTE, Unit.HOUR, Unit.DAY])
)
spans = st.one_of(hours, days, elapsed)
short = st.one_of(
    st.timedeltas(timedelta(0), timedelta(hours=3)), st.timedeltas(timedelta(0), timedelta(days=9))
)


@settings(deadline=None)
@given(start=any_instant, later=short, span=spans, calendar=any_calendar)
def test_who_starts_later_never_ends_earlier(
    start: datetime, later: timedelta, span: Span, calendar: Calendar
) -> None:
    assert add(start, span, calendar) <= add(start + later, span, calendar)
    assert subtract(start, span, calendar) <= subtract(start + later, span, calendar)


@settings(deadline=None)
@given(start=any_instant, more=st.integers(1, 50), span=spans, calendar=any_calendar)
def test_a_longer_span_always_ends_later(start: datetime, more: int, span: Span, calendar: Calendar) -> None:
    longer = Span(span.amount + more, span.unit)

    assert add(start, span, calendar) < add(start, longer, calendar)


@settings(deadline=None)
@given(start=any_instant, first=st.integers(1, 90), second=st.integers(1, 90), calendar=any_calendar)
def test_working_hours_add_up(start: datetime, first: int, second: int, calendar: Calendar) -> None:
    halfway = add(start, Span(first, Unit.WORKING_HOUR), calendar)

    assert add(halfway, Span(second, Unit.WORKING_HOUR), calendar) == add(
        start, Span(first + second, Unit.WORKING_HOUR), calendar
    )


@settings(deadline=None)
@given(
    start=instants(first=1992),
    first=st.integers(1, 20),
    second=st.integers(1, 20),
    calendar=calendars(*STEADY_ZONES),
)
def test_working_days_add_up(start: datetime, first: int, second: int, calendar: Calendar) -> None:
    halfway = add(start, Span(first, Unit.WORKING_DAY), calendar)

    assert add(halfway, Span(second, Unit.WORKING_DAY), calendar) == add(
        start, Span(first + second, Unit.WORKING_DAY), calendar
    )


@settings(deadline=None)
@given(start=any_instant, span=spans, calendar=any_calendar)
def test_no_span_ends_before_it_starts(start: datetime, span: Span, calendar: Calendar) -> None:
    assert subtract(start, span, calendar) < start < add(start, span, calendar)


@settings(deadline=None)
@given(start=any_instant, span=st.one_of(hours, days), calendar=any_calendar)
def test_working_time_ends_inside_a_period_or_when_it_closes(
    start: datetime, span: Span, calendar: Calendar
) -> None:
    assert is_working(add(start, span, calendar) - MICROSECOND, calendar)


@settings(deadline=None)
@given(start=any_instant, span=hours, calendar=any_calendar)
def test_as_many_working_hours_lie_between_as_were_added(
    start: datetime, span: Span, calendar: Calendar
) -> None:
    end = add(start, span, calendar)

    assert working_between(start, end, calendar) == timedelta(hours=span.amount)
    assert working_between(end, start, calendar) == -timedelta(hours=span.amount)


@settings(deadline=None)
@given(start=instants(first=1992), span=days, calendar=calendars(*STEADY_ZONES))
def test_a_working_day_is_the_working_minutes_of_the_calendar(
    start: datetime, span: Span, calendar: Calendar
) -> None:
    end = add(start, span, calendar)

    assert working_between(start, end, calendar) == span.amount * timedelta(minutes=calendar.minutes_a_day)


@settings(deadline=None)
@given(start=any_instant, span=hours, calendar=any_calendar)
def test_subtracting_takes_added_hours_back_to_the_first_working_moment(
    start: datetime, span: Span, calendar: Calendar
) -> None:
    assert subtract(add(start, span, calendar), span, calendar) == next_working(start, calendar)


@settings(deadline=None)
@given(start=instants(first=1992), span=days, calendar=calendars(*STEADY_ZONES))
def test_subtracting_takes_added_days_back_but_for_time_that_nobody_works(
    start: datetime, span: Span, calendar: Calendar
) -> None:
    begin = subtract(add(start, span, calendar), span, calendar)

    assert next_working(begin, calendar) == next_working(start, calendar)


@settings(deadline=None)
@given(start=any_instant, span=elapsed, calendar=any_calendar)
def test_subtracting_takes_elapsed_time_back_exactly(start: datetime, span: Span, calendar: Calendar) -> None:
    assert subtract(add(start, span, calendar), span, calendar) == start


@settings(deadline=None)
@given(at=any_instant, calendar=any_calendar)
def test_nobody_works_before_the_next_working_moment(at: datetime, calendar: Calendar) -> None:
    moment = next_working(at, calendar)

    assert is_working(moment, calendar)
    assert working_between(at, moment, calendar) == timedelta(0)
    assert is_working(at, calendar) == (moment == at)


@settings(deadline=None)
@given(
    due=any_instant,
    before=st.timedeltas(timedelta(days=-9), timedelta(days=9)),
    pause=short,
    span_is_working=st.booleans(),
    calendar=any_calendar,
)
def test_what_remained_at_the_pause_remains_after_it(
    due: datetime, before: timedelta, pause: timedelta, span_is_working: bool, calendar: Calendar
) -> None:
    paused_from, paused_until = due - before, due - before + pause

    extended = extend(due, paused_from, paused_until, span_is_working, calendar)

    assert extended >= due
    if span_is_working:
        remained = working_between(paused_from, due, calendar)
        assert working_between(paused_until, extended, calendar) == remained
    else:
        assert extended - paused_until == before


@settings(deadline=None)
@given(due=any_instant, before=st.timedeltas(timedelta(days=-9), timedelta(days=9)), calendar=any_calendar)
def test_a_pause_of_no_length_changes_nothing_before_the_due_instant(
    due: datetime, before: timedelta, calendar: Calendar
) -> None:
    paused_at = due - abs(before)

    assert extend(due, paused_at, paused_at, False, calendar) == due
    assert working_between(due, extend(due, paused_at, paused_at, True, calendar), calendar) == timedelta(0)
