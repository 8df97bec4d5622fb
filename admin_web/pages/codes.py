"""QR codes of the buildings, to be printed: which are there, what they lead to, and the sheet as a PDF."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from admin_web.api.scope import ADMINS
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor, require_role
from admin_web.code_ports import HELP, MOST_BUILDINGS, Building, CodeDesk, FoundCodes, list_buildings
from admin_web.office import Office, words_of
from admin_web.pages.account import draw_code
from admin_web.qr_sheet import LAYOUTS, CodeCard, draw_sheet
from admin_web.rendering import PAGE_HEADERS
from admin_web.words import CATALOGUES, Language, Words
from routing.hierarchy import Hierarchy

CODES = "/admin/hierarchy/codes"
USUAL = 4
MOST_PLACES = 500
Admin = Annotated[Visitor, Depends(require_role(*ADMINS))]


@dataclass(frozen=True, slots=True)
class Wish:
    """What is to be printed, as the address says it."""

    node_id: str
    channel: str
    per_page: int


def build_router(office: Office, desk: CodeDesk) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    pages = CodePages(office, desk)
    router.add_api_route(CODES, pages.show, methods=["GET"])
    router.add_api_route(f"{CODES}.pdf", pages.send, methods=["GET"])
    return router


class CodePages:
    def __init__(self, office: Office, desk: CodeDesk) -> None:
        self._office = office
        self._desk = desk

    async def show(
        self, request: Request, visitor: Admin, node: str = "", channel: str = "", per: str = ""
    ) -> Response:
        wish = self._read(visitor, node, channel=channel, per=per)
        tree, t = visitor.visit.hierarchy, words_of(request)
        buildings = list_buildings(tree, wish.node_id)
        printed = printable(buildings, wish.channel)
        first = await self._desk.find(printed[:1], wish.channel)
        return self._office.render(
            request,
            "codes.html",
            wish=wish,
            places=_places(visitor),
            channels=[(each, _name_channel(each, t)) for each in self._channels()],
            layouts=tuple(LAYOUTS),
            buildings=buildings,
            printed=len(printed),
            most=MOST_BUILDINGS,
            example=_example(printed, first, wish.channel),
            is_silent=bool(first.silent),
            has_channel=bool(self._desk.channels),
            has_address=self._desk.help_url is not None,
            is_help=wish.channel == HELP,
        )

    async def send(
        self, request: Request, visitor: Admin, node: str = "", channel: str = "", per: str = ""
    ) -> Response:
        wish = self._read(visitor, node, channel=channel, per=per)
        tree = visitor.visit.hierarchy
        buildings = printable(list_buildings(tree, wish.node_id), wish.channel)
        if not buildings:
            raise PageRefused(404, "codes.nothing")
        if len(buildings) > MOST_BUILDINGS:
            raise PageRefused(413, "codes.too_many")
        found = await self._desk.find(buildings, wish.channel)
        if found.silent:
            raise PageRefused(503, "codes.silent")
        cards = make_cards(buildings, found, wish.channel)
        title = f"{tree.get_node(wish.node_id).name} {words_of(request)('codes.title')}"
        sheet = await asyncio.to_thread(draw_sheet, cards, per_page=wish.per_page, title=title)
        name = f'attachment; filename="liren-codes-{wish.node_id}.pdf"'
        headers = {**PAGE_HEADERS, "Content-Disposition": name}
        return Response(sheet, media_type="application/pdf", headers=headers)

    def _read(self, visitor: Visitor, node: str, *, channel: str, per: str) -> Wish:
        """What nobody wished, or what there is not, is the usual one; a place out of sight is 404."""
        top = _top(visitor)
        node_id = node or top
        if visitor.visit.hierarchy.find_node(node_id) is None or not visitor.visit.scope.covers(node_id):
            raise PageRefused(404, "refused.not_found")
        channels = self._channels()
        per_page = int(per) if per.isdecimal() and len(per) < 3 else USUAL
        return Wish(
            node_id,
            channel if channel in channels else channels[0],
            per_page if per_page in LAYOUTS else USUAL,
        )

    def _channels(self) -> list[str]:
        return [*self._desk.channels, HELP]


def printable(buildings: Sequence[Building], channel: str) -> list[Building]:
    """A code that leads into a chat needs a scene."""
    return [each for each in buildings if each.scene or channel == HELP]


def make_cards(buildings: Sequence[Building], found: FoundCodes, channel: str) -> list[CodeCard]:
    """In Chinese whoever prints them: residents read them."""
    t = CATALOGUES[Language.ZH]
    caption = f"codes.caption.{channel}"
    use = "help" if channel == HELP else "chat"
    return [
        CodeCard(
            above=each.above,
            place=each.name,
            url=found.urls[each.node_id],
            caption=t(caption if t.has(caption) else "codes.caption"),
            lines=(t(f"codes.line_1.{use}"), t(f"codes.line_2.{use}")),
        )
        for each in buildings
        if each.node_id in found.urls
    ]


def _example(printed: Sequence[Building], found: FoundCodes, channel: str) -> dict[str, object] | None:
    cards = make_cards(printed[:1], found, channel)
    return {"card": cards[0], "picture": draw_code(cards[0].url)} if cards else None


def _name_channel(channel: str, t: Words) -> str:
    key = f"channel.{channel}"
    return t(key) if t.has(key) else channel


def _top(visitor: Visitor) -> str:
    tree = visitor.visit.hierarchy
    return tree.root_id if visitor.visit.is_over_all else visitor.visit.grant.scope_node


def _places(visitor: Visitor) -> list[tuple[str, str]]:
    """Id and name of each place with something below it, set in by its depth."""
    tree: Hierarchy = visitor.visit.hierarchy
    top = _top(visitor)
    if tree.find_node(top) is None:
        return []
    base = len(list(tree.climb(top)))
    found = []
    for node in tree.subtree(top):
        if node.children or node.node_id == top:
            depth = len(list(tree.climb(node.node_id))) - base
            found.append((node.node_id, f"{'　' * depth}{node.name}"))
    return found[:MOST_PLACES]
