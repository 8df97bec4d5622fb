"""Makes the things tests talk about: a small tree, its people, a report, a ticket. Values that matter are given."""

from dataclasses import replace
from datetime import UTC, datetime

from routing.durations import parse_span
from routing.escalation import with_next_due
from routing.hierarchy import Category, Clock, Gather, Group, Hierarchy, Level, Limits, Listen, Node, Staff
from routing.hierarchy_index import DEFAULT_MANNERS, index
from routing.messages import Address
from routing.people import Person
from routing.plans import freeze_plan
from routing.reading import Intent, Place, Reading
from routing.tickets import Status, Ticket
from routing.working_time import Calendar

TUESDAY_NINE = datetime(2026, 11, 24, 1, 0, tzinfo=UTC)
"""Tuesday 24 November 2026, 09:00 in Shanghai: the offices open."""

OFFICE = Calendar("Asia/Shanghai", frozenset(range(1, 6)), ((540, 720), (840, 1080)), None)
ALWAYS = Calendar("Asia/Shanghai", frozenset(range(1, 8)), ((0, 1440),), None)
ACCOUNT = "liren"


HEAD = Staff("chenjie", "陈杰", "楼栋长", "xingfuli-b1", ("xingfuli-b1-staff",))


def limits(claim: str, resolve: str, remind: str | None = None) -> Limits:
    return Limits(parse_span(claim), parse_span(resolve), parse_span(remind) if remind else None)


NORMAL = {
    "building": limits("1wh", "1wd", "15m"),
    "community": limits("2wh", "3wd", "30m"),
    "street": limits("4wh", "7wd", "1wh"),
}
URGENT = {
    "building": limits("10m", "2h", "5m"),
    "community": limits("10m", "2h", "5m"),
    "street": limits("15m", "4h", "5m"),
}
CATEGORIES = (
    Category(
        "elevator", "电梯", "building", "property", keywords=("电梯",), urgent_when=("困人", "被困"),
        advice="请勿扒门，按轿厢内紧急呼叫按钮，等待救援。",
    ),
    Category("noise", "噪音扰民", "building", "staff", keywords=("噪音", "太吵")),
    Category("fire_lane", "消防通道占用", "community", "staff", clock="urgent", keywords=("消防通道",)),
    Category(
        "water", "停水漏水", "building", "property", keywords=("停水", "漏水"),
        gather=Gather(reporters=5, buildings=2, within=parse_span("30m")),
    ),
    Category("other", "其他", "building", "staff"),
)  # fmt: skip


def a_hierarchy(*, listen: Listen = Listen.MENTION, without: tuple[str, ...] = (), **manners) -> Hierarchy:
    """新华街道 with 幸福里 (1号楼 with a building head, 2号楼 with none) and 和平里. `without` leaves groups out."""
    nodes = [_pruned(each, without) for each in _nodes(listen)]
    return index(
        name="新华街道",
        levels=[Level("building", "楼栋"), Level("community", "社区"), Level("street", "街道")],
        calendars={"office": OFFICE, "always": ALWAYS},
        clocks={
            "normal": Clock("normal", "office", NORMAL),
            "urgent": Clock("urgent", "always", URGENT),
        },
        categories=CATEGORIES,
        nodes=nodes,
        manners=replace(DEFAULT_MANNERS, **{"supervise_every": parse_span("4h"), **manners}),
        version=1,
    )


def _pruned(node: Node, without: tuple[str, ...]) -> Node:
    groups = tuple(each for each in node.groups if each.group_id not in without)
    staff = tuple(
        replace(each, groups=tuple(one for one in each.groups if one not in without)) for each in node.staff
    )
    return replace(node, groups=groups, staff=staff)


def _nodes(listen: Listen) -> list[Node]:
    return [
        Node(
            "xinhua", "street", "新华街道", None,
            groups=(Group("xinhua-staff", "staff", "街道工作群", "xinhua"),),
            staff=(Staff("zhao", "赵敏", "街道专员", "xinhua", ("xinhua-staff",)),),
        ),
        Node(
            "xingfuli", "community", "幸福里社区", "xinhua",
            groups=(
                Group("xingfuli-staff", "staff", "幸福里网格工作群", "xingfuli"),
                Group("xingfuli-property", "property", "幸福里物业群", "xingfuli"),
            ),
            staff=(
                Staff("wangfang", "王芳", "网格员", "xingfuli", ("xingfuli-staff",)),
                Staff("liqiang", "李强", "物业经理", "xingfuli", ("xingfuli-property",)),
                Staff("zhoujun", "周军", "维修工", "xingfuli", ("xingfuli-property",)),
            ),
        ),
        _building("xingfuli", 1, listen, head=HEAD),
        _building("xingfuli", 2, listen, head=None),
        Node(
            "hepingli", "community", "和平里社区", "xinhua",
            groups=(Group("hepingli-staff", "staff", "和平里网格工作群", "hepingli"),),
            staff=(Staff("sunli", "孙丽", "网格员", "hepingli", ("hepingli-staff",)),),
        ),
        _building("hepingli", 1, listen, head=None),
    ]  # fmt: skip


def _building(community: str, number: int, listen: Listen, *, head: Staff | None) -> Node:
    node_id = f"{community}-b{number}"
    name = f"{number}号楼"
    residents = Group(
        f"{node_id}-residents", "residents", f"{name}居民群", node_id, scene=node_id, listen=listen
    )
    staff = (Group(f"{node_id}-staff", "staff", f"{name}楼栋长群", node_id),) if head else ()
    return Node(
        node_id, "building", name, community, groups=(residents, *staff), staff=(head,) if head else ()
    )


def chat(group_id: str) -> Address:
    """The sandbox window of a group."""
    return Address("sandbox", ACCOUNT, group_id)


def alone(user: str) -> Address:
    """The sandbox window of one person."""
    return Address("sandbox", ACCOUNT, f"private:{user}")


def a_person(user: str = "u1", **changes) -> Person:
    """Not stored yet; their nickname is their flat, as usual."""
    person = Person(
        0, "sandbox", ACCOUNT, user, name="1-201", node_id="xingfuli-b1", home="1-201", private=alone(user)
    )
    return replace(person, **changes)


def a_reading(category: str = "noise", *, urgent: bool = False, **changes) -> Reading:
    return replace(
        Reading(Intent.REPORT, category, 0.9, urgent, place=Place(), why=("提到了关键词",)), **changes
    )


def a_ticket(hierarchy: Hierarchy | None = None, **changes) -> Ticket:
    """An open noise ticket of building 1, just asked of its head; `changes` are set before its due instant is."""
    tree = hierarchy or a_hierarchy()
    category = tree.get_category(str(changes.get("category", "noise")))
    ticket = Ticket(
        number=1001,
        version=1,
        status=Status.OPEN,
        urgent=False,
        category=category.category_id,
        text="楼上半夜一直在敲",
        origin="xingfuli-b1",
        root="xinhua",
        node="xingfuli-b1",
        level="building",
        group="xingfuli-b1-staff",
        holder=None,
        plan=freeze_plan(tree, category, clock_id="urgent" if changes.get("urgent") else None),
        cycle=1,
        opened_at=TUESDAY_NINE,
        dispatched_at=TUESDAY_NINE,
        claim_due_at=TUESDAY_NINE.replace(hour=2),
        resolve_due_at=None,
        next_due_at=None,
        asked_groups=("xingfuli-b1-staff",),
    )
    return with_next_due(replace(ticket, **changes))
