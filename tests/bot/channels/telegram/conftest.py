from collections.abc import AsyncIterator
from datetime import UTC, datetime

import pytest

from bot.channels.telegram.sender import TelegramChannel
from tests.telegram_vendor import TelegramVendor

NOW = datetime(2025, 11, 25, 10, 0, tzinfo=UTC)
PICTURES = {7: b"\xff\xd8a lamp", 8: b"\xff\xd8a lift", 9: b""}


async def load_picture(media_id: int) -> bytes:
    return PICTURES[media_id]


@pytest.fixture
async def vendor() -> AsyncIterator[TelegramVendor]:
    async with TelegramVendor() as vendor:
        yield vendor


@pytest.fixture
async def channel(vendor: TelegramVendor) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(vendor.settings(), load_picture=load_picture, now=lambda: NOW)
    yield channel
    await channel.close()
