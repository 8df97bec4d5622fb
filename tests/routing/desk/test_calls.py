"""Who told an office is rung by whoever has the ticket; at most one call waits, and none for what is over."""

import pytest

from routing.callers import Caller
from routing.desk import (
    add_for_reporter,
    add_words,
    claim,
    decline,
    open_ticket,
    question,
    rate,
    resolve,
)
from routing.desk.opening import Report
from routing.messages import BY_OFFICE, Address
from routing.notice_kinds import Hearer, NoticeKind
from routing.outgoing import SendState
from routing.people import Person
from routing.still_wanted import still_wanted
from routing.tickets import Rating
from tests.builders import a_reading, alone
from tests.world import World

OFFICE = Caller(office="office:hotline")


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture
def number(world: World) -> int:
    """Told by telephone, in the building head's hands."""
    number = told_by_telephone(world)
    claim(world.desk(), number, world.staff("chenjie"))
    return number


def told_by_telephone(world: World) -> int:
    person = world.store.people.add(Person(0, BY_OFFICE, BY_OFFICE, "office:hotline/wu"))
    address = Address(BY_OFFICE, BY_OFFICE, "office:hotline")
    report = Report(person, "楼上太吵", a_reading(), "xingfuli-b1", address)
    return open_ticket(world.desk(), report).ticket.number


def calls(world: World) -> list[NoticeKind]:
    rows = world.store.state.outbox.values()
    return [each.parcel.notice.kind for each in rows if each.state is SendState.UNREACHABLE]


def test_steps_are_told_to_nobody_and_the_end_by_telephone(world: World, number: int):
    assert calls(world) == []

    resolve(world.desk(), number, world.staff("chenjie"), result="已劝阻")

    assert calls(world) == [NoticeKind.ASK_RATING]
    assert world.story(number)[-1] == "unreachable"
    (told,) = world.notices(NoticeKind.UNREACHABLE)
    assert (told.hearer, told.values["words"]) == (Hearer.staff("chenjie"), "已劝阻")
    assert still_wanted(told, world.ticket(number))

    rate(world.desk(), number, OFFICE, rating=Rating.SATISFIED)
    assert calls(world) == []
    assert not still_wanted(told, world.ticket(number))


def test_what_the_office_adds_has_answered_the_question(world: World, number: int):
    question(world.desk(), number, world.staff("chenjie"), text="几楼？")
    assert calls(world) == [NoticeKind.QUESTION]

    add_for_reporter(world.desk(), number, OFFICE, text="五楼")

    assert calls(world) == []


def test_a_neighbour_who_writes_answers_for_nobody_else(world: World, number: int):
    question(world.desk(), number, world.staff("chenjie"), text="几楼？")
    neighbour = world.person("u2")

    add_words(
        world.desk(),
        world.ticket(number),
        Report(neighbour, "五楼", a_reading(), "xingfuli-b1", alone("u2")),
    )

    assert calls(world) == [NoticeKind.QUESTION]


def test_where_nobody_has_it_the_group_is_asked_to_ring(world: World):
    number = told_by_telephone(world)

    decline(world.desk(), number, world.staff("chenjie"), reason="请找 110")

    (told,) = world.notices(NoticeKind.UNREACHABLE)
    assert told.hearer == Hearer.group("xingfuli-b1-staff")
    assert calls(world) == [NoticeKind.DECLINED]
