"""Every version of the hierarchy that was applied, and every place that ever was: an id never means a second one.

Reading and judging the text is done in `hierarchy_file`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from storage.audit import AuditLog
from storage.prepared import Prepared, insert
from storage.tables.office import HIERARCHY_VERSION, PLACE


@dataclass(frozen=True, slots=True)
class PlaceIdentity:
    """What makes a node this place and no other: its level. The name is shown to people and may change."""

    level: str
    name: str


@dataclass(frozen=True, slots=True)
class HierarchyVersion:
    version: int
    digest: str
    text: str
    author: str
    note: str
    applied_at: datetime


@dataclass(frozen=True, slots=True)
class ReusedPlace:
    """An id that is to mean something else, with the name of what it once meant, and the level it then had."""

    node_id: str
    old_name: str
    old_level: str = ""


class ReusedPlacesError(Exception):
    """Ids that once meant other places."""

    def __init__(self, places: Sequence[ReusedPlace]) -> None:
        super().__init__(", ".join(each.node_id for each in places))
        self.places = tuple(places)


class StaleHierarchyError(Exception):
    """Somebody else applied another version meanwhile."""

    def __init__(self, latest: HierarchyVersion) -> None:
        super().__init__(f"version {latest.version} came first")
        self.latest = latest


_H = HIERARCHY_VERSION.c
_P = PLACE.c
_COLUMNS = (_H.version, _H.digest, _H.text, _H.author, _H.note, _H.applied_at)
_LATEST = Prepared(sa.select(*_COLUMNS).order_by(_H.version.desc()).limit(1))
_LATEST_NUMBER = Prepared(sa.select(_H.version, _H.digest).order_by(_H.version.desc()).limit(1))
_WITH_DIGEST = Prepared(
    sa.select(_H.version).where(_H.digest == sa.bindparam("digest")).order_by(_H.version.desc()).limit(1)
)
_FIND = Prepared(sa.select(*_COLUMNS).where(_H.version == sa.bindparam("version")))
_INSERT = insert(HIERARCHY_VERSION)
_PLACES = Prepared(sa.select(_P.node_id, _P.level, _P.name, _P.last_version))
_INSERT_PLACE = insert(PLACE)
_HERE = _P.node_id == sa.bindparam("b_node_id")
_RENAME = Prepared(sa.update(PLACE).where(_HERE), "name")
_LEAVE = Prepared(sa.update(PLACE).where(_HERE), "last_version")


class HierarchyVersions:
    def __init__(self, connection: sa.Connection, *, audit: AuditLog) -> None:
        self._connection = connection
        self._audit = audit

    def latest(self) -> HierarchyVersion | None:
        row = _LATEST.first(self._connection)
        return HierarchyVersion(*row) if row else None

    def latest_number(self) -> tuple[int, str] | None:
        """Version and digest without the text: cheap enough to ask before each job."""
        row = _LATEST_NUMBER.first(self._connection)
        return (row[0], row[1]) if row else None

    def find_number_of(self, digest: str) -> int | None:
        """The newest version with this text."""
        row = _WITH_DIGEST.first(self._connection, digest=digest)
        return row[0] if row else None

    def find(self, version: int) -> HierarchyVersion | None:
        row = _FIND.first(self._connection, version=version)
        return HierarchyVersion(*row) if row else None

    def add(
        self,
        text: str,
        *,
        digest: str,
        author: str,
        note: str,
        now: datetime,
        places: Mapping[str, PlaceIdentity],
        after: int | None = None,
    ) -> HierarchyVersion:
        """The new version, or the newest when that has the same digest already, so that replicas which notice one
        change make one version. `after` is the version that the author saw: StaleHierarchyError if it is not the
        newest any more. ReusedPlacesError for ids that meant something else."""
        latest = self.latest()
        if latest and latest.digest == digest:
            return latest
        if latest and after is not None and latest.version != after:
            raise StaleHierarchyError(latest)
        number = latest.version + 1 if latest else 1
        self._keep_places(places, version=number)
        version = HierarchyVersion(number, digest, text, author, note, now)
        _INSERT.run(
            self._connection,
            version=number,
            digest=digest,
            text=text,
            author=author,
            note=note,
            applied_at=now,
        )
        self._note(version)
        return version

    def list_reused(self, places: Mapping[str, PlaceIdentity]) -> Sequence[ReusedPlace]:
        """What `add` would refuse. A place that left may come back as itself: a mistake is put right that way."""
        return [
            ReusedPlace(node_id, name, level)
            for node_id, level, name, last_version in _PLACES.all(self._connection)
            if node_id in places
            and (
                places[node_id].level != level or (last_version is not None and places[node_id].name != name)
            )
        ]

    def _keep_places(self, places: Mapping[str, PlaceIdentity], *, version: int) -> None:
        reused = self.list_reused(places)
        if reused:
            raise ReusedPlacesError(reused)
        known = {row[0]: row for row in _PLACES.all(self._connection)}
        _INSERT_PLACE.put_many(
            self._connection,
            [_place(each, place, version) for each, place in places.items() if each not in known],
        )
        for node_id, _, name, last_version in known.values():
            if node_id not in places and last_version is None:
                _LEAVE.run(self._connection, b_node_id=node_id, last_version=version - 1)
            elif node_id in places and last_version is not None:
                _LEAVE.run(self._connection, b_node_id=node_id, last_version=None)
            elif node_id in places and places[node_id].name != name:
                _RENAME.run(self._connection, b_node_id=node_id, name=places[node_id].name)

    def _note(self, version: HierarchyVersion) -> None:
        self._audit.append(
            "hierarchy.applied",
            subject=f"hierarchy:{version.version}",
            by=version.author,
            content={"digest": version.digest},
            at=version.applied_at,
        )


def _place(node_id: str, place: PlaceIdentity, version: int) -> dict[str, Any]:
    return {
        "node_id": node_id,
        "level": place.level,
        "name": place.name,
        "first_version": version,
        "last_version": None,
    }
