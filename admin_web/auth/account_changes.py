"""Changes of accounts inside one transaction, with their audit rows: for the pages and for the command line alike.

Whether the one who asks may do it is in `account_desk`; what holds whoever asks is here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from admin_web.auth.links import INVITATION_FOR
from admin_web.auth.names import key_of, tidy_name
from admin_web.auth.ports import Account, OpenBooks
from admin_web.auth.refusals import AuthRefused
from admin_web.auth.rights import WHOLE_TREE, Holder
from admin_web.auth.seals import digest_of, make_token
from admin_web.ports import Role
from routing.hierarchy import Hierarchy


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an account shall be. `scope` is a node id, empty for the whole tree; `staff_id` empty for none."""

    role: Role
    scope: str
    staff_id: str = ""


@dataclass(frozen=True, slots=True)
class By:
    """In whose name, for the audit, and when."""

    who: str
    at: datetime


def by_account(account_id: int, at: datetime) -> By:
    return By(f"account:{account_id}", at)


def holder_of(account: Account) -> Holder:
    return Holder(account.account_id, Role(account.role), account.scope)


def add_account(books: OpenBooks, name: str, wanted: Wanted, *, hierarchy: Hierarchy, by: By) -> int:
    """An account that nobody can use yet. Raises AuthRefused."""
    tidy = tidy_name(name)
    if tidy is None:
        raise AuthRefused("accounts.bad_name")
    books.accounts.lock()
    if books.accounts.find_named(key_of(tidy)) is not None:
        raise AuthRefused("accounts.name_taken", name=tidy)
    wanted = check_wanted(wanted, hierarchy)
    account_id = books.accounts.add(
        tidy,
        key=key_of(tidy),
        role=wanted.role.value,
        scope=wanted.scope,
        staff_id=wanted.staff_id or None,
        now=by.at,
    )
    note(books, "account.added", account_id, by, {"role": wanted.role.value, "scope": wanted.scope})
    return account_id


def check_wanted(wanted: Wanted, hierarchy: Hierarchy) -> Wanted:
    """With the place of an admin, who is over everything whatever the root is by then. Raises AuthRefused."""
    if wanted.role is Role.ADMIN and wanted.scope in {WHOLE_TREE, hierarchy.root_id}:
        wanted = Wanted(wanted.role, WHOLE_TREE, wanted.staff_id)
    elif wanted.role is Role.ADMIN:
        raise AuthRefused("accounts.admin_below_root")
    elif hierarchy.find_node(wanted.scope) is None:
        raise AuthRefused("accounts.unknown_place")
    if wanted.staff_id:
        staff = hierarchy.find_staff(wanted.staff_id)
        top = wanted.scope or hierarchy.root_id
        if staff is None or not hierarchy.is_within(staff.node_id, top):
            raise AuthRefused("accounts.unknown_staff")
    return wanted


def renew_link(books: OpenBooks, account: Account, *, by: By) -> str:
    """A token that sets a new password and ends the second factor; the one before is void."""
    token = make_token()
    books.accounts.set_link(account.account_id, digest_of(token), ends_at=by.at + INVITATION_FOR)
    note(books, "account.link_made", account.account_id, by, {})
    return token


def change_role(books: OpenBooks, account: Account, wanted: Wanted, *, hierarchy: Hierarchy, by: By) -> None:
    """Ends all sessions of the account. Raises AuthRefused."""
    wanted = check_wanted(wanted, hierarchy)
    if wanted.role is not Role.ADMIN:
        guard_last_admin(books, account)
    books.accounts.set_role(
        account.account_id, role=wanted.role.value, scope=wanted.scope, staff_id=wanted.staff_id or None
    )
    books.web_sessions.end_all_of(account.account_id)
    content = {
        "role": wanted.role.value,
        "scope": wanted.scope,
        "role_before": account.role,
        "scope_before": account.scope,
    }
    note(books, "account.role_changed", account.account_id, by, content)


def disable(books: OpenBooks, account: Account, *, by: By) -> None:
    """Nobody can come in with it any more, from the next click on. Raises AuthRefused."""
    guard_last_admin(books, account)
    books.accounts.set_disabled(account.account_id, by.at)
    books.web_sessions.end_all_of(account.account_id)
    note(books, "account.disabled", account.account_id, by, {})


def enable(books: OpenBooks, account: Account, *, by: By) -> None:
    books.accounts.set_disabled(account.account_id, None)
    note(books, "account.enabled", account.account_id, by, {})


def set_password(books: OpenBooks, account: Account, password_hash: str, *, by: By) -> None:
    """Ends all sessions of the account; whoever is to go on gets a new one."""
    books.accounts.set_password(account.account_id, password_hash)
    books.web_sessions.end_all_of(account.account_id)
    note(books, "account.password_set", account.account_id, by, {})


def drop_second_factor(books: OpenBooks, account: Account) -> None:
    books.accounts.set_totp(account.account_id, None)
    books.accounts.put_recovery_codes(account.account_id, [])


def guard_last_admin(books: OpenBooks, account: Account) -> None:
    """Raises AuthRefused when nobody would be left who can name others. Two at once cannot remove each other."""
    books.accounts.lock()
    if is_active_admin(account) and not any(
        is_active_admin(each) and each.account_id != account.account_id for each in books.accounts.list_all()
    ):
        raise AuthRefused("accounts.last_admin")


def is_active_admin(account: Account) -> bool:
    """Invited is not enough: the invitation may never be opened."""
    return (
        account.role == Role.ADMIN.value and account.disabled_at is None and account.password_hash is not None
    )


def note(books: OpenBooks, kind: str, account_id: int, by: By, content: Mapping[str, object]) -> None:
    books.audit.append(kind, subject=f"account:{account_id}", by=by.who, content=content, at=by.at)
