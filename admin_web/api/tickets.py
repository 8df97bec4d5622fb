"""Listing and reading tickets, and taking down a report. Moves on a ticket are in `moves`."""

from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response

from admin_web.api.body import clean_text, read_model
from admin_web.api.filters import Filters
from admin_web.api.moves import add_moves
from admin_web.api.operations import Operation, add
from admin_web.api.paging import cut_page, parse_cursor
from admin_web.api.scope import ACTS, Visit, visit_of
from admin_web.api.sight import get_visible
from admin_web.api.ticket_json import OFFICE, TicketRenderer
from admin_web.api.ticket_models import ReportJson, TicketFileJson, TicketPageJson
from admin_web.ports import ApiPorts, NewReport
from admin_web.problems import bad_values, problem_of
from routing.errors import DeskError

_LIST = Operation(
    "GET",
    "/tickets",
    "List tickets",
    "Newest first. Every filter narrows; `node` and `origin` mean the whole subtree below them. A page stays where it "
    "is while new tickets come in: follow `next` until it is null.",
    (401, 404, 422, 429, 503),
    answer=TicketPageJson,
    says="A page of tickets with their histories.",
)
_SHOW = Operation(
    "GET",
    "/tickets/{number}",
    "Read a ticket",
    "The ticket with its history and what was written on it. A ticket that the token may not see answers 404, as one "
    "that was never opened does.",
    (401, 404, 429, 503),
    answer=TicketFileJson,
    says="The ticket.",
)
_REPORT = Operation(
    "POST",
    "/tickets",
    "Report for a resident",
    "Opens a ticket for what somebody said by telephone or at the counter, or through another program. With an "
    "`Idempotency-Key` the same request may be sent again and opens nothing more; with other words it is refused (422 "
    "`key_used`). What tells of a matter that is open "
    "already is part of it from the start, as in a chat: `status` is then `merged`, and `merged_into` goes on.",
    (401, 403, 404, 409, 413, 415, 422, 429, 503),
    answer=TicketFileJson,
    status=201,
    body={"application/json": ReportJson},
    says="The ticket that it became.",
)


class Tickets:
    def __init__(self, ports: ApiPorts) -> None:
        self._ports = ports
        self._renderer = TicketRenderer(ports.hierarchy.current, ports.say_word)

    def add_to(self, router: APIRouter) -> None:
        add(router, _LIST, self.list_tickets)
        add(router, _REPORT, self.report)
        add(router, _SHOW, self.show_ticket)
        add_moves(router, self._ports, self._renderer)

    async def list_tickets(
        self,
        request: Request,
        filters: Annotated[Filters, Query()],
    ) -> TicketPageJson:
        query = filters.query_for(visit_of(request))
        below = parse_cursor(filters.cursor)
        found = await self._ports.tickets.list_page(query, below=below, limit=filters.limit + 1)
        page, cursor = cut_page(found, filters.limit, lambda file: file.ticket.number)
        return TicketPageJson(items=[self._renderer.render(each) for each in page], next=cursor)

    async def show_ticket(self, number: str, request: Request) -> TicketFileJson:
        try:
            return self._renderer.render_file(await get_visible(self._ports, visit_of(request), number))
        except DeskError as refusal:
            raise problem_of(refusal, self._ports.say_refusal) from None

    async def report(
        self,
        request: Request,
        response: Response,
        idempotency_key: Annotated[str | None, Header(max_length=200)] = None,
    ) -> TicketFileJson:
        visit = visit_of(request)
        visit.require_role(ACTS)
        said = await read_model(request, ReportJson)
        visit.require_node(said.node)
        report = _report_from(said, visit, idempotency_key)
        try:
            number = await self._ports.report(report)
            file = await get_visible(self._ports, visit, str(number))
        except DeskError as refusal:
            raise problem_of(refusal, self._ports.say_refusal) from None
        response.headers["Location"] = f"/api/v1/tickets/{number}"
        return self._renderer.render_file(file)


def _report_from(said: ReportJson, visit: Visit, key: str | None) -> NewReport:
    text = clean_text(said.text)
    category = said.category and _get_category(said.category, visit)
    if not text:
        raise bad_values([{"loc": ["text"], "msg": "Field required"}])
    return NewReport(
        node=said.node,
        text=text,
        by=f"{OFFICE}{visit.grant.name}",
        category=category,
        urgent=said.urgent,
        place=clean_text(said.place),
        key=f"{visit.grant.name}:{key}" if key else None,
        contact=clean_text(said.contact),
    )


def _get_category(wanted: str, visit: Visit) -> str:
    """Its id, from an id or a name."""
    for each in visit.hierarchy.categories:
        if wanted in {each.category_id, each.name}:
            return each.category_id
    raise bad_values([{"loc": ["category"], "msg": "No such category"}])
