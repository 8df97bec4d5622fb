"""The grid worker's phone: what is mine, what I may claim, one ticket, one action a page. Works without a script."""

import secrets
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import JSONResponse, Response
from starlette.datastructures import UploadFile

from admin_web.auth.building import Auth
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor, signed_in_for_work
from admin_web.office import Office, go_to, words_of
from admin_web.pages.sign_in import SIGN_IN
from admin_web.pages.work_view import WorkView
from admin_web.rendering import PAGE_HEADERS
from admin_web.ticket_actions import UNDONE_BY, Action, done_key
from admin_web.ticket_desk import TicketDesk
from admin_web.words import Words
from admin_web.work_desk import LONGEST_KEY, Sent, WorkDesk
from admin_web.work_ports import BadPicture
from routing.errors import DeskError
from routing.tickets import Ticket

WORK = "/work"
TICKETS = f"{WORK}/tickets"
MOST_PICTURES = 4
STAYS = frozenset({"claim", "note", "question", "pause", "resume", "urgent", "approve", "refuse"})
"""After these one looks at the ticket again; after the others it is off one's hands, and the list comes next."""

_KEPT_PICTURE = {
    "Cache-Control": "private, max-age=3600",
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}
Worker = Annotated[Visitor, Depends(signed_in_for_work)]


def build_router(office: Office, auth: Auth, desk: WorkDesk, refusals: TicketDesk) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    pages = WorkPages(office, auth, desk, refusals)
    router.add_api_route(WORK, pages.show_list, methods=["GET"])
    router.add_api_route(f"{TICKETS}/{{number}}", pages.show_ticket, methods=["GET"])
    router.add_api_route(f"{TICKETS}/{{number}}/{{verb}}", pages.show_action, methods=["GET"])
    router.add_api_route(f"{TICKETS}/{{number}}/{{verb}}", pages.act, methods=["POST"])
    router.add_api_route(f"{WORK}/pictures/{{picture_id}}", pages.send_picture, methods=["GET"])
    router.add_api_route(f"{WORK}/sign-out", pages.sign_out, methods=["POST"])
    return router


class WorkPages:
    """`refusals` says why the desk refused, in the visitor's language."""

    def __init__(self, office: Office, auth: Auth, desk: WorkDesk, refusals: TicketDesk) -> None:
        self._office = office
        self._auth = auth
        self._desk = desk
        self._refusals = refusals
        self._view = WorkView()

    async def show_list(
        self, request: Request, visitor: Worker, said: str = "", number: str = ""
    ) -> Response:
        found = await self._desk.list_work(visitor)
        t, now = words_of(request), self._desk.now()
        tree = visitor.visit.hierarchy
        return self._office.render(
            request,
            "work.html",
            held=self._view.list_cards(found.held, tree, now, t=t),
            free=self._view.list_cards(found.free, tree, now, t=t),
            said=_said(t, said),
            number=number if number.isdecimal() else "",
            new_key=new_key,
            now=now.isoformat(),
        )

    async def show_ticket(self, request: Request, visitor: Worker, number: str, said: str = "") -> Response:
        file = await self._desk.get_visible(visitor, number)
        beside = await self._desk.look_beside(file.ticket)
        t, tree = words_of(request), visitor.visit.hierarchy
        actions = self._desk.list_actions(visitor, file.ticket)
        undo = UNDONE_BY.get(said, "")
        return self._office.render(
            request,
            "work_ticket.html",
            card=self._view.make_card(file.ticket, tree, self._desk.now(), t=t),
            facts=self._view.list_facts(file, beside, tree, t=t),
            story=self._view.tell_story(file, beside, visitor, now=self._desk.now(), t=t),
            main=_main_of(actions),
            others=[each for each in actions if each not in {_main_of(actions), _note_of(actions)}],
            note=_note_of(actions),
            merged_into=await self._desk.find_main(visitor, file.ticket),
            said=_said(t, said),
            undo=undo if any(each.verb == undo for each in actions) else "",
            error="",
            key=new_key(),
            undo_key=new_key(),
            now=self._desk.now().isoformat(),
        )

    async def show_action(self, request: Request, visitor: Worker, number: str, verb: str) -> Response:
        file = await self._desk.get_visible(visitor, number)
        action = self._find_action(visitor, file.ticket, verb)
        if action is None:
            # It was possible when the link was made; the ticket says how things stand now.
            return go_to(f"{TICKETS}/{file.ticket.number}")
        return self._render_action(request, visitor, file.ticket, action=action, form={}, error="")

    async def act(self, request: Request, visitor: Worker, number: str, verb: str) -> Response:
        fields, files = await _read(request)
        t = words_of(request)
        try:
            pictures = [await self._desk.store.encode(each) for each in files]
            sent = Sent(_with_until(fields), fields.get("once", "")[:LONGEST_KEY], pictures)
            after = await self._desk.act(visitor, number, verb=verb, sent=sent)
        except BadPicture:
            return await self._answer_refused(
                request, visitor, number, verb=verb, form=fields, error=t("work.bad_picture")
            )
        except DeskError as refusal:
            error = self._refusals.say_refusal(refusal, t)
            return await self._answer_refused(request, visitor, number, verb=verb, form=fields, error=error)
        said = verb if after is None or done_key(verb, after) == f"done.{verb}" else "pause_asked"
        onward = f"{TICKETS}/{number}?said={said}" if verb in STAYS else f"{WORK}?said={said}&number={number}"
        if _is_script(request):
            return JSONResponse({"next": onward}, headers={**PAGE_HEADERS})
        return go_to(onward)

    async def send_picture(
        self, request: Request, visitor: Worker, picture_id: str, small: str = ""
    ) -> Response:
        found = await self._desk.get_picture(visitor, picture_id)
        content = await self._desk.store.shrink(found.content) if small else found.content
        return Response(content, media_type=found.media_type, headers=_KEPT_PICTURE)

    async def sign_out(self, request: Request, visitor: Worker) -> Response:
        """For a phone that goes on to somebody else. What was typed and not sent stays on it."""
        await self._auth.sign_in.sign_out(visitor.session)
        response = go_to(f"{SIGN_IN}?out=1")
        self._auth.cookies.drop(response, visitor.kind)
        return response

    async def _answer_refused(
        self,
        request: Request,
        visitor: Visitor,
        number: str,
        *,
        verb: str,
        form: Mapping[str, str],
        error: str,
    ) -> Response:
        """Beside the form, with everything that was typed; where it cannot be done any more, on the ticket."""
        if _is_script(request):
            return JSONResponse({"error": error}, 422, headers={**PAGE_HEADERS})
        file = await self._desk.get_visible(visitor, number)
        action = self._find_action(visitor, file.ticket, verb)
        action = action or self._find_action(visitor, file.ticket, "note")
        if action is None:
            raise PageRefused(409, "refused.may_not_act")
        return self._render_action(request, visitor, file.ticket, action=action, form=form, error=error)

    def _render_action(
        self,
        request: Request,
        visitor: Visitor,
        ticket: Ticket,
        *,
        action: Action,
        form: Mapping[str, str],
        error: str,
    ) -> Response:
        t = words_of(request)
        return self._office.render(
            request,
            "work_action.html",
            status=422 if error else 200,
            card=self._view.make_card(ticket, visitor.visit.hierarchy, self._desk.now(), t=t),
            action=action,
            written={name: form.get(name, "") for name in ("text", "choice", "until", "reply")},
            error=error,
            key=new_key(),
            now=self._desk.now().isoformat(),
        )

    def _find_action(self, visitor: Visitor, ticket: Ticket, verb: str) -> Action | None:
        actions = self._desk.list_actions(visitor, ticket)
        return next((each for each in actions if each.verb == verb), None)


def new_key() -> str:
    """For one form: what is sent twice with it is done once."""
    return secrets.token_urlsafe(12)


async def _read(request: Request) -> tuple[dict[str, str], list[bytes]]:
    """The texts of a form, and the pictures in it; PageRefused with 422 for more than a form may hold."""
    form = await request.form()
    try:
        texts = {name: value for name, value in form.items() if isinstance(value, str)}
        files = [each for each in form.getlist("picture") if isinstance(each, UploadFile) and each.size]
        if len(files) > MOST_PICTURES:
            raise PageRefused(422, "work.too_many_pictures")
        return texts, [await each.read() for each in files]
    finally:
        await form.close()


def _with_until(fields: Mapping[str, str]) -> Mapping[str, str]:
    """A day of the calendar goes before a span from the list."""
    until = fields.get("until", "").strip()
    return {**fields, "choice": until} if until else fields


def _is_script(request: Request) -> bool:
    return "json" in request.headers.get("accept", "") and "html" not in request.headers.get("accept", "")


def _main_of(actions: tuple[Action, ...]) -> Action | None:
    """The one next thing: to take it, to finish it, to go on. To part what was joined is none: it is asked for."""
    likely = ("claim", "resolve", "approve", "resume", "reopen")
    return next((each for verb in likely for each in actions if each.verb == verb), None)


def _note_of(actions: tuple[Action, ...]) -> Action | None:
    return next((each for each in actions if each.verb == "note"), None)


def _said(t: Words, verb: str) -> str:
    """The key of what was done; "" for what nobody did."""
    key = f"done.{verb}"
    return key if t.has(key) else ""
