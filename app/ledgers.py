"""What a vendor's sender asks the store for while it sends: shared tokens and reply windows, through the writer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from storage.writing.writer import Writer


@dataclass(frozen=True, slots=True)
class Tokens:
    """Fulfils `bot.channel.TokenVault`."""

    writer: Writer
    now: Callable[[], datetime]

    async def read(self, lane: str) -> tuple[str, datetime] | None:
        return await self.writer.run(lambda unit: unit.vendor_tokens.read(lane))

    async def lease_refresh(self, lane: str) -> bool:
        return await self.writer.run(lambda unit: unit.vendor_tokens.lease_refresh(lane, now=self.now()))

    async def store(self, lane: str, token: str, *, expires_at: datetime) -> None:
        await self.writer.run(lambda unit: unit.vendor_tokens.store(lane, token, expires_at=expires_at))


@dataclass(frozen=True, slots=True)
class Windows:
    """Fulfils `bot.channel.ReplyWindows`."""

    writer: Writer
    now: Callable[[], datetime]

    async def use(self, lane: str, user: str) -> bool:
        return await self.writer.run(lambda unit: unit.windows.use(lane, user, now=self.now()))
