"""One's own account: password, the app for codes, recovery codes, the devices one is signed in on."""

from collections.abc import Awaitable, Callable
from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from markupsafe import Markup

from admin_web.auth import totp
from admin_web.auth.building import Auth
from admin_web.auth.own_account import ISSUER
from admin_web.auth.refusals import AuthRefused
from admin_web.auth.sessions import SessionKind, device_of
from admin_web.auth.sign_in import From
from admin_web.auth.visitor import Visitor, read_form, signed_in
from admin_web.office import Office, go_to
from admin_web.pages.sign_in import address_of

ACCOUNT = "/account"
SAID = frozenset({"account.password_changed", "account.app_ended", "account.others_ended"})
"""What the page may say about the form that came before it, by the `said` of its address."""

SignedIn = Annotated[Visitor, Depends(signed_in)]


def build_router(office: Office, auth: Auth) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    pages = AccountPages(office, auth)
    router.add_api_route(ACCOUNT, pages.show, methods=["GET"])
    for path, take in (
        ("/account/password", pages.change_password),
        ("/account/app", pages.begin_app),
        ("/account/app/confirm", pages.confirm_app),
        ("/account/app/end", pages.end_app),
        ("/account/recovery-codes", pages.renew_codes),
        ("/account/sessions/end", pages.end_sessions),
    ):
        router.add_api_route(path, take, methods=["POST"])
    return router


class AccountPages:
    def __init__(self, office: Office, auth: Auth) -> None:
        self._office = office
        self._auth = auth

    async def show(self, request: Request, visitor: SignedIn, said: str = "") -> Response:
        return await self._render(request, visitor, said=said if said in SAID else "")

    async def change_password(self, request: Request, visitor: SignedIn) -> Response:
        form = await read_form(request)
        old, new = form.get("old", ""), form.get("password", "")

        async def change() -> Response:
            if new != form.get("repeat", ""):
                raise AuthRefused("password.differ")
            come = From(address_of(request), device_of(request), visitor.session)
            opened = await self._auth.own.change_password(_own_id(visitor), old, new, come=come)
            response = _say("account.password_changed")
            self._auth.cookies.put(response, opened.kind, opened.token)
            return response

        return await self._or_refuse(request, visitor, change, at="password")

    async def begin_app(self, request: Request, visitor: SignedIn) -> Response:
        password = (await read_form(request)).get("old", "")

        async def begin() -> Response:
            secret, sealed = await self._auth.own.propose_secret(_own_id(visitor), password)
            return self._show_app(request, visitor, secret, sealed=sealed)

        return await self._or_refuse(request, visitor, begin, at="app")

    async def confirm_app(self, request: Request, visitor: SignedIn) -> Response:
        form = await read_form(request)
        sealed, own = form.get("sealed", ""), self._auth.own
        try:
            codes = await own.use_app(_own_id(visitor), sealed, form.get("code", ""), keep=visitor.session)
        except AuthRefused as refused:
            secret = own.open_proposed(_own_id(visitor), sealed)
            if secret is None or refused.key == "account.app_is_on":
                return go_to(ACCOUNT)
            return self._show_app(request, visitor, secret, sealed=sealed, error=refused.key)
        return self._show_codes(request, codes)

    async def end_app(self, request: Request, visitor: SignedIn) -> Response:
        password = (await read_form(request)).get("old", "")

        async def end() -> Response:
            await self._auth.own.leave_app(_own_id(visitor), password, keep=visitor.session)
            return _say("account.app_ended")

        return await self._or_refuse(request, visitor, end, at="app")

    async def renew_codes(self, request: Request, visitor: SignedIn) -> Response:
        password = (await read_form(request)).get("old", "")

        async def renew() -> Response:
            return self._show_codes(request, await self._auth.own.renew_codes(_own_id(visitor), password))

        return await self._or_refuse(request, visitor, renew, at="app")

    async def end_sessions(self, request: Request, visitor: SignedIn) -> Response:
        await self._auth.own.end_other_sessions(_own_id(visitor), keep=visitor.session)
        return _say("account.others_ended")

    async def _or_refuse(
        self, request: Request, visitor: Visitor, act: Callable[[], Awaitable[Response]], *, at: str
    ) -> Response:
        """The page again with the sentence beside the form that was refused."""
        try:
            return await act()
        except AuthRefused as refused:
            return await self._render(request, visitor, status=422, errors={at: refused.key})

    async def _render(
        self,
        request: Request,
        visitor: Visitor,
        *,
        status: int = 200,
        said: str = "",
        errors: dict[str, str] | None = None,
    ) -> Response:
        page = await self._auth.own.get_page(_own_id(visitor))
        return self._office.render(
            request, "account.html", status=status, page=page, said=said, errors=errors or {}
        )

    def _show_app(
        self, request: Request, visitor: Visitor, secret: str, *, sealed: str, error: str = ""
    ) -> Response:
        uri = totp.make_uri(secret, visitor.name, issuer=ISSUER)
        return self._office.render(
            request,
            "account_app.html",
            status=422 if error else 200,
            picture=draw_code(uri),
            secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
            sealed=sealed,
            error=error,
        )

    def _show_codes(self, request: Request, codes: list[str]) -> Response:
        return self._office.render(request, "account_codes.html", codes=codes)


def draw_code(text: str) -> Markup:
    """An SVG of the library's own making: nothing in it was written by anybody."""
    svg = segno.make(text, error="m").svg_inline(
        border=4, omitsize=True, svgclass="qr", lineclass=None, dark="#000"
    )
    return Markup(svg)  # noqa: S704


def _own_id(visitor: Visitor) -> int:
    assert visitor.kind is SessionKind.OFFICE
    assert visitor.account_id is not None
    return visitor.account_id


def _say(word: str) -> Response:
    return go_to(f"{ACCOUNT}?said={word}")
