"""What one Official Account needs, as plain values. Reading the environment is not done here."""

import ipaddress
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

API_BASE = "https://api.weixin.qq.com"
_APP_ID = re.compile(r"[0-9A-Za-z_-]{1,64}")
_SECRET = re.compile(r"[!-~]{8,512}")
_TOKEN = re.compile(r"[0-9A-Za-z]{3,32}")
# Base64 of 32 bytes without its "=". The console makes letters and digits only; other makers use the whole alphabet.
_AES_KEY = re.compile(r"[0-9A-Za-z+/]{43}")


@dataclass(frozen=True, slots=True, kw_only=True)
class WechatSettings:
    """Secrets are left out of `repr`. `aes_key_previous` is the key before the last change, still good for a while.

    `template_id` is the template message that stands in when the reply window is closed; None: there is none.
    """

    app_id: str
    app_secret: str = field(repr=False)
    token: str = field(repr=False)
    aes_key: str = field(repr=False)
    aes_key_previous: str | None = field(default=None, repr=False)
    api_base: str = API_BASE
    template_id: str | None = None
    public_url: str = "http://127.0.0.1:8000"

    @property
    def lane(self) -> str:
        """As `Address.lane` names it."""
        return f"wechat:{self.app_id}"

    def problems(self) -> tuple[str, ...]:
        """One line for each thing to mend, by the name of its variable; never a secret's value."""
        return (*self._credential_problems(), *self._key_problems(), *self._address_problems())

    def _credential_problems(self) -> list[str]:
        checks = (
            ("APP_ID", _APP_ID, self.app_id, "is the AppID that the console shows, such as wx and 16 digits"),
            ("APP_SECRET", _SECRET, self.app_secret, "is the AppSecret that the console shows"),
            ("TOKEN", _TOKEN, self.token, "must be 3 to 32 letters and digits, as in the console"),
        )
        return [
            f"LIREN_WECHAT_{name} {'is missing' if not value else 'is malformed'}: it {demand}."
            for name, pattern, value, demand in checks
            if not pattern.fullmatch(value)
        ]

    def _key_problems(self) -> list[str]:
        problems = []
        if not _AES_KEY.fullmatch(self.aes_key):
            problems.append(_key_problem("AES_KEY", self.aes_key))
        if self.aes_key_previous is None:
            return problems
        if not _AES_KEY.fullmatch(self.aes_key_previous):
            problems.append(_key_problem("AES_KEY_PREVIOUS", self.aes_key_previous))
        elif self.aes_key_previous == self.aes_key:
            problems.append(
                "LIREN_WECHAT_AES_KEY_PREVIOUS is the same as LIREN_WECHAT_AES_KEY: leave it out."
            )
        return problems

    def _address_problems(self) -> list[str]:
        problems = []
        if not _is_api_base(self.api_base):
            problems.append(
                "LIREN_WECHAT_API_BASE must be an https:// address without path, query or user "
                "(http:// only for a stand-in server in the own network)."
            )
        if self.template_id is not None and not _APP_ID.fullmatch(self.template_id):
            problems.append(
                "LIREN_WECHAT_TEMPLATE_ID is malformed: copy it from the console's list of templates."
            )
        return problems


def _key_problem(name: str, value: str) -> str:
    length = f" (this one has {len(value)} characters)" if value else ""
    return (
        f"LIREN_WECHAT_{name} {'is missing' if not value else 'is malformed'}: "
        f"it is the EncodingAESKey of 43 letters and digits{length}. "
        "Only the encrypted mode (安全模式) is accepted."
    )


def _is_api_base(address: str) -> bool:
    try:
        parts = urlsplit(address)
        host, _port = parts.hostname, parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.path not in {"", "/"} or parts.query or parts.fragment:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and _is_near(host))


def _is_near(host: str) -> bool:
    """This machine, a private address, or a name without a dot: only there may the secret travel unencrypted."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return "." not in host
    return address.is_loopback or address.is_private
