"""待办: what a member of staff holds and what they may claim, the most pressing first."""

from collections.abc import Sequence

from bot.channel import Answer
from bot.texts import say
from bot.turn import Turn, reply, reply_text
from bot.wording import place_name
from routing.escalation import promise_at
from routing.tickets import Ticket

SHOWN = 8


def say_worklist(turn: Turn) -> Answer:
    if turn.staff is None:
        return reply("answer.worklist_empty")
    mine = turn.store.tickets.list_held_by(turn.staff.staff_id)
    free = turn.store.tickets.list_asked_of(turn.staff.groups)
    if not mine and not free:
        return reply("answer.worklist_empty")
    parts = [
        say("answer.worklist_mine", lines=say_work_lines(turn, mine)) if mine else "",
        say("answer.worklist_open", lines=say_work_lines(turn, free)) if free else "",
    ]
    return reply_text("\n".join(each for each in parts if each))


def say_work_lines(turn: Turn, tickets: Sequence[Ticket]) -> str:
    """At most `SHOWN`, and how many there are besides."""
    lines = [_line(turn, each) for each in tickets[:SHOWN]]
    if len(tickets) > SHOWN:
        lines.append(say("answer.worklist_more", count=len(tickets) - SHOWN))
    return "\n".join(lines)


def _line(turn: Turn, ticket: Ticket) -> str:
    return say(
        "answer.worklist_line",
        mark=say("notice.mark_urgent") if ticket.urgent else "",
        number=ticket.number,
        category=turn.category_name(ticket),
        place=place_name(turn.hierarchy, ticket.origin),
        due=turn.local(promise_at(ticket)) or turn.word(f"status.{ticket.status}"),
    )
