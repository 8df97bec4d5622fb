"""Coming in and going out: password, code, links. Each step is one transaction, and each success a new session."""

import hmac
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from admin_web.auth import totp, tries
from admin_web.auth.links import WorkPass
from admin_web.auth.names import key_of
from admin_web.auth.passwords import Passwords
from admin_web.auth.ports import Account, AccountStore, OpenBooks
from admin_web.auth.refusals import AuthRefused
from admin_web.auth.seals import Seals
from admin_web.auth.sessions import SessionKind, begin_session, find_session


@dataclass(frozen=True, slots=True)
class Opened:
    """A session just begun: `half` when a code is still to come. `token` is for the cookie."""

    kind: SessionKind
    token: str


@dataclass(frozen=True, slots=True)
class From:
    """Where a try comes from: the address of the network and the browser in a word or two. `held` is the digest of
    the session that the browser had before, which ends."""

    address: str
    device: str
    held: str | None = None


class SignInDesk:
    def __init__(
        self,
        store: AccountStore,
        passwords: Passwords,
        seals: Seals,
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._passwords = passwords
        self._seals = seals
        self._now = now

    async def give_password(self, name: str, password: str, *, come: From) -> Opened:
        """Raises AuthRefused: in the same words and after the same work for an unknown name and a wrong password."""
        key = key_of(name)
        limits = tries.sign_in_limits(key, come.address)
        await self._claim(limits, key)
        account = await self._store.read(lambda books: books.accounts.find_named(key))
        is_right = await self._passwords.is_right(password, account.password_hash if account else None)
        if account is None or not is_right or account.disabled_at is not None:
            raise AuthRefused("sign_in.wrong")
        new_hash = await self._renew_hash(account, password)
        found = account

        def open_session(books: OpenBooks) -> Opened:
            return self._after_password(books, found, come=come, limits=limits[:1], new_hash=new_hash)

        return await self._store.run(open_session)

    async def give_code(self, code: str, *, come: From) -> Opened:
        """The second step, for the half session that the browser holds. Raises AuthRefused."""
        held = come.held or ""
        kinds = frozenset({SessionKind.HALF})

        def check(books: OpenBooks) -> Opened | str:
            now = self._now()
            half = find_session(books, held, kinds=kinds, now=now)
            account = books.accounts.find(half.account_id) if half and half.account_id else None
            if account is None or account.disabled_at is not None:
                return "sign_in.start_again"
            limits = tries.code_limits(account.account_id)
            if tries.claim_try(books, limits, now) is not None:
                return "sign_in.too_often"
            if not self.use_code(books, account, code):
                return "sign_in.wrong_code"
            tries.forgive(books, limits)
            books.web_sessions.end(held)
            return self._open(books, account, come=come)

        # What a refused try counts is kept, so that the job itself does not fail.
        outcome = await self._store.run(check)
        if isinstance(outcome, str):
            raise AuthRefused(outcome)
        return outcome

    async def use_work_pass(self, work_pass: WorkPass, *, come: From) -> Opened | None:
        """None when the link was used before."""

        def use(books: OpenBooks) -> Opened | None:
            now = self._now()
            if not books.accounts.use_link(work_pass.digest, ends_at=work_pass.ends_at):
                return None
            token = begin_session(
                books, SessionKind.WORK, staff_id=work_pass.staff_id, device=come.device, now=now
            )
            if come.held:
                books.web_sessions.end(come.held)
            content = {"by": "link", "ticket": work_pass.ticket}
            _note(books, "staff.signed_in", f"staff:{work_pass.staff_id}", work_pass.staff_id, content, now)
            return Opened(SessionKind.WORK, token)

        return await self._store.run(use)

    async def sign_out(self, digest: str) -> None:
        await self._store.run(lambda books: books.web_sessions.end(digest))

    def use_code(self, books: OpenBooks, account: Account, code: str) -> bool:
        """A code of the app, each of which is good once, or a recovery code, which is then gone."""
        if totp.looks_like_recovery_code(code):
            digest = totp.digest_recovery_code(code)
            is_good = books.accounts.use_recovery_code(account.account_id, digest)
            if is_good:
                _note_account(books, "account.recovery_code_used", account, self._now())
            return is_good
        secret = self._seals.unseal(account.totp_secret or "")
        step = totp.find_step(secret, code, self._now()) if secret else None
        return step is not None and books.accounts.use_step(account.account_id, step)

    async def _claim(self, limits: tuple[tries.Limit, ...], name_key: str) -> None:
        def claim(books: OpenBooks) -> bool:
            now = self._now()
            over = tries.claim_try(books, limits, now)
            if (
                over is not None
                and books.sign_in_tries.count(over.bucket, since=now - tries.WINDOW) == over.most + 1
            ):
                account = books.accounts.find_named(name_key)
                subject = f"account:{account.account_id}" if account else "sign-in"
                _note(books, "sign_in.throttled", subject, "", {}, now)
            return over is None

        if not await self._store.run(claim):
            raise AuthRefused("sign_in.too_often")

    async def _renew_hash(self, account: Account, password: str) -> str | None:
        if account.password_hash and self._passwords.is_outdated(account.password_hash):
            return await self._passwords.make_hash(password)
        return None

    def _after_password(
        self,
        books: OpenBooks,
        found: Account,
        *,
        come: From,
        limits: tuple[tries.Limit, ...],
        new_hash: str | None,
    ) -> Opened:
        account = books.accounts.find(found.account_id)
        if account is None or account.disabled_at is not None or not _is_same_hash(account, found):
            raise AuthRefused("sign_in.wrong")
        if new_hash:
            books.accounts.set_password(account.account_id, new_hash)
        tries.forgive(books, limits)
        if come.held:
            books.web_sessions.end(come.held)
        if account.totp_secret is None:
            return self._open(books, account, come=come)
        token = begin_session(
            books, SessionKind.HALF, account_id=account.account_id, device=come.device, now=self._now()
        )
        return Opened(SessionKind.HALF, token)

    def _open(self, books: OpenBooks, account: Account, *, come: From) -> Opened:
        now = self._now()
        token = begin_session(
            books, SessionKind.OFFICE, account_id=account.account_id, device=come.device, now=now
        )
        _note_account(books, "account.signed_in", account, now)
        return Opened(SessionKind.OFFICE, token)


def _is_same_hash(one: Account, other: Account) -> bool:
    """Whether the password was not changed while it was checked."""
    return hmac.compare_digest(one.password_hash or "", other.password_hash or "")


def _note_account(books: OpenBooks, kind: str, account: Account, now: datetime) -> None:
    _note(books, kind, f"account:{account.account_id}", f"account:{account.account_id}", {}, now)


def _note(
    books: OpenBooks, kind: str, subject: str, by: str, content: dict[str, object], now: datetime
) -> None:
    books.audit.append(kind, subject=subject, by=by, content=content, at=now)
