"""Groups that a vendor gave another id: everything that waits for the old one is rewritten, and the move remembered."""

import sqlalchemy as sa

from storage.prepared import Prepared, insert_or_replace
from storage.tables.talk import DIALOG, MOVED_CHAT, OUTBOX, PERSON
from storage.tables.tickets import REPORTER

_M = MOVED_CHAT.c
_REMEMBER = insert_or_replace(MOVED_CHAT)
_LIST = Prepared(
    sa.select(_M.chat, _M.moved_to).where(
        _M.channel == sa.bindparam("channel"), _M.account == sa.bindparam("account")
    )
)


def _rewrite(table: sa.Table, column: str, *conditions: sa.ColumnElement[bool]) -> Prepared:
    here = (
        table.c.channel == sa.bindparam("b_channel"),
        table.c.account == sa.bindparam("b_account"),
        table.c[column] == sa.bindparam("b_chat"),
    )
    return Prepared(sa.update(table).where(*here, *conditions).values({column: sa.bindparam("b_to")}))


_WAITING = _rewrite(OUTBOX, "chat", OUTBOX.c.due_at.is_not(None))
_OTHERS = (
    _rewrite(PERSON, "private_chat"),
    _rewrite(REPORTER, "chat"),
    _rewrite(DIALOG, "chat"),
    # A second move: whoever still knows the first id is sent straight to the newest.
    _rewrite(MOVED_CHAT, "moved_to"),
)


def move_chat(connection: sa.Connection, channel: str, account: str, *, chat: str, to: str) -> int:
    """Returns how many waiting rows now go to the new id."""
    move = {"b_channel": channel, "b_account": account, "b_chat": chat, "b_to": to}
    rewritten = _WAITING.put(connection, move)
    for statement in _OTHERS:
        statement.put(connection, move)
    _REMEMBER.run(connection, channel=channel, account=account, chat=chat, moved_to=to)
    return rewritten


def list_moved(connection: sa.Connection, channel: str, account: str) -> dict[str, str]:
    """Old id to new id, for those who still read the old one in the hierarchy."""
    rows = _LIST.all(connection, channel=channel, account=account)
    return dict(rows)
