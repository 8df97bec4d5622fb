"""Which replica has a delivery lane just now."""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert as upsert

from storage.prepared import Prepared
from storage.tables.talk import LANE_LEASE

_L = LANE_LEASE.c
_NEW = upsert(LANE_LEASE)
_LEASE = Prepared(
    _NEW.on_conflict_do_update(
        index_elements=[_L.lane],
        set_={"owner": _NEW.excluded.owner, "until_at": _NEW.excluded.until_at},
        where=sa.or_(
            _L.owner == _NEW.excluded.owner, _L.until_at <= sa.bindparam("b_now", type_=_L.until_at.type)
        ),
    ),
    "lane",
    "owner",
    "until_at",
)
_GIVE_BACK_ALL = Prepared(sa.delete(LANE_LEASE))
_GIVE_BACK = Prepared(sa.delete(LANE_LEASE).where(_L.owner == sa.bindparam("owner")))


def lease_lane(connection: sa.Connection, lane: str, *, owner: str, now: datetime, lasts: timedelta) -> bool:
    return _LEASE.run(connection, lane=lane, owner=owner, until_at=now + lasts, b_now=now) == 1


def give_back_lanes(connection: sa.Connection, *, owner: str) -> None:
    """All lanes of a replica that goes, so that another need not wait for the leases to end."""
    _GIVE_BACK.run(connection, owner=owner)


def give_back_all_lanes(connection: sa.Connection) -> None:
    _GIVE_BACK_ALL.run(connection)
