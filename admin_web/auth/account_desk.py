"""What admins do with accounts of others: see, invite, change, close, let back in. Each as one transaction that looks
again at who asks: what they could do when the page was made may be over."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from admin_web.auth import account_changes as changes
from admin_web.auth.account_changes import By, Wanted, by_account, holder_of
from admin_web.auth.links import Links
from admin_web.auth.ports import Account, AccountStore, Books, OpenBooks
from admin_web.auth.refusals import AuthRefused, PageRefused
from admin_web.auth.rights import Holder, may_grant, may_manage, may_see
from routing.hierarchy import Hierarchy

T = TypeVar("T")
_LARGEST_ID = 2**63 - 1
"""No database keeps a larger one; an address may name any."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An account as the one who asks sees it."""

    account: Account
    may_manage: bool


@dataclass(frozen=True, slots=True)
class Invited:
    account_id: int
    link: str


class AccountDesk:
    def __init__(
        self,
        store: AccountStore,
        links: Links,
        hierarchy: Callable[[], Hierarchy],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._links = links
        self._hierarchy = hierarchy
        self._now = now

    async def list_visible(self, actor: Holder) -> Sequence[Entry]:
        """By name, only those that the actor may see."""
        everybody = await self._store.read(lambda books: books.accounts.list_all())
        return [self._entry(actor, each) for each in everybody if self._sees(actor, each)]

    async def get_visible(self, actor: Holder, account_id: int) -> Entry:
        """Raises PageRefused 404 alike for one that is not there and one out of sight."""
        return await self._store.read(lambda books: self._get(books, actor, account_id))

    async def invite(self, actor_id: int, name: str, wanted: Wanted) -> Invited:
        """The link is shown once. Raises AuthRefused."""

        def add(books: OpenBooks, actor: Holder, by: By) -> Invited:
            self._require_grant(actor, wanted)
            account_id = changes.add_account(books, name, wanted, hierarchy=self._hierarchy(), by=by)
            account = books.accounts.find(account_id)
            assert account is not None
            token = changes.renew_link(books, account, by=by)
            return Invited(account_id, self._links.make_invitation_link(token))

        return await self._change(actor_id, add)

    async def renew_link(self, actor_id: int, account_id: int) -> str:
        """For who lost password or telephone. Raises AuthRefused, PageRefused."""

        def renew(books: OpenBooks, actor: Holder, by: By) -> str:
            account = self._get_managed(books, actor, account_id)
            if account.disabled_at is not None:
                raise AuthRefused("accounts.is_disabled")
            return self._links.make_invitation_link(changes.renew_link(books, account, by=by))

        return await self._change(actor_id, renew)

    async def change_role(self, actor_id: int, account_id: int, wanted: Wanted) -> None:
        def change(books: OpenBooks, actor: Holder, by: By) -> None:
            account = self._get_managed(books, actor, account_id)
            self._require_grant(actor, wanted)
            changes.change_role(books, account, wanted, hierarchy=self._hierarchy(), by=by)

        await self._change(actor_id, change)

    async def disable(self, actor_id: int, account_id: int) -> None:
        def close(books: OpenBooks, actor: Holder, by: By) -> None:
            changes.disable(books, self._get_managed(books, actor, account_id), by=by)

        await self._change(actor_id, close)

    async def enable(self, actor_id: int, account_id: int) -> None:
        def reopen(books: OpenBooks, actor: Holder, by: By) -> None:
            changes.enable(books, self._get_managed(books, actor, account_id), by=by)

        await self._change(actor_id, reopen)

    async def end_sessions(self, actor_id: int, account_id: int) -> int:
        def end(books: OpenBooks, actor: Holder, by: By) -> int:
            account = self._get_managed(books, actor, account_id)
            ended = books.web_sessions.end_all_of(account.account_id)
            changes.note(books, "account.sessions_ended", account.account_id, by, {})
            return ended

        return await self._change(actor_id, end)

    async def _change(self, actor_id: int, change: Callable[[OpenBooks, Holder, By], T]) -> T:
        def job(books: OpenBooks) -> T:
            books.accounts.lock()
            actor = books.accounts.find(actor_id)
            if actor is None or actor.disabled_at is not None:
                raise AuthRefused("accounts.not_allowed")
            return change(books, holder_of(actor), by_account(actor_id, self._now()))

        return await self._store.run(job)

    def _require_grant(self, actor: Holder, wanted: Wanted) -> None:
        if not may_grant(actor, wanted.role, wanted.scope, self._hierarchy()):
            raise AuthRefused("accounts.not_allowed")

    def _get_managed(self, books: Books, actor: Holder, account_id: int) -> Account:
        entry = self._get(books, actor, account_id)
        if not entry.may_manage:
            raise AuthRefused("accounts.not_allowed")
        return entry.account

    def _get(self, books: Books, actor: Holder, account_id: int) -> Entry:
        account = books.accounts.find(account_id) if account_id <= _LARGEST_ID else None
        if account is None or not self._sees(actor, account):
            raise PageRefused(404, "refused.no_such_account")
        return self._entry(actor, account)

    def _sees(self, actor: Holder, account: Account) -> bool:
        return may_see(actor, holder_of(account), self._hierarchy())

    def _entry(self, actor: Holder, account: Account) -> Entry:
        return Entry(account, may_manage(actor, holder_of(account), self._hierarchy()))
