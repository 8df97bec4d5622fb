"""What conversation and delivery need from the store, beyond the desk's own ports. Fulfilled by `storage`."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from routing import outgoing, ports
from routing.bindings import Binding
from routing.messages import Address, Inbound
from routing.outgoing import Parcel

T = TypeVar("T")
Shown = outgoing.Shown


class Inbox(Protocol):
    def find_answer(self, channel: str, account: str, key: str) -> str | None:
        """What was answered to this key before, as text; None when the key is new."""
        ...

    def add(self, inbound: Inbound, *, answer: str, now: datetime) -> None:
        """Keeps key and answer, not the words. A key that another replica stored meanwhile makes the writer repeat
        the whole job, which then finds the answer."""
        ...


class Windows(Protocol):
    def open(self, lane: str, user: str, *, allowed: int, lasts: timedelta, now: datetime) -> None:
        """A lesser window that ends sooner never replaces a larger one."""
        ...

    def use(self, lane: str, user: str, *, now: datetime) -> bool: ...

    def close(self, lane: str, user: str) -> None: ...


class Parcels(Protocol):
    """The outbox as delivery sees it."""

    def list_lanes(self, now: datetime) -> Sequence[str]:
        """Lanes with something due."""
        ...

    def lease_lane(self, lane: str, *, owner: str, now: datetime, lasts: timedelta) -> bool:
        """True when `owner` has the lane until now + lasts; renewing one's own always succeeds."""
        ...

    def take(self, lane: str, *, owner: str, now: datetime, lasts: timedelta, limit: int) -> Sequence[Parcel]:
        """Due rows, oldest first, at most one for each chat, now leased to `owner`. A row whose lease ran out after it
        was handed to the vendor (`note_called`) is taken again with `maybe_repeat` set."""
        ...

    def note_called(self, parcel_ids: Sequence[int], *, owner: str, now: datetime) -> bool:
        """These rows are handed to the vendor now. False when one of them is not `owner`'s any more."""
        ...

    def take_others(
        self, first: Parcel, *, owner: str, now: datetime, lasts: timedelta, limit: int
    ) -> Sequence[Parcel]:
        """More due rows for the same chat as a parcel just taken, oldest first, leased as well: to be told as one."""
        ...

    def count_sent(self, address: Address, kind: str, *, since: datetime) -> int:
        """How many notices of a kind that chat was sent at or after `since`."""
        ...

    def mark_sent(self, parcel_id: int, *, owner: str, vendor_ref: str, now: datetime) -> None: ...

    def try_again(
        self, parcel_id: int, *, owner: str, at: datetime, detail: str, maybe_repeat: bool
    ) -> None: ...

    def put_back(self, parcel_id: int, *, owner: str, at: datetime, detail: str) -> None:
        """A row that was taken and not tried: it costs no attempt."""
        ...

    def bury(self, parcel_id: int, *, owner: str, detail: str, now: datetime) -> None:
        """To the dead letters."""
        ...

    def mark_unknown(self, parcel_id: int, *, owner: str, detail: str, now: datetime) -> None: ...

    def drop(self, parcel_id: int, *, owner: str, detail: str, now: datetime) -> None: ...

    def give_other_address(self, parcel_id: int, *, owner: str, address: Address, now: datetime) -> None: ...

    def move_chat(self, channel: str, account: str, *, chat: str, to: str) -> int:
        """A group was migrated: rewrites the chat id in waiting rows, people and reporters; remembers it."""
        ...

    def find_by_vendor_ref(self, address: Address, vendor_ref: str) -> Parcel | None:
        """The sent parcel of that chat which a person replies to."""
        ...


class SandboxBoard(Protocol):
    """What the sandbox's chat windows show and must not forget at a restart."""

    def add(self, chat: str, *, author: str, name: str, text: str, buttons: str, at: datetime) -> int: ...

    def list_after(self, shown_id: int, *, chat: str | None = None, limit: int = 200) -> Sequence[Shown]:
        """The lines that follow this one, oldest first."""
        ...

    def list_latest(self, *, chat: str | None = None, limit: int = 200) -> Sequence[Shown]:
        """The newest lines, oldest first: what a window shows when it is opened."""
        ...


class Bindings(Protocol):
    """Chat accounts that staff bound themselves, and the codes for it."""

    def find(self, channel: str, user: str) -> str | None:
        """The member of staff whose account it is."""
        ...

    def bind(self, binding: Binding) -> str | None:
        """The account that this person had bound on the channel before, if it was another."""
        ...

    def unbind(self, channel: str, staff_id: str, *, by: str, now: datetime) -> bool: ...

    def find_code(self, code: str, *, now: datetime) -> str | None:
        """For whom this code is good."""
        ...

    def use_code(self, code: str) -> bool:
        """Ends it; False when it was used meanwhile."""
        ...

    def count_tries(self, channel: str, user: str, *, now: datetime) -> int:
        """Wrong codes of this speaker lately."""
        ...

    def note_try(self, channel: str, user: str, *, now: datetime) -> None: ...


class StoreUnit(ports.UnitOfWork, Protocol):
    @property
    def inbox(self) -> Inbox: ...
    @property
    def windows(self) -> Windows: ...
    @property
    def parcels(self) -> Parcels: ...
    @property
    def sandbox(self) -> SandboxBoard: ...
    @property
    def bindings(self) -> Bindings: ...


class Writer(Protocol):
    """Runs jobs in few transactions; a job is a plain function that may be run more than once."""

    async def run(
        self, job: Callable[[StoreUnit], T], *, within: timedelta | None = None, about: Inbound | None = None
    ) -> T:
        """The job's result, after the commit. `within`: a job that has not begun by then is not run and TimeoutError
        is raised; one under way is waited for. `about`: the message that the job takes in, so that what many such
        jobs ask for is asked once. An exception of the job undoes that job alone and is raised here."""
        ...
