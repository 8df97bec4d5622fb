"""Learning in the open: how often the reader was right lately, what it confuses, and what to sort first."""

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from admin_web.api.scope import ADMINS
from admin_web.api.ticket_json import OFFICE
from admin_web.api.verbs import parse_number
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor, read_form, require_role
from admin_web.learning_ports import Example, LearningDesk, LearningReport
from admin_web.office import Office, go_to
from admin_web.ports import Role
from routing.callers import Caller
from routing.errors import DeskError, UnknownTicketError
from routing.hierarchy import Hierarchy

LEARNING = "/admin/learning"
CONFUSIONS_SHOWN = 8
TICKETS = "/admin/tickets"
Reader = Annotated[Visitor, Depends(require_role(*ADMINS, Role.AUDITOR))]
Sorter = Annotated[Visitor, Depends(require_role(*ADMINS))]


@dataclass(frozen=True, slots=True)
class Said:
    """What the form before did: a key of the words with its values; `undo` is the category to go back to."""

    key: str
    values: dict[str, object]
    number: int = 0
    undo: str = ""


def build_router(office: Office, desk: LearningDesk) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = LearningPage(office, desk)
    router.add_api_route(LEARNING, page.show, methods=["GET"])
    router.add_api_route(f"{LEARNING}/{{number:int}}/sort", page.sort, methods=["POST"])
    return router


class LearningPage:
    def __init__(self, office: Office, desk: LearningDesk) -> None:
        self._office = office
        self._desk = desk

    async def show(self, request: Request, visitor: Reader) -> Response:
        tree = visitor.visit.hierarchy
        report = await self._desk.report(visitor.visit.scope)
        return self._office.render(
            request,
            "learning.html",
            report=report,
            share=_percent(report.tally.right, report.tally.judged),
            categories=_list_categories(report, tree),
            confusions=report.tally.confusions[:CONFUSIONS_SHOWN],
            weeks=[(each, _percent(each.right, each.judged)) for each in report.tally.weeks],
            examples=[(each, _choices_of(each, tree)) for each in report.examples],
            all_categories=tree.categories,
            name_of=lambda category_id: tree.get_category(category_id).name,
            tickets_path=TICKETS if self._office.has_page(request, f"{TICKETS}/1") else "",
            may_sort=visitor.role in ADMINS,
            said=_said(request, tree),
        )

    async def sort(self, request: Request, visitor: Sorter, number: int) -> Response:
        known = parse_number(str(number))
        if known is None:
            raise PageRefused(404, "refused.no_such_ticket")
        category = (await read_form(request)).get("category", "")
        if visitor.visit.hierarchy.find_category(category) is None:
            return _back(said="none_chosen", number=known)
        caller = Caller(office=f"{OFFICE}{visitor.name}")
        try:
            done = await self._desk.sort(known, category, caller=caller, scope=visitor.visit.scope)
        except UnknownTicketError:
            raise PageRefused(404, "refused.no_such_ticket") from None
        except DeskError:
            return _back(said="too_late", number=known)
        undo = {"undo": done.before} if done.before != done.category else {}
        said = "sorted" if undo else "confirmed"
        return _back(said=said, number=known, category=done.category, **undo)


def _choices_of(example: Example, tree: Hierarchy) -> list[str]:
    """To be chosen with one tap: the guess first, then what it may be as well."""
    known = [each for each in (example.guess, *example.others) if tree.find_category(each) is not None]
    return list(dict.fromkeys(known))[:3]


def _list_categories(report: LearningReport, tree: Hierarchy) -> list[dict[str, object]]:
    return [
        {
            "name": tree.get_category(each.category_id).name,
            "read": each.read,
            "right": each.right,
            "meant": each.meant,
            "share": _percent(each.right, each.read),
        }
        for each in report.tally.categories
    ]


def _percent(count: int, n: int) -> int | None:
    return round(100 * count / n) if n else None


def _back(**said: object) -> Response:
    return go_to(f"{LEARNING}?{urlencode(said)}#examples")


def _said(request: Request, tree: Hierarchy) -> Said | None:
    """From the address; only sentences of ours, with a number and names of the file."""
    query = request.query_params
    key, number = query.get("said", ""), parse_number(query.get("number", "")) or 0
    if key not in {"sorted", "confirmed", "none_chosen", "too_late"} or not number:
        return None
    category = tree.find_category(query.get("category", ""))
    undo = tree.find_category(query.get("undo", ""))
    values = {"number": number, "category": category.name if category else ""}
    return Said(f"learning.said.{key}", values, number, undo.category_id if undo else "")
