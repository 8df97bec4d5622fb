"""From the outbox to the vendors: lanes leased to one replica, letters sent at their pace, each end written down."""

import asyncio
import logging
import random
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channel import Channel, Outcome, SendError
from bot.pace import Pacer
from bot.packing import Letter, Packer, WorkLink, no_link
from bot.ports import StoreUnit, Writer
from bot.settling import Failure, settle_failure, settle_success
from routing.hierarchy import Hierarchy
from routing.ports import Reach

log = logging.getLogger(__name__)

LANE_LEASE = timedelta(seconds=15)
SEND_WITHIN = 15.0
"""Seconds a send may take in all; after that nobody knows what became of it."""

LONGEST_WAIT = 1.0
"""Seconds that a round waits for the pace; a row that has to wait longer is given back."""

AT_ONCE = 20


@dataclass(slots=True)
class Delivery:
    """One replica's postman. `owner` names the replica in leases."""

    writer: Writer
    channels: Mapping[str, Channel]
    hierarchy: Callable[[], Hierarchy]
    reach: Reach
    now: Callable[[], datetime]
    owner: str
    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    on_outcome: Callable[[str, str], None] = lambda lane, outcome: None
    work_link: WorkLink = no_link
    _pacers: dict[str, Pacer] = field(default_factory=dict)
    _round: asyncio.Lock = field(default_factory=asyncio.Lock)
    _is_ending: bool = False

    async def end(self) -> None:
        """Takes nothing more, however much waits, and returns when what is in hand is settled."""
        self._is_ending = True
        async with self._round:
            return

    async def deliver(self) -> int:
        """Sends what is due in every lane this replica can have; returns how many letters went out."""
        async with self._round:
            if self._is_ending:
                return 0
            try:
                lanes = await self.writer.run(lambda store: list(store.parcels.list_lanes(self.now())))
            except (OSError, TimeoutError) as error:
                log.warning("delivery=waits error=%s", type(error).__name__)
                return 0
            counts = await asyncio.gather(
                *(self._deliver_lane(each) for each in lanes if each in self.channels)
            )
        return sum(counts)

    async def _deliver_lane(self, lane: str) -> int:
        """Rounds until the lane is empty. A fault of one lane is logged and leaves the others alone."""
        sent = 0
        try:
            while not self._is_ending and (
                letters := await self.writer.run(lambda store: self._take(store, lane))
            ):
                results = await asyncio.gather(*(self._post(lane, each) for each in letters))
                sent += sum(results)
                if not any(results):
                    break
        except (OSError, TimeoutError) as error:
            log.warning("lane=%s delivery=interrupted error=%s", lane, type(error).__name__)
        return sent

    def _take(self, store: StoreUnit, lane: str) -> list[Letter]:
        now = self.now()
        if not store.parcels.lease_lane(lane, owner=self.owner, now=now, lasts=LANE_LEASE):
            return []
        packer = Packer(
            store, self.hierarchy(), self.channels[lane].abilities, self.owner, now, self.work_link
        )
        return packer.pack(lane, limit=AT_ONCE)

    async def _post(self, lane: str, letter: Letter) -> bool:
        """True when the letter went out. Every end is written down before the next round."""
        channel = self.channels[lane]
        if not await self._keep_pace(lane, letter) or not await self._note_call(channel, letter):
            return False
        try:
            async with asyncio.timeout(SEND_WITHIN):
                vendor_ref = await channel.send(letter.first.address, letter.message, key=letter.first.key)
        except TimeoutError:
            failure = SendError(Outcome.UNKNOWN, "no answer in time")
        except SendError as error:
            failure = error
        else:
            self.on_outcome(lane, "sent")
            await self.writer.run(
                lambda store: settle_success(store, letter, self.owner, vendor_ref, self.now())
            )
            return True
        log.warning("lane=%s parcel=%s outcome=%s", lane, letter.first.parcel_id, failure.outcome)
        self.on_outcome(lane, failure.outcome.value)
        spread = random.uniform(0.8, 1.2)  # noqa: S311 - not a secret, only out of step
        told = Failure(failure, self.owner, self.now(), spread, channel.abilities)
        tree = self.hierarchy()
        await self.writer.run(
            lambda store: settle_failure(store, letter, told, hierarchy=tree, reach=self.reach)
        )
        return False

    async def _note_call(self, channel: Channel, letter: Letter) -> bool:
        """Written down before the vendor hears of it, so that a death in between is no repeat, and one after it is told
        as one. False where another has it by now. A vendor that knows keys shows it once however often it is called."""
        if channel.abilities.is_keyed:
            return True
        numbers = [each.parcel_id for each in letter.parcels]
        return await self.writer.run(
            lambda store: store.parcels.note_called(numbers, owner=self.owner, now=self.now())
        )

    async def _keep_pace(self, lane: str, letter: Letter) -> bool:
        """Waits a moment for the pace; gives the letter back when it would take long."""
        pacer = self._pacers.setdefault(lane, Pacer(self.channels[lane].abilities))
        chat = letter.first.address.chat
        wait = pacer.wait_for(chat, in_group=letter.in_group, at=self.monotonic())
        if wait > LONGEST_WAIT:
            later = self.now() + timedelta(seconds=wait)
            await self.writer.run(lambda store: _give_back(store, letter, self.owner, later))
            return False
        pacer.note(chat, at=self.monotonic() + wait)
        await self.sleep(wait)
        return True


def _give_back(store: StoreUnit, letter: Letter, owner: str, at: datetime) -> None:
    for each in letter.parcels:
        store.parcels.put_back(each.parcel_id, owner=owner, at=at, detail="pace")
