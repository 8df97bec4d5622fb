"""Staff of the scope with the chat accounts by which they are told alone, and the codes with which they bind one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from markupsafe import Markup

from admin_web.api.scope import ADMINS
from admin_web.auth.names import key_of
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor, read_form, require_role
from admin_web.binding_ports import BindingDesk, BoundAccounts, NewCode
from admin_web.office import Office, go_to, words_of
from admin_web.pages.account import draw_code
from admin_web.words import Words
from routing.hierarchy import Hierarchy, Staff

STAFF = "/admin/staff"
MOST_SHOWN = 300
Admin = Annotated[Visitor, Depends(require_role(*ADMINS))]


@dataclass(frozen=True, slots=True)
class Account:
    """One channel of one person: bound by themselves since `at`, or as the file has it (None)."""

    channel: str
    is_own: bool
    at: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    staff_id: str
    name: str
    role: str
    place: str
    accounts: tuple[Account, ...]
    code_until: str


def build_router(office: Office, desk: BindingDesk) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    pages = StaffPages(office, desk)
    router.add_api_route(STAFF, pages.show_list, methods=["GET"])
    router.add_api_route(f"{STAFF}/{{staff_id}}/code", pages.make_code, methods=["POST"])
    router.add_api_route(f"{STAFF}/{{staff_id}}/unbind", pages.unbind, methods=["POST"])
    return router


class StaffPages:
    def __init__(self, office: Office, desk: BindingDesk) -> None:
        self._office = office
        self._desk = desk

    async def show_list(
        self, request: Request, visitor: Admin, q: str = "", only: str = "", said: str = ""
    ) -> Response:
        looked = await self._desk.look()
        rows = [self._row(each, visitor.visit.hierarchy, looked) for each in _visible(visitor)]
        wanted = key_of(q[:80])
        found = [each for each in rows if wanted in key_of(f"{each.name}{each.role}{each.place}")]
        if only == "unbound":
            found = [each for each in found if not each.accounts]
        return self._office.render(
            request,
            "staff_list.html",
            rows=found[:MOST_SHOWN],
            found=len(found),
            most=MOST_SHOWN,
            total=len(rows),
            bound=sum(bool(each.accounts) for each in rows),
            q=q[:80],
            only=only if only == "unbound" else "",
            said=said if said == "unbound" else "",
            name_channel=_channel_namer(words_of(request)),
            has_codes_page=self._office.has_page(request, "/admin/hierarchy/codes"),
        )

    async def make_code(self, request: Request, visitor: Admin, staff_id: str) -> Response:
        """The slip with the code, which is never shown again."""
        staff = get_visible(visitor, staff_id)
        made = await self._desk.make_code(staff.staff_id, by=visitor.name)
        t = words_of(request)
        return self._office.render(
            request,
            "staff_slip.html",
            row=self._row(staff, visitor.visit.hierarchy, BoundAccounts({}, {})),
            code=f"{made.code[:4]} {made.code[4:]}",
            until=self._office.show_instant(made.ends_at),
            pictures=_draw(made, t),
            channels="、".join(_channel_namer(t)(each) for each in self._desk.channels),
        )

    async def unbind(self, request: Request, visitor: Admin, staff_id: str) -> Response:
        staff = get_visible(visitor, staff_id)
        form = await read_form(request)
        await self._desk.unbind(staff.staff_id, form.get("channel", ""), by=visitor.name)
        return go_to(f"{STAFF}?said=unbound")

    def _row(self, staff: Staff, tree: Hierarchy, looked: BoundAccounts) -> Row:
        own: Mapping[str, datetime] = looked.bound.get(staff.staff_id, {})
        known = {**staff.accounts, **own}
        accounts = tuple(
            Account(each, each in own, self._office.show_instant(own[each])[:10] if each in own else "")
            for each in known
        )
        until = looked.codes.get(staff.staff_id)
        names = [each.name for each in tree.climb(staff.node_id)][:2]
        return Row(
            staff.staff_id,
            staff.name,
            staff.role,
            "".join(reversed(names)),
            accounts,
            self._office.show_instant(until) if until else "",
        )


def get_visible(visitor: Visitor, staff_id: str) -> Staff:
    """404 alike for nobody and for somebody of another branch."""
    staff = visitor.visit.hierarchy.find_staff(staff_id)
    if staff is None or not visitor.visit.scope.covers(staff.node_id):
        raise PageRefused(404, "refused.not_found")
    return staff


def _visible(visitor: Visitor) -> list[Staff]:
    """From the top of the tree down, as the file has them."""
    tree, scope = visitor.visit.hierarchy, visitor.visit.scope
    return [each for node in tree.subtree(tree.root_id) if scope.covers(node.node_id) for each in node.staff]


def _channel_namer(t: Words) -> Callable[[str], str]:
    def name(channel: str) -> str:
        key = f"channel.{channel}"
        return t(key) if t.has(key) else channel

    return name


def _draw(made: NewCode, t: Words) -> list[tuple[str, Markup]]:
    """The name of the channel with its picture, for those that have one."""
    name = _channel_namer(t)
    return [(name(each.channel), draw_code(each.url)) for each in made.ways if each.url]
