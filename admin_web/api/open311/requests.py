"""Tickets as Open311 service requests: listed, read, and opened by a holder of a token."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Annotated
from urllib.parse import parse_qsl

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from admin_web.api.access import Door
from admin_web.api.body import MAX_JSON, clean_text, read_bounded, require_type
from admin_web.api.open311.rendering import Form, Record, render
from admin_web.api.open311.request_record import render_request
from admin_web.api.open311.services import get_service
from admin_web.api.operations import Operation, add
from admin_web.api.periods import parse_period
from admin_web.api.scope import ACTS, Visit
from admin_web.api.ticket_json import OFFICE
from admin_web.api.verbs import parse_number
from admin_web.ports import EVERYTHING, ApiPorts, NewReport, Scope, TicketQuery
from admin_web.problems import ProblemError, bad_values, problem_of
from routing.errors import DeskError
from routing.tickets import LIVE, Status, Ticket

MOST_REQUESTS, MOST_IDS = 1000, 50
USUAL_PERIOD = timedelta(days=90)
"""The standard's own bounds: the last 90 days or the first 1000."""

LONGEST_TEXT, LONGEST_PLACE = 2000, 200
NAMES = ("service_requests", "request")

_SAMPLE = (
    '[{"service_request_id": "1024", "status": "open", "status_notes": "处置中", "service_name": "电梯", '
    '"service_code": "elevator", "description": "", "agency_responsible": "幸福里社区", "service_notice": "", '
    '"requested_datetime": "2026-11-23T09:51:56+00:00", "updated_datetime": "2026-11-23T10:03:00+00:00", '
    '"expected_datetime": "2026-11-24T09:51:56+00:00", "address": "幸福里社区", "address_id": "xingfuli", '
    '"zipcode": "", "lat": null, "long": null, "media_url": ""}]'
)
_LIST = Operation(
    "GET",
    "/requests.{form}",
    "List service requests",
    "The last 90 days or those of the period, newest first, at most 1000. Without a token only what is public.",
    (400, 403, 404, 429, 503),
    sample=_SAMPLE,
    says="The requests.",
)
_SHOW = Operation(
    "GET",
    "/requests/{service_request_id}.{form}",
    "Read a service request",
    "One request, in a list. Without a token only what is public.",
    (403, 404, 429, 503),
    sample=_SAMPLE,
    says="The request.",
)
_OPEN = Operation(
    "POST",
    "/requests.{form}",
    "Open a service request",
    "A form with `service_code`, `description` and where it is: `address_id` is the id of a node, `address_string` the "
    "place in words. `api_key` is a token; a bearer token does as well. Names and telephone numbers are not kept.",
    (400, 403, 404, 413, 429, 503),
    status=201,
    body={
        "application/x-www-form-urlencoded": "api_key=…&service_code=elevator&address_id=xingfuli-b1"
        "&address_string=3单元&description=电梯又不动了"
    },
    sample='[{"service_request_id": "1024", "service_notice": "", "account_id": ""}]',
    says="The number of the request.",
)


class RequestFilters(BaseModel):
    """Other names are left alone, as the standard wants it: `jurisdiction_id`, `extensions`."""

    service_request_id: str = Field(
        "", max_length=1000, description="One or several.", examples=["1024,1025"]
    )
    service_code: str = Field("", max_length=1000, description="One or several.", examples=["elevator"])
    start_date: str = Field("", max_length=40, description="Opened since.", examples=["2026-11-01T00:00:00Z"])
    end_date: str = Field("", max_length=40, description="Opened before.", examples=["2026-11-30T00:00:00Z"])
    status: str = Field("", max_length=20, description="open, closed or both.", examples=["open"])
    api_key: str = Field(
        "", max_length=512, description="A token, where no header can be sent.", examples=["…"]
    )


class Requests:
    def __init__(self, ports: ApiPorts, door: Door) -> None:
        self._ports = ports
        self._door = door

    def add_to(self, router: APIRouter) -> None:
        add(router, _LIST, self.list_requests)
        add(router, _SHOW, self.show_request)
        add(router, _OPEN, self.open_request)

    async def list_requests(
        self, form: Form, request: Request, filters: Annotated[RequestFilters, Query()]
    ) -> Response:
        visit = await self._visit(request, filters.api_key)
        scope = visit.scope if visit else EVERYTHING
        if filters.service_request_id:
            tickets = await self._find_all(filters.service_request_id.split(",")[:MOST_IDS], scope)
        else:
            query = self._query(filters, scope)
            files = await self._ports.tickets.list_page(query, below=None, limit=MOST_REQUESTS)
            tickets = [each.ticket for each in files]
        return render([self._render(each, visit) for each in tickets], form, names=NAMES)

    async def show_request(
        self, service_request_id: str, form: Form, request: Request, api_key: str = ""
    ) -> Response:
        visit = await self._visit(request, api_key)
        tickets = await self._find_all([service_request_id], visit.scope if visit else EVERYTHING)
        if not tickets:
            raise ProblemError(404, "unknown_request", "没有这个工单 (unknown service_request_id)。")
        return render([self._render(each, visit) for each in tickets], form, names=NAMES)

    async def open_request(self, form: Form, request: Request) -> Response:
        require_type(request, ("application/x-www-form-urlencoded",))
        content = await read_bounded(request, limit=MAX_JSON)
        said = dict(parse_qsl(content.decode("utf-8", "replace"), max_num_fields=50))
        visit = await self._visit(request, said.get("api_key", ""))
        if visit is None:
            raise ProblemError(403, "token_needed", "请带上有效的 api_key。")
        visit.require_role(ACTS)
        number = await self._report(said, visit)
        record: Record = {"service_request_id": str(number), "service_notice": "", "account_id": ""}
        return render([record], form, names=NAMES, status=201)

    async def _report(self, said: dict[str, str], visit: Visit) -> int:
        code = said.get("service_code", "")
        if not code:
            raise bad_values([{"loc": ["service_code"], "msg": "Field required"}])
        category = get_service(visit.hierarchy, code)
        node = said.get("address_id") or (
            visit.hierarchy.root_id if visit.is_over_all else visit.grant.scope_node
        )
        visit.require_node(node)
        place = _place_of(said)
        text = clean_text(said.get("description", ""))[:LONGEST_TEXT]
        if not (said.get("address_id") or place):
            raise bad_values([{"loc": ["address_id"], "msg": "Say where it is"}])
        report = NewReport(
            node=node,
            text=text or category.name,
            by=f"{OFFICE}{visit.grant.name}",
            category=category.category_id,
            place=place,
        )
        try:
            return await self._ports.report(report)
        except DeskError as refusal:
            raise problem_of(refusal, self._ports.say_refusal) from None

    async def _visit(self, request: Request, api_key: str) -> Visit | None:
        visit: Visit | None = request.state.visit
        return visit or (await self._door.open(api_key) if api_key else None)

    async def _find_all(self, written: Sequence[str], scope: Scope) -> list[Ticket]:
        numbers = [number for each in written if (number := parse_number(each)) is not None]
        files = [await self._ports.tickets.find(each) for each in numbers]
        return [each.ticket for each in files if each is not None and scope.covers_ticket(each.ticket)]

    def _query(self, filters: RequestFilters, scope: Scope) -> TicketQuery:
        hierarchy = self._ports.hierarchy.current()
        codes = [each for each in filters.service_code.split(",") if each]
        since, until = parse_period(
            filters.start_date,
            filters.end_date,
            now=self._ports.now(),
            timezone=hierarchy.timezone,
            usual=USUAL_PERIOD,
        )
        return TicketQuery(
            scope,
            statuses=_statuses(filters.status),
            categories=frozenset(get_service(hierarchy, each).category_id for each in codes),
            opened_from=since,
            opened_before=until,
        )

    def _render(self, ticket: Ticket, visit: Visit | None) -> Record:
        hierarchy = self._ports.hierarchy.current()
        note = self._ports.say_word(f"status.{ticket.status}")
        return render_request(ticket, hierarchy, note=note, visit=visit)


def _statuses(said: str) -> frozenset[Status]:
    """Both, or none, mean all."""
    named = {each.strip().casefold() for each in said.split(",") if each.strip()}
    if named - {"open", "closed"}:
        raise bad_values([{"loc": ["query", "status"], "msg": "open or closed"}])
    if len(named) != 1:
        return frozenset()
    return LIVE if "open" in named else frozenset(Status) - LIVE


def _place_of(said: dict[str, str]) -> str:
    where = said.get("address_string", "")
    if not where and said.get("lat") and said.get("long"):
        where = f"{said['lat']}, {said['long']}"
    return clean_text(where)[:LONGEST_PLACE]
