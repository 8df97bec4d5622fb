"""Which ways lead from a printed picture into a private chat with the bot: one for each channel that has such links."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from app.doors.door import Door, SceneLinks
from bot.channel import SendError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class SceneWays:
    doors: Sequence[Door]

    @property
    def channels(self) -> tuple[str, ...]:
        """Those that have such links, in the order of the settings."""
        return tuple(each.channel.name for each in self.doors if each.scene_links is not None)

    async def find_lasting(self, channel: str, scene: str) -> str | None:
        """What the picture says; None when the vendor does not answer just now."""
        links = self._links_of(channel)
        try:
            return await links.make_lasting(scene) if links else None
        except (SendError, ValueError) as error:
            log.warning("scene=no_link channel=%s error=%s", channel, type(error).__name__)
            return None

    async def find_passing(self, channel: str, scene: str, lasts: timedelta) -> str | None:
        links = self._links_of(channel)
        try:
            return await links.make_passing(scene, lasts) if links else None
        except (SendError, ValueError) as error:
            log.warning("scene=no_link channel=%s error=%s", channel, type(error).__name__)
            return None

    def _links_of(self, channel: str) -> SceneLinks | None:
        return next((each.scene_links for each in self.doors if each.channel.name == channel), None)
