"""What a batch of messages will ask about, asked once for all of them before the first one runs.

Only what is not there is remembered, and people and tickets as they are; a statement that changes a table makes it
forget.
"""

from collections.abc import Iterable, Sequence

import sqlalchemy as sa

from routing.messages import Inbound
from routing.people import Person
from routing.tickets import Ticket
from storage.column_types import clean
from storage.mapping import person_of
from storage.prepared import Prepared, is_any_of
from storage.tables.talk import DIALOG, INBOX, PERSON
from storage.tables.tickets import PICTURE, REPORTER, TICKET
from storage.writing.fresh import Awaited

PERSON_COLUMNS = tuple(
    PERSON.c[name]
    for name in (
        "person_id", "channel", "account", "user", "name", "private_chat", "private_thread", "node_id", "home",
        "consented_at", "follows",
    )
)  # fmt: skip
FEWEST = 2
"""For a single message it would be as much work as to ask in turn."""

Speaker = tuple[str, str, str]
"""Channel, account and user."""

Key = tuple[str, str, str]
"""Channel, account and once-only key."""


def _on_account(table: sa.Table) -> tuple[sa.ColumnElement[bool], ...]:
    return (table.c.channel == sa.bindparam("channel"), table.c.account == sa.bindparam("account"))


_KEYS = Prepared(sa.select(INBOX.c.key).where(*_on_account(INBOX), is_any_of(INBOX.c.key, "keys")))
_PEOPLE = Prepared(sa.select(*PERSON_COLUMNS).where(*_on_account(PERSON), is_any_of(PERSON.c.user, "users")))
_ASKED = Prepared(
    sa.select(DIALOG.c.chat, DIALOG.c.user).where(*_on_account(DIALOG), is_any_of(DIALOG.c.chat, "chats"))
)
_REPORTERS = Prepared(
    sa.select(REPORTER.c.person_id).where(is_any_of(REPORTER.c.person_id, "ids")).distinct()
)
_PICTURES = Prepared(
    sa.select(PICTURE.c.person_id).where(
        is_any_of(PICTURE.c.person_id, "ids"), PICTURE.c.ticket_number.is_(None)
    )
)


class Foresight:
    """Of one batch. Says "not there" or a person for sure; otherwise the database must be asked."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection
        self._new_keys: set[Key] = set()
        self._people: dict[Speaker, Person | None] = {}
        self._not_asked: set[Awaited] = set()
        self._without_report: set[int] = set()
        self._without_picture: set[int] = set()
        self._tickets: dict[int, Ticket] = {}

    def look_ahead(self, messages: Sequence[Inbound]) -> None:
        if len(messages) < FEWEST:
            return
        by_account: dict[tuple[str, str], list[Inbound]] = {}
        for each in messages:
            by_account.setdefault((each.address.channel, each.address.account), []).append(each)
        for (channel, account), some in by_account.items():
            self._look_at(channel, account, some)
        ids = [each.person_id for each in self._people.values() if each is not None]
        if ids:
            self._without_report = set(ids) - {row[0] for row in _REPORTERS.all(self._connection, ids=ids)}
            self._without_picture = set(ids) - {row[0] for row in _PICTURES.all(self._connection, ids=ids)}

    def forget(self, tables: Iterable[str]) -> None:
        """Somebody changes these tables."""
        for table in tables:
            if table == PERSON.name:
                self._people.clear()
            elif table == INBOX.name:
                self._new_keys.clear()
            elif table == DIALOG.name:
                self._not_asked.clear()
            elif table == REPORTER.name:
                self._without_report.clear()
            elif table == PICTURE.name:
                self._without_picture.clear()
            elif table == TICKET.name:
                self._tickets.clear()

    def forget_all(self) -> None:
        self.forget((PERSON.name, INBOX.name, DIALOG.name, REPORTER.name, PICTURE.name, TICKET.name))

    # --- what is known ----------------------------------------------------------------------------------------------

    def is_new_key(self, key: Key) -> bool:
        return key in self._new_keys

    def knows_person(self, speaker: Speaker) -> bool:
        return speaker in self._people

    def person(self, speaker: Speaker) -> Person | None:
        """Raises KeyError where it is not known whether there is one."""
        return self._people[speaker]

    def note_new_person(self, speaker: Speaker, person: Person) -> None:
        """Made in this batch, and so without a picture that was sent before it."""
        self._people[speaker] = person
        self._without_picture.add(person.person_id)

    def note_ticket(self, ticket: Ticket) -> None:
        self._tickets[ticket.number] = ticket

    def ticket(self, number: int) -> Ticket | None:
        """One that was made or looked at in this batch, and since when nobody of this batch changed any."""
        return self._tickets.get(number)

    def is_not_asked(self, awaited: Awaited) -> bool:
        return awaited in self._not_asked

    def has_no_report(self, person_id: int) -> bool:
        return person_id in self._without_report

    def has_no_picture(self, person_id: int) -> bool:
        return person_id in self._without_picture

    def _look_at(self, channel: str, account: str, messages: Sequence[Inbound]) -> None:
        place = {"channel": channel, "account": account}
        keys = sorted({clean(each.key) for each in messages})
        users = sorted({clean(each.speaker.user) for each in messages})
        known = {row[0] for row in _KEYS.all(self._connection, **place, keys=keys)}
        self._new_keys.update((channel, account, each) for each in keys if each not in known)
        self._people.update(dict.fromkeys((channel, account, each) for each in users))
        for row in _PEOPLE.all(self._connection, **place, users=users):
            person = person_of(row)
            self._people[channel, account, person.user] = person
        chats = {(clean(each.address.chat), clean(each.speaker.user)) for each in messages}
        asked = _ASKED.all(self._connection, **place, chats=sorted({chat for chat, _ in chats}))
        self._not_asked.update((channel, account, *each) for each in chats.difference(asked))
