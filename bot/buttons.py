"""Which buttons stand under which message. A button says a command; channels without buttons print the words."""

from bot.texts import say
from routing.hierarchy import Hierarchy
from routing.messages import Button
from routing.tickets import Status, Ticket

Rows = tuple[tuple[Button, ...], ...]


def button(name: str, command: str) -> Button:
    return Button(say(f"button.{name}"), command)


def ticket_buttons(ticket: Ticket) -> Rows:
    """What a member of staff can do next, the most likely first."""
    if ticket.status is Status.OPEN:
        return claim_buttons(ticket.number)
    return holder_buttons(ticket.number) if ticket.status is Status.CLAIMED else ()


def claim_buttons(number: int) -> Rows:
    return (
        (button("claim", f"认领 {number}"), button("details", f"详情 {number}")),
        (button("hand_back", f"退回 {number}"), button("escalate", f"上报 {number}")),
    )


def holder_buttons(number: int) -> Rows:
    return (
        (button("resolve", f"办结 {number}"), button("pause", f"暂缓 {number}")),
        (button("question", f"询问 {number}"), button("escalate", f"上报 {number}")),
        (button("details", f"详情 {number}"),),
    )


def merge_buttons(number: int, *, into: int) -> Rows:
    return ((button("merge", f"并案 {number} {into}"),),)


def part_buttons(number: int) -> Rows:
    return ((button("part", f"拆案 {number}"),),)


def rating_buttons(number: int) -> Rows:
    return (
        (
            button("satisfied", f"评价 {number} 满意"),
            button("mostly_satisfied", f"评价 {number} 基本满意"),
            button("unsatisfied", f"评价 {number} 不满意"),
        ),
    )


def approval_buttons(number: int) -> Rows:
    return ((button("approve", f"同意 {number}"), button("refuse", f"不同意 {number}")),)


def decision_buttons(number: int) -> Rows:
    return ((button("reopen", f"重办 {number}"), button("close", f"结案 {number}")),)


def receipt_buttons(number: int) -> Rows:
    return ((button("status", f"进度 {number}"), button("urge", f"催办 {number}")),)


def withdraw_buttons(number: int) -> Rows:
    return ((button("withdraw", f"撤回 {number}"), button("status", f"进度 {number}")),)


def reason_buttons(hierarchy: Hierarchy, number: int) -> Rows:
    """The listed reasons, one a row; a reason too long for a button is left to be typed."""
    buttons = (Button(each, f"退回 {number} {each}") for each in hierarchy.manners.hand_back_reasons)
    return tuple((each,) for each in buttons if len(each.say.encode()) <= 64)
