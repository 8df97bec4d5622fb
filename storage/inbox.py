"""The once-only keys of what came in, with the answers."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from routing.messages import Inbound
from storage.column_types import clean
from storage.prepared import Prepared
from storage.tables.talk import INBOX
from storage.writing.foresight import Foresight, Key
from storage.writing.pending import PendingByKey

_I = INBOX.c
_FIND = Prepared(
    sa.select(_I.answer).where(
        _I.channel == sa.bindparam("channel"),
        _I.account == sa.bindparam("account"),
        _I.key == sa.bindparam("key", type_=_I.key.type),
    )
)
_PRUNE = Prepared(sa.delete(INBOX).where(_I.received_at < sa.bindparam("before", type_=_I.received_at.type)))


class Inbox:
    """Keys are written at the end of the batch; a key that another replica stored meanwhile undoes the whole batch."""

    def __init__(
        self, connection: sa.Connection, *, keys: PendingByKey[Key, dict[str, Any]], foresight: Foresight
    ) -> None:
        self._connection = connection
        self._foresight = foresight
        self._keys = keys

    def find_answer(self, channel: str, account: str, key: str) -> str | None:
        own = (channel, account, clean(key))
        waiting = self._keys.find(own)
        if waiting is not None:
            return str(waiting["answer"])
        if self._foresight.is_new_key(own):
            return None
        row = _FIND.first(self._connection, channel=channel, account=account, key=key)
        return row[0] if row else None

    def add(self, inbound: Inbound, *, answer: str, now: datetime) -> None:
        channel, account = inbound.address.channel, inbound.address.account
        key = clean(inbound.key)
        row = {
            "channel": channel,
            "account": account,
            "key": key,
            "answer": clean(answer),
            "received_at": now,
        }
        self._keys.add((channel, account, key), row)

    def prune(self, before: datetime) -> int:
        """Forgets keys that came in before; returns how many. Never less than three days ago: so long a vendor lets
        one fetch the same again (WeCom customer service, sync_msg)."""
        return _PRUNE.run(self._connection, before=before)
