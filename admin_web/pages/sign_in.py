"""The door: name and password, the code of an app, signing out; and the language, which needs no account."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from admin_web.auth.building import Auth
from admin_web.auth.links import safe_next
from admin_web.auth.refusals import AuthRefused
from admin_web.auth.sessions import SessionKind, device_of
from admin_web.auth.sign_in import From, Opened
from admin_web.auth.visitor import Visitor, read_form, require_bounded, require_same_site, signed_in
from admin_web.office import LANGUAGE_COOKIE, START, Office, go_to
from admin_web.words import Language

SIGN_IN = "/sign-in"
CODE = "/sign-in/code"
LANGUAGE_KEPT_SECONDS = 365 * 24 * 3600


def build_router(office: Office, auth: Auth) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    door = Door(office, auth)
    router.add_api_route(SIGN_IN, door.show, methods=["GET"])
    router.add_api_route(SIGN_IN, door.take_password, methods=["POST"])
    router.add_api_route(CODE, door.show_code, methods=["GET"])
    router.add_api_route(CODE, door.take_code, methods=["POST"])
    router.add_api_route("/sign-out", door.sign_out, methods=["POST"])
    router.add_api_route("/language", door.choose_language, methods=["POST"])
    return router


class Door:
    def __init__(self, office: Office, auth: Auth) -> None:
        self._office = office
        self._auth = auth

    async def show(self, request: Request, next: str = "") -> Response:
        hint = "sign_in.nobody" if await self._auth.own.is_nobody_here() else "sign_in.lost"
        return self._render(request, next, hint=hint)

    async def take_password(self, request: Request) -> Response:
        form = await read_door_form(request, self._auth)
        onward, name = form.get("next", ""), form.get("name", "")
        come = come_from(request, self._auth)
        try:
            opened = await self._auth.sign_in.give_password(name, form.get("password", ""), come=come)
        except AuthRefused as refused:
            return self._render(request, onward, status=403, error=refused.key, name=name[:80])
        if opened.kind is SessionKind.HALF:
            return self._let_in(opened, f"{CODE}?{urlencode({'next': onward})}")
        return self._let_in(opened, safe_next(onward, default=START))

    async def show_code(self, request: Request, next: str = "") -> Response:
        return self._office.render(
            request, "sign_in_code.html", onward=safe_next(next, default=START), error=""
        )

    async def take_code(self, request: Request) -> Response:
        form = await read_door_form(request, self._auth)
        onward = safe_next(form.get("next"), default=START)
        held = self._auth.cookies.read(request, SessionKind.HALF)
        come = From(address_of(request), device_of(request), held)
        try:
            opened = await self._auth.sign_in.give_code(form.get("code", ""), come=come)
        except AuthRefused as refused:
            if refused.key == "sign_in.start_again":
                return self._render(request, onward, status=403, error=refused.key)
            return self._office.render(
                request, "sign_in_code.html", status=403, onward=onward, error=refused.key
            )
        response = self._let_in(opened, onward)
        self._auth.cookies.drop(response, SessionKind.HALF)
        return response

    async def sign_out(self, request: Request, visitor: Annotated[Visitor, Depends(signed_in)]) -> Response:
        await self._auth.sign_in.sign_out(visitor.session)
        response = go_to(f"{SIGN_IN}?out=1")
        self._auth.cookies.drop(response, SessionKind.OFFICE)
        return response

    async def choose_language(self, request: Request) -> Response:
        form = await read_door_form(request, self._auth)
        response = go_to(safe_next(form.get("next"), default=SIGN_IN))
        chosen = form.get("language", "")
        if chosen in set(Language):
            response.set_cookie(
                LANGUAGE_COOKIE,
                chosen,
                max_age=LANGUAGE_KEPT_SECONDS,
                secure=self._auth.cookies.is_secure,
                httponly=True,
                samesite="lax",
            )
        return response

    def _render(
        self,
        request: Request,
        onward: str,
        *,
        status: int = 200,
        error: str = "",
        name: str = "",
        hint: str = "sign_in.lost",
    ) -> Response:
        return self._office.render(
            request,
            "sign_in.html",
            status=status,
            onward=safe_next(onward, default=START),
            error=error,
            name=name,
            hint=hint,
            is_out="out" in request.query_params,
        )

    def _let_in(self, opened: Opened, onward: str) -> Response:
        response = go_to(onward)
        self._auth.cookies.put(response, opened.kind, opened.token)
        return response


async def read_door_form(request: Request, auth: Auth) -> dict[str, str]:
    """A form of somebody who is not signed in: no token yet, but it must come from this site and be short."""
    require_same_site(request, auth.gate.public_url)
    require_bounded(request)
    return await read_form(request)


def come_from(request: Request, auth: Auth) -> From:
    held = auth.cookies.read(request, SessionKind.OFFICE)
    return From(address_of(request), device_of(request), held)


def address_of(request: Request) -> str:
    """Of the peer. Behind a proxy of the same machine it is what the proxy says last; a sender elsewhere could say
    anything, and is not believed."""
    peer = request.client.host if request.client else ""
    said = request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip()
    return said if said and peer in {"127.0.0.1", "::1"} else peer
