"""Sessions of browsers, and how often somebody tried to get one. How long a session is good is not decided here."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from storage.prepared import Prepared, insert, insert_or_replace
from storage.tables.accounts import SIGN_IN_TRY, WEB_SESSION


@dataclass(frozen=True, slots=True)
class WebSession:
    digest: str = field(repr=False)
    kind: str
    account_id: int | None
    staff_id: str | None
    device: str
    made_at: datetime
    seen_at: datetime
    ends_at: datetime


_S = WEB_SESSION.c
_T = SIGN_IN_TRY.c
_INSERT = insert(WEB_SESSION)
_FIND = Prepared(sa.select(WEB_SESSION).where(_S.digest == sa.bindparam("digest")))
_LIST = Prepared(
    sa.select(WEB_SESSION).where(_S.account_id == sa.bindparam("account_id")).order_by(_S.seen_at.desc())
)
_TOUCH = Prepared(sa.update(WEB_SESSION).where(_S.digest == sa.bindparam("b_digest")), "seen_at")
_END = Prepared(sa.delete(WEB_SESSION).where(_S.digest == sa.bindparam("digest")))
_END_ALL = Prepared(
    sa.delete(WEB_SESSION).where(
        _S.account_id == sa.bindparam("account_id"), _S.digest != sa.bindparam("kept")
    )
)
_END_OF_STAFF = Prepared(sa.delete(WEB_SESSION).where(_S.staff_id == sa.bindparam("staff_id")))
_DROP = Prepared(sa.delete(WEB_SESSION).where(_S.ends_at < sa.bindparam("now", type_=_S.ends_at.type)))
_FIND_TRY = Prepared(sa.select(_T.tries, _T.since).where(_T.bucket == sa.bindparam("bucket")))
_PUT_TRY = insert_or_replace(SIGN_IN_TRY)
_FORGET_TRY = Prepared(sa.delete(SIGN_IN_TRY).where(_T.bucket == sa.bindparam("bucket")))
_DROP_TRIES = Prepared(sa.delete(SIGN_IN_TRY).where(_T.since < sa.bindparam("before", type_=_T.since.type)))


class WebSessions:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(
        self,
        digest: str,
        *,
        kind: str,
        account_id: int | None,
        staff_id: str | None,
        device: str,
        now: datetime,
        ends_at: datetime,
    ) -> None:
        _INSERT.run(
            self._connection,
            digest=digest,
            kind=kind,
            account_id=account_id,
            staff_id=staff_id,
            device=device,
            made_at=now,
            seen_at=now,
            ends_at=ends_at,
        )

    def find(self, digest: str) -> WebSession | None:
        """However long ago it ended: see its times."""
        row = _FIND.first(self._connection, digest=digest)
        return WebSession(*row) if row else None

    def list_of(self, account_id: int) -> Sequence[WebSession]:
        """The one that was seen last first."""
        return [WebSession(*row) for row in _LIST.all(self._connection, account_id=account_id)]

    def touch(self, digest: str, *, now: datetime) -> None:
        _TOUCH.run(self._connection, b_digest=digest, seen_at=now)

    def end(self, digest: str) -> bool:
        return _END.run(self._connection, digest=digest) == 1

    def end_all_of(self, account_id: int, *, but: str = "") -> int:
        """All sessions of an account, but for the one with this digest; returns how many."""
        return _END_ALL.run(self._connection, account_id=account_id, kept=but)

    def end_all_of_staff(self, staff_id: str) -> int:
        """Those that began with a link; an account is not touched."""
        return _END_OF_STAFF.run(self._connection, staff_id=staff_id)

    def forget_ended(self, now: datetime) -> int:
        return _DROP.run(self._connection, now=now)


class SignInTries:
    """Tries in a window that begins with the first of them."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def count(self, bucket: str, *, since: datetime) -> int:
        """Tries in a window that has not ended: one that began at `since` or later."""
        row = _FIND_TRY.first(self._connection, bucket=bucket)
        return int(row[0]) if row and row[1] >= since else 0

    def note(self, bucket: str, *, now: datetime, since: datetime) -> int:
        """One more; returns how many there are with it."""
        row = _FIND_TRY.first(self._connection, bucket=bucket)
        is_open = row is not None and row[1] >= since
        tries, began_at = (row[0] + 1, row[1]) if row and is_open else (1, now)
        _PUT_TRY.run(self._connection, bucket=bucket, tries=tries, since=began_at)
        return int(tries)

    def forget(self, bucket: str) -> None:
        _FORGET_TRY.run(self._connection, bucket=bucket)

    def forget_before(self, before: datetime) -> int:
        return _DROP_TRIES.run(self._connection, before=before)
