"""`liren user add | list | link | disable`: accounts for the pages. No password is a default, and none is shown."""

import argparse
import sys
from collections.abc import Callable
from typing import TypeVar

from admin_web.auth import account_changes as changes
from admin_web.auth.account_changes import By, Wanted
from admin_web.auth.links import Links
from admin_web.auth.names import key_of
from admin_web.auth.passwords import Passwords, find_fault
from admin_web.auth.ports import Account, OpenBooks
from admin_web.auth.refusals import AuthRefused
from admin_web.auth.seals import Seals
from admin_web.ports import Role
from admin_web.words import CATALOGUES, Language
from app.clock import Clock
from app.commands.opening import load_settings, opened_store
from app.secret_key import get_secret_key
from routing.hierarchy import Hierarchy
from storage.hierarchy_file import MAX_BYTES, read_hierarchy
from storage.store import Store

T = TypeVar("T")
COMMAND_LINE = "command line"
ROLES = tuple(each.value for each in Role)


class NoSuchAccount(Exception):
    """By the name that is its text."""


def add_to(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    add = verbs.add_parser("add", help="make an account and print its one-time link")
    add.add_argument("name", metavar="NAME", help="the name to sign in with")
    add.add_argument("--role", choices=ROLES, required=True, metavar="ROLE", help=", ".join(ROLES))
    add.add_argument("--scope", required=True, metavar="NODE", help="id of the node whose subtree it is for")
    add.add_argument("--staff", default="", metavar="ID", help="id of the member of staff that this is")
    add.add_argument(
        "--password-stdin", action="store_true", help="read the password instead of printing a link"
    )
    add.set_defaults(run=run_add)
    verbs.add_parser("list", help="names, roles, scopes").set_defaults(run=run_list)
    link = verbs.add_parser("link", help="a one-time link for who lost password or phone")
    link.add_argument("name", metavar="NAME")
    link.set_defaults(run=run_link)
    disable = verbs.add_parser("disable", help="close an account at once")
    disable.add_argument("name", metavar="NAME")
    disable.set_defaults(run=run_disable)


def run_add(arguments: argparse.Namespace) -> int:
    password = sys.stdin.readline().rstrip("\r\n") if arguments.password_stdin else None
    if password is not None and (fault := find_fault(password, arguments.name)):
        return _refuse(fault)
    with opened_store() as store:
        tree = _tree(store)
        if tree is None:
            return _say_no("there is no hierarchy yet: start the service once, or set LIREN_HIERARCHY")
        wanted = Wanted(Role(arguments.role), arguments.scope, arguments.staff)
        password_hash = Passwords().make_hash_now(password) if password is not None else None

        def add(books: OpenBooks, by: By) -> str:
            account_id = changes.add_account(books, arguments.name, wanted, hierarchy=tree, by=by)
            account = books.accounts.find(account_id)
            assert account is not None
            if password_hash is not None:
                changes.set_password(books, account, password_hash, by=by)
                return ""
            return changes.renew_link(books, account, by=by)

        return _change(store, add, told=_tell_link)


def run_list(_: argparse.Namespace) -> int:
    with opened_store() as store:
        for each in store.reads.accounts.read(lambda books: books.accounts.list_all()):
            state = "closed" if each.disabled_at else "good" if each.password_hash else "invited"
            print(f"{each.account_id}\t{each.name}\t{each.role}\t{each.scope or '*'}\t{state}")
    return 0


def run_link(arguments: argparse.Namespace) -> int:
    with opened_store() as store:
        return _change(
            store,
            lambda books, by: changes.renew_link(books, _get(books, arguments.name), by=by),
            told=_tell_link,
        )


def run_disable(arguments: argparse.Namespace) -> int:
    with opened_store() as store:
        return _change(
            store,
            lambda books, by: changes.disable(books, _get(books, arguments.name), by=by),
            told=lambda _: print("closed"),
        )


def _change(store: Store, change: Callable[[OpenBooks, By], T], *, told: Callable[[T], None]) -> int:
    by = By(COMMAND_LINE, Clock().now())
    try:
        told(store.writer.run_now(lambda unit: change(unit, by)))
    except NoSuchAccount as missing:
        return _say_no(f'there is no account "{missing}"')
    except AuthRefused as refused:
        _refuse(refused.key, **refused.values)
        return 1 if refused.key == "accounts.last_admin" else 2
    return 0


def _get(books: OpenBooks, name: str) -> Account:
    account = books.accounts.find_named(key_of(name))
    if account is None:
        raise NoSuchAccount(name)
    return account


def _tell_link(token: str) -> None:
    """The link alone on standard output, so that a script can take it."""
    if not token:
        print("made; sign in at /sign-in", file=sys.stderr)
        return
    settings = load_settings()
    links = Links(Seals(get_secret_key(settings)), settings.public_url, Clock().now)
    print(links.make_invitation_link(token))
    print("good for 72 hours and for one use; it is not shown again", file=sys.stderr)


def _tree(store: Store) -> Hierarchy | None:
    """The version in force; before the first start, the file."""
    latest = store.writer.run_now(lambda unit: unit.hierarchy_versions.latest())
    if latest is not None:
        return read_hierarchy(latest.text).hierarchy
    path = load_settings().hierarchy
    if not path.is_file():
        return None
    with path.open("rb") as file:
        return read_hierarchy(file.read(MAX_BYTES + 1)).hierarchy


def _refuse(key: str, **values: object) -> int:
    return _say_no(CATALOGUES[Language.EN](key, **values))


def _say_no(said: str) -> int:
    print(f"liren user: {said}", file=sys.stderr)
    return 2
