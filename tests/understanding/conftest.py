"""A street's categories for reading with: only what a reader looks at is filled in."""

import pytest

from routing.hierarchy import FALLBACK_CATEGORY, URGENT_CLOCK, Category, Hierarchy, Level, Node
from routing.hierarchy_index import index
from understanding.reader import KeywordReader


def a_category(category_id: str, name: str, *keywords: str, **more: object) -> Category:
    return Category(category_id, name, "building", "staff", keywords=keywords, **more)  # type: ignore[arg-type]


def a_street(*categories: Category) -> Hierarchy:
    return index(
        name="新华街道",
        levels=[Level("building", "楼栋")],
        calendars={},
        clocks={},
        categories=[*categories, a_category(FALLBACK_CATEGORY, "其他")],
        nodes=[Node("b1", "building", "1号楼", None)],
    )


@pytest.fixture(scope="session")
def street() -> Hierarchy:
    return a_street(
        a_category(
            "elevator",
            "电梯",
            *("电梯", "困梯", "轿厢"),
            examples=("3单元电梯又不动了", "电梯门关不上"),
            urgent_when=("困人", "被困", "关在电梯", "坠落"),
        ),
        a_category("noise", "噪音扰民", "噪音", "太吵", "扰民", "装修声", examples=("楼上半夜一直在敲",)),
        a_category("fire_lane", "消防通道占用", "消防通道", "堵住通道", clock=URGENT_CLOCK),
        a_category("water", "停水漏水", "停水", "漏水", "爆管", "没水"),
        a_category("power", "停电供暖", "停电", "跳闸", "没电", "暖气"),
        a_category("rubbish", "垃圾卫生", "垃圾", "卫生", "油烟", "异味"),
        a_category("parking", "停车", "车位", "乱停车", "停车"),
        a_category("light", "路灯照明", "路灯", "楼道灯", "声控灯"),
        a_category("security", "治安", "小偷", "打架", "保安", "监控"),
        a_category("pets", "养狗", "狗", "不牵绳"),
    )


@pytest.fixture(scope="session")
def reader() -> KeywordReader:
    return KeywordReader()
