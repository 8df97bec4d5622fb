"""The chained log for auditors: who did what, and whether the chain holds. It holds nobody's words."""

from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field
from pydantic.config import JsonDict

from admin_web.api.body import clean_text
from admin_web.api.operations import Operation, add
from admin_web.api.paging import DEFAULT_LIMIT, MOST, cut_page, parse_cursor
from admin_web.api.scope import LOOKS_INTO_AUDIT, visit_of
from admin_web.ports import ApiPorts, AuditItem, ChainState

_ROW: JsonDict = {
    "seq": 4711,
    "at": "2026-11-23T09:51:56Z",
    "kind": "ticket.claimed",
    "subject": "ticket:1024",
    "by": "liqiang",
    "content": '["xingfuli-b1","xingfuli-property",""]',
    "hash": "9f2c4f0e6f0bb4f3b8f1c1f5a1c6c2d6a7a1c1c3b0e84f6e1c1a5c0f6f8e9d01",
}
_CHAIN: JsonDict = {"state": "whole", "rows": 4711, "checked_at": "2026-11-23T03:00:00Z", "broken_at": None}


class AuditRowJson(BaseModel):
    """One link of the chain. `hash` covers the other columns and the hash before it."""

    model_config = ConfigDict(json_schema_extra={"examples": [_ROW]})

    seq: int
    at: datetime
    kind: str
    subject: str
    by: str
    content: str
    hash: str


class ChainJson(BaseModel):
    """`state` is whole, broken or unchecked; `broken_at` the first row that does not fit."""

    model_config = ConfigDict(json_schema_extra={"examples": [_CHAIN]})

    state: str
    rows: int
    checked_at: datetime | None
    broken_at: int | None


class AuditPageJson(BaseModel):
    """Newest first; `next` is the cursor of the following page, null on the last one."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"items": [_ROW], "next": "4711", "chain": _CHAIN}]}
    )

    items: list[AuditRowJson]
    next: str | None
    chain: ChainJson


class AuditFilters(BaseModel):
    model_config = ConfigDict(extra="forbid")

    subject: str = Field("", max_length=100, description="What it is about.", examples=["ticket:1024"])
    cursor: str = Field("", max_length=40, description="`next` of the page before.", examples=["4711"])
    limit: int = Field(DEFAULT_LIMIT, ge=1, le=MOST, description="Rows on a page.", examples=[50])


_LIST = Operation(
    "GET",
    "/audit",
    "Read the audit log",
    "Newest first, with the result of the last check of the chain. For tokens of an auditor or an admin over the whole "
    "tree: the chain is one for all.",
    (401, 403, 422, 429, 503),
    answer=AuditPageJson,
    says="A page of the log.",
)


class Audit:
    def __init__(self, ports: ApiPorts) -> None:
        self._ports = ports

    def add_to(self, router: APIRouter) -> None:
        add(router, _LIST, self.list_rows)

    async def list_rows(self, request: Request, filters: Annotated[AuditFilters, Query()]) -> AuditPageJson:
        visit = visit_of(request)
        visit.require_role(LOOKS_INTO_AUDIT)
        visit.require_all()
        found = await self._ports.audit.list_page(
            subject=clean_text(filters.subject), below=parse_cursor(filters.cursor), limit=filters.limit + 1
        )
        page, cursor = cut_page(found, filters.limit, lambda item: item.seq)
        chain = _render_chain(await self._ports.audit.chain())
        return AuditPageJson(items=[_render(each) for each in page], next=cursor, chain=chain)


def _render(item: AuditItem) -> AuditRowJson:
    return AuditRowJson(
        seq=item.seq,
        at=item.at,
        kind=item.kind,
        subject=item.subject,
        by=item.by,
        content=item.content,
        hash=item.hash,
    )


def _render_chain(chain: ChainState) -> ChainJson:
    state = "unchecked" if chain.checked_at is None else "broken" if chain.broken_at else "whole"
    return ChainJson(state=state, rows=chain.rows, checked_at=chain.checked_at, broken_at=chain.broken_at)
