"""Everything that is made with the service's key: tokens of forms, signatures of links, sealed secrets of apps."""

import base64
import hashlib
import hmac
import secrets
from binascii import Error as Base64Error

from cryptography.fernet import Fernet, InvalidToken


class Seals:
    """Each purpose has a key of its own, so that what is made for one is worth nothing for another."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._fernet = Fernet(base64.urlsafe_b64encode(self._derive("sealed secrets")))

    def make_csrf(self, session_digest: str) -> str:
        return _encode(self._mac("form", session_digest.encode()))

    def is_csrf(self, token: str, session_digest: str) -> bool:
        return hmac.compare_digest(self.make_csrf(session_digest).encode(), token.encode(errors="replace"))

    def sign(self, purpose: str, content: bytes) -> str:
        """The content and its signature, good in an address."""
        return f"{_encode(content)}.{_encode(self._mac(purpose, content))}"

    def open_signed(self, purpose: str, token: str) -> bytes | None:
        """What was signed for this purpose; None for everything else."""
        written, _, signed = token.partition(".")
        try:
            content, mac = _decode(written), _decode(signed)
        except (ValueError, Base64Error):
            return None
        return content if hmac.compare_digest(mac, self._mac(purpose, content)) else None

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def unseal(self, sealed: str) -> str | None:
        """None when it was changed, or sealed with another key."""
        try:
            return self._fernet.decrypt(sealed.encode(errors="replace")).decode()
        except InvalidToken:
            return None

    @property
    def fingerprint(self) -> str:
        """Tells this key from another one and says nothing else about it."""
        return self._mac("fingerprint", b"").hex()[:16]

    def _derive(self, purpose: str) -> bytes:
        return hmac.digest(self._key, f"liren {purpose}".encode(), hashlib.sha256)

    def _mac(self, purpose: str, content: bytes) -> bytes:
        return hmac.digest(self._derive(purpose), content, hashlib.sha256)


def make_token() -> str:
    """256 random bits for a cookie or a link; only its digest is stored."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _encode(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    """Only the one spelling that `_encode` gives: another one of the same bytes would count as a link not used yet."""
    content = base64.urlsafe_b64decode(text.encode("ascii") + b"=" * (-len(text) % 4))
    if _encode(content) != text:
        raise ValueError("not the plain spelling")
    return content
