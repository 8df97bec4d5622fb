"""What the bot asked somebody and still waits for."""

from datetime import datetime

import sqlalchemy as sa

from routing.messages import Address
from routing.people import Dialog
from storage.mapping import dialog_of, dialog_values
from storage.prepared import Prepared, insert_or_replace
from storage.tables.talk import DIALOG
from storage.writing.foresight import Foresight
from storage.writing.fresh import Fresh, awaited_of
from storage.writing.underway import Underway

_D = DIALOG.c
_SPEAKER = (
    _D.channel == sa.bindparam("channel"),
    _D.account == sa.bindparam("account"),
    _D.chat == sa.bindparam("chat"),
    _D.user == sa.bindparam("user", type_=_D.user.type),
)
PUT_DIALOG = insert_or_replace(DIALOG)
_DROP = Prepared(sa.delete(DIALOG).where(*_SPEAKER))
_FIND = Prepared(
    sa.select(
        _D.channel, _D.account, _D.chat, _D.user, _D.awaits, _D.said, _D["values"], _D.expires_at
    ).where(*_SPEAKER, _D.expires_at > sa.bindparam("now", type_=_D.expires_at.type))
)
_DROP_EXPIRED = Prepared(
    sa.delete(DIALOG).where(_D.expires_at <= sa.bindparam("now", type_=_D.expires_at.type))
)


class Dialogs:
    def __init__(
        self, connection: sa.Connection, *, fresh: Fresh, foresight: Foresight, underway: Underway
    ) -> None:
        self._connection = connection
        self._foresight = foresight
        self._fresh = fresh
        self._underway = underway

    def find(self, address: Address, user: str, *, now: datetime) -> Dialog | None:
        awaited = awaited_of(address, user)
        is_asked = self._fresh.is_asked(awaited)
        if not is_asked and self._foresight.is_not_asked(awaited):
            return None
        look = _FIND.first if is_asked else _FIND.glance
        row = look(self._connection, **_speaker(address, user), now=now)
        return dialog_of(row) if row else None

    def put(self, dialog: Dialog) -> None:
        self._fresh.note_asked((dialog.channel, dialog.account, dialog.chat, dialog.user))
        self._underway.defer(DIALOG.name, dialog_values(dialog))

    def drop(self, address: Address, user: str) -> None:
        _DROP.run(self._connection, **_speaker(address, user))

    def drop_expired(self, now: datetime) -> int:
        """For the nightly duties: what was said in them is not kept longer than it is waited for."""
        return _DROP_EXPIRED.run(self._connection, now=now)


def _speaker(address: Address, user: str) -> dict[str, str]:
    return {"channel": address.channel, "account": address.account, "chat": address.chat, "user": user}
