"""Passwords: which are good enough, and Argon2id off the event loop, a few at a time because each takes memory."""

import asyncio
import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST_PASSWORD = 10
LONGEST_PASSWORD = 200
AT_ONCE = 2

# The beginnings of the lists of leaked passwords, here and elsewhere, that are long enough to be taken.
_KNOWN_TO_ALL = (
    "1234567890", "0123456789", "0987654321", "1q2w3e4r5t", "qwertyuiop", "password12", "password123", "passw0rd123",
    "administrator", "adminadmin", "admin123456", "admin12345", "liren123456", "woaini1314", "woaini5201314",
    "iloveyou123", "abcd123456", "abc1234567", "a123456789", "aa123456789", "123456789a", "qq123456789", "1qaz2wsx3edc",
    "zxcvbnm123", "asdfghjkl1", "letmein123", "welcome123", "changeme123", "5201314520", "1314521521",
)  # fmt: skip


class Passwords:
    """`hasher` is Argon2id with the library's parameters, RFC 9106's second choice: 64 MiB, three passes."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        # Checked when there is no such account, so that both cases take the same time.
        self._nobody = self._hasher.hash("nobody")
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def make_hash(self, password: str) -> str:
        async with self._turns:
            return await asyncio.to_thread(self.make_hash_now, password)

    async def is_right(self, password: str, password_hash: str | None) -> bool:
        """False without a hash, after the same work as with one."""
        async with self._turns:
            fits = await asyncio.to_thread(self._fits, password_hash or self._nobody, password)
        return fits and password_hash is not None

    def is_outdated(self, password_hash: str) -> bool:
        """True when this release would hash with other parameters."""
        return self._hasher.check_needs_rehash(password_hash)

    def make_hash_now(self, password: str) -> str:
        """Blocks."""
        return self._hasher.hash(_normal(password))

    def _fits(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, _normal(password[:LONGEST_PASSWORD]))
        except (VerificationError, InvalidHashError):
            return False


def find_fault(password: str, name: str) -> str | None:
    """The key of a sentence that says why this is no password for this name; None when it is one."""
    plain = _normal(password).casefold()
    if len(plain) < SHORTEST_PASSWORD:
        return "password.too_short"
    if len(password) > LONGEST_PASSWORD:
        return "password.too_long"
    if plain in _KNOWN_TO_ALL or len(set(plain)) < SHORTEST_PASSWORD // 2:
        return "password.known_to_all"
    if len(name) > 2 and name.casefold() in plain:
        return "password.like_name"
    return None


def _normal(password: str) -> str:
    """Keyboards give the same sign in several forms (NIST SP 800-63B, 3.1.1.2). Lone surrogates have no UTF-8."""
    return unicodedata.normalize("NFKC", password).encode(errors="replace").decode()
