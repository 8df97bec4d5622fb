"""What this batch has made so far, so that the database need not be asked about it.

What a failed job made stays noted: its ids are never given again, and at worst the database is asked once too often.
"""

from routing.messages import Address

Awaited = tuple[str, str, str, str]
"""Whose words are awaited and where: channel, account, chat and user."""


class Fresh:
    def __init__(self) -> None:
        self._tickets: set[int] = set()
        self._people: set[int] = set()
        self._reporters: set[int] = set()
        self._reported: set[int] = set()
        self._asked: set[Awaited] = set()

    def note_ticket(self, number: int) -> None:
        self._tickets.add(number)

    def note_person(self, person_id: int) -> None:
        self._people.add(person_id)

    def note_reporter(self, person_id: int, number: int) -> None:
        self._reporters.add(person_id)
        self._reported.add(number)

    def note_asked(self, awaited: Awaited) -> None:
        self._asked.add(awaited)

    def is_ticket(self, number: int) -> bool:
        """Made in this batch: nobody else's rows refer to it."""
        return number in self._tickets

    def is_person(self, person_id: int) -> bool:
        return person_id in self._people

    def has_reported(self, person_id: int) -> bool:
        """In this batch; the row may wait still."""
        return person_id in self._reporters

    def is_reported(self, number: int) -> bool:
        """A ticket that somebody reported in this batch; the row may wait still."""
        return number in self._reported

    def is_asked(self, awaited: Awaited) -> bool:
        return awaited in self._asked


def awaited_of(address: Address, user: str) -> Awaited:
    return address.channel, address.account, address.chat, user
