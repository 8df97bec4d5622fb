"""The start page of the office: how things stand, and the first steps of a new house."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from admin_web.api.scope import ADMINS, LOOKS_INTO_OUTBOX
from admin_web.auth.building import Auth
from admin_web.auth.visitor import Visitor, signed_in
from admin_web.hierarchy_office import RefusedEdit
from admin_web.office import START, Office
from admin_web.ports import Role, Scope
from routing.hierarchy import Hierarchy, Staff

TICKETS = "/admin/tickets"
TROUBLES = "/admin/troubles"
NEW_ACCOUNT = "/admin/accounts/new"
STAFF = "/admin/staff"


@dataclass(frozen=True, slots=True)
class Standing:
    """How things stand below a scope: tickets under way, deadlines that were missed, messages that did not arrive."""

    open: int
    late: int
    dead: int
    has_any_ticket: bool


SAMPLE_PEOPLE = {"zhao": "3001", "wangfang": "2001", "liqiang": "2002", "chenjie": "1001"}
"""The people of the sample that Liren starts with, by their ids, and the Telegram accounts that nobody has."""

StandingReader = Callable[[Scope], Awaitable[Standing]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the page. `path` is empty when no page shows more of it."""

    word: str
    count: int
    path: str
    is_alarm: bool


@dataclass(frozen=True, slots=True)
class Step:
    """One of the first steps; `values` belong into its hint."""

    word: str
    is_done: bool
    hint: str
    values: dict[str, object]
    path: str = ""


@dataclass(frozen=True, slots=True)
class StartPorts:
    """`channels` are the names of the real ones; `read_standing` counts under a scope."""

    hierarchy: Callable[[], Hierarchy]
    channels: Sequence[str]
    read_standing: StandingReader
    find_refused: Callable[[], Awaitable[RefusedEdit | None]]


def build_router(office: Office, auth: Auth, ports: StartPorts) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = StartPage(office, auth, ports)
    router.add_api_route(START, page.show, methods=["GET"], response_class=HTMLResponse)
    return router


def list_invented(tree: Hierarchy) -> Sequence[Staff]:
    """Those of the sample who still stand in the file: as long as they do, it is not the admins' own."""
    return [
        each
        for each in tree.staff.values()
        if SAMPLE_PEOPLE.get(each.staff_id, "-") == each.accounts.get("telegram")
    ]


class StartPage:
    def __init__(self, office: Office, auth: Auth, ports: StartPorts) -> None:
        self._office = office
        self._auth = auth
        self._ports = ports

    async def show(self, request: Request, visitor: Annotated[Visitor, Depends(signed_in)]) -> HTMLResponse:
        standing = await self._ports.read_standing(visitor.visit.scope)
        sees_file = visitor.role in ADMINS and visitor.visit.is_over_all
        refused = await self._ports.find_refused() if sees_file else None
        steps = await self._list_steps(request, visitor, standing)
        return self._office.render(
            request,
            "start.html",
            figures=self._list_figures(request, visitor, standing),
            refused=refused,
            steps=[] if all(each.is_done for each in steps) else steps,
        )

    def _list_figures(self, request: Request, visitor: Visitor, standing: Standing) -> list[Figure]:
        tickets, troubles = self._only_if(request, TICKETS), self._only_if(request, TROUBLES)
        late, dead = standing.late, standing.dead
        figures = [
            Figure("start.open", standing.open, tickets, is_alarm=False),
            Figure("start.late", late, tickets, is_alarm=late > 0),
        ]
        if visitor.role in LOOKS_INTO_OUTBOX:
            figures.append(Figure("start.dead", dead, troubles, is_alarm=dead > 0))
        return figures

    async def _list_steps(self, request: Request, visitor: Visitor, standing: Standing) -> list[Step]:
        """For those who set a house up; nobody else is troubled with it."""
        if visitor.role is not Role.ADMIN:
            return []
        others = len(await self._auth.accounts.list_visible(visitor.holder)) - 1
        has_factor, has_ticket = visitor.has_second_factor, standing.has_any_ticket
        sandbox = self._only_if(request, "/sandbox")
        return [
            self._step_of_tree(request),
            Step("start.step.second_factor", has_factor, "start.step.second_factor_hint", {}, "/account"),
            Step("start.step.colleague", others > 0, "start.step.colleague_hint", {}, NEW_ACCOUNT),
            self._step_of_channels(),
            self._step_of_staff(request),
            Step("start.step.ticket", has_ticket, "start.step.ticket_hint", {}, sandbox),
        ]

    def _step_of_tree(self, request: Request) -> Step:
        tree = self._ports.hierarchy()
        size: dict[str, object] = {
            "name": tree.name,
            "nodes": len(tree.nodes),
            "groups": len(tree.groups),
            "staff": len(tree.staff),
            "version": tree.version,
        }
        path = self._only_if(request, "/admin/hierarchy")
        invented = list_invented(tree)
        if invented:
            names: dict[str, object] = {
                "name": tree.name,
                "people": "、".join(each.name for each in invented),
            }
            return Step("start.step.own_tree", False, "start.step.own_tree_hint", names, path)
        return Step("start.step.tree", True, "start.step.tree_hint", size, path)

    def _step_of_channels(self) -> Step:
        channels = self._ports.channels
        if not channels:
            return Step("start.step.channel", False, "start.step.channel_hint", {})
        return Step("start.step.channel", True, "start.step.channel_done", {"names": "、".join(channels)})

    def _step_of_staff(self, request: Request) -> Step:
        """Bound is who can be told alone on a channel that is on; without any nobody is, whatever the file says."""
        tree, channels = self._ports.hierarchy(), set(self._ports.channels)
        bound = sum(bool(channels & tree.accounts_of(each).keys()) for each in tree.staff)
        values: dict[str, object] = {"staff": len(tree.staff), "bound": bound}
        hint = "start.step.bound_hint" if channels else "start.step.bound_later"
        is_done = bool(bound) and bound == len(tree.staff)
        return Step("start.step.bound", is_done, hint, values, self._only_if(request, STAFF))

    def _only_if(self, request: Request, path: str) -> str:
        return path if self._office.has_page(request, path) else ""
