"""One-time codes of an authenticator app (RFC 6238: SHA-1, six figures, thirty seconds) and recovery codes."""

import base64
import hashlib
import hmac
import secrets
from datetime import datetime
from urllib.parse import quote

STEP_SECONDS = 30
DIGITS = 6
DRIFT = (0, -1, 1)
"""Steps that are tried: a phone's clock may be half a minute off."""

RECOVERY_CODES = 10
_RECOVERY_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
_RECOVERY_LENGTH = 16


def make_secret() -> str:
    """160 bits in Base32, as the RFC advises and every app takes."""
    return base64.b32encode(secrets.token_bytes(20)).decode()


def code_at(secret: str, step: int) -> str:
    """RFC 4226, 5.3."""
    digest = hmac.digest(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1)
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_at(now: datetime) -> int:
    return int(now.timestamp()) // STEP_SECONDS


def find_step(secret: str, code: str, now: datetime) -> int | None:
    """The step whose code this is, None for none of those near. Whether it was used before is for the caller."""
    written = "".join(code.split())
    found = None
    for drift in DRIFT:
        step = step_at(now) + drift
        if hmac.compare_digest(code_at(secret, step).encode(), written.encode(errors="replace")):
            found = step
    return found


def make_uri(secret: str, account: str, *, issuer: str) -> str:
    """What the QR picture says: https://github.com/google/google-authenticator/wiki/Key-Uri-Format"""
    label = quote(f"{issuer}:{account}", safe="")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer, safe='')}"


def make_recovery_codes() -> list[str]:
    """Nearly 80 bits each, so that a plain digest protects them; without letters that look alike."""
    return [_make_recovery_code() for _ in range(RECOVERY_CODES)]


def digest_recovery_code(code: str) -> str:
    letters = "".join(each for each in code.casefold() if each.isalnum())
    return hashlib.sha256(letters.encode(errors="replace")).hexdigest()


def looks_like_recovery_code(code: str) -> bool:
    return sum(each.isalnum() for each in code) == _RECOVERY_LENGTH


def _make_recovery_code() -> str:
    letters = "".join(secrets.choice(_RECOVERY_LETTERS) for _ in range(_RECOVERY_LENGTH))
    return "-".join(letters[at : at + 4] for at in range(0, _RECOVERY_LENGTH, 4))
