"""One token for all: fetched once, replaced once, and never fetched in a loop."""

import asyncio
from datetime import timedelta

import pytest

from bot.channel import Outcome, SendError
from bot.channels.wechat.sender import WechatChannel
from routing.messages import Outbound
from tests.bot.channels.wechat.front_door import NOON
from tests.bot.channels.wechat.stand_in import RESIDENT, StandIn, Vault, a_channel

SEND = "/cgi-bin/message/custom/send"
TOKEN = "/cgi-bin/stable_token"
HELLO = Outbound("工单 1024 已由网格员认领")


async def send(channel: WechatChannel, number: int = 1) -> None:
    await channel.send(RESIDENT, HELLO, key=f"k{number}")


async def test_token_is_fetched_once_for_many_messages():
    stand_in = StandIn()
    channel = a_channel(stand_in)

    for number in range(3):
        await send(channel, number)

    assert stand_in.calls == [TOKEN, SEND, SEND, SEND]


async def test_many_at_once_without_a_token_fetch_one():
    stand_in, vault = StandIn(), Vault()
    channel = a_channel(stand_in, vault=vault)

    await asyncio.gather(*(send(channel, number) for number in range(5)))

    assert (stand_in.calls.count(TOKEN), vault.asked) == (1, 1)
    assert len(stand_in.shown) == 5


async def test_replicas_without_a_token_fetch_one_together():
    stand_in, vault = StandIn(), Vault()
    replicas = [a_channel(stand_in, vault=vault) for _ in range(4)]

    await asyncio.gather(*(send(replica) for replica in replicas))

    assert stand_in.calls.count(TOKEN) == 1
    assert len(stand_in.shown) == 4


async def test_replica_takes_the_token_that_lies_in_the_vault():
    stand_in, vault = StandIn(), Vault()
    await send(a_channel(stand_in, vault=vault))

    await send(a_channel(stand_in, vault=vault))

    assert stand_in.calls == [TOKEN, SEND, SEND]


@pytest.mark.parametrize(("left", "fetches"), [(timedelta(seconds=201), 1), (timedelta(seconds=200), 2)])
async def test_token_is_replaced_shortly_before_it_ends(left: timedelta, fetches: int):
    stand_in, vault = StandIn(expires_in=7200), Vault()
    await send(a_channel(stand_in, vault=vault))

    await send(a_channel(stand_in, vault=vault, now=NOON + timedelta(seconds=7200) - left))

    assert stand_in.calls.count(TOKEN) == fetches


async def test_dead_token_is_replaced_once_and_the_message_goes_out_once():
    stand_in = StandIn()
    channel = a_channel(stand_in)
    await send(channel, 1)
    stand_in.dead.add("canary-token-0")

    await send(channel, 2)
    await send(channel, 3)

    assert stand_in.calls == [TOKEN, SEND, SEND, TOKEN, SEND, SEND]
    assert len(stand_in.shown) == 3


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_each_code_of_a_bad_token_leads_to_a_new_one(code: int):
    stand_in = StandIn(codes=[code])

    await send(a_channel(stand_in))

    assert stand_in.calls == [TOKEN, SEND, TOKEN, SEND]


async def test_replica_takes_the_new_token_of_another_instead_of_fetching():
    stand_in, vault = StandIn(), Vault()
    first, second = (a_channel(stand_in, vault=vault) for _ in range(2))
    await send(first, 1)
    await send(second, 1)
    stand_in.dead.add("canary-token-0")

    await send(first, 2)
    await send(second, 2)

    assert stand_in.calls.count(TOKEN) == 2


async def test_server_that_refuses_every_token_is_asked_twice_and_no_more():
    stand_in = StandIn(refuses_all_tokens=True)

    with pytest.raises(SendError) as error:
        await send(a_channel(stand_in))

    assert stand_in.calls == [TOKEN, SEND, TOKEN, SEND]
    assert (error.value.outcome, error.value.retry_after) == (Outcome.RETRY_LATER, timedelta(minutes=1))


async def test_token_that_was_stored_just_before_the_lease_is_taken():
    class BusyVault(Vault):
        async def lease_refresh(self, lane: str) -> bool:
            await self.store(lane, "canary-token-of-another", expires_at=NOON + timedelta(hours=2))
            return await super().lease_refresh(lane)

    stand_in = StandIn(granted=["canary-token-of-another"])

    await send(a_channel(stand_in, vault=BusyVault()))

    assert stand_in.calls == [SEND]


async def test_token_that_another_replica_stores_meanwhile_is_taken():
    vault, stand_in = Vault(), StandIn(granted=["canary-token-of-another"])
    await vault.lease_refresh(RESIDENT.lane)
    sending = asyncio.ensure_future(send(a_channel(stand_in, vault=vault)))
    await asyncio.sleep(0)

    await vault.store(RESIDENT.lane, "canary-token-of-another", expires_at=NOON + timedelta(hours=2))
    await sending

    assert stand_in.calls == [SEND]


async def test_fetch_that_another_replica_never_finishes_is_given_up():
    vault, stand_in = Vault(), StandIn()
    await vault.lease_refresh(RESIDENT.lane)

    with pytest.raises(SendError) as error:
        await send(a_channel(stand_in, vault=vault))

    assert (error.value.outcome, stand_in.calls) == (Outcome.RETRY_LATER, [])
    assert "less than 30 s ago" in error.value.detail


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        (-1, Outcome.RETRY_LATER),
        (45009, Outcome.RETRY_LATER),
        (40001, Outcome.CONFIGURATION),
        (40013, Outcome.CONFIGURATION),
        (40125, Outcome.CONFIGURATION),
        (40164, Outcome.CONFIGURATION),
    ],
)
async def test_grant_that_is_refused_has_its_outcome(code: int, outcome: Outcome):
    stand_in = StandIn(token_codes=[code])

    with pytest.raises(SendError) as error:
        await send(a_channel(stand_in))

    assert (error.value.outcome, stand_in.calls) == (outcome, [TOKEN])
