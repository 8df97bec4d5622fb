"""A ticket by its number, for whoever may see it; for everybody else there is no such ticket."""

from admin_web.api.body import clean_text
from admin_web.api.scope import Visit
from admin_web.api.verbs import parse_number
from admin_web.ports import ApiPorts, TicketFile
from routing.errors import UnknownTicketError


async def get_visible(ports: ApiPorts, visit: Visit, written: str) -> TicketFile:
    """Raises UnknownTicketError alike for a number that was never given, one out of sight, and what is no number."""
    number = parse_number(written)
    file = await ports.tickets.find(number) if number is not None else None
    if file is None or not visit.scope.covers_ticket(file.ticket):
        shown = number if number is not None else clean_text(written)[:20]
        raise UnknownTicketError("unknown_ticket", number=shown)
    return file
