"""The door of the pages: who is signed in, and whether a form really comes from our own page.

A page takes `Annotated[Visitor, Depends(signed_in)]` and needs nothing else: a request that changes something is let
through only with its token and from this site.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import UploadFile

from admin_web.api.scope import Visit, make_visit
from admin_web.auth.ports import Account, AccountStore, Books, Session
from admin_web.auth.refusals import PageRefused, SignInNeeded
from admin_web.auth.rights import WHOLE_TREE, Holder
from admin_web.auth.seals import Seals
from admin_web.auth.sessions import TOUCHED_EVERY, Cookies, SessionKind, find_session
from admin_web.ports import Grant, Role
from routing.hierarchy import Hierarchy

CSRF_FIELD = "csrf"
CSRF_HEADER = "x-csrf-token"
BACKGROUND_HEADER = "liren-background"
"""Sent by scripts that look for news by themselves: such a request keeps no session alive."""

LARGEST_FORM = 256 * 1024
LARGEST_UPLOAD = 24 * 1024 * 1024
_HARMLESS = frozenset({"GET", "HEAD", "OPTIONS"})
_URLENCODED = "application/x-www-form-urlencoded"
_MULTIPART = "multipart/form-data"
_JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks. `visit` holds grant, tree and scope, the same as a token's in the API.

    `account_id` is None for staff who came by a link; `staff_id` None for accounts that are nobody of the tree.
    """

    name: str
    kind: SessionKind
    visit: Visit
    csrf: str
    session: str
    account_id: int | None = None
    staff_id: str | None = None
    has_second_factor: bool = False

    @property
    def role(self) -> Role:
        return self.visit.grant.role

    @property
    def holder(self) -> Holder:
        """As the rules about accounts know them. Only for those with an account."""
        assert self.account_id is not None
        grant = self.visit.grant
        return Holder(self.account_id, grant.role, WHOLE_TREE if grant.is_root else grant.scope_node)


@dataclass(frozen=True, slots=True)
class Gate:
    """Finds the visitor of a request. One for the application, at `app.state.gate`."""

    store: AccountStore
    hierarchy: Callable[[], Hierarchy]
    seals: Seals
    cookies: Cookies
    public_url: str
    now: Callable[[], datetime]

    async def admit(self, request: Request, *, kinds: tuple[SessionKind, ...]) -> Visitor:
        """Raises SignInNeeded, or PageRefused for a form that is not ours."""
        for kind in kinds:
            digest = self.cookies.read(request, kind)
            visitor, seen_at = await self._find(digest, kind) if digest else (None, None)
            if visitor is not None and seen_at is not None:
                await self._require_own_form(request, visitor)
                if BACKGROUND_HEADER not in request.headers:
                    await self._touch(visitor.session, seen_at)
                request.state.visitor = visitor
                return visitor
        raise SignInNeeded

    async def _find(self, digest: str, kind: SessionKind) -> tuple[Visitor | None, datetime | None]:
        now = self.now()

        def look(books: Books) -> tuple[Session | None, Account | None]:
            session = find_session(books, digest, kinds=frozenset({kind}), now=now)
            account = books.accounts.find(session.account_id) if session and session.account_id else None
            return session, account

        session, account = await self.store.read(look)
        if session is None:
            return None, None
        if kind is SessionKind.WORK:
            return self._staff_visitor(session), session.seen_at
        if account is None or account.disabled_at is not None:
            return None, None
        return self._account_visitor(session, account), session.seen_at

    def _account_visitor(self, session: Session, account: Account) -> Visitor:
        tree = self.hierarchy()
        is_root = account.scope == WHOLE_TREE
        grant = Grant(account.name, Role(account.role), account.scope, is_root=is_root)
        known = account.staff_id if account.staff_id and tree.find_staff(account.staff_id) else None
        return Visitor(
            name=account.name,
            kind=SessionKind.OFFICE,
            visit=make_visit(grant, tree),
            csrf=self.seals.make_csrf(session.digest),
            session=session.digest,
            account_id=account.account_id,
            staff_id=known,
            has_second_factor=account.totp_secret is not None,
        )

    def _staff_visitor(self, session: Session) -> Visitor | None:
        """None for those who have left the tree."""
        tree = self.hierarchy()
        staff = tree.find_staff(session.staff_id or "")
        if staff is None:
            return None
        return Visitor(
            name=staff.name,
            kind=SessionKind.WORK,
            visit=make_visit(Grant(staff.staff_id, Role.STAFF, staff.node_id), tree),
            csrf=self.seals.make_csrf(session.digest),
            session=session.digest,
            staff_id=staff.staff_id,
        )

    async def _touch(self, digest: str, seen_at: datetime) -> None:
        now = self.now()
        if now - seen_at >= TOUCHED_EVERY:
            await self.store.run(lambda books: books.web_sessions.touch(digest, now=now))

    async def _require_own_form(self, request: Request, visitor: Visitor) -> None:
        if request.method in _HARMLESS:
            return
        require_same_site(request, self.public_url)
        require_bounded(request)
        token = request.headers.get(CSRF_HEADER) or await _read_token(request)
        if not self.seals.is_csrf(token, visitor.session):
            raise PageRefused(403, "refused.not_our_form")


async def signed_in(request: Request) -> Visitor:
    """Those with an account."""
    return await _gate_of(request).admit(request, kinds=(SessionKind.OFFICE,))


async def signed_in_for_work(request: Request) -> Visitor:
    """For `/work`: staff who came by a link, and accounts that are somebody of the tree (`staff_id`)."""
    visitor = await _gate_of(request).admit(request, kinds=(SessionKind.WORK, SessionKind.OFFICE))
    if visitor.staff_id is None:
        raise PageRefused(403, "refused.not_staff")
    return visitor


def require_role(*roles: Role) -> Callable[[Request], Awaitable[Visitor]]:
    """A dependency like `signed_in`, for these roles only; others get a page with 403."""

    async def signed_in_as(request: Request) -> Visitor:
        visitor = await signed_in(request)
        if visitor.role not in roles:
            raise PageRefused(403, "refused.role_too_small")
        return visitor

    return signed_in_as


def require_same_site(request: Request, public_url: str) -> None:
    """Browsers say where a form was sent from; one of another site is refused whatever else it carries. What sends
    neither header is no browser, and the token decides."""
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise PageRefused(403, "refused.not_our_form")
    origin = request.headers.get("origin")
    if origin is None:
        return
    sent_from = urlsplit(origin).netloc
    if not sent_from or sent_from not in {urlsplit(public_url).netloc, request.headers.get("host", "")}:
        raise PageRefused(403, "refused.not_our_form")


def require_bounded(request: Request) -> None:
    """A form says how long it is, and is of a kind that we read: 411, 413, 415."""
    kind = request.headers.get("content-type", _URLENCODED).partition(";")[0].strip().lower()
    if kind not in {_URLENCODED, _MULTIPART, _JSON}:
        raise PageRefused(415, "refused.not_our_form")
    length = request.headers.get("content-length", "")
    if not length.isdecimal():
        raise PageRefused(411, "refused.not_our_form")
    if int(length) > (LARGEST_UPLOAD if kind == _MULTIPART else LARGEST_FORM):
        raise PageRefused(413, "refused.too_large")


async def read_form(request: Request) -> dict[str, str]:
    """The texts of a form; of a name that stands twice the last."""
    form = await request.form(max_files=0, max_fields=100)
    return {name: value for name, value in form.items() if not isinstance(value, UploadFile)}


async def _read_token(request: Request) -> str:
    kind = request.headers.get("content-type", "")
    if not kind.lower().startswith((_URLENCODED, _MULTIPART)):
        return ""
    token = (await request.form()).get(CSRF_FIELD, "")
    return token if isinstance(token, str) else ""


def _gate_of(request: Request) -> Gate:
    gate = request.app.state.gate
    assert isinstance(gate, Gate)
    return gate
