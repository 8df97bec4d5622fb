"""Wires signing in: accounts in the store, the key, the real time; and what the start page is told."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeVar

from admin_web.auth.building import Auth, build_auth
from admin_web.auth.passwords import Passwords
from admin_web.auth.ports import Books, OpenBooks
from admin_web.hierarchy_office import RefusedEdit
from admin_web.pages.start import Standing, StartPorts
from admin_web.ports import Scope
from app.readers import in_thread, or_unavailable
from app.wiring import House
from routing.hierarchy_index import SANDBOX
from storage.store import Store

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class StoredAccounts:
    """Fulfils `admin_web.auth.ports.AccountStore`."""

    store: Store

    async def read(self, question: Callable[[Books], T]) -> T:
        return await in_thread(lambda: self.store.reads.accounts.read(question))

    async def run(self, job: Callable[[OpenBooks], T]) -> T:
        return await or_unavailable(self.store.writer.run(job))


def build_house_auth(house: House, *, passwords: Passwords | None = None) -> Auth:
    return build_auth(
        StoredAccounts(house.store),
        house.links,
        house.office.current,
        house.links.now,
        passwords=passwords,
    )


def find_first_admin_link(house: House) -> str | None:
    """None when there is an account already; blocks."""
    is_empty = house.store.reads.accounts.read(lambda books: books.accounts.is_empty())
    return house.links.make_first_admin_link() if is_empty else None


def build_start_ports(house: House, find_refused: Callable[[], Awaitable[RefusedEdit | None]]) -> StartPorts:
    async def read_standing(scope: Scope) -> Standing:
        now = house.clock.now()
        found = await in_thread(lambda: house.store.reads.standing.count(scope, now=now))
        return Standing(found.open, found.late, found.dead, found.has_any_ticket)

    channels = [each.name for each in house.channels.values() if each.name != SANDBOX]
    return StartPorts(house.office.current, channels, read_standing, find_refused)
