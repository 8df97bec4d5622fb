"""What people do with their own account: begin with a link, change the password, use an app for codes, end sessions."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from admin_web.auth import account_changes as changes
from admin_web.auth import totp, tries
from admin_web.auth.account_changes import Wanted, by_account
from admin_web.auth.links import Links
from admin_web.auth.passwords import Passwords, find_fault
from admin_web.auth.ports import Account, AccountStore, OpenBooks, Session
from admin_web.auth.refusals import AuthRefused
from admin_web.auth.rights import WHOLE_TREE
from admin_web.auth.seals import Seals, digest_of
from admin_web.auth.sessions import SessionKind, begin_session
from admin_web.auth.sign_in import From, Opened
from admin_web.ports import Role
from routing.hierarchy import Hierarchy

ISSUER = "里仁"


@dataclass(frozen=True, slots=True)
class OwnPage:
    account: Account
    sessions: Sequence[Session]
    codes_left: int


class OwnAccountDesk:
    def __init__(
        self,
        store: AccountStore,
        passwords: Passwords,
        seals: Seals,
        links: Links,
        hierarchy: Callable[[], Hierarchy],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._passwords = passwords
        self._seals = seals
        self._links = links
        self._hierarchy = hierarchy
        self._now = now

    # --- beginning ---

    async def is_first_admin_wanted(self, key: str) -> bool:
        if not self._links.is_first_admin_key(key):
            return False
        return await self.is_nobody_here()

    async def is_nobody_here(self) -> bool:
        """Before the first admin came: nobody can sign in."""
        return await self._store.read(lambda books: books.accounts.is_empty())

    async def become_first_admin(self, key: str, name: str, password: str, *, come: From) -> Opened:
        """Works once for the whole life of a database. Raises AuthRefused."""
        if not await self.is_first_admin_wanted(key):
            raise AuthRefused("link.over")  # before a stranger makes us hash
        password_hash = await self._hash_new(password, name)

        def begin(books: OpenBooks) -> Opened:
            by = changes.By("first admin link", self._now())
            books.accounts.lock()
            if not self._links.is_first_admin_key(key) or not books.accounts.is_empty():
                raise AuthRefused("link.over")
            wanted = Wanted(Role.ADMIN, WHOLE_TREE)
            account_id = changes.add_account(books, name, wanted, hierarchy=self._hierarchy(), by=by)
            books.accounts.set_password(account_id, password_hash)
            return self._open(books, account_id, come=come)

        return await self._store.run(begin)

    async def find_invited(self, token: str) -> Account | None:
        return await self._store.read(
            lambda books: books.accounts.find_linked(digest_of(token), now=self._now())
        )

    async def accept(self, token: str, password: str, *, come: From) -> Opened:
        """A new password by a link, without the second factor of before. Raises AuthRefused."""
        invited = await self.find_invited(token)
        if invited is None:
            raise AuthRefused("link.over")
        password_hash = await self._hash_new(password, invited.name)

        def begin(books: OpenBooks) -> Opened:
            account = books.accounts.find_linked(digest_of(token), now=self._now())
            if account is None:
                raise AuthRefused("link.over")
            changes.drop_second_factor(books, account)
            by = by_account(account.account_id, self._now())
            changes.set_password(books, account, password_hash, by=by)
            return self._open(books, account.account_id, come=come)

        return await self._store.run(begin)

    # --- going on ---

    async def get_page(self, account_id: int) -> OwnPage:
        now = self._now()
        found = await self._store.read(
            lambda books: (
                books.accounts.find(account_id),
                books.web_sessions.list_of(account_id),
                books.accounts.count_recovery_codes(account_id),
            )
        )
        account, sessions, codes_left = found
        assert account is not None
        good = [each for each in sessions if each.ends_at > now and each.kind == SessionKind.OFFICE]
        return OwnPage(account, good, codes_left)

    async def change_password(self, account_id: int, old: str, new: str, *, come: From) -> Opened:
        """All sessions end; this browser gets a new one. Raises AuthRefused."""
        account = await self._confirm(account_id, old)
        password_hash = await self._hash_new(new, account.name)

        def change(books: OpenBooks) -> Opened:
            changes.set_password(books, account, password_hash, by=by_account(account_id, self._now()))
            return self._open(books, account_id, come=come)

        return await self._store.run(change)

    async def propose_secret(self, account_id: int, password: str) -> tuple[str, str]:
        """A secret for an app, and the same sealed for this account: nothing is stored before a code proves it.

        Raises AuthRefused: whoever finds an open page must not lock its owner out with a phone of their own. Also while
        there is an app: it is left first, and not replaced.
        """
        _require_no_app(await self._store.read(lambda books: books.accounts.find(account_id)))
        await self._confirm(account_id, password)
        secret = totp.make_secret()
        return secret, self._seals.seal(f"{account_id}:{secret}")

    def open_proposed(self, account_id: int, sealed: str) -> str | None:
        """The secret that was proposed to this account, None for anything else."""
        whose, _, secret = (self._seals.unseal(sealed) or "").partition(":")
        return secret if whose == str(account_id) and secret else None

    async def use_app(self, account_id: int, sealed: str, code: str, *, keep: str) -> list[str]:
        """The recovery codes, shown once. Other sessions end, for they came in without. Raises AuthRefused."""
        secret = self.open_proposed(account_id, sealed)
        step = totp.find_step(secret, code, self._now()) if secret else None
        if secret is None or step is None:
            raise AuthRefused("account.wrong_code")
        own, codes = secret, totp.make_recovery_codes()

        def put(books: OpenBooks) -> None:
            account = books.accounts.find(account_id)
            # The same form sent twice turns the same app on, with codes that are seen.
            if account is None or self._seals.unseal(account.totp_secret or "") != own:
                _require_no_app(account)
            books.accounts.set_totp(account_id, self._seals.seal(own), step=step)
            books.accounts.put_recovery_codes(account_id, map(totp.digest_recovery_code, codes))
            books.web_sessions.end_all_of(account_id, but=keep)
            changes.note(books, "account.app_added", account_id, by_account(account_id, self._now()), {})

        await self._store.run(put)
        return codes

    async def leave_app(self, account_id: int, password: str, *, keep: str) -> None:
        account = await self._confirm(account_id, password)

        def drop(books: OpenBooks) -> None:
            changes.drop_second_factor(books, account)
            books.web_sessions.end_all_of(account_id, but=keep)
            changes.note(books, "account.app_removed", account_id, by_account(account_id, self._now()), {})

        await self._store.run(drop)

    async def renew_codes(self, account_id: int, password: str) -> list[str]:
        """New recovery codes, shown once; the old ones are void. Raises AuthRefused."""
        account = await self._confirm(account_id, password)
        if account.totp_secret is None:
            raise AuthRefused("account.no_app")
        codes = totp.make_recovery_codes()

        def put(books: OpenBooks) -> None:
            books.accounts.put_recovery_codes(account_id, map(totp.digest_recovery_code, codes))
            changes.note(books, "account.codes_renewed", account_id, by_account(account_id, self._now()), {})

        await self._store.run(put)
        return codes

    async def end_other_sessions(self, account_id: int, *, keep: str) -> int:
        return await self._store.run(lambda books: books.web_sessions.end_all_of(account_id, but=keep))

    async def _confirm(self, account_id: int, password: str) -> Account:
        """The account, when this is its password. Raises AuthRefused; tries are counted as at the door."""
        limits = tries.code_limits(account_id)
        if await self._store.run(lambda books: tries.claim_try(books, limits, self._now())) is not None:
            raise AuthRefused("sign_in.too_often")
        account = await self._store.read(lambda books: books.accounts.find(account_id))
        if not await self._passwords.is_right(password, account.password_hash if account else None):
            raise AuthRefused("account.wrong_password")
        assert account is not None
        await self._store.run(lambda books: tries.forgive(books, limits))
        return account

    async def _hash_new(self, password: str, name: str) -> str:
        fault = find_fault(password, name)
        if fault is not None:
            raise AuthRefused(fault)
        return await self._passwords.make_hash(password)

    def _open(self, books: OpenBooks, account_id: int, *, come: From) -> Opened:
        if come.held:
            books.web_sessions.end(come.held)
        token = begin_session(
            books, SessionKind.OFFICE, account_id=account_id, device=come.device, now=self._now()
        )
        return Opened(SessionKind.OFFICE, token)


def _require_no_app(account: Account | None) -> None:
    if account is not None and account.totp_secret is not None:
        raise AuthRefused("account.app_is_on")
