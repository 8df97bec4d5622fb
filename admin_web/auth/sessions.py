"""Sessions of browsers: kinds, how long they are good, the cookie, which is only the key to a row of a table."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from fastapi import Request, Response

from admin_web.auth.ports import Books, OpenBooks, Session
from admin_web.auth.seals import digest_of, make_token


class SessionKind(StrEnum):
    """`half`: the password was right, the code is awaited. `work`: by a link, for `/work` only."""

    OFFICE = "office"
    HALF = "half"
    WORK = "work"


@dataclass(frozen=True, slots=True)
class Lifetime:
    """Ends so long after it was last used, and so long after it was made."""

    idle: timedelta
    absolute: timedelta


LIFETIMES = {
    SessionKind.OFFICE: Lifetime(timedelta(minutes=15), timedelta(hours=12)),
    SessionKind.HALF: Lifetime(timedelta(minutes=5), timedelta(minutes=5)),
    SessionKind.WORK: Lifetime(timedelta(hours=12), timedelta(hours=12)),
}
TOUCHED_EVERY = timedelta(minutes=1)
"""A session that was seen less long ago is not written again."""

LONGEST_COOKIE = 128
_DEVICES = (
    ("MicroMessenger", "微信"), ("Edg/", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"),
    ("Mac OS", "Mac"), ("Linux", "Linux"),
)  # fmt: skip


def begin_session(
    books: OpenBooks,
    kind: SessionKind,
    *,
    account_id: int | None = None,
    staff_id: str | None = None,
    device: str,
    now: datetime,
) -> str:
    """A new one; returns what the browser is to keep. Nobody else ever learns it."""
    token = make_token()
    books.web_sessions.add(
        digest_of(token),
        kind=kind.value,
        account_id=account_id,
        staff_id=staff_id,
        device=device,
        now=now,
        ends_at=now + LIFETIMES[kind].absolute,
    )
    return token


def find_session(
    books: Books, digest: str, *, kinds: frozenset[SessionKind], now: datetime
) -> Session | None:
    """The session, while it is good and of one of these kinds."""
    session = books.web_sessions.find(digest)
    if session is None or session.kind not in kinds:
        return None
    idle_until = session.seen_at + LIFETIMES[SessionKind(session.kind)].idle
    return session if now < min(session.ends_at, idle_until) else None


def device_of(request: Request) -> str:
    """ "Firefox · Windows": enough to know one's own, and no more is kept."""
    agent = request.headers.get("user-agent", "")
    names = [next((name for sign, name in table if sign in agent), "") for table in (_DEVICES, _SYSTEMS)]
    return " · ".join(each for each in names if each)


@dataclass(frozen=True, slots=True)
class Cookies:
    """With https the names begin with `__Host-`: no other host and no plain connection can set them (RFC 6265bis)."""

    is_secure: bool

    def name(self, kind: SessionKind) -> str:
        plain = f"liren-{kind.value}"
        return f"__Host-{plain}" if self.is_secure else plain

    def read(self, request: Request, kind: SessionKind) -> str | None:
        """The digest of what the browser holds."""
        token = request.cookies.get(self.name(kind), "")
        return digest_of(token) if 0 < len(token) <= LONGEST_COOKIE else None

    def put(self, response: Response, kind: SessionKind, token: str) -> None:
        """Until the browser is closed; the table says how long it is good."""
        response.set_cookie(
            self.name(kind), token, path="/", secure=self.is_secure, httponly=True, samesite="lax"
        )

    def drop(self, response: Response, kind: SessionKind) -> None:
        response.delete_cookie(
            self.name(kind), path="/", secure=self.is_secure, httponly=True, samesite="lax"
        )
