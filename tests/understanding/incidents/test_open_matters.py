"""Open matters asked one by one: which of you is this about? Lines of a chat, by place, category, time and words."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from routing.likeness import SURE_ENOUGH_TO_GATHER, Telling
from routing.reading import Place
from tests.understanding.letters import LETTERS
from understanding.incidents.open_matters import OpenMatters

NOON = datetime(2026, 9, 7, 4, tzinfo=UTC)
PATHS = {
    "b1": ("b1", "xingfuli", "xinhua"),
    "b2": ("b2", "xingfuli", "xinhua"),
    "h1": ("h1", "hepingli", "xinhua"),
    "estate": ("xingfuli", "xinhua"),
    "": (),
}


def line(
    text: str, category: str, *, at: str = "b1", hours: float = 0, place: Place | None = None
) -> Telling:
    return Telling(
        text=text,
        at=NOON + timedelta(hours=hours),
        category=category,
        path=PATHS[at],
        place=place or Place(),
    )


def certainty(first: Telling, second: Telling, *, among: Sequence[tuple[int, int, str, str]] = ()) -> float:
    """That the second is about the first, among letters that were told before."""
    matters = OpenMatters()
    for number, (_, _, subject, text) in enumerate(among):
        matters.note(100 + number, Telling(text=text, at=NOON, subject=subject))
    matters.note(1, first)
    return next((each.certainty for each in matters.list_likely(second) if each.number == 1), 0.0)


LIFT = line("电梯坏了", "elevator")

SAME = [
    (LIFT, line("1号楼电梯又停了，什么时候修", "elevator", hours=1)),
    (LIFT, line("电梯不动了", "elevator", hours=3)),
    (line("没水了", "water"), line("怎么突然停水了", "water", hours=0.2)),
    (line("停水了！", "water"), line("家里没水了，有人知道怎么回事吗", "water", hours=0.5)),
    (line("楼道灯不亮", "light"), line("我们楼道的灯又不亮了", "light", hours=20)),
    (line("一楼大厅全是水", "water"), line("大厅漏水了一地", "water", hours=0.4)),
    (line("停水2天了", "water"), line("都停水3天了", "water", hours=20)),
    (line("单元门关不上", "door"), line("单元门坏了，关不上", "door", hours=30)),
    (line("垃圾没人收", "waste"), line("垃圾堆了两天没人收", "waste", hours=6)),
    (line("消防通道被车堵了", "fire_lane"), line("又有车堵消防通道", "fire_lane", hours=0.3)),
]

OTHER = [
    (LIFT, line("电梯坏了", "elevator", at="h1")),
    (LIFT, line("楼上装修太吵", "noise", hours=1)),
    (LIFT, line("快递柜坏了", "parcel", hours=1)),
    (
        line("2单元电梯坏了", "elevator", place=Place(unit="2")),
        line("1单元电梯坏了", "elevator", place=Place(unit="1"), hours=1),
    ),
    (
        line("502厨房漏水", "water", place=Place(room="502")),
        line("1103卫生间漏水", "water", place=Place(room="1103"), hours=5),
    ),
    (line("楼上半夜蹦迪", "noise"), line("狗叫了一晚上", "noise", hours=30)),
    (LIFT, line("电梯坏了", "elevator", hours=24 * 60)),
    (line("停水了", "water"), line("路灯不亮", "light", at="b2", hours=1)),
    (line("楼道灯坏了", "facility"), line("门禁坏了，没人修", "facility", hours=1)),
    (line("电梯坏了，第1次说", "elevator"), line("电梯坏了，第11次说", "elevator", hours=0.1)),
    (line("3号车位被占了", "parking"), line("7号车位被占了", "parking", hours=1)),
    (line("停水了", "water"), line("楼上往下漏", "water", hours=0.2)),
    (line("有人乱停车", "parking"), line("楼道有人抽烟", "smoke", hours=1)),
    (LIFT, line("电梯坏了", "elevator", at="b2")),
    (line("消防通道被一辆白车堵了", "fire_lane"), line("消防通道被一辆白车堵了", "fire_lane", at="b2")),
]

PERHAPS = [
    (LIFT, line("电梯坏了", "elevator", at="b2", hours=1)),
    (line("小区停水了", "water"), line("停水了", "water", at="b2", hours=0.2)),
    (line("大门口积水", "water", at="estate"), line("大门口积水很深", "water", hours=2)),
]


NO_WATER = line(
    "我们3号楼从昨天晚上十点多就开始停水了，到现在一滴水都没有，家里老人小孩都没法洗漱做饭，打物业电话也没人接，请尽快来人处理",
    "water",
)
DRIPS = line(
    "地下车库B区一直在漏水，顶上滴滴答答，我的车引擎盖上全是水垢，希望物业尽快安排人维修，不然车漆都要坏了，已经一个多星期了",
    "water",
)
STUCK = (
    "电梯从上周开始就经常停在半路，昨天把我妈关在里面二十分钟，按铃也没人应，这样的电梯谁还敢坐，请马上检修"
)
STUCK_TOO = (
    "我们这栋的电梯又坏了，今天早上停在八楼不动，里面还有人被困，按铃没有人应，这种电梯太危险了，必须马上检修"
)

LONG_AND_LIKELY = [
    (
        NO_WATER,
        line(
            "3号楼又停水了，昨晚开始到现在都没来，早上上班脸都没洗，物业电话打了好几个都没有人接，到底什么时候能来水啊",
            "water",
            hours=1,
        ),
    ),
    (line(STUCK, "elevator"), line(STUCK_TOO, "elevator", hours=30)),
]

LONG_AND_OTHER = [
    (NO_WATER, DRIPS),
    (
        DRIPS,
        line(
            "我家卫生间天花板一直在漏水，楼上的住户不肯配合检修，已经沟通了一个多星期了，希望物业或者社区出面协调一下，墙皮都掉了",
            "water",
            hours=20,
        ),
    ),
    (
        line(STUCK, "elevator", place=Place(unit="1")),
        line(STUCK_TOO, "elevator", hours=30, place=Place(unit="2")),
    ),
    (line(STUCK, "elevator"), line(STUCK_TOO, "elevator", at="h1", hours=30)),
]


@pytest.mark.parametrize(("first", "second"), LONG_AND_LIKELY)
def test_long_messages_of_one_building_and_one_matter_are_at_least_offered(first: Telling, second: Telling):
    assert certainty(first, second, among=LETTERS) > 0


@pytest.mark.parametrize(("first", "second"), LONG_AND_OTHER)
def test_long_messages_of_another_matter_or_another_unit_are_far_from_gathered(
    first: Telling, second: Telling
):
    assert certainty(first, second, among=LETTERS) < 0.3


@pytest.mark.parametrize(("first", "second"), SAME)
def test_lines_of_one_matter_are_gathered(first: Telling, second: Telling):
    assert certainty(first, second) >= SURE_ENOUGH_TO_GATHER


@pytest.mark.parametrize(("first", "second"), OTHER)
def test_lines_of_another_matter_are_not(first: Telling, second: Telling):
    assert certainty(first, second) < SURE_ENOUGH_TO_GATHER


@pytest.mark.parametrize(("first", "second"), PERHAPS)
def test_the_same_words_nearby_are_at_least_offered(first: Telling, second: Telling):
    assert certainty(first, second) > 0


def test_a_letter_among_letters_is_found_with_the_name_that_both_share():
    matters = OpenMatters()
    matters.note(7, letter("建议调整K7路公交线路", "K7路公交车绕行太远，老人上下班都不方便，希望调整线路。"))
    matters.note(
        8,
        letter(
            "清风雅苑小区垃圾站臭气熏天", "清风雅苑小区二栋楼下的垃圾站从不清洗，夏天臭气熏天，住户不敢开窗。"
        ),
    )

    found = matters.find(
        letter(
            "请管管清风雅苑小区垃圾站",
            "我住清风雅苑小区，楼下垃圾站臭气熏天，苍蝇很多，请有关部门管管，住户不敢开窗。",
            days=3,
        )
    )

    assert found is not None
    assert (found.number, found.is_sure) == (8, True)
    assert found.why == ("都提到“清风雅苑小区垃圾站”", "相隔3天")


def test_another_matter_of_the_same_estate_is_not_gathered():
    matters = OpenMatters()
    matters.note(
        8,
        letter(
            "清风雅苑小区垃圾站臭气熏天", "清风雅苑小区二栋楼下的垃圾站从不清洗，夏天臭气熏天，住户不敢开窗。"
        ),
    )

    found = matters.find(
        letter(
            "清风雅苑小区物业费太高",
            "清风雅苑小区的物业每平方米收三块五，没有经过业主大会同意，请核查收费标准。",
            days=3,
        )
    )

    assert found is None or not found.is_sure


def test_the_reasons_are_told_in_chinese():
    matters = OpenMatters()
    matters.note(3, LIFT)

    found = matters.find(line("电梯又停了", "elevator", hours=5))

    assert found is not None
    assert found.why == ("同一处", "同一类事", "相隔5小时")


def test_what_has_ended_is_found_no_more():
    matters = OpenMatters()
    matters.note(3, LIFT)
    matters.note(3, line("电梯还没修", "elevator", hours=1))

    matters.forget(3)
    matters.forget(99)

    assert len(matters) == 0
    assert matters.find(LIFT) is None


def test_of_two_that_became_one_the_one_that_goes_on_is_found():
    matters = OpenMatters()
    matters.note(3, LIFT)
    matters.note(4, line("电梯门打不开", "elevator", hours=1))

    matters.join(4, into=3)
    matters.join(99, into=3)

    assert [each.number for each in matters.list_likely(line("电梯门还是打不开", "elevator", hours=2))] == [3]
    matters.forget(3)
    assert matters.find(LIFT) is None


def test_every_likely_matter_is_listed_once_and_the_likeliest_first():
    matters = OpenMatters()
    for number, where in ((1, "b2"), (2, "b1"), (3, "h1")):
        matters.note(number, line("电梯坏了", "elevator", at=where))
        matters.note(number, line("电梯又坏了", "elevator", at=where, hours=1))

    likely = matters.list_likely(line("电梯坏了", "elevator", hours=2))

    assert [each.number for each in likely] == [2, 1]
    assert likely[0].certainty > likely[1].certainty


@pytest.mark.parametrize("text", ["", "？？", "漏"])
def test_hardly_any_words_break_nothing(text: str):
    matters = OpenMatters()
    matters.note(1, line(text, "water", at=""))

    assert matters.list_likely(line(text, "other", at="")) is not None
    assert matters.list_likely(letter(text, text)) is not None


def letter(subject: str, text: str, *, days: int = 0) -> Telling:
    return Telling(text=text, at=NOON + timedelta(days=days), subject=subject)
