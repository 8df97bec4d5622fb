"""What to look for when a person is to be erased: their tickets, their words, and where these are quoted."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from routing.events import Actor
from routing.people import Person
from storage.tables.tickets import MESSAGE, REPORTER

# A single character says nothing about anybody, and would be found everywhere.
_SHORTEST = 2
# Groups are shown a person's words masked and cut: so many characters in a row are enough to know them again.
_PIECE = 4


@dataclass(frozen=True, slots=True)
class Traces:
    """`alone`: which of the tickets nobody else reported. `words` are the person's; `others` what was said by others,
    each with its ticket."""

    person: Person
    tickets: frozenset[int]
    alone: frozenset[int]
    words: tuple[str, ...]
    others: frozenset[tuple[int, str]]

    def are_in(self, text: str) -> bool:
        return any(each in text for each in self.words)

    def are_quoted_in(self, text: str) -> bool:
        """Also where they were masked or cut. Only for what was said about the person's own tickets."""
        return any(piece in text for each in self.words for piece in _pieces_of(each))

    def are_in_values(self, values: str) -> bool:
        """A reason may quote a piece of them."""
        return any(self.are_quoted_in(each) for each in json.loads(values).values())

    def unquoted(self, values: Mapping[str, str]) -> dict[str, str]:
        return {name: "" if self.are_quoted_in(value) else value for name, value in values.items()}

    def is_theirs(self, event: Mapping[str, Any]) -> bool:
        """Where it is not certain who said it, it is taken for theirs."""
        if event["ticket_number"] not in self.tickets:
            return False
        if self.are_in(event["words"]) or self.are_in_values(event["values"]):
            return True
        if event["by"] != Actor.RESIDENT.value or not event["words"]:
            return False
        said_by = json.loads(event["values"]).get("person")
        if said_by is not None:
            return bool(said_by == str(self.person.person_id))
        return (event["ticket_number"], event["words"]) not in self.others


def find_traces(connection: sa.Connection, person: Person) -> Traces:
    mine = REPORTER.c.person_id == person.person_id
    numbers = frozenset(connection.execute(sa.select(REPORTER.c.ticket_number).where(mine)).scalars())
    shared = connection.execute(
        sa.select(REPORTER.c.ticket_number).where(REPORTER.c.ticket_number.in_(numbers), ~mine)
    )
    said = connection.execute(
        sa.select(MESSAGE.c.ticket_number, MESSAGE.c.text, MESSAGE.c.author).where(
            sa.or_(MESSAGE.c.ticket_number.in_(numbers), MESSAGE.c.author == author_of(person))
        )
    ).all()
    own = {text for _, text, author in said if author == author_of(person)}
    return Traces(
        person=person,
        tickets=numbers | {number for number, _, author in said if author == author_of(person)},
        alone=numbers - frozenset(shared.scalars()),
        words=tuple(each for each in {*own, person.name, person.home} if len(each) >= _SHORTEST),
        others=frozenset((number, text) for number, text, author in said if author != author_of(person)),
    )


def author_of(person: Person) -> str:
    return f"person:{person.person_id}"


def _pieces_of(words: str) -> Iterator[str]:
    yield from (words[start : start + _PIECE] for start in range(max(1, len(words) - _PIECE + 1)))
