"""Thousands of damaged and invented requests, signed and unsigned: none may end in anything but 200, 400 or 403."""

from urllib.parse import urlencode

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.wechat.callback import PATH
from routing.messages import Inbound
from tests.bot.channels.wechat.front_door import Desk, FrontDoor, a_vendor, settings_for

VENDOR = a_vendor()
DESK = Desk()
DOOR = FrontDoor(settings_for(VENDOR), DESK.receive)
NAMES = [
    "ToUserName",
    "FromUserName",
    "CreateTime",
    "MsgType",
    "Event",
    "EventKey",
    "Content",
    "MsgId",
    "MediaId",
]
SAMPLES = [
    VENDOR.text("21栋电梯坏了，]]>😀"),
    VENDOR.image("media-1"),
    VENDOR.event("subscribe", EventKey="qrscene_b21u2", Ticket="t"),
    VENDOR.event("TEMPLATESENDJOBFINISH", MsgID="1", Status="success"),
]
# Texts that XML can hold at all; the rest is covered by raw bytes.
xml_text = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=40
)
few_bytes = st.binary(max_size=200)


async def post(query: dict[str, str], body: bytes) -> tuple[int, list[Inbound]]:
    DESK.inbounds.clear()
    response = await DOOR.client.post(f"{PATH}?{urlencode(query)}", content=body)
    return response.status_code, DESK.inbounds


def assert_answered(status: int, inbounds: list[Inbound]) -> None:
    assert status in {200, 400, 403}
    assert status == 200 or not inbounds


@given(st.data())
@settings(max_examples=400, deadline=None)
async def test_damaged_request_is_refused(data: st.DataObject):
    query, body = VENDOR.encrypt(data.draw(st.sampled_from(SAMPLES)))
    start = data.draw(st.integers(0, len(body)))
    end = data.draw(st.integers(start, min(len(body), start + 8)))
    damaged = body[:start] + data.draw(st.binary(max_size=8)) + body[end:]

    status, inbounds = await post(query, damaged)

    assert_answered(status, inbounds)


@given(few_bytes, st.sampled_from(["<xml>%s</xml>", "<xml><Encrypt>%s</Encrypt></xml>", "%s"]))
@settings(max_examples=400, deadline=None)
async def test_invented_body_is_refused(junk: bytes, frame: str):
    query, _ = VENDOR.encrypt(SAMPLES[0])

    status, inbounds = await post(query, frame.encode() % junk if b"%s" in frame.encode() else junk)

    assert status in {400, 403}
    assert inbounds == []


@given(
    st.dictionaries(
        st.sampled_from(["timestamp", "nonce", "encrypt_type", "msg_signature", "signature"]),
        st.text(max_size=60),
    )
)
@settings(max_examples=400, deadline=None)
async def test_invented_query_is_refused(values: dict[str, str]):
    query, body = VENDOR.encrypt(SAMPLES[0])
    wrong = {name: value.encode(errors="replace").decode() for name, value in values.items()}

    status, inbounds = await post({**query, **wrong}, body)

    assert_answered(status, inbounds)


@given(st.data())
@settings(max_examples=400, deadline=None)
async def test_damaged_message_with_a_true_signature_is_never_an_error_of_ours(data: st.DataObject):
    xml = data.draw(st.sampled_from(SAMPLES)).encode()
    start = data.draw(st.integers(0, len(xml)))
    end = data.draw(st.integers(start, min(len(xml), start + 8)))

    status, inbounds = await post(*VENDOR.encrypt(xml[:start] + data.draw(st.binary(max_size=8)) + xml[end:]))

    assert_answered(status, inbounds)


@given(
    st.lists(st.tuples(st.sampled_from(NAMES), st.one_of(xml_text, st.sampled_from(["event", "text", "1"]))))
)
@settings(max_examples=400, deadline=None)
async def test_any_fields_with_a_true_signature_are_never_an_error_of_ours(fields: list[tuple[str, str]]):
    leaves = "".join(f"<{name}><![CDATA[{value.replace(']]>', '')}]]></{name}>" for name, value in fields)

    status, inbounds = await post(*VENDOR.encrypt(f"<xml>{leaves}</xml>"))

    assert_answered(status, inbounds)


@given(st.binary(min_size=0, max_size=400))
@settings(max_examples=400, deadline=None)
async def test_any_plaintext_with_a_true_signature_is_never_an_error_of_ours(plain: bytes):
    encrypted = VENDOR.encrypt_plain(plain + b"\0" * (-len(plain) % 16))

    status, inbounds = await post(
        VENDOR.sign_query(encrypted), f"<xml><Encrypt>{encrypted}</Encrypt></xml>".encode()
    )

    assert (status in {400, 403}, inbounds) == (True, [])


@given(st.text(max_size=400))
@settings(max_examples=400, deadline=None)
async def test_whatever_a_person_says_comes_back_in_a_reply_that_the_vendor_can_read(words: str):
    said = "问：" + "".join(character for character in words if character.isprintable())

    DESK.inbounds.clear()
    delivered = await VENDOR.push(DOOR.client, VENDOR.text(said))

    assert [inbound.text for inbound in DESK.inbounds] == [said]
    assert delivered.reply
    assert (delivered.reply["ToUserName"], delivered.reply["MsgType"]) == ("oResident1", "text")
    assert len(delivered.reply["Content"].encode()) <= 2048
