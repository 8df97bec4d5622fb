"""What reporters and staff wrote on a ticket, in order."""

from collections.abc import Sequence

import sqlalchemy as sa

from routing.people import Message
from storage.prepared import Prepared, insert
from storage.roots import Roots
from storage.tables.tickets import MESSAGE
from storage.writing.underway import Underway

_M = MESSAGE.c
INSERT_MESSAGE = insert(MESSAGE, without=["message_id"])
_LIST = Prepared(
    sa.select(_M.ticket_number, _M.author, _M.at, _M.text)
    .where(_M.ticket_number == sa.bindparam("number"))
    .order_by(_M.message_id)
)


class Messages:
    def __init__(self, connection: sa.Connection, *, roots: Roots, underway: Underway) -> None:
        self._connection = connection
        self._roots = roots
        self._underway = underway

    def add(self, message: Message) -> None:
        row = {
            "ticket_number": message.ticket_number,
            "root": self._roots.of(message.ticket_number),
            "author": message.author,
            "at": message.at,
            "text": message.text,
        }
        self._underway.defer(MESSAGE.name, row)

    def list_of(self, number: int) -> Sequence[Message]:
        return [Message(*row) for row in _LIST.all(self._connection, number=number)]
