"""A report that an office takes by telephone or another program sends: the same verb, with the office as reporter."""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime

from admin_web.ports import NewReport
from app.readers import or_unavailable
from bot.reports import spot_of
from routing.desk import Desk, Report, open_ticket
from routing.errors import BadValueError
from routing.hierarchy import Hierarchy
from routing.messages import BY_OFFICE, Address, Inbound, Kind, Speaker
from routing.people import Person
from routing.ports import Incidents, Reach, Reader
from routing.reading import Intent, Reading
from storage.store import Store
from storage.writing.unit_of_work import Unit

CHANNEL = BY_OFFICE


@dataclass(frozen=True, slots=True)
class PhoneDesk:
    store: Store
    hierarchy: Callable[[], Hierarchy]
    reader: Reader
    reach: Reach
    now: Callable[[], datetime]
    on_done: Callable[[], None]
    incidents: Incidents | None = None

    def taker(self) -> Callable[[NewReport], Awaitable[int]]:
        async def report(said: NewReport) -> int:
            number = await or_unavailable(self.store.writer.run(lambda unit: self._take(unit, said)))
            self.on_done()
            return number

        return report

    def _take(self, unit: Unit, said: NewReport) -> int:
        """The report's own number, also where it is part of an incident; the same again for a key taken before. Raises
        BadValueError for a key that was sent with other words: whoever numbers reports wrongly would lose them."""
        if said.key is None:
            return self._open(unit, said)
        known = unit.inbox.find_answer(CHANNEL, CHANNEL, said.key)
        if known is not None:
            return _same_again(unit, said, int(known))
        number = self._open(unit, said)
        unit.inbox.add(_inbound(said, self.now()), answer=str(number), now=self.now())
        return number

    def _open(self, unit: Unit, said: NewReport) -> int:
        address = Address(CHANNEL, CHANNEL, said.by)
        person = _find_person(unit, said)
        desk = Desk(unit, self.hierarchy(), self.reach, self.now(), incidents=self.incidents)
        read = self._read(said)
        report = Report(person, said.text, read, said.node, address, place=said.place or spot_of(read.place))
        opened = open_ticket(desk, report)
        return opened.own or opened.ticket.number

    def _read(self, said: NewReport) -> Reading:
        """What the office says comes before what the reader thinks."""
        read = replace(self.reader.read(said.text, self.hierarchy()), intent=Intent.REPORT)
        if said.category:
            read = replace(read, category=said.category)
        return read if said.urgent is None else replace(read, urgent=said.urgent)


def _same_again(unit: Unit, said: NewReport, number: int) -> int:
    """Words that were erased are no others."""
    ticket = unit.tickets.find(number)
    if ticket is not None and ticket.text and ticket.text != said.text:
        raise BadValueError("key_used", number=number)
    return number


def _find_person(unit: Unit, said: NewReport) -> Person:
    """Whoever spoke to the office, and not the office: neighbours who ring are as many people as those who write.

    Of one who left nothing to be known by each report is another person.
    """
    user = f"{said.by}/{said.contact or secrets.token_hex(8)}"
    return unit.people.find(CHANNEL, CHANNEL, user) or unit.people.add(
        Person(person_id=0, channel=CHANNEL, account=CHANNEL, user=user, home=said.contact, node_id=said.node)
    )


def _inbound(said: NewReport, now: datetime) -> Inbound:
    return Inbound(
        key=said.key or "",
        kind=Kind.TEXT,
        address=Address(CHANNEL, CHANNEL, said.by),
        speaker=Speaker(said.by),
        private=True,
        addressed=True,
        occurred_at=now,
    )
