"""Reads the environment and `.env` once, at the start. Wrong settings are told in one list, never a secret."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import cast

from app.env_file import EnvFileError, read_env_file
from bot.channels.sandbox.settings import SandboxMode, SandboxSettings, parse_mode
from bot.channels.telegram.settings import OFFICIAL_API, Mode, TelegramSettings
from bot.channels.wechat.settings import API_BASE, WechatSettings
from storage.engine import DatabaseAddressError, parse_address

KNOWN = frozenset(
    {
        "LIREN_DATABASE_URL",
        "LIREN_HIERARCHY",
        "LIREN_SECRET_KEY",
        "LIREN_API_TOKEN",
        "LIREN_SANDBOX",
        "LIREN_PUBLIC_URL",
        "LIREN_LOG",
        "LIREN_FREE_SPACE",
        "LIREN_FAULT_POINT",
        "LIREN_WECHAT_APP_ID",
        "LIREN_WECHAT_APP_SECRET",
        "LIREN_WECHAT_TOKEN",
        "LIREN_WECHAT_AES_KEY",
        "LIREN_WECHAT_AES_KEY_PREVIOUS",
        "LIREN_WECHAT_API_BASE",
        "LIREN_WECHAT_TEMPLATE_ID",
        "LIREN_TELEGRAM_TOKEN",
        "LIREN_TELEGRAM_WEBHOOK_SECRET",
        "LIREN_TELEGRAM_API_BASE",
        "LIREN_TELEGRAM_MODE",
    }
)
FORESEEN = ("LIREN_WECOM_",)
"""Names of channels that are not built yet: said plainly instead of passing over them."""

NEAR = 0.85
"""How much of a name must be right to be taken for a slip."""

SHORTEST_TOKEN = 8
SHORTEST_KEY = 16
DEFAULT_URL = "http://127.0.0.1:8000"
DEFAULT_FREE_SPACE = 256


class SettingsError(Exception):
    """Every problem of the settings, one line each."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Settings:
    """`log` is "json" or "text". A channel that is None is not configured. `free_space` is in MiB: with less the
    service says that it is not ready. `warnings`: what was passed over, for whoever starts it."""

    database_url: str
    hierarchy: Path
    public_url: str
    sandbox: SandboxSettings
    wechat: WechatSettings | None
    telegram: TelegramSettings | None
    api_token: str | None = field(repr=False)
    secret_key: str | None = field(repr=False)
    log: str = "json"
    free_space: int = DEFAULT_FREE_SPACE
    warnings: tuple[str, ...] = ()

    @property
    def has_real_channel(self) -> bool:
        return self.wechat is not None or self.telegram is not None


def read_settings(environ: Mapping[str, str], *, folder: Path) -> Settings:
    """The settings from the environment, completed by `folder/.env`. Raises SettingsError with every problem."""
    try:
        written, warnings = read_env_file(folder / ".env")
    except EnvFileError as error:
        raise SettingsError((str(error),)) from None
    values = {key: value.strip() for key, value in {**written, **environ}.items()}
    given = {key: value for key, value in values.items() if key.upper().startswith("LIREN_") and value}
    problems = _unknown(given)
    public_url = given.get("LIREN_PUBLIC_URL", DEFAULT_URL).rstrip("/")
    wechat = _wechat(given, public_url)
    telegram = _telegram(given, public_url)
    for channel in (wechat, telegram):
        problems += channel.problems() if channel else ()
    sandbox = _sandbox(given, problems)
    database_url = given.get("LIREN_DATABASE_URL", f"sqlite:///{folder / 'liren.db'}")
    problems += [*_database(database_url), *_others(given, public_url)]
    if problems:
        raise SettingsError(tuple(problems))
    return Settings(
        database_url=database_url,
        hierarchy=folder / given.get("LIREN_HIERARCHY", "hierarchy.yaml"),
        public_url=public_url,
        sandbox=sandbox,
        wechat=wechat,
        telegram=telegram,
        api_token=given.get("LIREN_API_TOKEN"),
        secret_key=given.get("LIREN_SECRET_KEY"),
        log=given.get("LIREN_LOG", "json"),
        free_space=int(given.get("LIREN_FREE_SPACE", DEFAULT_FREE_SPACE)),
        warnings=warnings,
    )


def _unknown(given: Mapping[str, str]) -> list[str]:
    problems = []
    for name in sorted(given.keys() - KNOWN):
        if name.startswith(FORESEEN):
            problems.append(f"{name}: WeCom is not supported yet; remove it to start without WeCom.")
        else:
            problems.append(f"{name}: no such setting; {_nearest(name)}")
    return problems


def _nearest(name: str) -> str:
    near = get_close_matches(name.upper(), sorted(KNOWN), n=1, cutoff=NEAR)
    return f"did you mean {near[0]}?" if near else "docs/settings.md lists them."


def _wechat(given: Mapping[str, str], public_url: str) -> WechatSettings | None:
    names = {name for name in given if name.startswith("LIREN_WECHAT_")}
    if not names:
        return None
    return WechatSettings(
        app_id=given.get("LIREN_WECHAT_APP_ID", ""),
        app_secret=given.get("LIREN_WECHAT_APP_SECRET", ""),
        token=given.get("LIREN_WECHAT_TOKEN", ""),
        aes_key=given.get("LIREN_WECHAT_AES_KEY", ""),
        aes_key_previous=given.get("LIREN_WECHAT_AES_KEY_PREVIOUS"),
        api_base=given.get("LIREN_WECHAT_API_BASE", API_BASE),
        template_id=given.get("LIREN_WECHAT_TEMPLATE_ID"),
        public_url=public_url,
    )


def _telegram(given: Mapping[str, str], public_url: str) -> TelegramSettings | None:
    names = {name for name in given if name.startswith("LIREN_TELEGRAM_")}
    if not names:
        return None
    return TelegramSettings(
        token=given.get("LIREN_TELEGRAM_TOKEN", ""),
        webhook_secret=given.get("LIREN_TELEGRAM_WEBHOOK_SECRET"),
        api_base=given.get("LIREN_TELEGRAM_API_BASE", OFFICIAL_API),
        mode=cast(
            Mode, given.get("LIREN_TELEGRAM_MODE", "webhook")
        ),  # its `problems` says what is wrong with it
        public_url=public_url,
    )


def _sandbox(given: Mapping[str, str], problems: list[str]) -> SandboxSettings:
    try:
        return SandboxSettings(mode=parse_mode(given.get("LIREN_SANDBOX", "auto")))
    except ValueError as error:
        problems.append(str(error))
        return SandboxSettings(mode=SandboxMode.AUTO)


def _database(url: str) -> list[str]:
    try:
        parse_address(url)
    except DatabaseAddressError as error:
        return [f"LIREN_DATABASE_URL: {error}"]
    return []


def _others(given: Mapping[str, str], public_url: str) -> list[str]:
    problems = []
    if not public_url.startswith(("http://", "https://")):
        problems.append("LIREN_PUBLIC_URL: must begin with http:// or https://")
    if 0 < len(given.get("LIREN_API_TOKEN", "")) < SHORTEST_TOKEN:
        problems.append(f"LIREN_API_TOKEN: must have at least {SHORTEST_TOKEN} characters")
    if 0 < len(given.get("LIREN_SECRET_KEY", "")) < SHORTEST_KEY:
        problems.append(f"LIREN_SECRET_KEY: must have at least {SHORTEST_KEY} characters")
    if given.get("LIREN_LOG", "json") not in {"json", "text"}:
        problems.append("LIREN_LOG: must be json or text")
    if not given.get("LIREN_FREE_SPACE", "0").isdecimal():
        problems.append("LIREN_FREE_SPACE: must be a number of MiB, such as 256; 0 does not look")
    return problems
