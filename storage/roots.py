"""Which root a ticket belongs to, which every row about a ticket carries, so that a city may be parted by street."""

import sqlalchemy as sa

from routing.tickets import Ticket
from storage.prepared import Prepared
from storage.tables.tickets import TICKET

_ROOT = Prepared(sa.select(TICKET.c.root).where(TICKET.c.number == sa.bindparam("number")))


class Roots:
    """Remembered for the tickets that this batch had in hand."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._known: dict[int, str] = {0: ""}

    def note(self, ticket: Ticket) -> None:
        self._known[ticket.number] = ticket.root

    def of(self, number: int) -> str:
        """Empty for what belongs to no ticket (number 0) or an unknown one."""
        root = self._known.get(number)
        if root is None:
            row = _ROOT.first(self._connection, number=number)
            root = self._known[number] = row[0] if row else ""
        return root
