"""Below the vendor's limits, and not at night."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.channel import Pace
from bot.pace import MOST_CHATS, Pacer
from bot.quiet import quiet_until
from tests.bot.house import ABILITIES

NIGHT = (22 * 60, 7 * 60)
NOON = (12 * 60, 14 * 60)


def at(hour: int, minute: int = 0, *, day: int = 24) -> datetime:
    """That time of the day in Shanghai."""
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        (at(21, 59), None),
        (at(22), at(7, day=25)),
        (at(23, 30), at(7, day=25)),
        (at(3), at(7)),
        (at(7), None),
    ],
)
def test_the_night_is_quiet_over_midnight(now: datetime, until: datetime | None):
    assert quiet_until(now, NIGHT, timezone="Asia/Shanghai") == until


def test_a_quiet_noon_ends_on_the_same_day():
    assert quiet_until(at(13), NOON, timezone="Asia/Shanghai") == at(14)
    assert quiet_until(at(14), NOON, timezone="Asia/Shanghai") is None


def test_quiet_hours_that_end_in_an_hour_that_comes_twice_end_with_the_second():
    second_time = datetime(2026, 10, 25, 1, 10, tzinfo=UTC)  # 02:10 in Berlin, for the second time

    until = quiet_until(second_time, (60, 150), timezone="Europe/Berlin")

    assert until == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize("quiet", [None, (480, 480)])
def test_no_quiet_hours_are_never_quiet(quiet):
    assert quiet_until(at(3), quiet, timezone="Asia/Shanghai") is None


def test_a_chat_waits_until_its_pace_allows_the_next():
    pacer = Pacer(replace(ABILITIES, chat_pace=Pace(1, timedelta(seconds=1))))
    assert pacer.wait_for("a", in_group=False, at=10.0) == 0
    pacer.note("a", at=10.0)

    assert pacer.wait_for("a", in_group=False, at=10.25) == 0.75
    assert pacer.wait_for("b", in_group=False, at=10.25) == 0
    assert pacer.wait_for("a", in_group=False, at=11.0) == 0


def test_a_group_has_its_own_pace_and_the_lane_bounds_all():
    pacer = Pacer(
        replace(
            ABILITIES,
            group_pace=Pace(2, timedelta(minutes=1)),
            lane_pace=Pace(3, timedelta(seconds=1)),
        )
    )
    for moment in (0.0, 0.1):
        pacer.note("g", at=moment)

    pacer.note("other", at=0.25)
    assert pacer.wait_for("third", in_group=False, at=0.5) == 0.5
    assert pacer.wait_for("g", in_group=True, at=1.5) == 58.5


def test_more_chats_than_are_remembered_are_forgotten_rather_than_kept_for_ever():
    pacer = Pacer(replace(ABILITIES, chat_pace=Pace(1, timedelta(hours=1))))
    for chat in range(MOST_CHATS + 1):
        pacer.note(str(chat), at=0.0)

    assert pacer.wait_for("0", in_group=False, at=2.0) == 0
    assert pacer.wait_for(str(MOST_CHATS), in_group=False, at=2.0) > 0
