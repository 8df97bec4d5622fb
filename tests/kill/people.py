"""Those who write to the account while it is killed: residents who report, staff who take and mend, all at once.

Everything goes through the vendor's encrypted callbacks, repeated as the vendor repeats them.
"""

import asyncio
import random
import re
from collections import Counter
from dataclasses import dataclass, field

import httpx

from tests.wechat_vendor import WechatVendor

STAFF = ("oStaffChen", "oStaffLi", "oStaffZhou", "oStaffWang", "oStaffZhao")
CLAIMED = re.compile(r"已认领 #(\d+)")
TICKET = re.compile(r"工单 #(\d+)")
NOBODY_ANSWERS = 2.0
"""Seconds that somebody waits before the next message when the last was not taken."""


class Doors(httpx.AsyncBaseTransport):
    """What stands before the replicas: each call goes to the next of them, whether it lives or not."""

    def __init__(self, ports: list[int]) -> None:
        self._ports = ports
        self._next = 0
        self._way = httpx.AsyncHTTPTransport(limits=httpx.Limits(max_connections=50))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._next += 1
        port = self._ports[self._next % len(self._ports)]
        request.url = request.url.copy_with(scheme="http", host="127.0.0.1", port=port)
        return await self._way.handle_async_request(request)

    async def aclose(self) -> None:
        await self._way.aclose()


@dataclass
class Said:
    """What was sent and what became of it. Keys are the inbox's."""

    sent: set[str] = field(default_factory=set)
    acked: set[str] = field(default_factory=set)
    reports: dict[str, str] = field(default_factory=dict)  # key → the words
    receipts: dict[str, int] = field(default_factory=dict)  # key → the ticket of its receipt
    claims: Counter[int] = field(default_factory=Counter)  # ticket → how many were told that they have it
    tries: int = 0


@dataclass
class People:
    """`in_hand` is how many write at once; each waits `pause` seconds between two messages."""

    vendor: WechatVendor
    ports: list[int]
    seed: int = 1
    in_hand: int = 12
    pause: float = 1.2
    said: Said = field(default_factory=Said)
    _count: int = 0
    _is_over: bool = False

    async def write(self) -> None:
        """Until `fall_silent`."""
        async with httpx.AsyncClient(transport=Doors(self.ports), base_url="http://account") as client:
            await asyncio.gather(*(self._live(client, each) for each in range(self.in_hand)))

    def fall_silent(self) -> None:
        self._is_over = True

    async def _live(self, client: httpx.AsyncClient, place: int) -> None:
        chance = random.Random(self.seed * 1000 + place)
        while not self._is_over:
            if chance.random() < 0.6 or not self.said.receipts:
                await self._report(client)
            else:
                await self._work(client, chance)
            await asyncio.sleep(self.pause * chance.uniform(0.5, 1.5))

    async def _report(self, client: httpx.AsyncClient) -> None:
        """A new resident scans the picture in the hall and reports."""
        self._count += 1
        user, words = f"oResident{self._count}", f"电梯坏了，第{self._count}次说"
        await self._push(client, self.vendor.event("SCAN", sender=user, EventKey="b1", Ticket="t"), key=None)
        self.vendor.next_id += 1
        key = f"m:{self.vendor.next_id}"
        self.said.reports[key] = words
        answer = await self._push(
            client, self.vendor.text(words, sender=user, message_id=self.vendor.next_id), key=key
        )
        found = TICKET.search(answer or "")
        if found:
            self.said.receipts[key] = int(found[1])

    async def _work(self, client: httpx.AsyncClient, chance: random.Random) -> None:
        """Two of the staff claim the same ticket; whoever has it may mend it."""
        number = chance.choice(list(self.said.receipts.values())[-40:])
        both = chance.sample(STAFF, 2)
        answers = await asyncio.gather(*(self._tell(client, each, f"认领 {number}") for each in both))
        for answer in answers:
            found = CLAIMED.search(answer or "")
            if found:
                self.said.claims[int(found[1])] += 1
        if chance.random() < 0.5:
            await self._tell(client, chance.choice(both), f"办结 {number} 修好了")

    async def _tell(self, client: httpx.AsyncClient, sender: str, words: str) -> str | None:
        self.vendor.next_id += 1
        xml = self.vendor.text(words, sender=sender, message_id=self.vendor.next_id)
        return await self._push(client, xml, key=f"m:{self.vendor.next_id}")

    async def _push(self, client: httpx.AsyncClient, xml: str, *, key: str | None) -> str | None:
        """What the person is shown at once; None when nothing."""
        if key:
            self.said.sent.add(key)
        delivered = await self.vendor.push(client, xml)
        self.said.tries += delivered.tries
        if not delivered.acknowledged:
            await asyncio.sleep(NOBODY_ANSWERS)
            return None
        if key:
            self.said.acked.add(key)
        return delivered.reply["Content"] if delivered.reply else None
