"""What stands behind links that work once: the first admin, an invitation, a member of staff on the way to a ticket.

Opening a link only shows a form: chat programs open what they are sent by themselves, and would use it up.
"""

from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin_web.auth.building import Auth
from admin_web.auth.links import (
    FIRST_ADMIN_PATH,
    INVITATION_PATH,
    WORK_SIGN_IN_PATH,
    WorkPass,
    mark_of,
)
from admin_web.auth.refusals import AuthRefused, SignInNeeded
from admin_web.auth.sessions import SessionKind, device_of
from admin_web.auth.sign_in import From, Opened
from admin_web.office import START, Office, go_to
from admin_web.pages.sign_in import address_of, come_from, read_door_form
from routing.hierarchy import Hierarchy, Staff

WORK_HOME = "/work"


def work_path_of(ticket: int) -> str:
    """Where a link to a ticket leads; 0 is no ticket."""
    return f"{WORK_HOME}/tickets/{ticket}" if ticket else WORK_HOME


def build_router(office: Office, auth: Auth, *, hierarchy: Callable[[], Hierarchy]) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    links = OneTimeLinks(office, auth, hierarchy)
    for path, show, take in (
        (FIRST_ADMIN_PATH, links.show_first_admin, links.take_first_admin),
        (INVITATION_PATH, links.show_invitation, links.take_invitation),
        (WORK_SIGN_IN_PATH, links.show_work, links.take_work),
    ):
        router.add_api_route(path, show, methods=["GET"])
        router.add_api_route(path, take, methods=["POST"])
    return router


class OneTimeLinks:
    def __init__(self, office: Office, auth: Auth, hierarchy: Callable[[], Hierarchy]) -> None:
        self._office = office
        self._auth = auth
        self._hierarchy = hierarchy

    async def show_first_admin(self, request: Request, key: str = "") -> Response:
        if not await self._auth.own.is_first_admin_wanted(key):
            return self._render_over(request, "link.first_again")
        return self._office.render(request, "first_admin.html", key=key, error="", name="")

    async def take_first_admin(self, request: Request) -> Response:
        form = await read_door_form(request, self._auth)
        key, name, password = form.get("key", ""), form.get("name", ""), form.get("password", "")
        try:
            _require_same(password, form.get("repeat", ""))
            come = come_from(request, self._auth)
            opened = await self._auth.own.become_first_admin(key, name, password, come=come)
        except AuthRefused as refused:
            if refused.key == "link.over":
                return self._render_over(request, "link.first_again")
            return self._office.render(
                request, "first_admin.html", status=422, key=key, error=refused.key, name=name[:80]
            )
        return self._let_in(opened, START)

    async def show_invitation(self, request: Request, key: str = "") -> Response:
        account = await self._auth.own.find_invited(key)
        if account is None:
            return self._render_over(request, "link.invitation_again")
        return self._office.render(request, "invitation.html", key=key, error="", name=account.name)

    async def take_invitation(self, request: Request) -> Response:
        form = await read_door_form(request, self._auth)
        key, password = form.get("key", ""), form.get("password", "")
        account = await self._auth.own.find_invited(key)
        if account is None:
            return self._render_over(request, "link.invitation_again")
        try:
            _require_same(password, form.get("repeat", ""))
            opened = await self._auth.own.accept(key, password, come=come_from(request, self._auth))
        except AuthRefused as refused:
            if refused.key == "link.over":
                return self._render_over(request, "link.invitation_again")
            return self._office.render(
                request, "invitation.html", status=422, key=key, error=refused.key, name=account.name
            )
        return self._let_in(opened, START)

    async def show_work(self, request: Request, key: str = "") -> Response:
        work_pass, staff = self._find_staff(key)
        if work_pass is None or staff is None:
            return self._render_over(request, "link.work_again")
        if await self._is_signed_in(request, staff):
            return go_to(work_path_of(work_pass.ticket))
        return self._office.render(
            request, "work_sign_in.html", key=key, name=staff.name, ticket=work_pass.ticket
        )

    async def take_work(self, request: Request) -> Response:
        form = await read_door_form(request, self._auth)
        work_pass, staff = self._find_staff(form.get("key", ""))
        if work_pass is None or staff is None:
            return self._render_over(request, "link.work_again")
        held = self._auth.cookies.read(request, SessionKind.WORK)
        come = From(address_of(request), device_of(request), held)
        opened = await self._auth.sign_in.use_work_pass(work_pass, come=come)
        if opened is None:
            return self._render_over(request, "link.work_again")
        return self._let_in(opened, work_path_of(work_pass.ticket))

    async def _is_signed_in(self, request: Request, staff: Staff) -> bool:
        """Who taps the link of this morning again only wants to go there."""
        try:
            visitor = await self._auth.gate.admit(request, kinds=(SessionKind.WORK,))
        except SignInNeeded:
            return False
        return visitor.staff_id == staff.staff_id

    def _find_staff(self, key: str) -> tuple[WorkPass | None, Staff | None]:
        work_pass = self._auth.links.open_work_key(key)
        staff = self._hierarchy().find_staff(work_pass.staff_id) if work_pass else None
        if work_pass and staff and not self._is_still_theirs(work_pass):
            return None, None
        return work_pass, staff

    def _is_still_theirs(self, work_pass: WorkPass) -> bool:
        accounts = self._hierarchy().accounts_of(work_pass.staff_id)
        return not work_pass.sent_to or work_pass.sent_to in {mark_of(*each) for each in accounts.items()}

    def _render_over(self, request: Request, hint: str) -> Response:
        return self._office.render(request, "link_over.html", status=410, hint=hint)

    def _let_in(self, opened: Opened, onward: str) -> Response:
        response = go_to(onward)
        self._auth.cookies.put(response, opened.kind, opened.token)
        return response


def _require_same(password: str, repeat: str) -> None:
    if password != repeat:
        raise AuthRefused("password.differ")
