from datetime import timedelta

import pytest

from routing.durations import Span, Unit, parse_span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("10s", Span(10, Unit.SECOND)),
        ("30m", Span(30, Unit.MINUTE)),
        ("2h", Span(2, Unit.HOUR)),
        ("3d", Span(3, Unit.DAY)),
        ("4wh", Span(4, Unit.WORKING_HOUR)),
        ("2wd", Span(2, Unit.WORKING_DAY)),
        ("3650d", Span(3650, Unit.DAY)),
    ],
)
def test_a_span_is_read_and_written_the_same_way(text: str, span: Span) -> None:
    assert parse_span(text) == span
    assert str(span) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "m",
        "10",
        "10 m",
        " 10m",
        "10m\n",
        "1.5h",
        "-5m",
        "+5m",
        "10M",
        "10w",
        "1h30m",
        "１０m",
        "1e3s",
        "ten m",
    ],
)
def test_what_is_no_span_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match=r'is no duration: write a whole number and a unit .* such as "10s"'):
        parse_span(text)


def test_zero_is_no_duration() -> None:
    with pytest.raises(ValueError, match='"0m" is no duration: it must be at least 1m'):
        parse_span("0m")


@pytest.mark.parametrize("text", ["3651d", "87601h", "87601wh", "3651wd", "999999999999s"])
def test_more_than_ten_years_is_a_slip_of_the_finger(text: str) -> None:
    with pytest.raises(ValueError, match=f'"{text}" is too long: a duration is at most ten years'):
        parse_span(text)


@pytest.mark.parametrize(
    ("text", "elapsed"),
    [
        ("10s", timedelta(seconds=10)),
        ("30m", timedelta(minutes=30)),
        ("2h", timedelta(hours=2)),
        ("3d", timedelta(days=3)),
    ],
)
def test_elapsed_units_have_a_length_of_their_own(text: str, elapsed: timedelta) -> None:
    span = parse_span(text)

    assert not span.is_working
    assert span.as_elapsed() == elapsed


@pytest.mark.parametrize("text", ["4wh", "2wd"])
def test_working_units_have_no_length_without_a_calendar(text: str) -> None:
    span = parse_span(text)

    assert span.is_working
    with pytest.raises(ValueError, match=f'"{text}" is working time'):
        span.as_elapsed()
