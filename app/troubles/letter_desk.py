"""What a person does with letters that did not arrive: try again by the way that leads there now, settle, take back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.wiring import House
from routing.announcing import find_addresses
from routing.messages import Address
from storage.delivery.troubled_letters import TroubledLetter
from storage.writing.unit_of_work import Unit

OLD_CHAT = "chat"
"""Hearers of this kind are a chat itself, with nobody of the tree behind it."""

SENT_AGAIN, SENT_ANEW = "outbox.sent_again", "outbox.sent_anew"
SETTLED, TAKEN_BACK = "outbox.settled", "outbox.taken_back"


@dataclass(frozen=True, slots=True)
class LetterDesk:
    """Each call is one transaction, with a row of the audit for each letter."""

    house: House

    async def send_again(self, parcel_ids: Sequence[int], *, by: str) -> int:
        """How many are on their way."""
        now = self.house.clock.now()

        def job(unit: Unit) -> int:
            return sum(self._send(unit, each, by=by, now=now) for each in parcel_ids)

        count = await self.house.store.writer.run(job)
        self.house.postman.ring()
        return count

    async def settle(self, parcel_ids: Sequence[int], *, by: str) -> list[int]:
        now = self.house.clock.now()
        return await self._each(
            parcel_ids, SETTLED, lambda unit, each: unit.troubled_letters.settle(each, now=now), by
        )

    async def take_back(self, parcel_ids: Sequence[int], *, by: str) -> list[int]:
        return await self._each(
            parcel_ids, TAKEN_BACK, lambda unit, each: unit.troubled_letters.take_back(each), by
        )

    async def _each(
        self, parcel_ids: Sequence[int], kind: str, act: Callable[[Unit, int], bool], by: str
    ) -> list[int]:
        now = self.house.clock.now()

        def job(unit: Unit) -> list[int]:
            done = [each for each in parcel_ids if act(unit, each)]
            for each in done:
                unit.audit.append(kind, subject=f"outbox:{each}", by=by, content={}, at=now)
            return done

        return await self.house.store.writer.run(job)

    def _send(self, unit: Unit, parcel_id: int, *, by: str, now: datetime) -> bool:
        letter = unit.troubled_letters.find(parcel_id)
        if letter is None:
            return False
        ways = self._find_ways(unit, letter)
        if letter.address is not None and (letter.address in ways or not ways):
            is_sent, kind = unit.parcels.send_again(parcel_id, now=now), SENT_AGAIN
        else:
            is_sent, kind = bool(ways) and unit.troubled_letters.settle(parcel_id, now=now), SENT_ANEW
            if is_sent:
                unit.outbox.add(letter.notice, ways, now=now)
        if is_sent:
            unit.audit.append(kind, subject=f"outbox:{parcel_id}", by=by, content={}, at=now)
        return is_sent

    def _find_ways(self, unit: Unit, letter: TroubledLetter) -> Sequence[Address]:
        """Where the hearer is reached now: the group may have another chat since, or its people accounts."""
        notice = letter.notice
        if notice.hearer.kind == OLD_CHAT:
            return ()
        ticket = unit.tickets.find(notice.ticket_number) if notice.ticket_number else None
        group = ticket.group if ticket else ""
        tree = self.house.office.current()
        return find_addresses(notice, group, store=unit, hierarchy=tree, reach=self.house.reach)
