"""The clock: the real time plus what was pushed, never backwards."""

from datetime import UTC, datetime, timedelta

import pytest

from app.clock import Clock


def test_it_tells_the_real_time_in_utc():
    before = datetime.now(UTC)

    told = Clock().now()

    assert before <= told <= datetime.now(UTC)
    assert told.tzinfo is UTC


def test_what_is_pushed_is_added():
    clock = Clock(pushed=timedelta(days=1))

    clock.push(timedelta(hours=2))

    assert clock.pushed() == timedelta(days=1, hours=2)
    assert clock.now() - datetime.now(UTC) > timedelta(days=1, hours=1, minutes=59)


def test_it_is_never_pushed_back():
    with pytest.raises(ValueError, match="never pushed back"):
        Clock().push(timedelta(seconds=-1))


def test_it_never_runs_backwards():
    clock = Clock()

    told = [clock.now() for _ in range(1000)]

    assert told == sorted(told)
