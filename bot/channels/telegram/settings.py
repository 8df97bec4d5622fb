"""What the Telegram channel must be told, and what is wrong with it. Reading the environment is not done here."""

import ipaddress
import re
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

OFFICIAL_API = "https://api.telegram.org"
CALLBACK_PATH = "/callback/telegram"

Mode = Literal["webhook", "polling"]

_TOKEN = re.compile(r"[0-9]{1,20}:[A-Za-z0-9_-]+")
# https://core.telegram.org/bots/api#setwebhook, `secret_token`
_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    """One bot. `public_url` is where Telegram reaches this service from outside; only the webhook mode needs it."""

    token: str = field(repr=False)
    webhook_secret: str | None = field(default=None, repr=False)
    api_base: str = OFFICIAL_API
    mode: Mode = "webhook"
    public_url: str = "http://127.0.0.1:8000"

    @property
    def account(self) -> str:
        """The bot's own user id: the digits before the colon of its token."""
        return self.token.partition(":")[0]

    @property
    def webhook_url(self) -> str:
        return self.public_url.rstrip("/") + CALLBACK_PATH

    def problems(self) -> tuple[str, ...]:
        """Every reason why the service must not start like this, each naming its setting, none telling its value."""
        return tuple(
            problem
            for problem in (
                self._token_problem(),
                self._secret_problem(),
                self._api_problem(),
                self._mode_problem(),
            )
            if problem
        )

    def _token_problem(self) -> str | None:
        if _TOKEN.fullmatch(self.token):
            return None
        return "LIREN_TELEGRAM_TOKEN: not a bot token; BotFather gives one like 123456:AAF…"

    def _secret_problem(self) -> str | None:
        if self.webhook_secret is None:
            if self.mode == "polling":
                return None
            return (
                "LIREN_TELEGRAM_WEBHOOK_SECRET: missing; without it anybody could speak as Telegram "
                "(or set LIREN_TELEGRAM_MODE=polling)"
            )
        if _SECRET.fullmatch(self.webhook_secret):
            return None
        return "LIREN_TELEGRAM_WEBHOOK_SECRET: must be 1 to 256 of A-Z a-z 0-9 _ -"

    def _api_problem(self) -> str | None:
        if _is_api_base(self.api_base):
            return None
        return (
            "LIREN_TELEGRAM_API_BASE: must be an https address without user, query or fragment "
            "(http only for a server in the own network)"
        )

    def _mode_problem(self) -> str | None:
        if self.mode in ("webhook", "polling"):
            return None
        return "LIREN_TELEGRAM_MODE: must be webhook or polling"


def _is_api_base(url: str) -> bool:
    try:
        parts = urlsplit(url)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    # Braces would be taken for places to fill in when the client builds its addresses.
    if not host or parts.query or parts.fragment or "@" in parts.netloc or set("{} ") & set(url):
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_near(host))


def _is_near(host: str) -> bool:
    """This machine, a private address or a name without a dot: only there may the token travel in the open."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host
    return address.is_loopback or address.is_private
