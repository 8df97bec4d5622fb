"""A tree of three levels around the nodes that a test gives, with as little else as there may be."""

from routing.durations import parse_span
from routing.hierarchy import Category, Clock, Hierarchy, Level, Limits, Node
from routing.hierarchy_index import index
from routing.working_time import Calendar

LEVELS = (Level("building", "楼栋"), Level("community", "社区"), Level("street", "街道"))
ALWAYS = Calendar("Asia/Shanghai", frozenset(range(1, 8)), ((0, 1440),), None)
CLOCK = Clock(
    "normal", "always", {each.level_id: Limits(parse_span("1h"), parse_span("1d"), None) for each in LEVELS}
)
OTHER = Category("other", "其他", "building", "staff")


def a_tree(*nodes: Node, categories: tuple[Category, ...] = (OTHER,)) -> Hierarchy:
    return index(
        name="新华街道",
        levels=LEVELS,
        calendars={"always": ALWAYS},
        clocks={"normal": CLOCK},
        categories=categories,
        nodes=nodes,
    )
