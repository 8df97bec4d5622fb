"""Makes the codes with which staff bind their chat accounts, and hands the page of staff what it shows."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from fastapi import APIRouter

from admin_web.binding_ports import BoundAccounts, CodeWay, NewCode
from admin_web.office import Office
from admin_web.pages import staff_binding
from app.readers import in_thread, or_unavailable
from app.tree.office import TreeOffice
from app.tree.scene_ways import SceneWays
from app.wiring import House
from bot.binding import CODE_LENGTH, CODE_SIGNS, SCENE
from routing.hierarchy_index import SANDBOX
from storage.queries.bindings import BindingReads
from storage.store import Store
from storage.writing.unit_of_work import Unit

T = TypeVar("T")
CODE_LASTS = timedelta(hours=24)
_DIGITS = frozenset("23456789")


@dataclass(frozen=True, slots=True)
class Desk:
    """Fulfils `admin_web.binding_ports.BindingDesk`. `now` is the house's clock, by which the bot judges a code."""

    store: Store
    office: TreeOffice
    ways: SceneWays
    channels: Sequence[str]
    now: Callable[[], datetime]

    async def look(self) -> BoundAccounts:
        reads, now = BindingReads(self.store.reading_engine), self.now()
        bindings = await in_thread(reads.list_all)
        bound: dict[str, dict[str, datetime]] = {}
        for each in bindings:
            bound.setdefault(each.staff_id, {})[each.channel] = each.bound_at
        return BoundAccounts(bound, await in_thread(lambda: reads.codes(now)))

    async def make_code(self, staff_id: str, *, by: str) -> NewCode:
        code, now = new_code(), self.now()
        ends_at = now + CODE_LASTS
        await self._run(lambda unit: unit.bindings.put_code(staff_id, code, ends_at=ends_at, by=by, now=now))
        urls = await asyncio.gather(*(self._find_way(each, code) for each in self.channels))
        ways = [CodeWay(channel, url) for channel, url in zip(self.channels, urls, strict=True)]
        return NewCode(code, ends_at, ways)

    async def unbind(self, staff_id: str, channel: str, *, by: str) -> bool:
        now = self.now()
        is_done = await self._run(lambda unit: unit.bindings.unbind(channel, staff_id, by=by, now=now))
        await self.office.refresh_bindings()
        return is_done

    async def _find_way(self, channel: str, code: str) -> str | None:
        return await self.ways.find_passing(channel, f"{SCENE}{code}", CODE_LASTS)

    async def _run(self, job: Callable[[Unit], T]) -> T:
        return await or_unavailable(self.store.writer.run(job))


def new_code() -> str:
    """With two digits and two letters at least, so that the bot knows it for a code when it stands alone."""
    while True:
        code = "".join(secrets.choice(CODE_SIGNS) for _ in range(CODE_LENGTH))
        if 2 <= len([each for each in code if each in _DIGITS]) <= CODE_LENGTH - 2:
            return code


def build_staff_pages(office: Office, house: House) -> APIRouter:
    real = [each.name for each in house.channels.values() if each.name != SANDBOX]
    ways = SceneWays(house.doors)
    desk = Desk(house.store, house.office, ways, real or [SANDBOX], house.clock.now)
    return staff_binding.build_router(office, desk)
