"""From rows just taken to messages ready to go: still wanted, not in quiet hours, several for one chat told as one."""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import TypeVar

from bot.addressbook import is_group_chat, private_user
from bot.answers import outbound_from
from bot.channel import Abilities
from bot.joined import are_words_of_a_neighbour, told_of_the_same, word_joined
from bot.lists import list_together
from bot.ports import StoreUnit
from bot.texts import say
from bot.waiting import Waiting, pictures_since
from bot.wording import Reading, word_line, word_list, word_notice
from routing.hierarchy import Hierarchy
from routing.messages import Address, Link, Outbound
from routing.notice_kinds import Notice, NoticeKind
from routing.outgoing import Parcel
from routing.still_wanted import still_wanted
from routing.tickets import Ticket

log = logging.getLogger(__name__)

Words = TypeVar("Words")

LEASE = timedelta(seconds=30)
"""Longer than a send may take with all its waits. So long a row lies still whose sender was killed."""

MOST_TOGETHER = 50
_SHORTEST_IN_A_LIST = 100
"""Bytes of the shortest line that a ticket takes in one message: what surely has no room is not taken."""

_WORKERS = frozenset({"staff", "group"})
"""Hearers who are told to work; reporters are not, even where they are staff elsewhere."""

_AROUND_A_LINK = 300
"""Bytes left for the words of buttons, which some channels print below the text."""

FOR_THE_HOLDER = frozenset({NoticeKind.DETAILS, NoticeKind.GIVEN, NoticeKind.UNREACHABLE})
"""Kinds that carry the household, where one person reads."""


MOST_PICTURES = 3
"""More than that nobody looks at in a chat."""

WORK_LINK = "work_link"
"""An answer with this value is about nothing but the link that it gets here, where nobody stores it."""

WorkLink = Callable[[Address, str, int], str | None]
"""The address at which a member of staff works on a ticket, 0 for all of them, and is signed in by coming there; for
that chat, which nobody else reads. None where there is no such address."""


def no_link(_address: Address, _staff_id: str, _ticket_number: int) -> None:
    """For houses that have no address of their own."""


@dataclass(frozen=True, slots=True)
class Letter:
    """One message and the rows that it settles; the first row's key goes to the vendor."""

    parcels: tuple[Parcel, ...]
    message: Outbound
    in_group: bool

    @property
    def first(self) -> Parcel:
        return self.parcels[0]


@dataclass(frozen=True, slots=True)
class Packer:
    """Packs inside one job of the writer; what is no longer true is dropped there, with its reason."""

    store: StoreUnit
    hierarchy: Hierarchy
    abilities: Abilities
    owner: str
    now: datetime
    work_link: WorkLink = no_link

    @property
    def _waiting(self) -> Waiting:
        return Waiting(self.store, self.hierarchy, self.abilities, self.now)

    def pack(self, lane: str, *, limit: int) -> list[Letter]:
        taken = self.store.parcels.take(lane, owner=self.owner, now=self.now, lasts=LEASE, limit=limit)
        letters = (self._pack_chat(each) for each in taken)
        return [self._with_link(each) for each in letters if each is not None]

    def _pack_chat(self, first: Parcel) -> Letter | None:
        """One letter for the chat of a row: the row alone, or a bundle with others that wait for the same chat."""
        if self._waits(first):
            return None
        in_group = is_group_chat(first.address, self.hierarchy)
        if first.maybe_repeat or first.notice.kind is NoticeKind.ANSWER:
            return self._letter((first,), in_group)
        most = min(MOST_TOGETHER, self.abilities.max_bytes // _SHORTEST_IN_A_LIST)
        others = self.store.parcels.take_others(
            first, owner=self.owner, now=self.now, lasts=LEASE, limit=most
        )
        return self._letter((first, *others), in_group)

    def _with_link(self, letter: Letter) -> Letter:
        """For staff who read alone. A group would sign in whoever taps first."""
        is_asked_for = WORK_LINK in letter.first.notice.values
        url = self._find_link(letter)
        if url is None:
            if not is_asked_for:
                return letter
            return replace(letter, message=Outbound(say("answer.no_work_link")))
        link = Link(say("answer.work_link_label"), url)
        size = len(f"{letter.message.text}{link.label}{url}".encode()) + _AROUND_A_LINK
        if size > self.abilities.max_bytes:
            return letter
        return replace(letter, message=replace(letter.message, link=link))

    def _find_link(self, letter: Letter) -> str | None:
        address = letter.first.address
        notices = [each.notice for each in letter.parcels]
        is_work = all(each.hearer.kind in _WORKERS or WORK_LINK in each.values for each in notices)
        user = private_user(address)
        staff = self.hierarchy.find_staff_by_account(address.channel, user) if user else None
        if letter.in_group or staff is None or not is_work:
            return None
        numbers = {each.ticket_number for each in notices}
        return self.work_link(address, staff.staff_id, numbers.pop() if len(numbers) == 1 else 0)

    def _waits(self, parcel: Parcel) -> bool:
        """Puts a row back that should not go yet: quiet hours, or too many new tickets for one group in a minute."""
        at = self._waiting.until(parcel)
        if at is None:
            return False
        self.store.parcels.put_back(parcel.parcel_id, owner=self.owner, at=at, detail="waits")
        return True

    def _letter(self, parcels: Sequence[Parcel], in_group: bool) -> Letter | None:
        wanted = [each for each in parcels if self._is_wanted(each)]
        listed = self._listed(wanted) if len(wanted) > 1 else []
        if listed:
            self._give_back([each for each in wanted if each not in listed])
            return self._list(listed, in_group)
        joined = told_of_the_same(wanted) if wanted else []
        if len(joined) > 1:
            self._give_back([each for each in wanted if each not in joined])
            return self._joined(joined, in_group)
        worded = list(self._word_each(wanted, lambda each: self._word(each, in_group)))
        return self._together(worded, in_group) if worded else None

    def _joined(self, wanted: Sequence[Parcel], in_group: bool) -> Letter:
        notices = [each.notice for each in wanted]
        reading = self._reading(wanted[0], in_group)
        message, count = word_joined(notices, reading, max_bytes=self.abilities.max_bytes)
        self._give_back(wanted[count:])
        return Letter(tuple(wanted[:count]), message, in_group)

    def _list(self, wanted: Sequence[Parcel], in_group: bool) -> Letter | None:
        """As many as one message holds; the rest is given back."""
        told: list[Parcel] = []
        lines: list[str] = []
        kind = wanted[0].notice.kind
        worded = self._word_each(wanted, lambda each: word_line(each.notice, self._reading(each, in_group)))
        for parcel, line in worded:
            if lines and len(word_list(kind, [*lines, line]).text.encode()) > self.abilities.max_bytes:
                break
            told.append(parcel)
            lines.append(line)
        self._give_back([each for each in wanted if each not in told])
        return Letter(tuple(told), word_list(kind, lines), in_group) if told else None

    def _word_each(
        self, parcels: Sequence[Parcel], word: Callable[[Parcel], Words]
    ) -> Iterator[tuple[Parcel, Words]]:
        """One that cannot be worded must not hold up the others."""
        for each in parcels:
            try:
                words = word(each)
            except (LookupError, ValueError) as error:
                log.exception("parcel=%d outcome=not_worded", each.parcel_id)
                detail = f"cannot be worded: {type(error).__name__}"
                self.store.parcels.bury(each.parcel_id, owner=self.owner, detail=detail, now=self.now)
            else:
                yield each, words

    def _listed(self, wanted: Sequence[Parcel]) -> list[Parcel]:
        """More than the file allows at once, or held back for that reason."""
        over = self.hierarchy.manners.bundle_over
        return list_together(wanted, over=over, has_waited=self._waiting.has_waited(wanted[0]))

    def _together(self, worded: Sequence[tuple[Parcel, Outbound]], in_group: bool) -> Letter:
        """Joined as far as they fit; buttons stay only under a message that stands alone. The rest is given back."""
        wanted, messages = zip(*worded, strict=True)
        if len(messages) == 1 or any(each.buttons or each.pictures for each in messages):
            self._give_back(wanted[1:])
            return Letter((wanted[0],), messages[0], in_group)
        text, count = messages[0].text, 1
        for before, each in pairwise(messages):
            longer = f"{text}\n{_after(before.text, each.text)}"
            if len(longer.encode()) > self.abilities.max_bytes:
                break
            text, count = longer, count + 1
        self._give_back(wanted[count:])
        return Letter(tuple(wanted[:count]), Outbound(text), in_group)

    def _give_back(self, parcels: Sequence[Parcel]) -> None:
        for each in parcels:
            self.store.parcels.put_back(each.parcel_id, owner=self.owner, at=self.now, detail="next")

    def _is_wanted(self, parcel: Parcel) -> bool:
        if parcel.notice.kind is NoticeKind.ANSWER:
            return True
        ticket = self.store.tickets.find(parcel.notice.ticket_number)
        if (
            ticket is not None
            and still_wanted(parcel.notice, ticket)
            and self._has_its_picture(parcel, ticket)
            and self._is_still_joined(parcel, ticket)
        ):
            return True
        self.store.parcels.drop(parcel.parcel_id, owner=self.owner, detail="no longer true", now=self.now)
        return False

    def _has_its_picture(self, parcel: Parcel, ticket: Ticket) -> bool:
        is_picture = parcel.notice.kind is NoticeKind.RESULT_PICTURE
        return not is_picture or bool(self._pictures(parcel.notice, ticket, in_group=False))

    def _is_still_joined(self, parcel: Parcel, ticket: Ticket) -> bool:
        """What was parted again meanwhile is no news."""
        if not are_words_of_a_neighbour(parcel.notice):
            return True
        own = self.store.tickets.find(int(parcel.notice.values["from"]))
        return own is not None and own.merged_into == ticket.number

    def _word(self, parcel: Parcel, in_group: bool) -> Outbound:
        notice = parcel.notice
        if notice.kind is NoticeKind.ANSWER:
            message = _ready(notice)
        else:
            reading = self._reading(parcel, in_group)
            message = replace(
                word_notice(notice, reading), pictures=self._pictures(notice, reading.ticket, in_group)
            )
        if parcel.maybe_repeat:
            return replace(message, text=say("notice.maybe_repeat", text=message.text))
        return message

    def _pictures(self, notice: Notice, ticket: Ticket, in_group: bool) -> tuple[int, ...]:
        """What staff photographed when they solved it, for its reporters: never where others look on."""
        since = pictures_since(notice, ticket)
        if since is None or in_group or not self.abilities.has_pictures:
            return ()
        return tuple(self.store.pictures.list_by_staff(ticket.number, since=since)[:MOST_PICTURES])

    def _reading(self, parcel: Parcel, in_group: bool) -> Reading:
        number = parcel.notice.ticket_number
        ticket = self.store.tickets.find(number)  # nobody changes it here, and nobody shall wait for its row
        if ticket is None:
            raise LookupError(number)
        is_details = parcel.notice.kind in FOR_THE_HOLDER and not in_group
        return Reading(
            hierarchy=self.hierarchy,
            ticket=ticket,
            now=self.now,
            in_group=in_group,
            home=self._home(ticket) if is_details else "",
            pictures=len(self.store.pictures.list_of(ticket.number)) if is_details else 0,
            words=tuple(each.text for each in self.store.messages.list_of(ticket.number))
            if is_details
            else (),
        )

    def _home(self, ticket: Ticket) -> str:
        reporters = self.store.reporters.list_of(ticket.number)
        homes = {self.store.people.get(each.person_id).home for each in reporters}
        return "、".join(sorted(each for each in homes if each))


def _ready(notice: Notice) -> Outbound:
    message = outbound_from(json.loads(notice.values["message"]))
    return replace(message, reply_to=notice.values.get("reply_to"))


def _after(before: str, text: str) -> str:
    """The next one under it; a heading that stands there already, as over what is added bit by bit, only once."""
    heading, _, rest = text.partition("\n")
    return rest if rest and before.startswith(f"{heading}\n") else f"\n{text}"
