"""Keys of forms that were taken: the same form, sent again by an impatient finger or a bad line, is done once."""

import hashlib
from datetime import datetime

import sqlalchemy as sa

from storage.prepared import Prepared, insert_if_new
from storage.tables.binding import TAKEN_FORM

_F = TAKEN_FORM.c
_TAKE = insert_if_new(TAKEN_FORM)
_DROP = Prepared(sa.delete(TAKEN_FORM).where(_F.taken_at < sa.bindparam("before", type_=_F.taken_at.type)))


class TakenForms:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def take(self, key: str, *, of: str, now: datetime) -> bool:
        """False when a form with this key of the same person was taken before."""
        digest = hashlib.sha256(f"{of}\0{key}".encode(errors="replace")).hexdigest()
        return _TAKE.run(self._connection, digest=digest, taken_at=now) == 1

    def forget(self, before: datetime) -> int:
        return _DROP.run(self._connection, before=before)
