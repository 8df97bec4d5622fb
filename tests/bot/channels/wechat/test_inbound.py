"""Each stored payload of the vendor → exactly this `Inbound`, or nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.wechat.inbound import parse_inbound
from bot.channels.wechat.refusals import Reason, RefusedError
from bot.channels.wechat.xml_fields import parse_fields
from routing.messages import Address, Attachment, Inbound, Kind, Speaker, Window

PAYLOADS = Path(__file__).parents[3] / "fixtures" / "wechat"
APP_ID = "wx5b0d3f8a91c27e64"
OPENID = "oLpx51W3vNqzYb8Qh2Kf0TtUeR7s"
MESSAGE_WINDOW = Window(5, timedelta(hours=48))
EVENT_WINDOW = Window(3, timedelta(minutes=1))

MESSAGE = Inbound(
    key="m:24857310493157826",
    kind=Kind.TEXT,
    address=Address("wechat", APP_ID, OPENID),
    speaker=Speaker(OPENID),
    private=True,
    addressed=True,
    occurred_at=datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
    text="21栋2单元电梯坏了，困了人",
    message_ref="24857310493157826",
    window=MESSAGE_WINDOW,
)


def a_message(last_digits: int, kind: Kind, **values: object) -> Inbound:
    number = f"248573104931578{last_digits}"
    return replace(MESSAGE, key=f"m:{number}", message_ref=number, kind=kind, text="", **values)  # type: ignore[arg-type]


def an_event(kind: Kind, **values: object) -> Inbound:
    """Its key is looked at apart."""
    return replace(MESSAGE, key="", message_ref=None, kind=kind, **{"text": "", "window": None, **values})  # type: ignore[arg-type]


def fields_of(name: str, **changes: str) -> dict[str, str]:
    return {**parse_fields((PAYLOADS / f"{name}.xml").read_bytes()), **changes}


def parse(name: str, **changes: str) -> Inbound | None:
    return parse_inbound(fields_of(name, **changes), account=APP_ID)


def key_of(name: str, **changes: str) -> str:
    inbound = parse(name, **changes)
    assert inbound
    return inbound.key


@pytest.mark.parametrize(
    ("name", "inbound"),
    [
        ("text", MESSAGE),
        ("text_empty", a_message(27, Kind.TEXT)),
        ("text_sticker", a_message(29, Kind.UNSUPPORTED)),
        (
            "image",
            a_message(30, Kind.IMAGE, attachments=(Attachment(Kind.IMAGE, "Xq3_5nM0p-Invented-picture"),)),
        ),
        ("voice", a_message(31, Kind.VOICE)),
        ("voice_recognised", replace(a_message(32, Kind.TEXT), text="电梯坏了。")),
        ("text_menu_tap", replace(a_message(28, Kind.TEXT), text="评价 1024 满意", is_button=True)),
        ("video", a_message(33, Kind.UNSUPPORTED)),
        ("shortvideo", a_message(34, Kind.UNSUPPORTED)),
        ("link", a_message(35, Kind.UNSUPPORTED)),
        ("unknown", a_message(38, Kind.UNSUPPORTED)),
        ("location", replace(a_message(36, Kind.LOCATION), text="幸福里21号楼")),
        ("location_unnamed", replace(a_message(37, Kind.LOCATION), text="31.230416,121.473701")),
    ],
)
def test_message_becomes_exactly_this(name: str, inbound: Inbound):
    assert parse(name) == inbound


@pytest.mark.parametrize(
    ("name", "inbound"),
    [
        ("event_subscribe", an_event(Kind.FOLLOW, window=EVENT_WINDOW)),
        ("event_subscribe_scene", an_event(Kind.FOLLOW, scene="xfl-b21-u2", window=EVENT_WINDOW)),
        ("event_subscribe_paid", an_event(Kind.FOLLOW, window=EVENT_WINDOW)),
        ("event_scan", an_event(Kind.SCAN, scene="xfl-b21-u2", window=EVENT_WINDOW)),
        ("event_unsubscribe", an_event(Kind.UNFOLLOW)),
        ("event_click", an_event(Kind.TEXT, text="我的", is_button=True, window=EVENT_WINDOW)),
        ("event_template_sent", an_event(Kind.DELIVERY, text="success", delivery_of="2000163836")),
        (
            "event_template_blocked",
            an_event(Kind.DELIVERY, text="failed:user block", delivery_of="2000163837"),
        ),
    ],
)
def test_event_becomes_exactly_this(name: str, inbound: Inbound):
    parsed = parse(name)

    assert parsed
    assert parsed.key.startswith("e:")
    assert replace(parsed, key="") == inbound


@pytest.mark.parametrize("name", ["event_location", "event_view", "event_popup", "event_scancode"])
def test_event_that_says_nothing_to_us_is_nothing(name: str):
    assert parse(name) is None


def test_names_of_kinds_and_events_may_be_written_either_way():
    assert parse("event_scan", Event="scan", MsgType="EVENT") == replace(
        parse("event_scan") or MESSAGE, key=key_of("event_scan", Event="scan", MsgType="EVENT")
    )


# --- the once-only key ----------------------------------------------------------------------------------------------


def test_same_event_again_has_the_same_key():
    assert key_of("event_scan") == key_of("event_scan")


@pytest.mark.parametrize(
    "changes",
    [
        {"CreateTime": "1795406401"},
        {"FromUserName": "oSomebodyElse"},
        {"ToUserName": "gh_another"},
        {"Event": "subscribe"},
        {"EventKey": "xfl-b21-u3"},
        {"Ticket": "another"},
        {"MsgID": "1"},
        {"MenuId": "1"},
    ],
)
def test_different_events_of_one_second_have_different_keys(changes: dict[str, str]):
    assert key_of("event_scan") != key_of("event_scan", **changes)


def test_message_is_known_by_its_id_alone():
    assert key_of("text") == key_of("text", CreateTime="1795406401")
    assert key_of("text") != key_of("text", MsgId="24857310493157827")


# --- what is missing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("text", {"MsgType": ""}),
        ("text", {"MsgId": ""}),
        ("text", {"MsgId": "1 2"}),
        ("text", {"FromUserName": ""}),
        ("text", {"FromUserName": "电"}),
        ("text", {"FromUserName": "o" * 65}),
        ("text", {"ToUserName": ""}),
        ("text", {"CreateTime": ""}),
        ("text", {"CreateTime": "-1"}),
        ("text", {"CreateTime": "١"}),
        ("text", {"CreateTime": "99999999999"}),
        ("image", {"MediaId": ""}),
        ("event_scan", {"Event": ""}),
        ("event_click", {"EventKey": ""}),
        ("event_template_sent", {"MsgID": ""}),
    ],
)
def test_message_without_what_each_must_have_is_refused(name: str, changes: dict[str, str]):
    assert parse(name)

    with pytest.raises(RefusedError) as refusal:
        parse(name, **changes)

    assert refusal.value.reason is Reason.FIELDS


@pytest.mark.parametrize(("scene", "read"), [("a" * 64, "a" * 64), ("a" * 65, None), ("", None)])
def test_scene_has_a_length(scene: str, read: str | None):
    inbound = parse("event_scan", EventKey=scene)

    assert inbound
    assert inbound.scene == read
