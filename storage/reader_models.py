"""What the reader was taught and the models made from it, as bytes; what is in them is not looked at here."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from routing.events import HURRIED, Actor, EventKind
from storage.prepared import Prepared, insert, insert_or_replace, names_of
from storage.tables.reading import LESSON, READER_MODEL
from storage.tables.tickets import TICKET, TICKET_EVENT

_KEPT = 3
"""Models of one set of categories: the one in use, and two to look back at."""


@dataclass(frozen=True, slots=True)
class Taught:
    """A text with the category that a person gave it."""

    text: str
    category_id: str
    taught_at: datetime


@dataclass(frozen=True, slots=True)
class StoredModel:
    """`categories` names the set of categories, `figures` is JSON for people. `model_id` is 0 until it is stored."""

    categories: str
    hierarchy_version: int
    lessons: int
    figures: str
    content: bytes
    made_at: datetime
    model_id: int = 0


_M = READER_MODEL.c
_T, _E = TICKET.c, TICKET_EVENT.c
SORTED_BY_STAFF = (_E.kind == EventKind.SORTED.value, _E.reason != HURRIED, _E.by != Actor.RESIDENT.value)
"""加急 is the same kind of event, but sorts nothing; what a reporter says is asked of staff all the same."""

_SAME = _M.categories == sa.bindparam("categories")
_COLUMNS = (
    _M.categories, _M.hierarchy_version, _M.lessons, _M.figures, _M.content, _M.made_at, _M.model_id,
)  # fmt: skip
_PUT_LESSON = insert_or_replace(LESSON)
_INSERT_MODEL = insert(READER_MODEL, without=("model_id",))
_LATEST = Prepared(sa.select(*_COLUMNS).where(_SAME).order_by(_M.model_id.desc()).limit(1))
_IDS = Prepared(sa.select(_M.model_id).where(_SAME).order_by(_M.model_id.desc()))
_NEWEST = sa.select(_M.model_id).where(_SAME).order_by(_M.model_id.desc()).limit(_KEPT)
_FORGET = Prepared(sa.delete(READER_MODEL).where(_SAME, _M.model_id.not_in(_NEWEST.scalar_subquery())))
_LESSONS = Prepared(sa.select(LESSON.c.text, LESSON.c.category, LESSON.c.taught_at).order_by(LESSON.c.digest))
_SORTED = Prepared(
    sa.select(_T.text, _T.category, sa.func.max(_E.at, type_=_E.at.type))
    .select_from(TICKET.join(TICKET_EVENT, _E.ticket_number == _T.number))
    .where(*SORTED_BY_STAFF, _T.text != "")
    .group_by(_T.number, _T.text, _T.category)
    .order_by(_T.number)
)


class ReaderModels:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def teach(self, lessons: Iterable[Taught]) -> None:
        """The same text taught again replaces what was taught before."""
        rows = {digest_of(each.text): each for each in lessons}
        _PUT_LESSON.put_many(
            self._connection,
            [
                {
                    "digest": digest,
                    "text": each.text,
                    "category": each.category_id,
                    "taught_at": each.taught_at,
                }
                for digest, each in sorted(rows.items())
            ],
        )

    def list_taught(self) -> list[Taught]:
        """In an order that is the same everywhere."""
        return [Taught(*row) for row in _LESSONS.all(self._connection)]

    def list_sorted(self) -> list[Taught]:
        """Tickets that staff sorted, with the category they have now. An erasure takes their words from here too."""
        return [Taught(*row) for row in _SORTED.all(self._connection)]

    def find_latest(self, categories: str) -> StoredModel | None:
        row = _LATEST.first(self._connection, categories=categories)
        return StoredModel(*row) if row else None

    def list_ids(self, categories: str) -> list[int]:
        """Of the models that are kept, newest first: cheap, for those who only ask whether something is new."""
        return [int(model_id) for (model_id,) in _IDS.all(self._connection, categories=categories)]

    def add(self, model: StoredModel) -> None:
        values = {name: getattr(model, name) for name in names_of(READER_MODEL, without=("model_id",))}
        _INSERT_MODEL.put(self._connection, values)
        _FORGET.run(self._connection, categories=model.categories)


def digest_of(text: str) -> str:
    return hashlib.sha256(text.strip().encode("utf-8", "replace")).hexdigest()
