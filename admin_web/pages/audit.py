"""The audit log: searched in plain words, its chain checked, and taken away with all that verifies it.

Whoever looks after a part of the tree sees what happened to its tickets; the chain is one, and for those over all.
"""

import json
from collections.abc import AsyncIterator, Mapping
from dataclasses import asdict, replace
from datetime import UTC
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response, StreamingResponse

from admin_web.api.scope import LOOKS_INTO_AUDIT
from admin_web.audit_ports import AuditDesk, AuditSearch, ChainProgress, ChainRecord, LogRow
from admin_web.audit_reading import KINDS, Reader, UnreadableDateError
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor, read_form, require_role
from admin_web.chain_program import AS_COVERED, COVERED, PROGRAM
from admin_web.csv_text import BYTE_ORDER_MARK, render_csv
from admin_web.office import Office, go_to, words_of
from admin_web.rendering import PAGE_HEADERS

AUDIT = "/admin/audit"
ROWS_ON_A_PAGE = 50
FILTERS = ("from", "to", "who", "kind", "about")
COLUMNS = ("seq", "at", "kind", "subject", "by", "root", "content", "sealed", "prev", "hash")
TABLE = (*COLUMNS, AS_COVERED)
Auditor = Annotated[Visitor, Depends(require_role(*LOOKS_INTO_AUDIT))]


def build_router(office: Office, desk: AuditDesk) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = AuditPage(office, desk)
    router.add_api_route(AUDIT, page.show, methods=["GET"])
    router.add_api_route(f"{AUDIT}/chain", page.show_chain, methods=["GET"])
    router.add_api_route(f"{AUDIT}/check", page.check, methods=["POST"])
    router.add_api_route(f"{AUDIT}/export", page.export, methods=["POST"])
    return router


class AuditPage:
    def __init__(self, office: Office, desk: AuditDesk) -> None:
        self._office = office
        self._desk = desk

    async def show(self, request: Request, visitor: Auditor, below: str = "") -> Response:
        form = {name: request.query_params.get(name, "")[:80] for name in FILTERS}
        reader = await self._reader(request, visitor)
        wanted, error = _read(reader, form, visitor)
        start = int(below) if below.isascii() and below.isdecimal() and len(below) < 19 else None
        found = await self._desk.search(wanted, below=start, limit=ROWS_ON_A_PAGE)
        filtered = {name: value for name, value in form.items() if value}
        return self._office.render(
            request,
            "audit.html",
            status=422 if error else 200,
            form=form,
            error=error,
            kinds=list(KINDS),
            rows=[_in_words(reader, each) for each in found.rows],
            older=f"{AUDIT}?{urlencode({**filtered, 'below': found.older})}" if found.older else "",
            newest=f"{AUDIT}?{urlencode(filtered)}" if start is not None else "",
            is_filtered=bool(filtered),
            program=PROGRAM,
            is_over_all=visitor.visit.is_over_all,
            **(await self._chain(request) if visitor.visit.is_over_all else {}),
        )

    async def show_chain(self, request: Request, visitor: Auditor) -> Response:
        """The part of the page that tells of the chain, asked again and again while a check runs."""
        _require_whole_tree(visitor)
        return self._office.render(request, "audit_chain.html", **await self._chain(request))

    async def check(self, request: Request, visitor: Auditor) -> Response:
        _require_whole_tree(visitor)
        self._desk.begin_check(f"account:{visitor.account_id}")
        if "hx-request" in request.headers:
            return self._office.render(request, "audit_chain.html", **await self._chain(request))
        return go_to(AUDIT)

    async def export(self, request: Request, visitor: Auditor) -> Response:
        form = await read_form(request)
        wanted, error = _read(await self._reader(request, visitor), form, visitor)
        if error:
            raise PageRefused(422, "audit.bad_date")
        kind = "csv" if form.get("form") == "csv" else "jsonl"
        await self._desk.note_export(wanted, form=kind, by=f"account:{visitor.account_id}")
        pieces = self._csv(wanted) if kind == "csv" else self._jsonl(wanted)
        headers = {**PAGE_HEADERS, "Content-Disposition": f'attachment; filename="liren-audit.{kind}"'}
        media_type = "text/csv; charset=utf-8" if kind == "csv" else "application/x-ndjson"
        return StreamingResponse(pieces, media_type=media_type, headers=headers)

    async def _csv(self, wanted: AuditSearch) -> AsyncIterator[bytes]:
        yield render_csv(TABLE, ()).encode()
        async for rows in self._desk.each(wanted):
            text = render_csv((), [_cells(_as_written(each)) for each in rows])
            yield text.removeprefix(BYTE_ORDER_MARK).lstrip("\r\n").encode()

    async def _jsonl(self, wanted: AuditSearch) -> AsyncIterator[bytes]:
        async for rows in self._desk.each(wanted):
            lines = (json.dumps(_as_written(each), ensure_ascii=False) for each in rows)
            yield "".join(f"{each}\n" for each in lines).encode()

    async def _reader(self, request: Request, visitor: Visitor) -> Reader:
        return Reader(words_of(request), visitor.visit.hierarchy, await self._desk.name_accounts())

    async def _chain(self, request: Request) -> dict[str, Any]:
        record = await self._desk.chain()
        return {
            "chain": record,
            "chain_state": _state(record),
            "running": _percent(self._desk.progress()),
            "flaws": [
                (seq, words_of(request)(f"audit.chain.flaw.{flaw}")) for seq, flaw in record.problems[:20]
            ],
        }


def _require_whole_tree(visitor: Visitor) -> None:
    if not visitor.visit.is_over_all:
        raise PageRefused(403, "audit.whole_tree_needed")


def _read(reader: Reader, form: Mapping[str, str], visitor: Visitor) -> tuple[AuditSearch, str]:
    try:
        return replace(reader.read(form), scope=visitor.visit.scope), ""
    except UnreadableDateError:
        return AuditSearch(seq=0, scope=visitor.visit.scope), reader.words("audit.bad_date")


def _in_words(reader: Reader, row: LogRow) -> dict[str, object]:
    return {
        "row": row,
        "who": reader.name_actor(row.by),
        "what": reader.name_kind(row.kind),
        "about": reader.name_subject(row.subject),
        "details": list(reader.list_details(row)),
    }


def _as_written(row: LogRow) -> dict[str, object]:
    """As the hash covers it."""
    at = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    return {name: at if name == "at" else value for name, value in asdict(row).items()}


def _cells(row: Mapping[str, object]) -> tuple[object, ...]:
    """For people, and last what the hash covers: a cell may get a mark that keeps it from being a formula."""
    covered = json.dumps([row[name] for name in COVERED], separators=(",", ":"))
    return (*(row[name] for name in COLUMNS), covered)


def _state(record: ChainRecord) -> str:
    if record.problems:
        return "broken"
    return "whole" if record.checked_at else "unchecked"


def _percent(progress: ChainProgress | None) -> dict[str, int] | None:
    if progress is None:
        return None
    percent = min(99, progress.done * 100 // progress.of) if progress.of else 0
    return {"percent": percent, "done": progress.done, "of": progress.of}
