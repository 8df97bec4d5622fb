"""The people who report. What an erasure takes away is in `erasure`."""

from dataclasses import replace
from datetime import datetime

import sqlalchemy as sa

from routing.people import Person
from storage.erasure import Eraser
from storage.mapping import person_of, person_values
from storage.person_ids import PersonIds
from storage.prepared import Prepared, names_of
from storage.tables.talk import PERSON
from storage.writing.foresight import PERSON_COLUMNS, Foresight
from storage.writing.fresh import Fresh
from storage.writing.underway import Underway

_P = PERSON.c
_CHANGEABLE = names_of(PERSON, without=["person_id", "erased_at"])
_FIND = Prepared(
    sa.select(*PERSON_COLUMNS).where(
        _P.channel == sa.bindparam("channel"),
        _P.account == sa.bindparam("account"),
        _P.user == sa.bindparam("user", type_=_P.user.type),
    )
)
_GET = Prepared(sa.select(*PERSON_COLUMNS).where(_P.person_id == sa.bindparam("person_id")))
INSERT_PERSON = Prepared(sa.insert(PERSON), "person_id", *_CHANGEABLE)
# The erased stay erased, even for a job that still holds the person as they were.
_SAVE = Prepared(
    sa.update(PERSON).where(_P.person_id == sa.bindparam("b_person_id"), _P.erased_at.is_(None)), *_CHANGEABLE
)


class People:
    def __init__(
        self,
        connection: sa.Connection,
        *,
        ids: PersonIds,
        eraser: Eraser,
        fresh: Fresh,
        foresight: Foresight,
        underway: Underway,
    ) -> None:
        self._connection = connection
        self._ids = ids
        self._underway = underway
        self._foresight = foresight
        self._fresh = fresh
        self._eraser = eraser

    def find(self, channel: str, account: str, user: str) -> Person | None:
        speaker = (channel, account, user)
        if self._foresight.knows_person(speaker):
            return self._foresight.person(speaker)
        row = _FIND.first(self._connection, channel=channel, account=account, user=user)
        return person_of(row) if row else None

    def get(self, person_id: int) -> Person:
        """Raises LookupError for an id that was never given."""
        row = _GET.first(self._connection, person_id=person_id)
        if row is None:
            raise LookupError(f"There is no person {person_id}")
        return person_of(row)

    def add(self, person: Person) -> Person:
        stored = replace(person, person_id=self._ids.next())
        self._underway.defer(PERSON.name, {"person_id": stored.person_id, **person_values(stored)})
        self._fresh.note_person(stored.person_id)
        self._foresight.note_new_person((person.channel, person.account, person.user), stored)
        return stored

    def save(self, person: Person) -> None:
        _SAVE.run(self._connection, b_person_id=person.person_id, **person_values(person))

    def erase(self, person_id: int, *, now: datetime) -> None:
        self._eraser.erase(self.get(person_id), now=now)
