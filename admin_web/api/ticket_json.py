"""From a ticket and its story to what programs read. Nobody but staff has a name here."""

from collections.abc import Callable

from admin_web.api.ticket_models import HistoryJson, MessageJson, TicketFileJson, TicketJson
from admin_web.ports import TicketFile
from routing.callers import staff_name
from routing.events import Actor, Event, EventKind
from routing.hierarchy import Hierarchy
from routing.people import Message

OFFICE = "office:"
"""What the history keeps for a token that acts without a member of staff, before the token's name."""

OF_RESIDENTS = frozenset(
    {EventKind.OPENED, EventKind.ADDED, EventKind.URGED, EventKind.RATED, EventKind.WITHDRAWN}
)


class TicketRenderer:
    """`say_word` gives the text of a key such as "status.open"."""

    def __init__(self, hierarchy: Callable[[], Hierarchy], say_word: Callable[[str], str]) -> None:
        self._hierarchy = hierarchy
        self._say_word = say_word

    def render(self, file: TicketFile) -> TicketJson:
        return TicketJson.model_validate(self._values(file))

    def render_file(self, file: TicketFile) -> TicketFileJson:
        messages = [_render_message(each) for each in file.messages]
        return TicketFileJson.model_validate({**self._values(file), "messages": messages})

    def _values(self, file: TicketFile) -> dict[str, object]:
        ticket, tree = file.ticket, self._hierarchy()
        group = tree.find_group(ticket.group)
        asked = ticket.pause_request
        return {
            "number": ticket.number,
            "status": ticket.status.value,
            "status_name": self._say_word(f"status.{ticket.status}"),
            "urgent": ticket.urgent,
            "category": ticket.category,
            "category_name": tree.get_category(ticket.category).name,
            "text": ticket.text,
            "place": ticket.place,
            "origin": ticket.origin,
            "origin_name": path_name(tree, ticket.origin),
            "node": ticket.node,
            "node_name": node_name(tree, ticket.node),
            "level": ticket.level,
            "level_name": tree.level_name(ticket.level),
            "group": ticket.group,
            "group_name": group.name if group else ticket.group,
            "holder": ticket.holder,
            "holder_name": staff_name(tree, ticket.holder),
            "reporters": ticket.reporters,
            "opened_at": ticket.opened_at,
            "dispatched_at": ticket.dispatched_at,
            "claimed_at": ticket.claimed_at,
            "claim_due_at": ticket.claim_due_at,
            "resolve_due_at": ticket.resolve_due_at,
            "waiting_until": ticket.paused_until,
            "pause_asked_until": asked.until_at if asked else None,
            "resolved_at": ticket.resolved_at,
            "closed_at": ticket.closed_at,
            "escalations": ticket.escalations,
            "hand_backs": ticket.hand_backs,
            "reopens": ticket.reopens,
            "rating": ticket.rating.value if ticket.rating else None,
            "merged_into": ticket.merged_into,
            "history": [render_event(each) for each in file.events],
        }


def render_event(event: Event) -> HistoryJson:
    return HistoryJson.model_construct(
        at=event.at,
        event=event.kind.value,
        by=_name_of(event),
        node=event.node,
        reason=_reason_of(event),
        words=event.words,
        group=event.group,
        entered_by=event.by if event.by.startswith(OFFICE) else None,
    )


def node_name(hierarchy: Hierarchy, node_id: str) -> str:
    node = hierarchy.find_node(node_id)
    return node.name if node else node_id


def path_name(hierarchy: Hierarchy, node_id: str) -> str:
    """With the level above, for a building's number means little alone: "幸福里社区1号楼"."""
    names = [each.name for each in hierarchy.climb(node_id)][:2]
    return "".join(reversed(names)) or node_id


def _name_of(event: Event) -> str:
    """An office speaks for a resident where only residents speak."""
    if not event.by.startswith(OFFICE):
        return event.by
    return (Actor.RESIDENT if event.kind in OF_RESIDENTS else Actor.SYSTEM).value


def _reason_of(event: Event) -> str:
    """Why, for machines and then for people: "rule starts_at: …", "by_hand: …"; a person's words alone where no rule
    decided."""
    because = event.values.get("why") or event.words
    if because.startswith(event.reason):
        return because
    return f"{event.reason}: {because}" if because else event.reason


def _render_message(message: Message) -> MessageJson:
    by = Actor.RESIDENT.value if message.author.startswith("person:") else message.author
    return MessageJson.model_construct(at=message.at, by=by, text=message.text)
