"""Puts the desks of signing in together, from what `app` hands over."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from admin_web.auth.account_desk import AccountDesk
from admin_web.auth.links import Links
from admin_web.auth.own_account import OwnAccountDesk
from admin_web.auth.passwords import Passwords
from admin_web.auth.ports import AccountStore, OpenBooks
from admin_web.auth.sessions import Cookies
from admin_web.auth.sign_in import SignInDesk
from admin_web.auth.tries import WINDOW
from admin_web.auth.visitor import Gate
from routing.hierarchy import Hierarchy


@dataclass(frozen=True, slots=True)
class Auth:
    """Everything that the pages at the door and about accounts need."""

    gate: Gate
    sign_in: SignInDesk
    own: OwnAccountDesk
    accounts: AccountDesk
    links: Links
    cookies: Cookies
    now: Callable[[], datetime]


def forget_ended(books: OpenBooks, now: datetime) -> int:
    """Sessions, tries and links that mean nothing any more; returns how many rows."""
    return (
        books.web_sessions.forget_ended(now)
        + books.sign_in_tries.forget_before(now - WINDOW)
        + books.accounts.forget_links(now)
    )


def build_auth(
    store: AccountStore,
    links: Links,
    hierarchy: Callable[[], Hierarchy],
    now: Callable[[], datetime],
    *,
    passwords: Passwords | None = None,
) -> Auth:
    """`now` is the real time: phones and sessions know nothing of a clock that the sandbox has pushed."""
    passwords = passwords or Passwords()
    seals = links.seals
    cookies = Cookies(links.public_url.startswith("https://"))
    return Auth(
        gate=Gate(store, hierarchy, seals, cookies, links.public_url, now),
        sign_in=SignInDesk(store, passwords, seals, now),
        own=OwnAccountDesk(store, passwords, seals, links, hierarchy, now),
        accounts=AccountDesk(store, links, hierarchy, now),
        links=links,
        cookies=cookies,
        now=now,
    )
