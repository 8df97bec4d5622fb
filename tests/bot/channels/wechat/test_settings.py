"""What is said about settings that cannot work, and that secrets are never said."""

import pytest

from bot.channels.wechat.settings import WechatSettings
from tests.bot.channels.wechat.front_door import OLD_KEY, a_vendor, settings_for

SECRET = "canary0secret0canary0secret0"


def test_good_settings_have_no_problems():
    assert settings_for(a_vendor(), aes_key_previous=OLD_KEY, template_id="x-Y_1").problems() == ()


@pytest.mark.parametrize(
    ("values", "variable"),
    [
        ({"app_id": ""}, "LIREN_WECHAT_APP_ID is missing"),
        ({"app_id": "wx 1"}, "LIREN_WECHAT_APP_ID is malformed"),
        ({"app_secret": ""}, "LIREN_WECHAT_APP_SECRET is missing"),
        ({"app_secret": "with space inside"}, "LIREN_WECHAT_APP_SECRET is malformed"),
        ({"token": ""}, "LIREN_WECHAT_TOKEN is missing"),
        ({"token": "ab"}, "LIREN_WECHAT_TOKEN is malformed"),
        ({"token": "a" * 33}, "LIREN_WECHAT_TOKEN is malformed"),
        ({"token": "with-dash"}, "LIREN_WECHAT_TOKEN is malformed"),
        ({"aes_key": ""}, "LIREN_WECHAT_AES_KEY is missing"),
        ({"aes_key": "a" * 42}, "LIREN_WECHAT_AES_KEY is malformed"),
        ({"aes_key": "a" * 44}, "LIREN_WECHAT_AES_KEY is malformed"),
        ({"aes_key": "a" * 42 + "="}, "LIREN_WECHAT_AES_KEY is malformed"),
        ({"aes_key": "电" * 43}, "LIREN_WECHAT_AES_KEY is malformed"),
        ({"aes_key_previous": "short"}, "LIREN_WECHAT_AES_KEY_PREVIOUS is malformed"),
        ({"aes_key_previous": a_vendor().aes_key}, "LIREN_WECHAT_AES_KEY_PREVIOUS is the same"),
        ({"api_base": "http://api.weixin.qq.com"}, "LIREN_WECHAT_API_BASE"),
        ({"api_base": "https://user:pass@api.weixin.qq.com"}, "LIREN_WECHAT_API_BASE"),
        ({"api_base": "https://api.weixin.qq.com/cgi-bin"}, "LIREN_WECHAT_API_BASE"),
        ({"api_base": "https://[::1"}, "LIREN_WECHAT_API_BASE"),
        ({"api_base": "file:///etc/passwd"}, "LIREN_WECHAT_API_BASE"),
        ({"template_id": "<template>"}, "LIREN_WECHAT_TEMPLATE_ID"),
    ],
)
def test_each_problem_names_its_variable(values: dict[str, str], variable: str):
    problems = settings_for(a_vendor(), **values).problems()

    assert len(problems) == 1
    assert problems[0].startswith(variable)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:8081", "http://10.0.0.5", "http://stand-in:9000", "https://api2.weixin.qq.com/"],
)
def test_stand_in_server_may_take_the_vendors_place(address: str):
    assert settings_for(a_vendor(), api_base=address).problems() == ()


def test_secrets_are_never_shown():
    settings = WechatSettings(
        app_id="",
        app_secret=f"{SECRET} 1",
        token=f"{SECRET}-2",
        aes_key=f"{SECRET}=3",
        aes_key_previous=f"{SECRET}=4",
    )

    shown = f"{settings!r} {settings} {settings.problems()}"

    assert len(settings.problems()) == 5
    assert "canary" not in shown
