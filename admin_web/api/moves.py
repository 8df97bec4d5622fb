"""One verb on one ticket through the API: who may say it, in whose name, and the one job that does it."""

from dataclasses import dataclass

from fastapi import APIRouter, Request

from admin_web.api.body import clean_text, read_model
from admin_web.api.operations import Operation, add
from admin_web.api.scope import ACTS, ADMINS, Visit, visit_of
from admin_web.api.sight import get_visible
from admin_web.api.ticket_json import OFFICE, TicketRenderer
from admin_web.api.ticket_models import MoveJson, TicketFileJson
from admin_web.api.verbs import VERBS, Said, find_verb, list_meanings, parse_into
from admin_web.ports import ApiPorts, TicketFile
from admin_web.problems import ProblemError, problem_of
from routing.callers import Caller
from routing.errors import DeskError, UnknownTicketError
from routing.events import Actor
from routing.ports import UnitOfWork

_OPERATION = Operation(
    "POST",
    "/tickets/{number}/{verb}",
    "Make a move on a ticket",
    "Does what a member of staff would do with a word or a button, in their name, and answers with the ticket as it "
    "is then. What a resident wants (`urge`, `withdraw`, `rate`) is said by an office: with a token of an admin, and "
    '`by` left out or "resident". `-` may stand for `_`.\n\n' + list_meanings(),
    (401, 403, 404, 409, 413, 415, 422, 429, 503),
    answer=TicketFileJson,
    body={"application/json": MoveJson},
    says="The ticket after the move.",
)


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be done. `others` are further tickets that the text names."""

    number: int
    said: Said
    caller: Caller
    text: str
    others: tuple[int, ...]


def add_moves(router: APIRouter, ports: ApiPorts, renderer: TicketRenderer) -> None:
    async def make_move(number: str, verb: str, request: Request) -> TicketFileJson:
        visit = visit_of(request)
        visit.require_role(ACTS)
        found = find_verb(verb)
        if found is None:
            raise ProblemError(404, "unknown_verb", "没有这个动作。", verbs=sorted(VERBS))
        move = await read_model(request, MoveJson)
        try:
            return renderer.render_file(await _make(ports, visit, number, verb=found, move=move))
        except DeskError as refusal:
            raise problem_of(refusal, ports.say_refusal) from None

    add(router, _OPERATION, make_move)


async def _make(
    ports: ApiPorts, visit: Visit, written: str, *, verb: tuple[str, Said], move: MoveJson
) -> TicketFile:
    """Sight comes first, so that a stranger learns nothing from the way in which the rest is refused."""
    name, said = verb
    file = await get_visible(ports, visit, written)
    caller = (_office if said.of_resident else _staff)(visit, move.by or "")
    text = clean_text(move.text)
    others = (parse_into(text),) if name == "merge" else ()
    order = _Order(file.ticket.number, said, caller, text, others)
    return await ports.writer.run(lambda store: _run(ports, store, order, visit))


def _staff(visit: Visit, by: str) -> Caller:
    if by == Actor.RESIDENT:
        raise ProblemError(403, "staff_only", "这一步只有工作人员能做。")
    if not by:
        errors = [{"at": "by", "message": "Field required"}]
        raise ProblemError(422, "by_missing", "请在 by 里写明是哪位工作人员。", errors=errors)
    return Caller(staff=visit.get_staff(by))


def _office(visit: Visit, by: str) -> Caller:
    if by not in {"", Actor.RESIDENT}:
        visit.get_staff(by)
        raise ProblemError(403, "resident_only", "这一步由居民自己来做，或由管理员代办。")
    visit.require_role(ADMINS)
    return Caller(office=f"{OFFICE}{visit.grant.name}")


def _run(ports: ApiPorts, store: UnitOfWork, order: _Order, visit: Visit) -> TicketFile:
    """The tickets are looked at again: since the request came they may have gone elsewhere."""
    for each in (order.number, *order.others):
        ticket = store.tickets.find(each)
        if ticket is None or not visit.scope.covers_ticket(ticket):
            raise UnknownTicketError("unknown_ticket", number=each)
    try:
        order.said.move(ports.desk(store), order.number, order.caller, order.text)
    except UnknownTicketError:
        # The token sees it, so it is no secret that there is such a ticket; this person has no part in it.
        raise ProblemError(
            403, "not_their_ticket", f"#{order.number} 不归这位工作人员管。", number=order.number
        ) from None
    after = store.tickets.get(order.number)
    return TicketFile(after, store.history.list_of(order.number), store.messages.list_of(order.number))
