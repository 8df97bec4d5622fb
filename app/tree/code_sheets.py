"""What the printed codes of buildings lead to, for the page and for the command line."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from fastapi import APIRouter

from admin_web.code_ports import HELP, Building, FoundCodes
from admin_web.office import Office
from admin_web.pages import codes
from app.settings import DEFAULT_URL, Settings
from app.tree.scene_ways import SceneWays
from app.wiring import House

AT_ONCE = 4
"""Questions to a vendor at the same time."""


@dataclass(frozen=True, slots=True)
class Codes:
    """Fulfils `admin_web.code_ports.CodeDesk`."""

    ways: SceneWays
    public_url: str

    @property
    def channels(self) -> Sequence[str]:
        return self.ways.channels

    @property
    def help_url(self) -> str | None:
        return None if self.public_url == DEFAULT_URL else f"{self.public_url}/help"

    async def find(self, buildings: Sequence[Building], channel: str) -> FoundCodes:
        if channel == HELP:
            url = f"{self.public_url}/help"
            return FoundCodes({each.node_id: url for each in buildings})
        turns = asyncio.Semaphore(AT_ONCE)

        async def ask(building: Building) -> tuple[Building, str | None]:
            async with turns:
                return building, await self.ways.find_lasting(channel, building.scene or "")

        asked = await asyncio.gather(*(ask(each) for each in buildings if each.scene))
        return FoundCodes(
            {building.node_id: url for building, url in asked if url},
            tuple(building.name for building, url in asked if not url),
        )


def codes_of(settings: Settings, ways: SceneWays) -> Codes:
    return Codes(ways, settings.public_url)


def build_code_pages(office: Office, house: House) -> APIRouter:
    return codes.build_router(office, codes_of(house.settings, SceneWays(house.doors)))
