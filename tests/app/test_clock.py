"""The clock: the real time plus what was pushed, whatever the machine's clock does; by the database's where there is
one for all."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from app.clock import BELIEVED_AFTER, Clock

NOON = datetime(2026, 11, 24, 4, tzinfo=UTC)


@dataclass
class Machine:
    """Its clock shows what passed and `off`; its counter only what passed."""

    passed: timedelta = timedelta(0)
    off: timedelta = timedelta(0)

    def wall(self) -> datetime:
        return NOON + self.passed + self.off

    def monotonic(self) -> float:
        return 5_000 + self.passed.total_seconds()

    def clock(self) -> Clock:
        return Clock(wall=self.wall, monotonic=self.monotonic)


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
    assert clock.unpushed() - datetime.now(UTC) < timedelta(minutes=1)


def test_it_is_never_pushed_back():
    with pytest.raises(ValueError, match="never pushed back"):
        Clock().push(timedelta(seconds=-1))


def test_it_never_runs_backwards():
    clock = Clock()

    told = [clock.now() for _ in range(1000)]

    assert told == sorted(told)


def test_a_clock_that_is_set_a_little_is_followed_and_stands_still_rather_than_go_back():
    machine = Machine()
    clock = machine.clock()

    machine.off = timedelta(seconds=30)
    ahead = clock.now()
    machine.off = timedelta(seconds=-10)
    back = clock.now()
    machine.passed = timedelta(seconds=50)

    assert ahead == back == NOON + timedelta(seconds=30)
    assert clock.now() == NOON + timedelta(seconds=40)


@pytest.mark.parametrize("jump", [timedelta(hours=24), timedelta(hours=-1)])
def test_a_clock_that_jumps_and_is_set_right_again_moves_nothing(jump: timedelta):
    machine = Machine()
    clock = machine.clock()

    machine.off, machine.passed = jump, timedelta(seconds=1)
    told = clock.now()
    off_by = clock.is_off_by()
    machine.off, machine.passed = timedelta(0), timedelta(minutes=2)

    assert told == NOON + timedelta(seconds=1)
    assert off_by == jump
    assert clock.now() == NOON + timedelta(minutes=2)
    assert clock.is_off_by() == timedelta(0)


@pytest.mark.parametrize("jump", [timedelta(hours=8), timedelta(hours=-8)])
def test_a_clock_that_goes_on_as_it_jumped_is_believed_in_the_end(jump: timedelta):
    machine = Machine()
    clock = machine.clock()

    machine.off = jump
    clock.now()
    machine.passed = BELIEVED_AFTER - timedelta(seconds=1)
    still = clock.now()
    machine.passed = BELIEVED_AFTER

    assert still == NOON + BELIEVED_AFTER - timedelta(seconds=1)
    assert clock.now() == NOON + BELIEVED_AFTER + jump
    assert clock.is_off_by() == timedelta(0)


def test_a_second_jump_is_waited_for_anew():
    machine = Machine()
    clock = machine.clock()

    machine.off = timedelta(hours=1)
    clock.now()
    machine.passed, machine.off = BELIEVED_AFTER, timedelta(days=1)

    assert clock.now() == NOON + BELIEVED_AFTER


def test_replicas_whose_machines_disagree_tell_the_time_of_their_database():
    fast, slow = Machine(off=timedelta(minutes=5)), Machine(off=timedelta(minutes=-3))
    clocks = fast.clock(), slow.clock()

    for each in clocks:
        each.follow(NOON)
    fast.passed = slow.passed = timedelta(seconds=10)
    fast.off = timedelta(days=3)

    assert [each.now() for each in clocks] == [NOON + timedelta(seconds=10)] * 2
    assert clocks[1].machine_is_off_by() == timedelta(minutes=-3)


def test_a_database_whose_clock_jumps_is_not_believed_at_once():
    machine = Machine()
    clock = machine.clock()
    clock.follow(NOON)

    clock.follow(NOON + timedelta(hours=24))
    told = clock.now()
    machine.passed = BELIEVED_AFTER
    clock.follow(NOON + timedelta(hours=24) + BELIEVED_AFTER)

    assert told == NOON
    assert clock.now() == NOON + timedelta(hours=24) + BELIEVED_AFTER
