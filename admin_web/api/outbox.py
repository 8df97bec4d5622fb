"""What could not be told to people: dead letters and their like, and the wish to try one again."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from admin_web.api.operations import Operation, add
from admin_web.api.paging import DEFAULT_LIMIT, MOST, cut_page, parse_cursor
from admin_web.api.scope import ADMINS, LOOKS_INTO_OUTBOX, Visit, visit_of
from admin_web.api.verbs import parse_number
from admin_web.ports import ApiPorts, OutboxItem
from admin_web.problems import ProblemError, bad_values
from routing.outgoing import SendState

TROUBLES = frozenset({SendState.DEAD, SendState.UNREACHABLE, SendState.UNKNOWN})
"""What a person has to look at; the rest takes care of itself."""

_ITEM: JsonDict = {
    "id": 77,
    "ticket": 1024,
    "node": "xingfuli-b1",
    "kind": "asked",
    "hearer": "group:xingfuli-property",
    "lane": "telegram:7000001",
    "state": "dead",
    "detail": "bot was removed from the group",
    "attempts": 3,
    "maybe_repeat": False,
    "created_at": "2026-11-23T09:51:56Z",
    "settled_at": "2026-11-23T09:52:10Z",
}


class ParcelJson(BaseModel):
    """A message that waits or could not be sent, without its words and its chat."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ITEM]})

    id: int
    ticket: int | None
    node: str
    kind: str
    hearer: str
    lane: str
    state: str
    detail: str
    attempts: int
    maybe_repeat: bool
    created_at: datetime
    settled_at: datetime | None


class ParcelPageJson(BaseModel):
    """`next` is the cursor of the following page, null on the last one."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"items": [_ITEM], "next": None}]})

    items: list[ParcelJson]
    next: str | None


class OutboxFilters(BaseModel):
    model_config = ConfigDict(extra="forbid")

    state: str = Field(
        "",
        max_length=100,
        description="One state or several; without it all that needs a person.",
        examples=["dead"],
    )
    cursor: str = Field("", max_length=40, description="`next` of the page before.", examples=["77"])
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MOST, description="Rows on a page.", examples=[50])


_LIST = Operation(
    "GET",
    "/outbox",
    "List what could not be told",
    "Newest first: `dead` was given up, `unreachable` had no way to the hearer, of `unknown` nobody knows whether it "
    "was shown. Other states may be asked for: waiting, sending, sent, dropped.",
    (401, 403, 422, 429, 503),
    answer=ParcelPageJson,
    says="A page of the outbox.",
)
_SEND_AGAIN = Operation(
    "POST",
    "/outbox/{parcel_id}/send_again",
    "Try to send it again",
    "Puts a dead or unknown message back into its lane. One of which nobody knows whether it was shown is marked as a "
    "possible repeat. Where there is no way to the hearer, mend the group or the account first.",
    (401, 403, 404, 409, 429, 503),
    answer=ParcelJson,
    says="The message as it is now.",
)


class Outbox:
    def __init__(self, ports: ApiPorts) -> None:
        self._ports = ports

    def add_to(self, router: APIRouter) -> None:
        add(router, _LIST, self.list_parcels)
        add(router, _SEND_AGAIN, self.send_again)

    async def list_parcels(
        self, request: Request, filters: Annotated[OutboxFilters, Query()]
    ) -> ParcelPageJson:
        visit = visit_of(request)
        visit.require_role(LOOKS_INTO_OUTBOX)
        states = frozenset(_parse_state(each) for each in filters.state.split(",") if each) or TROUBLES
        found = await self._ports.outbox.list_page(
            visit.scope, states=states, below=parse_cursor(filters.cursor), limit=filters.limit + 1
        )
        page, cursor = cut_page(found, filters.limit, lambda item: item.parcel_id)
        return ParcelPageJson(items=[_render(each) for each in page], next=cursor)

    async def send_again(self, parcel_id: str, request: Request) -> ParcelJson:
        visit = visit_of(request)
        visit.require_role(ADMINS)
        item = await self._get(parcel_id, visit)
        if not await self._ports.outbox.send_again(item.parcel_id, by=visit.grant.name):
            raise ProblemError(409, "not_to_be_sent", "这条消息现在不能重发：只有发送失败或结果不明的可以。")
        return _render(await self._get(parcel_id, visit))

    async def _get(self, written: str, visit: Visit) -> OutboxItem:
        number = parse_number(written)
        item = await self._ports.outbox.find(number) if number is not None else None
        if item is None or not visit.scope.covers(item.node, item.origin):
            raise ProblemError(404, "unknown_parcel", "没有这条消息。")
        return item


def _parse_state(said: str) -> SendState:
    try:
        return SendState(said.strip())
    except ValueError:
        raise bad_values([{"loc": ["query", "state"], "msg": f"One of: {', '.join(SendState)}"}]) from None


def _render_hearer(hearer: str) -> str:
    """Groups and staff by their ids in the tree; of residents only that it was one."""
    kind = hearer.partition(":")[0]
    return hearer if kind in {"group", "staff"} else kind


def _render(item: OutboxItem) -> ParcelJson:
    return ParcelJson(
        id=item.parcel_id,
        ticket=item.ticket_number or None,
        node=item.node,
        kind=item.kind,
        hearer=_render_hearer(item.hearer),
        lane=item.lane,
        state=item.state.value,
        detail=item.detail,
        attempts=item.attempts,
        maybe_repeat=item.maybe_repeat,
        created_at=item.created_at,
        settled_at=item.settled_at,
    )
