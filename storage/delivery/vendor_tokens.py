"""The vendors' access tokens, shared by all replicas, and the lease of whoever fetches the next one."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.prepared import Prepared
from storage.tables.talk import VENDOR_TOKEN

REFRESH_LASTS = timedelta(seconds=30)

_V = VENDOR_TOKEN.c
_INSTANT = _V.expires_at.type
_NEW = upsert(VENDOR_TOKEN)
_READ = Prepared(
    sa.select(_V.token, _V.expires_at).where(_V.lane == sa.bindparam("lane"), _V.token.is_not(None))
)
_LEASE = Prepared(
    _NEW.on_conflict_do_update(
        index_elements=[_V.lane],
        set_={"refresh_until": _NEW.excluded.refresh_until},
        where=sa.or_(_V.refresh_until.is_(None), _V.refresh_until <= sa.bindparam("b_now", type_=_INSTANT)),
    ),
    "lane",
    "refresh_until",
)
_STORE = Prepared(
    _NEW.on_conflict_do_update(
        index_elements=[_V.lane],
        set_={name: _NEW.excluded[name] for name in ("token", "expires_at", "refresh_until")},
    ),
    *VENDOR_TOKEN.c.keys(),
)
_END_LEASES = Prepared(sa.update(VENDOR_TOKEN).values(refresh_until=None))


class VendorTokens:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def read(self, lane: str) -> tuple[str, datetime] | None:
        row = _READ.first(self._connection, lane=lane)
        return (row[0], row[1]) if row else None

    def lease_refresh(self, lane: str, *, now: datetime) -> bool:
        """True for the one caller that may refresh now, for at most 30 s."""
        return _LEASE.run(self._connection, lane=lane, refresh_until=now + REFRESH_LASTS, b_now=now) == 1

    def store(self, lane: str, token: str, *, expires_at: datetime) -> None:
        """Also gives the lease back."""
        _STORE.run(self._connection, lane=lane, token=token, expires_at=expires_at, refresh_until=None)

    def take_over(self) -> None:
        """Ends the lease of whoever was fetching a token."""
        _END_LEASES.run(self._connection)
