"""Who told an office by telephone is not written to: whoever has the ticket rings them, and nothing waits for ever."""

from dataclasses import replace

import pytest

from admin_web.ports import EVERYTHING, NewReport
from app.api_ports import build_ports
from app.tree.coverage_desk import HouseCoverage
from app.troubles.desk import HouseTroubles
from routing.errors import BadValueError
from routing.outgoing import SendState
from storage.queries.coverage import CoverageReads
from storage.queries.troubles import TroubleReads
from tests.stories.world import World

PROPERTY = "xingfuli-property"
CONTACT = "吴先生 13800000001"


def a_call(world: World, text: str = "我家停水了", *, contact: str = CONTACT) -> int:
    said = NewReport("xingfuli-b1", text, by="office:hotline", category="water", contact=contact)
    number = world.run(build_ports(world.house).report(said))
    world.settle()
    return number


def test_a_key_is_good_for_one_report_and_another_under_it_is_not_lost_silently(world: World):
    said = NewReport("xingfuli-b1", "我家停水了", by="office:hotline", contact=CONTACT, key="hotline:7")
    report = build_ports(world.house).report
    first = world.run(report(said))

    assert world.run(report(said)) == first
    with pytest.raises(BadValueError, match="key_used") as refused:
        world.run(report(replace(said, text="电梯坏了")))
    assert refused.value.values["number"] == first
    assert world.run(report(replace(said, text="电梯坏了", key="hotline:8"))) != first


def test_the_spot_is_read_from_the_words_where_the_office_names_none(world: World):
    said = NewReport("xingfuli-b1", "3单元5楼电梯不动了", by="office:hotline", contact=CONTACT)
    report = build_ports(world.house).report

    read = world.run(report(said))
    named = world.run(report(replace(said, text="2单元路灯不亮", place="东门外")))

    spots = [world.ticket(number).place for number in (read, named)]
    assert spots == ["3单元5楼", "东门外"]


def letters_in(world: World, *states: SendState) -> list[tuple[str, str]]:
    items = world.house.store.reads.outbox.list_page(EVERYTHING, states=states)
    return [(each.kind, each.hearer) for each in items]


def test_the_holder_is_asked_to_ring_when_it_is_solved(world: World):
    a_call(world)
    world.staff_says_alone("liqiang", "认领 1001")

    assert "是电话报的" in world.staff_says_alone("liqiang", "办结 1001 换了阀门")

    called = world.private("liqiang")[-1]
    assert "请打电话告诉居民办好了" in called
    assert "换了阀门" in called
    assert f"住户：{CONTACT}" in called
    assert not any(CONTACT in each for each in world.shown(PROPERTY))
    assert world.happened(1001)[-1] == "unreachable"
    assert letters_in(world, SendState.UNREACHABLE) == [("ask_rating", "reporters:")]
    assert letters_in(world, SendState.WAITING, SendState.SENDING) == []


def test_of_several_calls_the_last_is_to_be_made_and_none_after_the_end(world: World):
    a_call(world)
    world.staff_says_alone("liqiang", "认领 1001")
    assert "请打电话问" in world.staff_says_alone("liqiang", "询问 1001 几楼停的")

    world.staff_says_alone("liqiang", "办结 1001 换了阀门")
    assert letters_in(world, SendState.UNREACHABLE) == [("ask_rating", "reporters:")]
    world.wait(days=6)

    assert world.ticket(1001).status == "closed"
    assert letters_in(world, SendState.UNREACHABLE, SendState.WAITING) == []


def test_a_neighbour_who_writes_is_written_to_and_who_rang_is_rung(world: World):
    world.says_alone("u1", "我家停水了", name="1-201")
    assert a_call(world, "1号楼又停水了") == 1002
    assert world.ticket(1002).merged_into == 1001
    world.staff_says_alone("liqiang", "认领 1001")

    assert "正在请居民评价" in world.staff_says_alone("liqiang", "办结 1001 换了阀门")

    assert any("已办结：换了阀门" in each for each in world.private("u1"))
    assert CONTACT in world.private("liqiang")[-1]


def test_the_desk_of_troubles_shows_whom_to_ring_until_it_is_settled(world: World):
    a_call(world)
    world.staff_says_alone("liqiang", "认领 1001")
    world.staff_says_alone("liqiang", "不予受理 1001 请找自来水公司 96116")
    engine = world.house.store.reading_engine
    coverage = HouseCoverage(world.house, CoverageReads(engine))
    desk = HouseTroubles(world.house, TroubleReads(engine), coverage)

    (letter,) = world.run(desk.list_letters(EVERYTHING, below=None, limit=5))
    world.run(desk.settle([letter.parcel_id], EVERYTHING, by="account:1"))

    assert (letter.kind, letter.contact) == ("declined", CONTACT)
    assert world.run(desk.count_letters(EVERYTHING)) == 0
