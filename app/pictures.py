"""Fetches pictures from the vendors after the commit, encodes them anew and keeps them with their ticket."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from app.running.nudging import Nudge
from bot.channel import Channel, SendError
from storage.media import MEDIA_TYPE, BadPictureError, reencode
from storage.pictures import WantedPicture
from storage.writing.writer import Writer

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
AT_ONCE = 4
MOST_ATTEMPTS = 6
FIRST_WAIT = timedelta(seconds=10)


@dataclass(slots=True)
class PictureDesk:
    writer: Writer
    channels: Mapping[str, Channel]
    now: Callable[[], datetime]
    _nudge: Nudge | None = field(default=None)

    def ring(self) -> None:
        """Starts a round now, without waiting for it."""
        if self._nudge is None:
            self._nudge = Nudge(self.fetch, name="pictures")
        self._nudge.ring()

    async def finish(self) -> None:
        if self._nudge is not None:
            await self._nudge.finish()

    async def fetch(self) -> int:
        """Fetches what is wanted and due; returns how many pictures were kept."""
        kept = 0
        while wanted := await self.writer.run(
            lambda unit: list(unit.pictures.take_wanted(self.now(), lasts=LEASE, limit=AT_ONCE))
        ):
            kept += sum(await asyncio.gather(*(self._fetch(each) for each in wanted)))
        return kept

    async def _fetch(self, wanted: WantedPicture) -> bool:
        channel = self.channels.get(wanted.address.lane)
        try:
            if channel is None:
                raise BadPictureError("its channel is off")
            content = await asyncio.to_thread(reencode, await channel.fetch(wanted.attachment))
        except SendError as error:
            await self._fail(wanted, is_final=error.is_permanent or wanted.attempts >= MOST_ATTEMPTS)
            return False
        except BadPictureError as error:
            log.warning("picture=%d lost reason=%s", wanted.picture_id, error)
            await self._fail(wanted, is_final=True)
            return False
        await self.writer.run(
            lambda unit: unit.pictures.keep(wanted.picture_id, content, media_type=MEDIA_TYPE)
        )
        return True

    async def _fail(self, wanted: WantedPicture, *, is_final: bool) -> None:
        if is_final:
            await self.writer.run(lambda unit: unit.pictures.lose(wanted.picture_id))
            return
        at = self.now() + FIRST_WAIT * (1 << wanted.attempts)
        await self.writer.run(lambda unit: unit.pictures.try_again(wanted.picture_id, at=at))
