"""Chat accounts that staff bound themselves, and the one-time codes that do so. What is said about it is in `bot`."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from routing.bindings import Binding
from storage.audit import AuditLog
from storage.prepared import Prepared, insert, insert_or_replace
from storage.settings import Settings
from storage.tables.binding import BINDING_CODE, CHAT_BINDING
from storage.web_sessions import SignInTries, WebSessions

TRIES_WITHIN = timedelta(minutes=15)
_MARK = "bindings"
_B = CHAT_BINDING.c
_C = BINDING_CODE.c
_INSERT = insert(CHAT_BINDING)
_LIST = Prepared(sa.select(_B.channel, _B.user, _B.staff_id, _B.bound_at).order_by(_B.bound_at, _B.user))
_FIND = Prepared(
    sa.select(_B.staff_id).where(_B.channel == sa.bindparam("channel"), _B.user == sa.bindparam("user"))
)
_FIND_OF = Prepared(
    sa.select(_B.user).where(_B.channel == sa.bindparam("channel"), _B.staff_id == sa.bindparam("staff_id"))
)
_DROP = Prepared(
    sa.delete(CHAT_BINDING).where(
        _B.channel == sa.bindparam("channel"), _B.staff_id == sa.bindparam("staff_id")
    )
)
_PUT_CODE = insert_or_replace(BINDING_CODE)
_CODES = Prepared(
    sa.select(_C.staff_id, _C.ends_at).where(_C.ends_at > sa.bindparam("now", type_=_C.ends_at.type))
)
_FIND_CODE = Prepared(
    sa.select(_C.staff_id).where(
        _C.digest == sa.bindparam("digest"), _C.ends_at > sa.bindparam("now", type_=_C.ends_at.type)
    )
)
_USE_CODE = Prepared(sa.delete(BINDING_CODE).where(_C.digest == sa.bindparam("digest")))


class Bindings:
    def __init__(self, connection: sa.Connection, *, audit: AuditLog, settings: Settings) -> None:
        self._connection = connection
        self._audit = audit
        self._settings = settings

    def mark(self) -> str:
        """Changes whenever a binding comes or goes, so that other replicas notice."""
        return self._settings.find(_MARK) or "0"

    def list_all(self) -> Sequence[Binding]:
        """The oldest first."""
        return list_bindings(self._connection)

    def find(self, channel: str, user: str) -> str | None:
        """Whose account it is."""
        row = _FIND.first(self._connection, channel=channel, user=user)
        return row[0] if row else None

    def bind(self, binding: Binding) -> str | None:
        """In the place of what this person had bound on the channel before, which is returned. The account must be
        nobody's: see `find`."""
        channel, staff_id = binding.channel, binding.staff_id
        row = _FIND_OF.first(self._connection, channel=channel, staff_id=staff_id)
        _DROP.run(self._connection, channel=channel, staff_id=staff_id)
        _INSERT.run(
            self._connection, channel=channel, staff_id=staff_id, user=binding.user, bound_at=binding.bound_at
        )
        self._note("binding.made", binding.staff_id, channel, by=staff_id, now=binding.bound_at)
        if row is None or row[0] == binding.user:
            return None
        self._end_sessions(staff_id)
        former: str = row[0]
        return former

    def unbind(self, channel: str, staff_id: str, *, by: str, now: datetime) -> bool:
        """False when there was none."""
        if _DROP.run(self._connection, channel=channel, staff_id=staff_id) == 0:
            return False
        self._end_sessions(staff_id)
        self._note("binding.ended", staff_id, channel, by=by, now=now)
        return True

    def put_code(self, staff_id: str, code: str, *, ends_at: datetime, by: str, now: datetime) -> None:
        """The code before is worth nothing any more."""
        _PUT_CODE.run(self._connection, staff_id=staff_id, digest=_digest(code), ends_at=ends_at)
        self._audit.append(
            "binding.code_made",
            subject=f"staff:{staff_id}",
            by=by,
            content={"ends_at": ends_at.isoformat()},
            at=now,
        )

    def find_code(self, code: str, *, now: datetime) -> str | None:
        """For whom this code is good."""
        row = _FIND_CODE.first(self._connection, digest=_digest(code), now=now)
        return row[0] if row else None

    def use_code(self, code: str) -> bool:
        """Ends it; False when somebody else has used it meanwhile."""
        return _USE_CODE.run(self._connection, digest=_digest(code)) == 1

    def count_tries(self, channel: str, user: str, *, now: datetime) -> int:
        """Wrong codes of this speaker within a quarter of an hour."""
        return SignInTries(self._connection).count(_bucket(channel, user), since=now - TRIES_WITHIN)

    def note_try(self, channel: str, user: str, *, now: datetime) -> None:
        SignInTries(self._connection).note(_bucket(channel, user), now=now, since=now - TRIES_WITHIN)

    def _end_sessions(self, staff_id: str) -> None:
        """A phone that was lost, or given on, shows no tickets any more."""
        WebSessions(self._connection).end_all_of_staff(staff_id)

    def _note(self, kind: str, staff_id: str, channel: str, *, by: str, now: datetime) -> None:
        self._settings.put(_MARK, str(int(self.mark()) + 1))
        self._audit.append(kind, subject=f"staff:{staff_id}", by=by, content={"channel": channel}, at=now)


def list_bindings(connection: sa.Connection) -> Sequence[Binding]:
    return [Binding(*row) for row in _LIST.all(connection)]


def list_codes(connection: sa.Connection, now: datetime) -> Mapping[str, datetime]:
    return dict(_CODES.all(connection, now=now))


def _digest(code: str) -> str:
    return hashlib.sha256(f"binding\0{code}".encode()).hexdigest()


def _bucket(channel: str, user: str) -> str:
    return hashlib.sha256(f"binding\0{channel}\0{user}".encode(errors="replace")).hexdigest()
