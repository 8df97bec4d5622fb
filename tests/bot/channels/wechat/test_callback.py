"""The callback as WeChat's own server sees it: accepted beside refused, the same answer at each try, never a 500."""

import asyncio
from datetime import timedelta

import pytest

from bot.channel import Answer, NotStoredError
from routing.messages import Button, Inbound, Kind, Outbound
from tests.bot.channels.wechat.front_door import NOON, Desk, FrontDoor, a_vendor, settings_for
from tests.wechat_vendor import WechatVendor


@pytest.fixture
def vendor() -> WechatVendor:
    return a_vendor()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def door(vendor: WechatVendor, desk: Desk) -> FrontDoor:
    return FrontDoor(settings_for(vendor), desk.receive)


# --- the address is verified ----------------------------------------------------------------------------------------


async def test_vendors_own_example_of_a_signature_is_accepted(desk: Desk):
    # https://developers.weixin.qq.com/doc/subscription/guide/dev/push/ with the token AAAAA.
    query = {
        "signature": "899cf89e464efb63f54ddac96b0a0a235f53aa78",
        "timestamp": "1714037059",
        "nonce": "486452656",
        "echostr": "5837397520665436492",
    }
    door = FrontDoor(settings_for(a_vendor(token="AAAAA")), desk.receive)

    response = await door.get(query)

    assert (response.status_code, response.text) == (200, "5837397520665436492")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("name", ["signature", "timestamp", "nonce"])
async def test_verification_with_one_value_changed_is_refused(
    door: FrontDoor, vendor: WechatVendor, name: str
):
    query = vendor.verification_query("583739752")
    other = "0" * 40 if name == "signature" else "1"

    assert (await door.get(query)).status_code == 200
    response = await door.get({**query, name: other})

    assert (response.status_code, response.text) == (403, "refused")


async def test_echo_is_plain_text_and_only_after_a_valid_signature(door: FrontDoor, vendor: WechatVendor):
    script = "<script>alert(1)</script>"
    query = vendor.verification_query(script)

    signed = await door.get(query)
    forged = await door.get({**query, "signature": "f" * 40})

    assert signed.text == script
    assert signed.headers["content-type"].startswith("text/plain")
    assert signed.headers["x-content-type-options"] == "nosniff"
    assert script not in forged.text


@pytest.mark.parametrize(("echo", "status"), [("1" * 512, 200), ("1" * 513, 400), ("", 400)])
async def test_echo_has_a_length(door: FrontDoor, vendor: WechatVendor, echo: str, status: int):
    response = await door.get(vendor.verification_query(echo))

    assert response.status_code == status


# --- a message comes in, an answer goes out -------------------------------------------------------------------------


async def test_message_is_answered_in_the_same_breath(door: FrontDoor, desk: Desk, vendor: WechatVendor):
    delivered = await vendor.push(door.client, vendor.text("21栋电梯坏了", sender="oWang"))

    assert delivered.reply == {
        "ToUserName": "oWang",
        "FromUserName": vendor.account,
        "CreateTime": str(int(NOON.timestamp())),
        "MsgType": "text",
        "Content": "已受理，工单 1024：21栋电梯坏了",
    }
    assert desk.inbounds[0].text == "21栋电梯坏了"
    assert desk.inbounds[0].address.account == vendor.app_id


async def test_repeated_message_gets_the_same_answer(door: FrontDoor, desk: Desk, vendor: WechatVendor):
    message = vendor.text("漏水")

    replies = [(await vendor.push(door.client, message)).reply for _ in range(3)]

    assert [reply and reply["Content"] for reply in replies] == ["已受理，工单 1024：漏水"] * 3
    assert len({inbound.key for inbound in desk.inbounds}) == 1


async def test_replayed_request_inside_the_window_gets_the_same_answer(
    door: FrontDoor, desk: Desk, vendor: WechatVendor
):
    query, body = vendor.encrypt(vendor.text("漏水"))

    answers = [vendor.decrypt_reply((await door.post(query, body)).content) for _ in range(2)]

    assert answers[0]["Content"] == answers[1]["Content"]
    assert len(desk.answers) == 1


@pytest.mark.parametrize("seconds", [-3 * 86_400, -301, 301])
async def test_repeat_with_an_old_timestamp_gets_the_answer_of_the_first_time_and_moves_nothing(
    door: FrontDoor, desk: Desk, vendor: WechatVendor, seconds: int
):
    message = vendor.text("漏水")
    await vendor.push(door.client, message)
    old = vendor.encrypt(message, timestamp=int(NOON.timestamp()) + seconds)

    response = await door.post(*old)

    assert vendor.decrypt_reply(response.content)["Content"] == "已受理，工单 1024：漏水"
    assert (response.status_code, door.refusals, len(desk.answers)) == (200, [], 1)
    assert desk.inbounds[-1].known_only


async def test_each_reply_has_a_nonce_of_its_own(door: FrontDoor, vendor: WechatVendor):
    query, body = vendor.encrypt(vendor.text("漏水"))

    bodies = [(await door.post(query, body)).content for _ in range(2)]

    assert bodies[0] != bodies[1]


async def test_nothing_to_say_is_success(door: FrontDoor, desk: Desk, vendor: WechatVendor):
    view = vendor.event("VIEW", EventKey="https://liren.test/")

    response = await door.post(*vendor.encrypt(view))

    assert (response.status_code, response.text) == (200, "success")
    assert desk.inbounds == []


async def test_answer_without_words_is_success(vendor: WechatVendor):
    async def say_nothing(_inbound: Inbound) -> Answer:
        return Answer()

    response = await FrontDoor(settings_for(vendor), say_nothing).post(*vendor.encrypt(vendor.text("好的")))

    assert (response.status_code, response.text) == (200, "success")


async def test_several_messages_become_one_reply_and_buttons_become_words(vendor: WechatVendor):
    async def answer_twice(_inbound: Inbound) -> Answer:
        urge = Outbound("已受理，工单 1024", ((Button("催办", "催办 1024"),),))
        return Answer((urge, Outbound("预计今天 18:00 前有人答复")))

    delivered = await vendor.push(FrontDoor(settings_for(vendor), answer_twice).client, vendor.text("漏水"))

    assert delivered.reply
    assert delivered.reply["Content"] == "已受理，工单 1024\n\n预计今天 18:00 前有人答复\n\n可回复：催办 1024"


async def test_words_of_a_person_cannot_break_out_of_the_reply(door: FrontDoor, vendor: WechatVendor):
    attack = "hi]]></Content><ToUserName><![CDATA[oVictim]]></ToUserName><Content><![CDATA[spoof"

    delivered = await vendor.push(door.client, vendor.text(attack, sender="oMallory"))

    assert delivered.reply
    assert delivered.reply["ToUserName"] == "oMallory"
    assert delivered.reply["Content"].startswith("已受理，工单 1024：hi]]>")
    assert delivered.reply["Content"].endswith("spoof")


async def test_long_answer_stays_within_the_vendors_limit(vendor: WechatVendor):
    async def talk(_inbound: Inbound) -> Answer:
        return Answer((Outbound("楼道灯👨‍👩‍👧不亮" * 400),))

    delivered = await vendor.push(FrontDoor(settings_for(vendor), talk).client, vendor.text("问"))

    assert delivered.reply
    assert 2000 < len(delivered.reply["Content"].encode()) <= 2048


# --- the store is in trouble ----------------------------------------------------------------------------------------


async def test_full_store_asks_the_vendor_to_repeat(vendor: WechatVendor):
    async def refuse(_inbound: Inbound) -> Answer:
        raise NotStoredError

    delivered = await vendor.push(FrontDoor(settings_for(vendor), refuse).client, vendor.text("漏水"))

    assert (delivered.acknowledged, delivered.status, delivered.tries) == (False, 503, 3)


async def test_hanging_store_asks_the_vendor_to_repeat_in_time(vendor: WechatVendor):
    async def hang(_inbound: Inbound) -> Answer:
        await asyncio.Event().wait()
        raise AssertionError

    door = FrontDoor(settings_for(vendor), hang, answer_within=timedelta(milliseconds=20))

    assert (await door.post(*vendor.encrypt(vendor.text("漏水")))).status_code == 503


@pytest.mark.parametrize("kind", ["text", "image", "event"])
async def test_person_who_is_refused_once_is_heard_at_the_next_try(
    vendor: WechatVendor, desk: Desk, kind: str
):
    message = {
        "text": vendor.text("漏水"),
        "image": vendor.image("media-1"),
        "event": vendor.event("subscribe"),
    }[kind]
    tries: list[Kind] = []

    async def stumble_once(inbound: Inbound) -> Answer:
        tries.append(inbound.kind)
        if len(tries) == 1:
            raise NotStoredError
        return await desk.receive(inbound)

    delivered = await vendor.push(FrontDoor(settings_for(vendor), stumble_once).client, message)

    assert (delivered.acknowledged, delivered.tries) == (True, 2)
