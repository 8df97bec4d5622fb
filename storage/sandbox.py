"""The lines of the sandbox's chat windows."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from routing.outgoing import Shown
from storage.prepared import Prepared
from storage.tables.talk import SANDBOX_MESSAGE

NO_CHAT = ""
"""Where the newest line stood that was erased: it keeps its id from being given again, and is shown nowhere."""

_S = SANDBOX_MESSAGE.c
_IS_SHOWN = _S.chat != NO_CHAT
_COLUMNS = (_S.shown_id, _S.chat, _S.author, _S.name, _S.text, _S.buttons, _S.at)
_AFTER = _S.shown_id > sa.bindparam("shown_id", type_=_S.shown_id.type)
_IN_CHAT = _S.chat == sa.bindparam("chat")
_LIMIT = sa.bindparam("limit", type_=sa.Integer)
_INSERT = Prepared(
    sa.insert(SANDBOX_MESSAGE).returning(_S.shown_id), "chat", "author", "name", "text", "buttons", "at"
)
_LIST = Prepared(sa.select(*_COLUMNS).where(_AFTER, _IS_SHOWN).order_by(_S.shown_id).limit(_LIMIT))
_LIST_CHAT = Prepared(sa.select(*_COLUMNS).where(_AFTER, _IN_CHAT).order_by(_S.shown_id).limit(_LIMIT))
_LATEST = Prepared(sa.select(*_COLUMNS).where(_IS_SHOWN).order_by(_S.shown_id.desc()).limit(_LIMIT))
_LATEST_CHAT = Prepared(sa.select(*_COLUMNS).where(_IN_CHAT).order_by(_S.shown_id.desc()).limit(_LIMIT))


class SandboxBoard:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, chat: str, *, author: str, name: str, text: str, buttons: str, at: datetime) -> int:
        shown_id: int = _INSERT.value(
            self._connection, chat=chat, author=author, name=name, text=text, buttons=buttons, at=at
        )
        return shown_id

    def list_after(self, shown_id: int, *, chat: str | None = None, limit: int = 200) -> Sequence[Shown]:
        if chat is None:
            rows = _LIST.all(self._connection, shown_id=shown_id, limit=limit)
        else:
            rows = _LIST_CHAT.all(self._connection, shown_id=shown_id, chat=chat, limit=limit)
        return [Shown(*row) for row in rows]

    def list_latest(self, *, chat: str | None = None, limit: int = 200) -> Sequence[Shown]:
        if chat is None:
            rows = _LATEST.all(self._connection, limit=limit)
        else:
            rows = _LATEST_CHAT.all(self._connection, chat=chat, limit=limit)
        return [Shown(*row) for row in reversed(rows)]
