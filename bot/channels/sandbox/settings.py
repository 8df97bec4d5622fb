"""Whether the sandbox is on, and its limits. Reading the environment is `app.settings`' work."""

from dataclasses import dataclass
from enum import StrEnum

CHANNEL = "sandbox"
ACCOUNT = "sandbox"
BOT_AUTHOR = "liren"
BOT_NAME = "里仁"


class SandboxMode(StrEnum):
    """`auto`: on while no real channel is configured."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class SandboxSettings:
    """`max_text` counts characters, the other limits bytes. `stream_seconds` ends a live stream, which then resumes;
    `look_seconds` is how often a quiet one looks for lines of other processes."""

    mode: SandboxMode = SandboxMode.AUTO
    max_text: int = 4000
    max_picture: int = 1024 * 1024
    max_body: int = 1536 * 1024
    stream_seconds: float = 300
    look_seconds: float = 2


def parse_mode(text: str) -> SandboxMode:
    """The value of LIREN_SANDBOX; ValueError says which words are known."""
    try:
        return SandboxMode(text.strip().lower() or SandboxMode.AUTO)
    except ValueError:
        raise ValueError('LIREN_SANDBOX is "auto", "on" or "off"') from None


def is_on(settings: SandboxSettings, *, real_channels: int) -> bool:
    if settings.mode is SandboxMode.AUTO:
        return real_channels == 0
    return settings.mode is SandboxMode.ON
