"""The desk for everything that went wrong: what happened, what it means for residents, what to do; and the letters."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.datastructures import UploadFile

from admin_web.api.scope import ADMINS, LOOKS_INTO_OUTBOX
from admin_web.auth.visitor import Visitor, require_role
from admin_web.letters import advice_of, hearer_of, reason_of
from admin_web.office import Office, go_to, words_of
from admin_web.ports import OutboxItem, Role
from admin_web.trouble_ports import ChannelHealth, HouseFacts, Trouble, TroubleDesk
from routing.hierarchy import Hierarchy

TROUBLES = "/admin/troubles"
LETTERS_ON_A_PAGE = 20
MOST_AT_ONCE = 50
AGAIN = "again"
Looker = Annotated[Visitor, Depends(require_role(*LOOKS_INTO_OUTBOX))]
Admin = Annotated[Visitor, Depends(require_role(*ADMINS))]


def build_router(office: Office, desk: TroubleDesk) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = TroublesPage(office, desk)
    router.add_api_route(TROUBLES, page.show, methods=["GET"])
    for verb, take in (
        ("send-again", page.send_again),
        ("settle", page.settle),
        ("take-back", page.take_back),
    ):
        router.add_api_route(f"{TROUBLES}/letters/{verb}", take, methods=["POST"])
    return router


class TroublesPage:
    def __init__(self, office: Office, desk: TroubleDesk) -> None:
        self._office = office
        self._desk = desk

    async def show(self, request: Request, visitor: Looker, below: str = "", look: str = "") -> Response:
        if look == AGAIN:
            self._desk.forget()
        scope, tree = visitor.visit.scope, visitor.visit.hierarchy
        house_troubles, facts, looked_at = await self._desk.look_at_house()
        is_root = visitor.role is Role.ADMIN
        found = [*await self._desk.look_below(scope, tree), *(house_troubles if is_root else ())]
        start = int(below) if below.isascii() and below.isdecimal() and len(below) < 19 else None
        letters = await self._desk.list_letters(scope, below=start, limit=LETTERS_ON_A_PAGE + 1)
        count = await self._desk.count_letters(scope)
        page = letters[:LETTERS_ON_A_PAGE]
        if visitor.role not in ADMINS:
            page = [replace(each, contact="") for each in page]
        said, undo = _said(request)
        return self._office.render(
            request,
            "troubles.html",
            troubles=[self._row(request, each) for each in sort_by_harm(found)],
            letters=[self._letter(request, each, tree) for each in page],
            letter_count=count,
            older=page[-1].parcel_id if len(letters) > LETTERS_ON_A_PAGE else None,
            is_first=start is None,
            may_act=visitor.role in ADMINS,
            facts=self._facts(request, facts) if is_root else None,
            looked_at=looked_at,
            said=said,
            undo=undo,
        )

    async def send_again(self, request: Request, visitor: Admin) -> Response:
        chosen = await _read_chosen(request)
        if not chosen:
            return _back(said="none_chosen")
        done = await self._desk.send_again(chosen, visitor.visit.scope, by=f"account:{visitor.account_id}")
        return _back(said="sent_some" if done.stuck else "sent", sent=done.sent, stuck=done.stuck)

    async def settle(self, request: Request, visitor: Admin) -> Response:
        chosen = await _read_chosen(request)
        if not chosen:
            return _back(said="none_chosen")
        settled = await self._desk.settle(chosen, visitor.visit.scope, by=f"account:{visitor.account_id}")
        return _back(said="settled", n=len(settled), undo=",".join(map(str, settled)))

    async def take_back(self, request: Request, visitor: Admin) -> Response:
        chosen = await _read_chosen(request)
        count = await self._desk.take_back(chosen, visitor.visit.scope, by=f"account:{visitor.account_id}")
        return _back(said="taken_back", n=count)

    def _row(self, request: Request, trouble: Trouble) -> dict[str, object]:
        items = [
            {
                "label": each.label,
                "path": self._only_if(request, each.path),
                "note": words_of(request)(each.note, **self._shown(each.values)) if each.note else "",
            }
            for each in trouble.items
        ]
        return {
            "key": f"trouble.{trouble.kind}",
            "harm": trouble.harm.value,
            "values": {"count": trouble.count, **self._shown(trouble.values)},
            "items": items,
            "more": max(trouble.count - len(items), 0) if items else 0,
            "path": self._only_if(request, trouble.path),
        }

    def _shown(self, values: Mapping[str, object]) -> dict[str, object]:
        return {
            name: self._office.show_instant(each) if isinstance(each, datetime) else each
            for name, each in values.items()
        }

    def _letter(self, request: Request, item: OutboxItem, tree: Hierarchy) -> dict[str, object]:
        t = words_of(request)
        kind = f"letter.kind.{item.kind}"
        number = item.ticket_number
        return {
            "id": item.parcel_id,
            "to": self._name_hearer(request, item, tree),
            "channel": item.lane.partition(":")[0],
            "said": t(kind if t.has(kind) else "letter.kind.other"),
            "why": t(f"letter.why.{reason_of(item)}"),
            "do": t(advice_of(item)),
            "contact": item.contact,
            "detail": item.detail,
            "attempts": item.attempts,
            "maybe_repeat": item.maybe_repeat,
            "number": number,
            "path": self._only_if(request, f"/admin/tickets/{number}") if number else "",
            "at": item.settled_at or item.created_at,
        }

    def _name_hearer(self, request: Request, item: OutboxItem, tree: Hierarchy) -> str:
        """Groups and staff by their names; of residents only that it was one."""
        t = words_of(request)
        kind, _, name = item.hearer.partition(":")
        if hearer_of(item) == "resident":
            return t("letter.reporters" if kind == "reporters" else "letter.resident")
        known = tree.find_group(name) if kind == "group" else tree.find_staff(name)
        return known.name if known else t("letter.nobody")

    def _facts(self, request: Request, facts: HouseFacts) -> dict[str, object]:
        return {
            "channels": [_channel(request, each) for each in facts.channels],
            "free": _size(facts.free_bytes),
            "database": _size(facts.database_bytes),
            "backed_up_at": facts.backed_up_at,
            "reader": "learned" if facts.reader_learned else "keywords",
            "writer": facts.writer_waiting,
            "version": facts.version,
        }

    def _only_if(self, request: Request, path: str) -> str:
        return path if path and self._office.has_page(request, path.partition("?")[0]) else ""


def sort_by_harm(troubles: Sequence[Trouble]) -> list[Trouble]:
    """Residents first, then whatever there is most of; otherwise as it came."""
    return sorted(troubles, key=lambda each: (each.harm, -each.count))


def _channel(request: Request, channel: ChannelHealth) -> dict[str, object]:
    t = words_of(request)
    refused = [
        f"{t(key if t.has(key) else 'troubles.refused.other')} {count}"
        for key, count in (
            (f"troubles.refused.{name}", count) for name, count in sorted(channel.refused.items())
        )
    ]
    return {"health": channel, "name": channel.name.partition(":")[0], "refused": "、".join(refused)}


def _size(number: int | None) -> str:
    """In the unit that people think in."""
    if number is None:
        return ""
    size, units = float(number), ["B", "KB", "MB", "GB", "TB"]
    while size >= 1024 and len(units) > 1:
        size, units = size / 1024, units[1:]
    return f"{size:.0f} {units[0]}" if size >= 10 or units[0] == "B" else f"{size:.1f} {units[0]}"


async def _read_chosen(request: Request) -> list[int]:
    form = await request.form(max_files=0, max_fields=MOST_AT_ONCE + 10)
    written = [each for each in form.getlist("letter") if not isinstance(each, UploadFile)]
    return _numbers(written)


def _numbers(written: Sequence[str]) -> list[int]:
    """Each once, in order; what is no number of a letter is passed over."""
    found = (int(each) for each in written if each.isascii() and each.isdecimal() and len(each) < 19)
    return list(dict.fromkeys(found))[:MOST_AT_ONCE]


def _back(**said: object) -> Response:
    return go_to(f"{TROUBLES}?{urlencode(said)}")


def _said(request: Request) -> tuple[str, list[int]]:
    """What the form before did, from the address; only sentences of ours, with numbers."""
    query = request.query_params
    key = f"troubles.{query.get('said', '')}"
    if key not in {
        f"troubles.{each}" for each in ("none_chosen", "sent", "sent_some", "settled", "taken_back")
    }:
        return "", []
    numbers = {name: (_numbers([query.get(name, "")]) or [0])[0] for name in ("sent", "stuck", "n")}
    return words_of(request)(key, **numbers), _numbers(query.get("undo", "").split(","))
