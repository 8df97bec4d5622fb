"""The public board's counts of the last thirty days, remade at most once a minute."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from admin_web.pages.board import WAYS, Board, BoardFigures, Counts
from admin_web.pages.figures_ports import Period
from app.pages.figures import FigureDesk
from app.wiring import House
from routing.figure_counts import NOTHING, total
from routing.figure_counts import Counts as Sums

DAYS = 30
KEPT_FOR = timedelta(minutes=1)


def board_figures(house: House) -> BoardFigures:
    desk = _BoardDesk(house, FigureDesk(house, house.figures))

    async def figures() -> Board:
        return await desk.current()

    return figures


@dataclass(slots=True)
class _BoardDesk:
    """Brings the sums up to date as a visit to the figures does; has what is counted where there is more to count."""

    house: House
    figures: FigureDesk
    _made_at: datetime | None = None
    _board: Board | None = None

    async def current(self) -> Board:
        now = self.house.clock.now()
        if self._board is None or self._made_at is None or now - self._made_at > KEPT_FOR:
            self._board, self._made_at = await self._make(now), now
        return self._board

    async def _make(self, now: datetime) -> Board:
        tree = self.house.office.current()
        today = now.astimezone(ZoneInfo(tree.timezone)).date()
        since = today - timedelta(days=DAYS - 1)
        await self.figures.is_behind()
        found = await self.figures.read(tree.root_id, Period(since, today + timedelta(days=1)))
        names = {each.category_id: each.name for each in tree.categories}
        by_name: dict[str, Sums] = {}
        for category, sums in found.by_category.items():
            name = names.get(category, category)
            by_name[name] = total([by_name.get(name, NOTHING), sums])
        return Board(
            place=tree.name,
            from_on=since,
            to_on=today,
            total=_count(tree.name, found.whole),
            categories=[_count(name, sums) for name, sums in by_name.items()],
            ways=[each.name for each in self.house.channels.values() if each.name in WAYS],
        )


def _count(name: str, sums: Sums) -> Counts:
    solved = sums.status_resolved + sums.status_closed
    return Counts(name=name, reported=sums.tickets, solved=solved, due=sums.due, on_time=sums.on_time)
