"""The public board's counts of the last thirty days, remade at most once a minute."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from admin_web.pages.board import Board, BoardFigures, Counts, Way
from admin_web.ports import Scope, TicketQuery
from app.readers import Tickets
from app.wiring import House
from routing.metrics import TicketFacts, figures_of
from routing.tickets import Status

DAYS = 30
KEPT_FOR = timedelta(minutes=1)
SOLVED = frozenset({Status.RESOLVED, Status.CLOSED})

WAYS = {
    "wechat": Way("微信公众号", "关注公众号，直接把事情发给它，也可以发照片"),
    "telegram": Way("Telegram", "在群里 @ 机器人，或者和它单独说"),
    "sandbox": Way("沙盒", "在“沙盒”页面里试着说一句"),
}


def board_figures(house: House) -> BoardFigures:
    desk = _BoardDesk(house)

    async def figures() -> Board:
        return await desk.current()

    return figures


@dataclass(slots=True)
class _BoardDesk:
    house: House
    _made_at: datetime | None = None
    _board: Board | None = None
    _tickets: Tickets = field(init=False)

    def __post_init__(self) -> None:
        self._tickets = Tickets(self.house.store, self.house.office.current)

    async def current(self) -> Board:
        now = self.house.clock.now()
        if self._board is None or self._made_at is None or now - self._made_at > KEPT_FOR:
            self._board, self._made_at = await self._make(now), now
        return self._board

    async def _make(self, now: datetime) -> Board:
        tree = self.house.office.current()
        today = now.astimezone(ZoneInfo(tree.timezone)).date()
        query = TicketQuery(Scope(None), opened_from=now - timedelta(days=DAYS))
        facts = await self._tickets.list_facts(query, now=now)
        names = {each.category_id: each.name for each in tree.categories}
        by_name: dict[str, list[TicketFacts]] = {}
        for each in facts:
            by_name.setdefault(names.get(each.category, each.category), []).append(each)
        return Board(
            place=tree.name,
            from_on=today - timedelta(days=DAYS - 1),
            to_on=today,
            total=_count(tree.name, facts, now=now),
            categories=[_count(name, rows, now=now) for name, rows in by_name.items()],
            ways=[WAYS[each.name] for each in self.house.channels.values() if each.name in WAYS],
        )


def _count(name: str, facts: Sequence[TicketFacts], *, now: datetime) -> Counts:
    on_time = figures_of(facts, now=now, smallest_n=1).on_time
    solved = sum(each.status in SOLVED for each in facts)
    return Counts(name=name, reported=len(facts), solved=solved, due=on_time.n, on_time=on_time.count)
