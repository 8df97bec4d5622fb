"""How often one may still write to a person, where a vendor sets a bound."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.prepared import Prepared
from storage.tables.talk import REPLY_WINDOW
from storage.writing.underway import Underway

_W = REPLY_WINDOW.c
_NOW = sa.bindparam("b_now", type_=_W.ends_at.type)
_NEW = upsert(REPLY_WINDOW)
OPEN_WINDOW = Prepared(
    _NEW.on_conflict_do_update(
        index_elements=[_W.lane, _W.user],
        set_={name: _NEW.excluded[name] for name in ("allowed", "used", "ends_at")},
        # Kept only when the old one still leaves more and lasts longer.
        where=sa.or_(
            _W.ends_at <= _NOW,
            _W.ends_at <= _NEW.excluded.ends_at,
            _W.allowed - _W.used <= _NEW.excluded.allowed,
        ),
    ),
    *REPLY_WINDOW.c.keys(),
)
_USER = (_W.lane == sa.bindparam("b_lane"), _W.user == sa.bindparam("b_user", type_=_W.user.type))
_USE = Prepared(
    sa.update(REPLY_WINDOW).where(*_USER, _W.used < _W.allowed, _W.ends_at > _NOW).values(used=_W.used + 1)
)
_CLOSE = Prepared(sa.delete(REPLY_WINDOW).where(*_USER))


class Windows:
    def __init__(self, connection: sa.Connection, *, underway: Underway) -> None:
        self._connection = connection
        self._underway = underway

    def open(self, lane: str, user: str, *, allowed: int, lasts: timedelta, now: datetime) -> None:
        row = {
            "lane": lane,
            "user": user,
            "allowed": allowed,
            "used": 0,
            "ends_at": now + lasts,
            "b_now": now,
        }
        self._underway.defer(REPLY_WINDOW.name, row)

    def use(self, lane: str, user: str, *, now: datetime) -> bool:
        return _USE.run(self._connection, b_lane=lane, b_user=user, b_now=now) == 1

    def close(self, lane: str, user: str) -> None:
        _CLOSE.run(self._connection, b_lane=lane, b_user=user)
