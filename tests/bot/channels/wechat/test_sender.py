"""Sending: the window first, then the message; every code of the vendor ends in the right outcome."""

import logging
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from fastapi import Response

from bot.channel import Channel, Outcome, SendError
from bot.channels.wechat.api import QuietUrl
from bot.channels.wechat.sender import MAX_REMEMBERED, WechatChannel
from routing.messages import Button, Outbound
from tests.bot.channels.wechat.front_door import NOON, a_vendor, settings_for
from tests.bot.channels.wechat.stand_in import (
    RESIDENT,
    SECRET,
    TEMPLATE,
    Ledger,
    StandIn,
    Vault,
    a_channel,
    said,
)

SEND = "/cgi-bin/message/custom/send"
TEMPLATE_SEND = "/cgi-bin/message/template/send"
TOKEN = "/cgi-bin/stable_token"
HELLO = Outbound("工单 1024 已由网格员认领")


async def failed_send(channel: Channel, key: str = "k1") -> SendError:
    with pytest.raises(SendError) as error:
        await channel.send(RESIDENT, HELLO, key=key)
    return error.value


# --- inside the window ----------------------------------------------------------------------------------------------


async def test_message_is_shown_to_the_person():
    stand_in, ledger = StandIn(), Ledger()

    vendor_ref = await a_channel(stand_in, ledger=ledger).send(RESIDENT, HELLO, key="k1")

    assert vendor_ref == ""
    assert stand_in.shown == [{"touser": "oResident1", "msgtype": "text", "text": {"content": HELLO.text}}]
    assert ledger.asked == [(RESIDENT.lane, "oResident1")]


async def test_chinese_goes_out_as_itself():
    stand_in = StandIn()

    await a_channel(stand_in).send(RESIDENT, HELLO, key="k1")

    assert "网格员".encode() in stand_in.bodies[-1]


async def test_few_buttons_become_a_menu_to_tap():
    stand_in = StandIn()
    rating = Outbound("请评价", ((Button("满意", "评价 1024 满意"), Button("不满意", "评价 1024 不满意")),))

    await a_channel(stand_in).send(RESIDENT, rating, key="k1")

    assert stand_in.shown[0]["msgmenu"] == {
        "head_content": "请评价\n",
        "list": [{"id": "1", "content": "评价 1024 满意"}, {"id": "2", "content": "评价 1024 不满意"}],
        "tail_content": "",
    }


def test_channel_says_who_it_is():
    channel: Channel = a_channel(StandIn())

    assert (channel.name, channel.account) == (RESIDENT.channel, RESIDENT.account)
    assert channel.abilities.max_bytes == 2048
    assert not channel.abilities.writes_to_groups


async def test_keys_of_failed_tries_are_not_remembered_for_ever():
    ledger = Ledger(left=MAX_REMEMBERED + 2)
    channel = a_channel(StandIn(replies={SEND: Response("", status_code=500)}), ledger=ledger)

    for number in (*range(MAX_REMEMBERED + 1), MAX_REMEMBERED, 0):
        await failed_send(channel, f"k{number}")

    assert len(ledger.asked) == MAX_REMEMBERED + 2


async def test_own_client_is_closed_and_a_borrowed_one_is_not():
    borrowed = httpx.AsyncClient()
    values = {"tokens": Vault(), "windows": Ledger(), "now": lambda: NOON}
    own = WechatChannel(settings_for(a_vendor()), **values)  # type: ignore[arg-type]

    await WechatChannel(settings_for(a_vendor()), client=borrowed, **values).close()  # type: ignore[arg-type]
    await own.close()

    assert (borrowed.is_closed, own.api.is_closed) == (False, True)
    await borrowed.aclose()


async def test_repeated_try_takes_no_second_place_in_the_window():
    ledger = Ledger(left=1)
    stand_in = StandIn(codes=[-1])
    channel = a_channel(stand_in, ledger=ledger)

    first = await failed_send(channel)
    await channel.send(RESIDENT, HELLO, key="k1")

    assert first.outcome is Outcome.RETRY_LATER
    assert len(ledger.asked) == len(stand_in.shown) == 1


async def test_message_that_may_have_been_shown_takes_another_place():
    ledger, stand_in = Ledger(), StandIn(replies={SEND: Response("")})
    channel = a_channel(stand_in, ledger=ledger)

    assert (await failed_send(channel)).outcome is Outcome.UNKNOWN
    stand_in.replies.clear()
    await channel.send(RESIDENT, HELLO, key="k1")

    assert len(ledger.asked) == 2


async def test_next_message_takes_a_place_of_its_own():
    ledger = Ledger()
    channel = a_channel(StandIn(), ledger=ledger)

    for key in ("k1", "k2", "k1"):
        await channel.send(RESIDENT, HELLO, key=key)

    assert len(ledger.asked) == 3


# --- outside the window ---------------------------------------------------------------------------------------------


async def test_closed_window_is_told_before_the_vendor_is_asked():
    stand_in = StandIn()

    error = await failed_send(a_channel(stand_in, ledger=Ledger(left=0)))

    assert (error.outcome, error.is_permanent) == (Outcome.WINDOW_CLOSED, True)
    assert stand_in.calls == []


async def test_template_stands_in_when_the_window_is_closed():
    stand_in = StandIn()
    channel = a_channel(
        stand_in, ledger=Ledger(left=0), template_id=TEMPLATE, public_url="https://liren.test"
    )

    vendor_ref = await channel.send(RESIDENT, HELLO, key="outbox-77")

    assert vendor_ref == "2000163836"
    assert stand_in.shown == [
        {
            "touser": "oResident1",
            "template_id": TEMPLATE,
            "url": "https://liren.test",
            "client_msg_id": "outbox-77",
            "data": {
                "thing1": {"value": "工单 1024 已由网格员认领"},
                "character_string2": {"value": "1024"},
                "time3": {"value": "2026年11月23日 12:00"},
                "phrase4": {"value": "有新进展"},
            },
        }
    ]


async def test_fields_of_the_template_are_asked_once():
    stand_in = StandIn()
    channel = a_channel(stand_in, ledger=Ledger(left=0), template_id=TEMPLATE)

    for key in ("k1", "k2"):
        await channel.send(RESIDENT, HELLO, key=key)

    assert stand_in.calls.count("/cgi-bin/template/get_all_private_template") == 1


async def test_unknown_template_is_a_fault_of_the_configuration():
    channel = a_channel(StandIn(), ledger=Ledger(left=0), template_id="another")

    assert (await failed_send(channel)).outcome is Outcome.CONFIGURATION


@pytest.mark.parametrize("code", [45015, 45047])
async def test_window_that_the_vendor_calls_closed_leads_to_the_template(code: int):
    stand_in = StandIn(codes=[code])

    await a_channel(stand_in, template_id=TEMPLATE).send(RESIDENT, HELLO, key="k1")

    assert [message["template_id"] for message in stand_in.shown] == [TEMPLATE]


# --- the vendor's codes ---------------------------------------------------------------------------------------------

CODES = {
    Outcome.RETRY_LATER: [-1, 45009, 45011, 43117, 40241, 50000, 61451],
    Outcome.WINDOW_CLOSED: [45015, 45047],
    Outcome.RECIPIENT_GONE: [40003, 43004, 43019, 43101, 46004],
    Outcome.CONFIGURATION: [40013, 40037, 40125, 40164, 40243, 48001, 48004, 50002, 89503],
    Outcome.REFUSED: [41001, 44004, 45002, 47001, 47003, 87014, 40999],
}


@pytest.mark.parametrize(
    ("outcome", "code"), [(outcome, code) for outcome in CODES for code in CODES[outcome]]
)
async def test_code_has_its_outcome(outcome: Outcome, code: int):
    stand_in = StandIn(codes=[code])

    error = await failed_send(a_channel(stand_in))

    assert error.outcome is outcome
    assert f"errcode={code} " in error.detail
    assert stand_in.calls == [TOKEN, SEND]
    assert SECRET not in error.detail
    assert "oResident1" not in error.detail


@pytest.mark.parametrize(
    ("now", "wait"),
    [
        (datetime(2026, 11, 23, 4, 0, tzinfo=UTC), timedelta(hours=12, minutes=1)),
        (datetime(2026, 11, 23, 15, 59, tzinfo=UTC), timedelta(minutes=2)),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), timedelta(hours=24, minutes=1)),
    ],
)
async def test_used_up_quota_waits_for_midnight_in_shanghai(now: datetime, wait: timedelta):
    error = await failed_send(a_channel(StandIn(codes=[45009]), now=now))

    assert error.retry_after == wait


async def test_address_to_be_allowed_is_told():
    error = await failed_send(a_channel(StandIn(token_codes=[40164])))

    assert error.outcome is Outcome.CONFIGURATION
    assert "203.0.113.7" in error.detail


@pytest.mark.parametrize("grant", [{}, {"access_token": "", "expires_in": 7200}, {"access_token": "t"}])
async def test_grant_without_a_token_is_tried_later(grant: dict[str, object]):
    class Stingy(StandIn):
        def grant(self, wish: object) -> Response:
            return said(grant)

    assert (await failed_send(a_channel(Stingy()))).outcome is Outcome.RETRY_LATER


async def test_wrong_secret_is_a_fault_of_the_configuration():
    stand_in = StandIn()

    error = await failed_send(a_channel(stand_in, app_secret="w" * 32))

    assert (error.outcome, stand_in.calls) == (Outcome.CONFIGURATION, [TOKEN])


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (500, Outcome.RETRY_LATER),
        (502, Outcome.RETRY_LATER),
        (429, Outcome.RETRY_LATER),
        (404, Outcome.CONFIGURATION),
        (302, Outcome.CONFIGURATION),
    ],
)
async def test_http_status_has_its_outcome(status: int, outcome: Outcome):
    moved = {"Location": "http://stand-in/cgi-bin/steal"}
    stand_in = StandIn(replies={SEND: Response("", status_code=status, headers=moved)})

    assert (await failed_send(a_channel(stand_in))).outcome is outcome
    assert stand_in.calls == [TOKEN, SEND]


@pytest.mark.parametrize("body", ["", "<html>", "[]", "[" * 100_000, '{"msgid": 1}', "\x00"])
async def test_answer_that_says_nothing_is_unknown(body: str):
    stand_in = StandIn(replies={SEND: Response(body, media_type="text/plain")})

    assert (await failed_send(a_channel(stand_in))).outcome is Outcome.UNKNOWN


async def test_code_that_is_no_number_is_a_failure():
    stand_in = StandIn(replies={SEND: said({"errcode": "40001"})})

    assert (await failed_send(a_channel(stand_in))).outcome is Outcome.RETRY_LATER


# --- for the operator -----------------------------------------------------------------------------------------------


async def test_check_tells_what_the_vendor_sees():
    quota = said({"errcode": 0, "quota": {"daily_limit": 500000, "used": 12, "remain": 499988}})
    channel = a_channel(StandIn(replies={"/cgi-bin/openapi/quota/get": quota}))

    assert "12 of 500000" in await channel.check()


@pytest.mark.parametrize(
    ("stand_in", "told"), [(StandIn(codes=[48001]), "errcode=48001"), (StandIn(), "its quota is not known")]
)
async def test_check_is_content_without_a_quota(stand_in: StandIn, told: str):
    assert told in await a_channel(stand_in).check()


def test_address_with_a_token_shows_none():
    url = QuietUrl("https://stand-in:8443/cgi-bin/media/get?access_token=canary&media_id=1")

    assert f"{url} {url!r}".count("https://stand-in:8443/cgi-bin/media/get") == 2
    assert "canary" not in f"{url} {url!r}"
    assert url.raw_path.endswith(b"?access_token=canary&media_id=1")


async def test_secrets_are_in_no_log_and_no_error(caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, logger="httpx")  # whoever set up the service's own logs had made it quiet
    channels = [a_channel(StandIn(codes=[-1])), a_channel(StandIn(refuses_all_tokens=True))]

    errors = [await failed_send(channel) for channel in channels]
    seen = caplog.text + "".join(f"{error!r} {error.__cause__!r} {error.__context__!r}" for error in errors)
    assert "custom/send" in caplog.text, "httpx logs the addresses of its requests"
    assert "canary" not in seen
