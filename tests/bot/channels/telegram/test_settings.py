from dataclasses import replace

import pytest

from bot.channels.telegram.settings import TelegramSettings

GOOD = TelegramSettings("123456:AAF-nobodys_token", "nobodys-secret_1", public_url="https://liren.example/")


def names(settings: TelegramSettings) -> list[str]:
    return [problem.split(":")[0] for problem in settings.problems()]


def test_complete_settings_have_no_problem() -> None:
    assert GOOD.problems() == ()
    assert GOOD.account == "123456"
    assert GOOD.webhook_url == "https://liren.example/callback/telegram"


@pytest.mark.parametrize(
    "token", ["", "123456", "123456:", ":abc", "abc:def", "123456:a b", "123456:abc\n", "１２:abc"]
)
def test_malformed_token_is_named(token: str) -> None:
    assert names(replace(GOOD, token=token)) == ["LIREN_TELEGRAM_TOKEN"]


@pytest.mark.parametrize("secret", [None, "", "a b", "密", "a" * 257, "abc\n"])
def test_webhook_needs_a_secret_of_telegrams_form(secret: str | None) -> None:
    assert names(replace(GOOD, webhook_secret=secret)) == ["LIREN_TELEGRAM_WEBHOOK_SECRET"]


def test_longest_secret_is_taken() -> None:
    assert replace(GOOD, webhook_secret="aZ09_-" + "a" * 250).problems() == ()


def test_polling_needs_no_secret() -> None:
    assert replace(GOOD, webhook_secret=None, mode="polling").problems() == ()


def test_unknown_mode_is_named() -> None:
    assert names(replace(GOOD, mode="push")) == ["LIREN_TELEGRAM_MODE"]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "api_base",
    ["http://127.0.0.1:8081", "http://telegram-bot-api:8081", "http://10.0.0.7", "https://tg.example/deep"],
)
def test_stand_in_server_is_taken(api_base: str) -> None:
    assert replace(GOOD, api_base=api_base).problems() == ()


@pytest.mark.parametrize(
    "api_base",
    [
        "",
        "api.telegram.org",
        "ftp://127.0.0.1",
        "http://api.telegram.org",
        "https://u:p@tg.example",
        "https://tg.example/?a=1",
        "https://tg.example/#a",
        "https://tg.example/{token}",
        "https://tg.example:port",
        "https://[::1",
    ],
)
def test_address_that_would_leak_or_break_is_named(api_base: str) -> None:
    assert names(replace(GOOD, api_base=api_base)) == ["LIREN_TELEGRAM_API_BASE"]


def test_secrets_are_never_shown() -> None:
    bad = replace(GOOD, token="123456:AAF nobodys", webhook_secret="nobodys secret")

    told = repr(GOOD) + str(GOOD) + repr(bad) + " ".join(bad.problems())

    assert "nobodys" not in told
