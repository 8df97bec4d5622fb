"""Addresses that open a door once: the first admin's, an invitation's, a member of staff's to one ticket; and where a
page may lead on to."""

import json
import re
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode, urlsplit

from admin_web.auth.seals import Seals, digest_of

FIRST_ADMIN_FOR = timedelta(minutes=15)
INVITATION_FOR = timedelta(hours=72)
WORK_LINK_FOR = timedelta(hours=24)
FIRST_ADMIN_PATH = "/first-admin"
INVITATION_PATH = "/invitation"
WORK_SIGN_IN_PATH = "/work/sign-in"
LONGEST_KEY = 600

_FIRST_ADMIN = "first admin"
_WORK = "work sign-in"
# Control signs and backslashes are read as other signs by browsers, and so could begin another host.
_NOT_IN_A_PATH = re.compile(r"[\x00-\x20\x7f\\]")


@dataclass(frozen=True, slots=True)
class WorkPass:
    """Who comes, for which ticket. `digest` is what is noted when it was used; `sent_to` the mark of the chat account
    that it went to, empty where it was not sent to one."""

    staff_id: str
    ticket: int
    ends_at: datetime
    digest: str
    sent_to: str = ""


@dataclass(frozen=True, slots=True)
class Links:
    """`public_url` is the address of the settings, never the one that a request names."""

    seals: Seals
    public_url: str
    now: Callable[[], datetime]

    def make_first_admin_link(self) -> str:
        """Good for a quarter of an hour, and only while there is no account."""
        ends_at = self.now() + FIRST_ADMIN_FOR
        key = self._sign(_FIRST_ADMIN, [int(ends_at.timestamp()), secrets.token_urlsafe(8)])
        return self._address(FIRST_ADMIN_PATH, key)

    def is_first_admin_key(self, key: str) -> bool:
        content = self._open(_FIRST_ADMIN, key)
        return content is not None and _instant(content[0]) > self.now()

    def make_invitation_link(self, token: str) -> str:
        return self._address(INVITATION_PATH, token)

    def make_work_link(self, staff_id: str, ticket: int, *, sent_to: str = "") -> str:
        """Signs this member of staff in for `/work` and leads to the ticket; works once, within a day. It goes to the
        person alone: in a group it would sign in whoever taps it first. `sent_to` is `mark_of` the account that it goes
        to: when that is theirs no more, as after a phone was lost, neither is the link."""
        ends_at = self.now() + WORK_LINK_FOR
        content = [staff_id, ticket, int(ends_at.timestamp()), secrets.token_urlsafe(8), sent_to]
        return self._address(WORK_SIGN_IN_PATH, self._sign(_WORK, content))

    def open_work_key(self, key: str) -> WorkPass | None:
        """None when it is not ours, or has ended. Whether it was used before is in the books."""
        content = self._open(_WORK, key)
        if content is None:
            return None
        # Links of the release before have no mark.
        staff_id, ticket, seconds, _, *sent_to = content
        work_pass = WorkPass(staff_id, ticket, _instant(seconds), digest_of(key), "".join(sent_to))
        return work_pass if work_pass.ends_at > self.now() else None

    def _sign(self, purpose: str, content: list[object]) -> str:
        return self.seals.sign(purpose, json.dumps(content, separators=(",", ":")).encode())

    def _open(self, purpose: str, key: str) -> list[Any] | None:
        """What we signed has the form that we gave it."""
        content = self.seals.open_signed(purpose, key) if len(key) <= LONGEST_KEY else None
        opened: list[Any] | None = json.loads(content) if content is not None else None
        return opened

    def _address(self, path: str, key: str) -> str:
        return f"{self.public_url}{path}?{urlencode({'key': key})}"


def mark_of(channel: str, user: str) -> str:
    """Of a chat account, for a link: says nothing to whoever reads the link."""
    return digest_of(f"{channel}\0{user}")[:16]


def safe_next(address: str | None, *, default: str) -> str:
    """A place of this site; the default for everything that could lead elsewhere."""
    if not address or len(address) > LONGEST_KEY or _NOT_IN_A_PATH.search(address):
        return default
    if not address.startswith("/") or address.startswith("//"):
        return default
    try:
        parts = urlsplit(address)
    except ValueError:
        return default
    return default if parts.scheme or parts.netloc else address


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)
