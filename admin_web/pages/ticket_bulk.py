"""One action on many tickets of the board, each in a job of its own, with a result for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from fastapi import Request
from starlette.datastructures import UploadFile

from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor
from admin_web.board_filters import BoardFilters, read_back
from admin_web.office import words_of
from admin_web.ticket_actions import UNDONE_BY
from admin_web.ticket_desk import TicketDesk
from admin_web.words import Words
from routing.errors import DeskError

_UNDOES = frozenset(UNDONE_BY[each] for each in ("claim", "merge"))
BULK_VERBS = frozenset({"claim", "transfer", "merge", *_UNDOES})
"""Also what takes back one of them, which is offered right after it."""
MOST_AT_ONCE = 50
_LONGEST_QUERY = 2000


@dataclass(frozen=True, slots=True)
class Refused:
    number: str
    why: str


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """`complaint` is a key of words when nothing was tried. `chosen` and `choice` are as the form had them, for a
    second try: `chosen` then holds only what was refused. `undo` is the verb that takes back what was `done`, if any;
    `by` in whose name it was."""

    filters: BoardFilters
    verb: str = ""
    complaint: str = ""
    done: Sequence[str] = ()
    refused: Sequence[Refused] = ()
    chosen: frozenset[str] = frozenset()
    choice: str = ""
    undo: str = ""
    by: str = ""


class BulkPage:
    def __init__(self, desk: TicketDesk) -> None:
        self._desk = desk

    async def act(self, request: Request, visitor: Visitor) -> BulkOutcome:
        form = await request.form(max_files=0, max_fields=MOST_AT_ONCE + 20)
        values = {name: each for name, each in form.items() if not isinstance(each, UploadFile)}
        numbers = [each for each in form.getlist("number") if isinstance(each, str)][:MOST_AT_ONCE]
        filters = read_back(values.get("back", "")[:_LONGEST_QUERY], visitor)
        verb = values.get("verb", "")
        choice = values.get("into" if verb == "merge" else "whom", "").strip()
        by = values.get("by", "")
        asked = BulkOutcome(filters, verb, chosen=frozenset(numbers), choice=choice, by=by)
        complaint = _complain(verb, numbers, choice)
        if complaint:
            return replace(asked, complaint=complaint)
        # The one that the others go into may be chosen as well.
        tried = [each for each in numbers if verb != "merge" or each != choice.lstrip("#＃")]
        said = {"choice": choice if verb in {"transfer", "merge"} else "", "by": by}
        refused = await self._try_each(visitor, tried, verb, said, words=words_of(request))
        left = frozenset(each.number for each in refused)
        done = [each for each in tried if each not in left]
        undo = UNDONE_BY.get(verb, "") if done else ""
        return replace(asked, done=done, refused=refused, chosen=left, undo=undo)

    async def _try_each(
        self, visitor: Visitor, numbers: Sequence[str], verb: str, said: Mapping[str, str], *, words: Words
    ) -> list[Refused]:
        """What was refused and why; everything else is done. One that is out of sight by now stops no other."""
        refused: list[Refused] = []
        for number in numbers:
            try:
                await self._desk.act(visitor, number, verb=verb, form=said)
            except DeskError as refusal:
                refused.append(Refused(number, self._desk.say_refusal(refusal, words)))
            except PageRefused as refusal:
                refused.append(Refused(number, words(refusal.key)))
        return refused


def _complain(verb: str, numbers: Sequence[str], choice: str) -> str:
    if verb not in BULK_VERBS:
        return "tickets.bulk.no_verb"
    if not numbers:
        return "tickets.bulk.none_chosen"
    if verb == "transfer" and not choice:
        return "tickets.bulk.no_receiver"
    return "tickets.bulk.no_number" if verb == "merge" and not choice else ""
