"""The menu and the QR pictures, as the vendor is asked for them."""

import json
from datetime import timedelta

import pytest

from bot.channel import Outcome, SendError
from bot.channels.wechat.account import create_passing_qr, create_scene_qr, publish_menu
from bot.channels.wechat.inbound import parse_inbound
from bot.channels.wechat.xml_fields import parse_fields
from tests.bot.channels.wechat.front_door import a_vendor
from tests.bot.channels.wechat.stand_in import StandIn, a_channel, said

QR = "/cgi-bin/qrcode/create"


async def test_menu_has_three_taps():
    stand_in = StandIn()

    await publish_menu(a_channel(stand_in).api)

    assert [button["name"] for button in stand_in.shown[0]["button"]] == ["报事", "我的", "帮助"]  # type: ignore[attr-defined]


async def test_tap_in_the_menu_says_its_key():
    stand_in = StandIn()
    await publish_menu(a_channel(stand_in).api)

    for button in stand_in.shown[0]["button"]:  # type: ignore[attr-defined]
        tap = parse_fields(a_vendor().event("CLICK", EventKey=button["key"]).encode())
        inbound = parse_inbound(tap, account="wx")
        assert inbound
        assert (inbound.text, inbound.is_button) == (button["key"], True)


async def test_scene_gets_a_permanent_picture():
    ticket = said({"ticket": "gQH47joA+/=", "url": "http://weixin.qq.com/q/02invented"})
    stand_in = StandIn(replies={QR: ticket})

    qr = await create_scene_qr(a_channel(stand_in).api, "xfl-b21-u2")

    assert json.loads(stand_in.bodies[-1]) == {
        "action_name": "QR_LIMIT_STR_SCENE",
        "action_info": {"scene": {"scene_str": "xfl-b21-u2"}},
    }
    assert qr.url == "http://weixin.qq.com/q/02invented"
    assert qr.picture_url.endswith("showqrcode?ticket=gQH47joA%2B%2F%3D")


@pytest.mark.parametrize("scene", ["", "a" * 65, "21栋", "a b", "a\n"])
async def test_malformed_scene_is_not_asked_for(scene: str):
    stand_in = StandIn()

    with pytest.raises(ValueError, match="a scene has"):
        await create_scene_qr(a_channel(stand_in).api, scene)

    assert stand_in.calls == []


async def test_picture_without_a_ticket_is_a_failure():
    with pytest.raises(SendError) as error:
        await create_scene_qr(a_channel(StandIn(replies={QR: said({"url": "x"})})).api, "b1")

    assert error.value.outcome is Outcome.RETRY_LATER


@pytest.mark.parametrize(
    ("lasts", "seconds"), [(timedelta(hours=24), 86_400), (timedelta(days=90), 2_592_000)]
)
async def test_passing_picture_ends_by_itself(lasts: timedelta, seconds: int):
    stand_in = StandIn(replies={QR: said({"ticket": "t", "url": "http://weixin.qq.com/q/03invented"})})

    qr = await create_passing_qr(a_channel(stand_in).api, "bind-7K3M9QX2", lasts)

    assert json.loads(stand_in.bodies[-1]) == {
        "expire_seconds": seconds,
        "action_name": "QR_STR_SCENE",
        "action_info": {"scene": {"scene_str": "bind-7K3M9QX2"}},
    }
    assert qr.url == "http://weixin.qq.com/q/03invented"
