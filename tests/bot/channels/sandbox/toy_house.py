"""A street of one community with a toy bot, all in memory: enough to talk to the sandbox beside the real desk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.channel import Answer, NotStoredError
from bot.channels.sandbox.sender import SandboxChannel
from bot.channels.sandbox.windows import SandboxWindows
from routing.durations import parse_span
from routing.hierarchy import Category, Clock, Group, Hierarchy, Level, Limits, Node, Staff
from routing.hierarchy_index import index
from routing.messages import Address, Button, Inbound, Outbound
from routing.outgoing import Shown
from routing.plans import freeze_plan
from routing.tickets import Status, Ticket
from routing.working_time import Calendar

TUESDAY = datetime(2026, 11, 24, 7, 24, tzinfo=UTC)
ALWAYS = Calendar("Asia/Shanghai", frozenset(range(1, 8)), ((0, 1440),), None)
LEVELS = ("building", "community", "street")


def a_street(buildings: int = 36) -> Hierarchy:
    limits = {level: Limits(parse_span("30m"), parse_span("2h"), None) for level in LEVELS}
    return index(
        name="新华街道",
        levels=[Level("building", "楼栋"), Level("community", "社区"), Level("street", "街道")],
        calendars={"always": ALWAYS},
        clocks={"normal": Clock("normal", "always", limits)},
        categories=[
            Category("elevator", "电梯", "building", "property", keywords=("电梯",), urgent_when=("被困",)),
            Category("noise", "噪音扰民", "building", "staff", keywords=("敲", "吵")),
            Category("other", "其他", "building", "staff"),
        ],
        nodes=[*_offices(), *(_building(number) for number in range(1, buildings + 1))],
    )


def _offices() -> tuple[Node, Node]:
    street = Node(
        "xinhua",
        "street",
        "新华街道",
        None,
        groups=(Group("xinhua-staff", "staff", "街道工作群", "xinhua"),),
        staff=(Staff("zhao", "赵敏", "街道专员", "xinhua", ("xinhua-staff",)),),
    )
    community = Node(
        "xingfuli",
        "community",
        "幸福里社区",
        "xinhua",
        groups=(
            Group("xingfuli-staff", "staff", "幸福里网格工作群", "xingfuli"),
            Group("xingfuli-property", "property", "幸福里物业群", "xingfuli"),
        ),
        staff=(
            Staff("wangfang", "王芳", "网格员", "xingfuli", ("xingfuli-staff",)),
            Staff("liqiang", "李强", "物业经理", "xingfuli", ("xingfuli-property",)),
        ),
    )
    return street, community


def _building(number: int) -> Node:
    node_id = f"xingfuli-b{number}"
    residents = Group(f"{node_id}-residents", "residents", f"{number}号楼居民群", node_id)
    if number > 1:
        return Node(node_id, "building", f"{number}号楼", "xingfuli", groups=(residents,))
    staff = Group(f"{node_id}-staff", "staff", "1号楼楼栋长", node_id)
    head = Staff("chenjie", "陈杰", "楼栋长", node_id, (staff.group_id,))
    return Node(node_id, "building", "1号楼", "xingfuli", groups=(residents, staff), staff=(head,))


class MemoryBoard:
    """`bot.ports.SandboxBoard` as a list."""

    def __init__(self) -> None:
        self.rows: list[Shown] = []

    def add(self, chat: str, *, author: str, name: str, text: str, buttons: str, at: datetime) -> int:
        self.rows.append(Shown(len(self.rows) + 1, chat, author, name, text, buttons, at))
        return len(self.rows)

    def list_after(self, shown_id: int, *, chat: str | None = None, limit: int = 200) -> Sequence[Shown]:
        return [each for each in self.rows if each.shown_id > shown_id and chat in {None, each.chat}][:limit]

    def list_latest(self, *, chat: str | None = None, limit: int = 200) -> Sequence[Shown]:
        return [each for each in self.rows if chat in {None, each.chat}][-limit:]


class MemoryInbox:
    """`bot.ports.Inbox` as a dictionary."""

    def __init__(self) -> None:
        self.answers: dict[tuple[str, str, str], str] = {}

    def find_answer(self, channel: str, account: str, key: str) -> str | None:
        return self.answers.get((channel, account, key))

    def add(self, inbound: Inbound, *, answer: str, now: datetime) -> None:
        self.answers[inbound.address.channel, inbound.address.account, inbound.key] = answer


@dataclass
class MemoryUnit:
    sandbox: MemoryBoard = field(default_factory=MemoryBoard)
    inbox: MemoryInbox = field(default_factory=MemoryInbox)


class MemoryWriter:
    """Runs a job at once on the unit that several writers may share, as replicas share a database."""

    def __init__(self, unit: MemoryUnit) -> None:
        self.unit = unit

    async def run(
        self, job: Callable[[Any], Any], *, within: timedelta | None = None, about: Any = None
    ) -> Any:
        return job(self.unit)


class ToyHouse:
    """The hierarchy, a clock of its own, and a bot that opens, claims, resolves and lets tickets climb."""

    def __init__(self, hierarchy: Hierarchy | None = None, unit: MemoryUnit | None = None) -> None:
        self.hierarchy = hierarchy or a_street()
        self.unit = unit or MemoryUnit()
        self.windows = SandboxWindows(MemoryWriter(self.unit))
        self.channel = SandboxChannel(self.windows, self.now)
        self.received: list[Inbound] = []
        self.tickets: dict[int, Ticket] = {}
        self.is_storing = True
        self._pushed = timedelta()
        self._answers: dict[str, Answer] = {}
        self._sent = 0

    # --- the clock ---

    def now(self) -> datetime:
        return TUESDAY + self._pushed

    def pushed(self) -> timedelta:
        return self._pushed

    async def push(self, by: timedelta) -> datetime:
        until = self.now() + by
        while (due := await self.next_deadline()) is not None and due <= until:
            self._pushed = due - TUESDAY
            for ticket in [each for each in self.tickets.values() if each.next_due_at == due]:
                await self._climb(ticket)
        self._pushed = until - TUESDAY
        return until

    async def push_to_next_deadline(self) -> datetime | None:
        due = await self.next_deadline()
        return None if due is None else await self.push(due - self.now())

    async def push_to_tomorrow(self) -> datetime:
        return await self.push(TUESDAY.replace(hour=1, minute=0) + timedelta(days=1) - self.now())

    async def next_deadline(self) -> datetime | None:
        return min((each.next_due_at for each in self.tickets.values() if each.next_due_at), default=None)

    async def rest(self) -> None:
        return None

    # --- the bot ---

    async def tickets_of(self, node_ids: Sequence[str]) -> Sequence[Ticket]:
        found = [each for each in self.tickets.values() if each.node in node_ids or each.origin in node_ids]
        return sorted(found, key=lambda ticket: -ticket.number)

    async def receive(self, inbound: Inbound) -> Answer:
        if not self.is_storing:
            raise NotStoredError
        known = self._answers.get(inbound.key)
        if known is not None:
            return replace(known, is_repeat=True)
        self.received.append(inbound)
        answer = self._answers[inbound.key] = await self._answer(inbound)
        return answer

    async def _answer(self, inbound: Inbound) -> Answer:
        words = inbound.text.split()
        if len(words) > 1 and words[1].isdigit() and words[0] in {"认领", "办结", "评价"}:
            return await self._move(inbound, words[0], self.tickets[int(words[1])])
        if not inbound.addressed:
            return Answer()
        if inbound.private:
            return Answer((Outbound("您好，我是里仁。您报过的事都在这里能查到，说“我的”就行。"),))
        return await self._open(inbound)

    async def _open(self, inbound: Inbound) -> Answer:
        group = self.hierarchy.groups[inbound.address.chat]
        number = 1024 + len(self.tickets)
        category = next(
            (
                each
                for each in self.hierarchy.categories
                if any(word in inbound.text for word in each.keywords)
            ),
            self.hierarchy.categories[-1],
        )
        node, asked = self._asked(group.node_id, category.handled_by)
        due = self.now() + timedelta(minutes=30)
        self.tickets[number] = Ticket(
            number=number, version=1, status=Status.OPEN, urgent="被困" in inbound.text,
            category=category.category_id, text=inbound.text, origin=group.node_id, root="xinhua", node=node.node_id,
            level=node.level, group=asked.group_id, holder=None, plan=freeze_plan(self.hierarchy, category), cycle=1,
            opened_at=self.now(), dispatched_at=self.now(), claim_due_at=due,
            resolve_due_at=self.now() + timedelta(hours=2), next_due_at=due,
        )  # fmt: skip
        await self._ask(
            self.tickets[number], f"新工单 #{number} {category.name}\n{group.name}：{inbound.text}"
        )
        by = (due + timedelta(hours=8)).strftime("%H:%M")
        text = f"已记下，工单 #{number}（{category.name}），已转{asked.name}，{by} 前会有人认领。"
        buttons = ((Button("进度", f"进度 {number}"), Button("催办", f"催办 {number}")),)
        return Answer((Outbound(text, buttons),), number)

    async def _move(self, inbound: Inbound, verb: str, ticket: Ticket) -> Answer:
        who = self.hierarchy.staff.get(inbound.speaker.user)
        name = who.name if who else inbound.speaker.name
        if verb == "认领":
            changed = replace(
                ticket, status=Status.CLAIMED, holder=who and who.staff_id, next_due_at=ticket.resolve_due_at
            )
            said = f"#{ticket.number} 由{name}认领，请在 2 小时内办结。"
        else:
            changed = replace(ticket, status=Status.RESOLVED, next_due_at=None)
            said = f"#{ticket.number} 已办结，感谢{name}。"
        self.tickets[ticket.number] = changed
        await self._tell(f"{ticket.origin}-residents", f"工单 #{ticket.number} 有进展：{name}{verb}了。")
        return Answer((Outbound(said, ((Button("办结", f"办结 {ticket.number} 好了"),),)),), ticket.number)

    async def _climb(self, ticket: Ticket) -> None:
        above = self.hierarchy.nodes[ticket.node].parent_id
        if above is None:
            self.tickets[ticket.number] = replace(ticket, next_due_at=None)
            return
        node, group = self._asked(above, "staff")
        due = self.now() + timedelta(minutes=30)
        self.tickets[ticket.number] = moved = replace(
            ticket, node=node.node_id, level=node.level, group=group.group_id, status=Status.OPEN, holder=None,
            claim_due_at=due, next_due_at=due, escalations=ticket.escalations + 1,
        )  # fmt: skip
        await self._ask(moved, f"#{ticket.number} 没有人认领，升级到{node.name}：{ticket.text}")

    def _asked(self, node_id: str, kind: str) -> tuple[Node, Group]:
        for node in self.hierarchy.climb(node_id):
            for group in node.groups:
                if group.kind == kind:
                    return node, group
        raise AssertionError("nobody to ask")

    async def _ask(self, ticket: Ticket, text: str) -> None:
        number = ticket.number
        rows = ((Button("认领", f"认领 {number}"), Button("上报", f"上报 {number} 处理不了")),)
        await self._tell(ticket.group, text, rows)

    async def _tell(self, chat: str, text: str, buttons: tuple[tuple[Button, ...], ...] = ()) -> None:
        self._sent += 1
        await self.channel.send(
            Address("sandbox", "sandbox", chat), Outbound(text, buttons), key=f"{self._sent}"
        )
