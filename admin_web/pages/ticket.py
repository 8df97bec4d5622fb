"""The page of one ticket: its story, its pictures, who heard what, where it stands, and everything one may do."""

from collections.abc import Mapping, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from admin_web.api.scope import ADMINS
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor, read_form, signed_in
from admin_web.board_filters import BOARD
from admin_web.board_ports import TicketPorts
from admin_web.office import Office, go_to, words_of
from admin_web.ports import ApiPorts, OutboxItem, TicketFile
from admin_web.rendering import PAGE_HEADERS
from admin_web.ticket_actions import UNDONE_BY, choose_staff, done_key, list_actions, list_stand_ins
from admin_web.ticket_desk import TicketDesk
from admin_web.ticket_ladder import list_rungs
from admin_web.ticket_letters import LetterLine, letter_lines
from admin_web.ticket_near import NearPage, find_near
from admin_web.ticket_rows import row_of, where_of
from admin_web.ticket_story import tell
from admin_web.time_left import show_briefly
from routing.errors import DeskError

TICKET = f"{BOARD}/{{number:int}}"
SignedIn = Annotated[Visitor, Depends(signed_in)]


def build_router(office: Office, ports: ApiPorts, own: TicketPorts) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = TicketPage(office, ports, own)
    router.add_api_route(TICKET, page.show, methods=["GET"])
    router.add_api_route(f"{TICKET}/pictures/{{picture_id:int}}", page.send_picture, methods=["GET"])
    router.add_api_route(f"{TICKET}/{{verb}}", page.act, methods=["POST"])
    return router


class TicketPage:
    def __init__(self, office: Office, ports: ApiPorts, own: TicketPorts) -> None:
        self._office = office
        self._ports = ports
        self._own = own
        self._desk = TicketDesk(ports)

    async def show(self, request: Request, visitor: SignedIn, number: int, done: str = "") -> Response:
        file = await self._desk.get_visible(visitor, str(number))
        said = f"done.{done}" if words_of(request).has(f"done.{done}") else ""
        return await self._render(request, visitor, file, said=said, done=done)

    async def act(self, request: Request, visitor: SignedIn, number: int, verb: str) -> Response:
        form = await read_form(request)
        try:
            after = await self._desk.act(visitor, str(number), verb=verb, form=form)
        except DeskError as refusal:
            file = await self._desk.get_visible(visitor, str(number))
            error = self._desk.say_refusal(refusal, words_of(request))
            return await self._render(request, visitor, file, verb=verb, error=error, form=form)
        said = done_key(verb, after).removeprefix("done.")
        by = f"&as={form['by']}" if form.get("by") and visitor.role in ADMINS else ""
        return go_to(f"{BOARD}/{number}?done={said}{by}")

    async def send_picture(self, visitor: SignedIn, number: int, picture_id: int) -> Response:
        await self._desk.get_visible(visitor, str(number))
        found = await self._own.reads.find_picture(number, picture_id)
        if found is None:
            raise PageRefused(404, "refused.not_found")
        media_type, content = found
        headers = {**PAGE_HEADERS, "Cache-Control": "private, max-age=3600"}
        return Response(content, media_type=media_type, headers=headers)

    async def _render(
        self,
        request: Request,
        visitor: Visitor,
        file: TicketFile,
        *,
        said: str = "",
        done: str = "",
        verb: str = "",
        error: str = "",
        form: Mapping[str, str] | None = None,
    ) -> Response:
        ticket, tree, now = file.ticket, visitor.visit.hierarchy, self._ports.now()
        words = words_of(request)
        staff = choose_staff(visitor, ticket, self._wanted(request, form))
        actions = list_actions(visitor, ticket, staff)
        offered = {each.verb for each in actions}
        reads = self._own.reads
        near: NearPage = await find_near(reads, visitor, ticket, now)
        letters: Sequence[OutboxItem] = await reads.list_letters(ticket.number)
        lines: list[LetterLine] = letter_lines(letters, tree, words)
        return self._office.render(
            request,
            "ticket.html",
            status=422 if error else 200,
            ticket=ticket,
            row=row_of(ticket, tree, now),
            where=where_of(ticket, tree),
            story=tell(file, tree, words),
            rungs=list_rungs(file, tree, now, can_hear=lambda group: self._ports.reach.can_hear(group, tree)),
            pictures=await reads.list_pictures(ticket.number),
            letters=lines,
            near=near,
            actions=actions,
            staff=staff,
            stand_ins=list_stand_ins(visitor, ticket) if visitor.role in ADMINS else (),
            said=said,
            undo=UNDONE_BY.get(done, "") if UNDONE_BY.get(done) in offered else "",
            verb=verb,
            error=error,
            form=form or {},
            now=now,
            base=f"{BOARD}/{ticket.number}",
            brief=lambda instant: show_briefly(instant, now, tree.timezone),
        )

    def _wanted(self, request: Request, form: Mapping[str, str] | None) -> str:
        return (form or {}).get("by", "") or request.query_params.get("as", "")
