"""What the callback refuses, each beside the accepted twin with the same set-up."""

import asyncio
from collections.abc import AsyncIterator, MutableMapping
from datetime import timedelta
from urllib.parse import urlencode

import pytest

from bot.channels.wechat.callback import MAX_BODY_BYTES, PATH
from bot.channels.wechat.refusals import Reason
from tests.bot.channels.wechat.front_door import NOON, OLD_KEY, Desk, FrontDoor, a_vendor, settings_for
from tests.wechat_vendor import WechatVendor, read_fields, sha1


@pytest.fixture
def vendor() -> WechatVendor:
    return a_vendor()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def door(vendor: WechatVendor, desk: Desk) -> FrontDoor:
    return FrontDoor(settings_for(vendor), desk.receive)


# --- every refusal beside its accepted twin -------------------------------------------------------------------------


async def test_plain_mode_is_refused(door: FrontDoor, desk: Desk, vendor: WechatVendor):
    query, _ = vendor.encrypt(vendor.text("漏水"))
    plain = {name: query[name] for name in ("signature", "timestamp", "nonce", "openid")}

    response = await door.post(plain, vendor.text("伪造").encode())

    assert response.status_code == 400
    assert desk.inbounds == []
    assert door.refusals == [Reason.NOT_ENCRYPTED]


@pytest.mark.parametrize("absent", ["encrypt_type", "msg_signature"])
async def test_query_of_the_encrypted_mode_is_required(door: FrontDoor, vendor: WechatVendor, absent: str):
    query, body = vendor.encrypt(vendor.text("漏水"))

    assert (await door.post(query, body)).status_code == 200
    del query[absent]

    assert (await door.post(query, body)).status_code == 400


async def test_plain_body_under_an_encrypted_query_is_refused(door: FrontDoor, vendor: WechatVendor):
    query, body = vendor.encrypt(vendor.text("漏水"))

    assert (await door.post(query, body)).status_code == 200
    assert (await door.post(query, vendor.text("伪造").encode())).status_code == 400
    assert door.refusals == [Reason.NOT_ENCRYPTED]


async def test_compatible_mode_counts_only_for_what_is_encrypted(
    door: FrontDoor, desk: Desk, vendor: WechatVendor
):
    encrypted = vendor.encrypt_text(vendor.text("真的"))
    both = vendor.text("伪造").replace("</xml>", f"<Encrypt>{encrypted}</Encrypt></xml>")

    response = await door.post(vendor.sign_query(encrypted), both.encode())

    assert response.status_code == 200
    assert [inbound.text for inbound in desk.inbounds] == ["真的"]


async def test_signature_of_the_query_alone_does_not_open(door: FrontDoor, vendor: WechatVendor):
    query, body = vendor.encrypt(vendor.text("漏水"))

    response = await door.post({**query, "msg_signature": query["signature"]}, body)

    assert (response.status_code, door.refusals) == (403, [Reason.SIGNATURE])


async def test_another_message_under_a_sniffed_query_is_refused(
    door: FrontDoor, desk: Desk, vendor: WechatVendor
):
    query, _ = vendor.encrypt(vendor.text("漏水"))
    _, other_body = vendor.encrypt(vendor.text("换过的"))

    response = await door.post(query, other_body)

    assert (response.status_code, desk.inbounds) == (403, [])


@pytest.mark.parametrize("seconds", [-300, 300])
async def test_message_of_five_minutes_is_accepted(door: FrontDoor, vendor: WechatVendor, seconds: int):
    sent = int(NOON.timestamp()) + seconds

    assert (await door.post(*vendor.encrypt(vendor.text("漏水"), timestamp=sent))).status_code == 200


@pytest.mark.parametrize("seconds", [-86_400, -301, 301, 86_400])
async def test_older_and_future_messages_are_refused(
    door: FrontDoor, desk: Desk, vendor: WechatVendor, seconds: int
):
    sent = int(NOON.timestamp()) + seconds

    response = await door.post(*vendor.encrypt(vendor.text("漏水"), timestamp=sent))

    assert (response.status_code, door.refusals) == (403, [Reason.STALE])
    assert desk.inbounds == []


async def test_old_event_that_says_nothing_to_us_is_refused_as_well(door: FrontDoor, vendor: WechatVendor):
    long_ago = int(NOON.timestamp()) - 86_400

    response = await door.post(*vendor.encrypt(vendor.event("VIEW", EventKey="u"), timestamp=long_ago))

    assert (response.status_code, door.refusals) == (403, [Reason.STALE])


@pytest.mark.parametrize(
    ("timestamp", "nonce"),
    [("soon", "1"), ("1e9", "1"), ("-1", "1"), ("１", "1"), ("", "1"), (None, ""), (None, "电")],
)
async def test_signed_query_of_another_form_is_refused(
    door: FrontDoor, vendor: WechatVendor, timestamp: str | None, nonce: str
):
    query, body = vendor.encrypt(vendor.text("漏水"))
    encrypted = read_fields(body)["Encrypt"]
    timestamp = query["timestamp"] if timestamp is None else timestamp
    odd = {"timestamp": timestamp, "nonce": nonce}

    assert (await door.post(query, body)).status_code == 200
    odd["msg_signature"] = sha1(vendor.token, timestamp, nonce, encrypted)

    assert (await door.post({**query, **odd}, body)).status_code == 400
    assert door.refusals == [Reason.QUERY]


async def test_message_for_another_account_is_refused(door: FrontDoor, vendor: WechatVendor):
    encrypted = vendor.encrypt_text(vendor.text("漏水"), app_id="wx0000000000000000")

    response = await door.post(
        vendor.sign_query(encrypted), f"<xml><Encrypt>{encrypted}</Encrypt></xml>".encode()
    )

    assert (response.status_code, door.refusals) == (403, [Reason.APP_ID])


@pytest.mark.parametrize("encrypted", ["AAAA", "=", "é", "A" * 43, "QUJDRA==", "A" * 64])
async def test_signed_nonsense_is_refused(door: FrontDoor, vendor: WechatVendor, encrypted: str):
    response = await door.post(
        vendor.sign_query(encrypted), f"<xml><Encrypt>{encrypted}</Encrypt></xml>".encode()
    )

    assert response.status_code in {400, 403}
    assert door.refusals[0] in {Reason.DECRYPTION, Reason.APP_ID}


@pytest.mark.parametrize("plain", [b"\0" * 32, b"\xff" * 64, b"A" * 16 + b"\xff\xff\xff\xff" + b"A" * 12])
async def test_badly_framed_plaintext_is_refused(door: FrontDoor, vendor: WechatVendor, plain: bytes):
    encrypted = vendor.encrypt_plain(plain)

    response = await door.post(
        vendor.sign_query(encrypted), f"<xml><Encrypt>{encrypted}</Encrypt></xml>".encode()
    )

    assert response.status_code in {400, 403}


async def test_every_refusal_has_the_same_body(door: FrontDoor, vendor: WechatVendor):
    query, body = vendor.encrypt(vendor.text("漏水"))
    broken = [
        ({**query, "msg_signature": "0" * 40}, body),
        (query, b"<xml>"),
        ({**query, "encrypt_type": "raw"}, body),
        vendor.encrypt(vendor.text("旧"), timestamp=1),
        vendor.encrypt("<xml></xml>"),
    ]

    bodies = {(await door.post(*request)).content for request in broken}

    assert bodies == {b"refused"}
    assert len(door.refusals) == 5


# --- keys change ----------------------------------------------------------------------------------------------------


async def test_previous_key_still_opens_and_answers(desk: Desk):
    old, new = a_vendor(aes_key=OLD_KEY), a_vendor()
    door = FrontDoor(settings_for(new, aes_key_previous=OLD_KEY), desk.receive)

    replies = [(await vendor.push(door.client, vendor.text("漏水"))).reply for vendor in (old, new)]

    # Each vendor decrypted its own reply, so each answer carried the key of its question.
    assert [reply is not None for reply in replies] == [True, True]


async def test_unknown_key_is_refused(door: FrontDoor):
    delivered = await a_vendor(aes_key=OLD_KEY).push(door.client, a_vendor().text("漏水"))

    assert (delivered.acknowledged, delivered.status in {400, 403}) == (False, True)


# --- bounds ---------------------------------------------------------------------------------------------------------


async def test_body_is_counted_while_it_streams(door: FrontDoor, desk: Desk, vendor: WechatVendor):
    query, body = vendor.encrypt(vendor.text("漏水"))
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while sent < 1024 * MAX_BODY_BYTES:
            sent += len(body)
            yield body

    response = await door.client.post("/callback/wechat", params=query, content=endless())

    assert (response.status_code, door.refusals, desk.inbounds) == (400, [Reason.TOO_LARGE], [])


@pytest.mark.parametrize(("size", "status"), [(MAX_BODY_BYTES, 200), (MAX_BODY_BYTES + 1, 400)])
async def test_body_of_64_kib_is_the_largest(door: FrontDoor, vendor: WechatVendor, size: int, status: int):
    query, body = vendor.encrypt(vendor.text("漏水"))

    response = await door.post(query, body + b" " * (size - len(body)))

    assert response.status_code == status


async def test_declared_length_is_believed_only_where_it_is_too_large(door: FrontDoor, vendor: WechatVendor):
    query, body = vendor.encrypt(vendor.text("漏水"))

    response = await door.post(query, body, **{"Content-Length": "9" * 30})

    assert (response.status_code, door.refusals) == (400, [Reason.TOO_LARGE])


async def test_caller_who_hangs_up_in_the_middle_is_refused(desk: Desk, vendor: WechatVendor):
    door = FrontDoor(settings_for(vendor), desk.receive)
    query = urlencode(vendor.encrypt(vendor.text("漏水"))[0]).encode()
    scope = {"type": "http", "method": "POST", "path": PATH, "query_string": query, "headers": []}
    heard = iter(
        [{"type": "http.request", "body": b"<xml>", "more_body": True}, {"type": "http.disconnect"}],
    )
    said: list[MutableMapping[str, object]] = []

    async def hear() -> MutableMapping[str, object]:
        return next(heard)

    async def say(message: MutableMapping[str, object]) -> None:
        said.append(message)

    await door.app(scope, hear, say)

    assert said[0]["status"] == 400
    assert (door.refusals, desk.inbounds) == ([Reason.SLOW_BODY], [])


async def test_body_that_never_ends_is_given_up(desk: Desk, vendor: WechatVendor):
    # Not less: a machine that is busy for half of it would be late for both limits at once.
    door = FrontDoor(settings_for(vendor), desk.receive, answer_within=timedelta(milliseconds=400))

    async def drip() -> AsyncIterator[bytes]:
        yield b"<xml>"
        await asyncio.Event().wait()

    response = await door.client.post("/callback/wechat", params=vendor.encrypt("")[0], content=drip())

    assert (response.status_code, door.refusals) == (400, [Reason.SLOW_BODY])
