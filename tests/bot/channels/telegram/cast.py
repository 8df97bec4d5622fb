"""Whom the sender's tests write to, and how they catch a failure."""

import pytest

from bot.channel import SendError
from bot.channels.telegram.sender import TelegramChannel
from routing.messages import Address, Button, Outbound

PERSON = Address("telegram", "123456", "510001")
GROUP = Address("telegram", "123456", "-1001234567890")
TOPIC = Address("telegram", "123456", "-1001234567890", "42")
RECEIVED = Outbound("工单 #1024 已受理")
CLAIM = Button("认领", "认领 1024")


async def fails(channel: TelegramChannel, message: Outbound = RECEIVED) -> SendError:
    with pytest.raises(SendError) as caught:
        await channel.send(PERSON, message, key="k1")
    return caught.value
