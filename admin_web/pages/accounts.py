"""Accounts of others: the list of those one may see, inviting, role and place, closing, letting back in."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from admin_web.api.scope import ADMINS
from admin_web.auth.account_changes import Wanted
from admin_web.auth.account_desk import Entry
from admin_web.auth.building import Auth
from admin_web.auth.names import key_of
from admin_web.auth.ports import Account
from admin_web.auth.refusals import AuthRefused
from admin_web.auth.rights import WHOLE_TREE, list_grantable
from admin_web.auth.visitor import Visitor, read_form, require_role
from admin_web.csv_text import send_csv
from admin_web.office import Office, go_to, words_of
from admin_web.ports import Role
from routing.hierarchy import Hierarchy

ACCOUNTS = "/admin/accounts"
SAID = frozenset({"accounts.changed", "accounts.disabled", "accounts.enabled", "accounts.sessions_ended"})
Admin = Annotated[Visitor, Depends(require_role(*ADMINS))]


def build_router(office: Office, auth: Auth) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    pages = AccountsPages(office, auth)
    router.add_api_route(ACCOUNTS, pages.show_list, methods=["GET"])
    router.add_api_route(f"{ACCOUNTS}.csv", pages.export, methods=["GET"])
    router.add_api_route(f"{ACCOUNTS}/new", pages.show_new, methods=["GET"])
    router.add_api_route(f"{ACCOUNTS}/new", pages.invite, methods=["POST"])
    router.add_api_route(f"{ACCOUNTS}/{{account_id:int}}", pages.show, methods=["GET"])
    for verb, take in (
        ("role", pages.change_role),
        ("disable", pages.disable),
        ("enable", pages.enable),
        ("link", pages.renew_link),
        ("sessions", pages.end_sessions),
    ):
        router.add_api_route(f"{ACCOUNTS}/{{account_id:int}}/{verb}", take, methods=["POST"])
    return router


class AccountsPages:
    def __init__(self, office: Office, auth: Auth) -> None:
        self._office = office
        self._auth = auth

    async def show_list(self, request: Request, visitor: Admin, q: str = "") -> Response:
        entries = await self._auth.accounts.list_visible(visitor.holder)
        wanted = key_of(q[:80])
        found = [each for each in entries if wanted in key_of(each.account.name)]
        return self._office.render(
            request,
            "accounts.html",
            rows=[self._row(request, each) for each in found],
            total=len(entries),
            q=q[:80],
        )

    async def export(self, request: Request, visitor: Admin) -> Response:
        t = words_of(request)
        entries = await self._auth.accounts.list_visible(visitor.holder)
        titles = ("account.name", "account.role", "account.scope", "account.staff", "accounts.state")
        header = [t(each) for each in (*titles, "accounts.second_factor", "accounts.since")]
        rows = [
            (
                row["name"],
                t(f"role.{row['role']}"),
                row["scope"],
                row["staff"],
                t(f"accounts.state.{row['state']}"),
                t(f"accounts.second_factor.{row['second_factor']}"),
                row["since"],
            )
            for row in (self._row(request, each) for each in entries)
        ]
        return send_csv("accounts", header, rows)

    async def show_new(self, request: Request, visitor: Admin) -> Response:
        return self._render_new(request, visitor, {}, error="")

    async def invite(self, request: Request, visitor: Admin) -> Response:
        form = await read_form(request)
        try:
            wanted = self._read_wanted(form, visitor)
            invited = await self._auth.accounts.invite(_own_id(visitor), form.get("name", ""), wanted)
        except AuthRefused as refused:
            error = words_of(request)(refused.key, **refused.values)
            return self._render_new(request, visitor, form, error=error)
        return await self._show_link(request, visitor, invited.account_id, invited.link)

    async def show(self, request: Request, visitor: Admin, account_id: int, said: str = "") -> Response:
        entry = await self._auth.accounts.get_visible(visitor.holder, account_id)
        return self._render_one(request, visitor, entry, said=said if said in SAID else "")

    async def change_role(self, request: Request, visitor: Admin, account_id: int) -> Response:
        form = await read_form(request)

        async def change() -> Response:
            wanted = self._read_wanted(form, visitor)
            await self._auth.accounts.change_role(_own_id(visitor), account_id, wanted)
            return _say(account_id, "accounts.changed")

        return await self._or_refuse(request, visitor, account_id, change)

    async def disable(self, request: Request, visitor: Admin, account_id: int) -> Response:
        async def close() -> Response:
            await self._auth.accounts.disable(_own_id(visitor), account_id)
            return _say(account_id, "accounts.disabled")

        return await self._or_refuse(request, visitor, account_id, close)

    async def enable(self, request: Request, visitor: Admin, account_id: int) -> Response:
        async def reopen() -> Response:
            await self._auth.accounts.enable(_own_id(visitor), account_id)
            return _say(account_id, "accounts.enabled")

        return await self._or_refuse(request, visitor, account_id, reopen)

    async def renew_link(self, request: Request, visitor: Admin, account_id: int) -> Response:
        async def renew() -> Response:
            link = await self._auth.accounts.renew_link(_own_id(visitor), account_id)
            return await self._show_link(request, visitor, account_id, link)

        return await self._or_refuse(request, visitor, account_id, renew)

    async def end_sessions(self, request: Request, visitor: Admin, account_id: int) -> Response:
        async def end() -> Response:
            await self._auth.accounts.end_sessions(_own_id(visitor), account_id)
            return _say(account_id, "accounts.sessions_ended")

        return await self._or_refuse(request, visitor, account_id, end)

    async def _or_refuse(
        self, request: Request, visitor: Visitor, account_id: int, act: Callable[[], Awaitable[Response]]
    ) -> Response:
        try:
            return await act()
        except AuthRefused as refused:
            entry = await self._auth.accounts.get_visible(visitor.holder, account_id)
            error = words_of(request)(refused.key, **refused.values)
            return self._render_one(request, visitor, entry, status=422, error=error)

    def _render_one(
        self,
        request: Request,
        visitor: Visitor,
        entry: Entry,
        *,
        status: int = 200,
        said: str = "",
        error: str = "",
    ) -> Response:
        return self._office.render(
            request,
            "account_of.html",
            status=status,
            row=self._row(request, entry),
            said=said,
            error=error,
            **self._choices(visitor),
        )

    def _render_new(
        self, request: Request, visitor: Visitor, form: Mapping[str, str], *, error: str
    ) -> Response:
        written = {name: form.get(name, "")[:80] for name in ("name", "role", "scope", "staff_id")}
        return self._office.render(
            request,
            "accounts_new.html",
            status=422 if error else 200,
            form=written,
            error=error,
            **self._choices(visitor),
        )

    async def _show_link(self, request: Request, visitor: Visitor, account_id: int, link: str) -> Response:
        entry = await self._auth.accounts.get_visible(visitor.holder, account_id)
        return self._office.render(request, "accounts_link.html", row=self._row(request, entry), link=link)

    def _choices(self, visitor: Visitor) -> dict[str, object]:
        """What a form offers: roles that may be given, and the places below the visitor's own."""
        tree = visitor.visit.hierarchy
        top = visitor.holder.scope or tree.root_id
        below = list(tree.subtree(top))
        return {
            "roles": [each.value for each in list_grantable(visitor.holder)],
            "places": [(each.node_id, each.name) for each in below],
            "staff": [(each.staff_id, each.name) for node in below for each in node.staff],
        }

    def _row(self, request: Request, entry: Entry) -> dict[str, object]:
        account = entry.account
        return {
            "account_id": account.account_id,
            "name": account.name,
            "role": account.role,
            "scope": self._office.name_place(account.scope, words_of(request)),
            "scope_id": account.scope,
            "staff_id": account.staff_id or "",
            "staff": self._office.name_staff(account.staff_id or ""),
            "state": state_of(account, self._auth.now()),
            "second_factor": "on" if account.totp_secret else "off",
            "since": self._office.show_instant(account.created_at),
            "may_manage": entry.may_manage,
        }

    def _read_wanted(self, form: Mapping[str, str], visitor: Visitor) -> Wanted:
        role = form.get("role", "")
        if role not in set(Role):
            raise AuthRefused("accounts.unknown_role")
        scope = find_place(form.get("scope", ""), visitor.visit.hierarchy)
        if Role(role) is Role.ADMIN and scope in {"", visitor.visit.hierarchy.root_id}:
            scope = WHOLE_TREE
        return Wanted(Role(role), scope, find_staff(form.get("staff_id", ""), scope, visitor.visit.hierarchy))


def state_of(account: Account, now: datetime) -> str:
    if account.disabled_at is not None:
        return "disabled"
    if account.password_hash is not None:
        return "good"
    return "invited" if account.link_ends_at and account.link_ends_at > now else "expired"


def find_place(written: str, hierarchy: Hierarchy) -> str:
    """The id of a node written by its id or, where only one has it, its name; as it was written when none fits."""
    wanted = written.strip()
    if hierarchy.find_node(wanted) is not None:
        return wanted
    named = [each.node_id for each in hierarchy.nodes.values() if each.name == wanted]
    return named[0] if len(named) == 1 else wanted


def find_staff(written: str, scope: str, hierarchy: Hierarchy) -> str:
    """As `find_place`, of the people of a place: two places may each have a 王芳."""
    wanted = written.strip()
    if not wanted or hierarchy.find_staff(wanted) is not None:
        return wanted
    top = scope or hierarchy.root_id
    named = [
        each.staff_id
        for each in hierarchy.staff.values()
        if each.name == wanted and hierarchy.is_within(each.node_id, top)
    ]
    return named[0] if len(named) == 1 else wanted


def _own_id(visitor: Visitor) -> int:
    assert visitor.account_id is not None
    return visitor.account_id


def _say(account_id: int, word: str) -> Response:
    return go_to(f"{ACCOUNTS}/{account_id}?said={word}")
