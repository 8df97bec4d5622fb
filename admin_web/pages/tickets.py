"""The board of tickets: what is late first, filters that are addresses, search, and the news of the list."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from admin_web.api.scope import ACTS
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor, signed_in
from admin_web.board_choices import Choices, list_choices
from admin_web.board_filters import (
    BOARD,
    BoardFilters,
    parse_mark,
    read_filters,
    still_means_the_same,
    write_mark,
)
from admin_web.board_ports import COUNTED_UP_TO, Counts, TicketPorts
from admin_web.office import Office
from admin_web.pages.ticket_bulk import BulkOutcome, BulkPage
from admin_web.pages.ticket_views import VIEW_SAID, ViewPages, owner_of
from admin_web.ports import ApiPorts
from admin_web.ticket_desk import TicketDesk
from admin_web.ticket_rows import TicketRow, row_of
from admin_web.time_left import SOON
from routing.tickets import Ticket

SHOWN = 50
SignedIn = Annotated[Visitor, Depends(signed_in)]
Page = tuple[Sequence[Ticket], str, bool]


@dataclass(frozen=True, slots=True)
class Counter:
    """A number on top that is a link; `count` is as it is shown."""

    state: str
    count: str
    path: str
    is_here: bool
    is_any: bool


def build_router(office: Office, ports: ApiPorts, own: TicketPorts) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    board = BoardPage(office, ports, own)
    bulk = BulkPage(TicketDesk(ports, own.note_stand_in))
    views = ViewPages(own.views)

    async def act_on_many(request: Request, visitor: SignedIn) -> Response:
        if visitor.role not in ACTS:
            raise PageRefused(403, "refused.may_not_act")
        outcome = await bulk.act(request, visitor)
        return await board.render(request, visitor, outcome.filters, outcome=outcome)

    router.add_api_route(BOARD, board.show, methods=["GET"])
    router.add_api_route(f"{BOARD}/news", board.tell_news, methods=["GET"])
    router.add_api_route(f"{BOARD}/bulk", act_on_many, methods=["POST"])
    router.add_api_route(f"{BOARD}/views", views.keep, methods=["POST"])
    router.add_api_route(f"{BOARD}/views/{{view_id:int}}", views.change, methods=["POST"])
    return router


class BoardPage:
    def __init__(self, office: Office, ports: ApiPorts, own: TicketPorts) -> None:
        self._office = office
        self._ports = ports
        self._own = own

    async def show(self, request: Request, visitor: SignedIn, said: str = "") -> Response:
        filters = read_filters(request.query_params, visitor)
        return await self.render(request, visitor, filters, said=said if said in VIEW_SAID else "")

    async def render(
        self,
        request: Request,
        visitor: Visitor,
        filters: BoardFilters,
        *,
        said: str = "",
        outcome: BulkOutcome | None = None,
    ) -> Response:
        now, board = self._ports.now(), self._own.board
        since = await board.find_latest_event()
        wish = filters.wish(visitor)
        counts = await board.count(wish, now=now, soon=now + SOON)
        tickets, after, is_cut = await self._list(visitor, filters)
        tree = visitor.visit.hierarchy
        rows: list[TicketRow] = [row_of(each, tree, now) for each in tickets]
        choices: Choices = list_choices(visitor, filters)
        views = await self._own.views.list_of(owner_of(visitor))
        return self._office.render(
            request,
            "tickets.html",
            status=422 if outcome is not None and outcome.complaint else 200,
            filters=filters,
            counters=_counters(counts, filters),
            rows=rows,
            clear_path=BoardFilters(state=filters.state).address(),
            next_path=filters.address(after=after) if after else "",
            is_cut=is_cut,
            is_later_page=bool(filters.after),
            choices=choices,
            views=views,
            gone_views={each.view_id for each in views if not still_means_the_same(each.query, visitor)},
            since=since,
            now=now,
            said=said,
            outcome=outcome,
        )

    async def tell_news(self, request: Request, visitor: SignedIn, since: int = 0) -> Response:
        """A line for the page that asks in the background; empty when nothing happened."""
        filters = read_filters(request.query_params, visitor)
        found = await self._own.board.count_news(filters.wish(visitor), since=max(0, since))
        return self._office.render(request, "tickets_news.html", news=found, path=filters.address())

    async def _list(self, visitor: Visitor, filters: BoardFilters) -> Page:
        if filters.q:
            return await self._search(visitor, filters)
        wish, board = filters.wish(visitor), self._own.board
        mark = parse_mark(filters.after)
        if filters.state == "ended":
            found = await board.list_ended(wish, after=mark, limit=SHOWN + 1)
        else:
            due = filters.due(self._ports.now())
            found = await board.list_live(wish, filters.parts, after=mark, due=due, limit=SHOWN + 1)
        shown = found[:SHOWN]
        after = write_mark(shown[-1][0]) if len(found) > SHOWN else ""
        return [each for _, each in shown], after, False

    async def _search(self, visitor: Visitor, filters: BoardFilters) -> Page:
        """The newest first; a page begins below a number."""
        below = int(filters.after) if filters.after.isdecimal() else None
        found = await self._own.board.find(
            filters.wish(visitor), filters.q, statuses=filters.statuses, below=below, limit=SHOWN + 1
        )
        shown = found.tickets[:SHOWN]
        after = str(shown[-1].number) if len(found.tickets) > SHOWN else ""
        return shown, after, found.is_cut


def _show(count: int | None) -> str:
    if count is None:
        return "–"
    return f"{COUNTED_UP_TO - 1}+" if count >= COUNTED_UP_TO else str(count)


def _counters(counts: Counts, filters: BoardFilters) -> list[Counter]:
    numbers = {
        "late": counts.late,
        "soon": counts.soon,
        "open": counts.open,
        "claimed": counts.claimed,
        "resolved": counts.resolved,
        "waiting": counts.waiting,
        "ended": counts.ended,
    }
    return [
        Counter(
            state,
            _show(count),
            filters.address(state="" if filters.state == state else state, q=""),
            filters.state == state,
            bool(count),
        )
        for state, count in numbers.items()
    ]
