"""What a callback hands over: one job of the writer in which once-only key, verb and answer become true together."""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.answers import decode_answer, encode_answer, to_plain
from bot.channel import Answer, NotKnownError, NotStoredError
from bot.conversation import converse
from bot.flood import Flood
from bot.hush import KEPT, SUMMED_UP_AFTER, Hush, Verdict
from bot.ports import StoreUnit, Writer
from bot.refusals import say_refusal
from bot.settling import tell_unreached
from bot.speakers import find_person
from bot.texts import say
from bot.turn import Turn, reply
from routing.desk import Desk
from routing.errors import DeskError
from routing.hierarchy import Hierarchy
from routing.messages import Inbound, Kind, Outbound
from routing.notice_kinds import Hearer, Notice, NoticeKind
from routing.ports import Incidents, Reach, Reader

log = logging.getLogger(__name__)

BEGIN_WITHIN = timedelta(seconds=3.5)
"""A job that has not begun by then is not run: the vendor's five seconds are nearly over, and it will repeat."""

LATE_AFTER = timedelta(seconds=4)
"""An answer decided later than this after the message came goes by the outbox, for nobody waits for it any more."""

DELIVERED = "success"
"""How a vendor's report says that all went well; anything else is its reason."""


@dataclass(frozen=True, slots=True)
class Inbox:
    """`passive` names the channels whose callback carries the answer; for the others it goes to the outbox."""

    writer: Writer
    hierarchy: Callable[[], Hierarchy]
    reader: Reader
    reach: Reach
    now: Callable[[], datetime]
    passive: frozenset[str]
    flood: Flood = field(default_factory=Flood)
    hush: Hush = field(default_factory=Hush)
    monotonic: Callable[[], float] = time.monotonic
    incidents: Incidents | None = None

    async def receive(self, inbound: Inbound) -> Answer:
        """Stores and answers one message; durable when it returns. Raises NotStoredError, and NotKnownError for an
        old one that is new here."""
        if inbound.speaker.is_bot:
            return Answer()
        if not self.flood.takes(inbound.address.lane, inbound.speaker.user, at=self.monotonic()):
            return self._hold_back(inbound)
        came_at = self.now()
        take = _recall if inbound.known_only else lambda store, heard: self._take(store, heard, came_at)
        try:
            return await self.writer.run(
                lambda store: take(store, inbound), within=BEGIN_WITHIN, about=inbound
            )
        except DeskError as refusal:
            return await self._refuse(inbound, refusal, came_at)
        except (TimeoutError, ConnectionError, OSError) as error:
            log.warning(
                "message=not_stored channel=%s error=%s", inbound.address.channel, type(error).__name__
            )
            raise NotStoredError(str(type(error).__name__)) from error

    def _hold_back(self, inbound: Inbound) -> Answer:
        """More than anybody types: told once a minute, counted, not stored."""
        lane, user = inbound.address.lane, inbound.speaker.user
        if inbound.known_only:
            raise NotKnownError(inbound.address.channel)
        if not self.flood.may_tell(lane, user, at=self.monotonic()):
            return Answer()
        log.warning("message=too_many lane=%s dropped=%d", lane, self.flood.dropped)
        return reply("answer.too_many")

    async def _refuse(self, inbound: Inbound, refusal: DeskError, came_at: datetime) -> Answer:
        """The verb was undone as a whole; the refusal itself is an answer that a repeat must find again."""

        def keep(store: StoreUnit) -> Answer:
            # The same message may have come twice at once, and both were refused before either was kept.
            known = _find_known(store, inbound)
            if known is not None:
                return known
            turn = self._turn(store, inbound)
            return self._keep(store, inbound, say_refusal(turn, refusal), came_at)

        try:
            return await self.writer.run(keep, within=BEGIN_WITHIN)
        except (TimeoutError, ConnectionError, OSError) as error:
            raise NotStoredError(str(type(error).__name__)) from error

    def _take(self, store: StoreUnit, inbound: Inbound, came_at: datetime) -> Answer:
        address = inbound.address
        known = _find_known(store, inbound)
        if known is not None:
            return known
        if inbound.kind is Kind.MIGRATION and inbound.moved_to:
            store.parcels.move_chat(address.channel, address.account, chat=address.chat, to=inbound.moved_to)
            return self._keep(store, inbound, Answer(), came_at)
        if inbound.kind is Kind.DELIVERY:
            self._note_delivery(store, inbound)
            return self._keep(store, inbound, Answer(), came_at)
        turn = self._turn(store, inbound)
        if turn.group is None and not inbound.private:
            return self._answer_stranger_group(store, inbound, came_at)
        answer = converse(turn)
        return Answer() if answer is None else self._keep(store, inbound, answer, came_at)

    def _note_delivery(self, store: StoreUnit, inbound: Inbound) -> None:
        """The vendor's own word on a message that it took: one that did not arrive is shown to staff."""
        if inbound.text == DELIVERED or not inbound.delivery_of:
            return
        parcel = store.parcels.find_by_vendor_ref(inbound.address, inbound.delivery_of)
        if parcel is not None:
            tell_unreached(
                store, parcel, inbound.text, now=self.now(), hierarchy=self.hierarchy(), reach=self.reach
            )

    def _turn(self, store: StoreUnit, inbound: Inbound) -> Turn:
        hierarchy = self.hierarchy()
        desk = Desk(store, hierarchy, self.reach, self.now(), here=inbound.address, incidents=self.incidents)
        staff = hierarchy.find_staff_by_account(inbound.address.channel, inbound.speaker.user)
        return Turn(
            inbound=inbound,
            store=store,
            desk=desk,
            reader=self.reader,
            group=self.reach.find_group(inbound.address, hierarchy),
            staff=staff,
            person=find_person(store, inbound),
        )

    def _answer_stranger_group(self, store: StoreUnit, inbound: Inbound, came_at: datetime) -> Answer:
        """A chat that the file does not know: said once to whoever speaks to the bot there, with the id to enter."""
        if not inbound.addressed or inbound.kind is not Kind.TEXT:
            return Answer()
        return self._keep(store, inbound, reply("answer.unknown_group", chat=inbound.address.chat), came_at)

    def _keep(self, store: StoreUnit, inbound: Inbound, answer: Answer, came_at: datetime) -> Answer:
        """Keeps key and answer together with what the verb did, and hands the answer to the way it travels."""
        now = self.now()
        address = inbound.address
        answer = self._hushed(store, inbound, answer, now)
        if inbound.window is not None:
            window = inbound.window
            store.windows.open(
                address.lane, inbound.speaker.user, allowed=window.allowed, lasts=window.lasts, now=now
            )
        is_late = now - came_at > LATE_AFTER
        if address.channel not in self.passive or is_late:
            self._queue(store, inbound, answer, now)
        kept = Answer(ticket_number=answer.ticket_number) if is_late else answer
        store.inbox.add(inbound, answer=encode_answer(kept), now=now)
        return kept

    def _hushed(self, store: StoreUnit, inbound: Inbound, answer: Answer, now: datetime) -> Answer:
        """What was said often enough just now is not said again; what was put to a ticket meanwhile is summed up."""
        address, about = inbound.address, answer.about
        verdict = self.hush.judge(
            about,
            "\n".join(each.text for each in answer.messages),
            lane=address.lane,
            chat=address.chat,
            user=inbound.speaker.user,
            message_key=inbound.key,
            now=now,
        )
        if verdict is Verdict.SAY:
            return answer
        if verdict is Verdict.LAST_OF_MANY:
            return _with_a_word(answer, "answer.hush.fast")
        if verdict is Verdict.LAST_EQUAL:
            return _with_a_word(answer, "answer.hush.kept" if about in KEPT else "answer.hush.same")
        if verdict is Verdict.FIRST_QUIET and about in KEPT:
            summary = Outbound(say("answer.hush.summary", number=answer.ticket_number))
            self._queue(store, inbound, replace(answer, messages=(summary,)), now, after=SUMMED_UP_AFTER)
        return replace(answer, messages=())

    def _queue(
        self,
        store: StoreUnit,
        inbound: Inbound,
        answer: Answer,
        now: datetime,
        *,
        after: timedelta = timedelta(0),
    ) -> None:
        for message in answer.messages:
            values = {"message": json.dumps(to_plain(message), ensure_ascii=False)}
            if inbound.message_ref:
                values["reply_to"] = inbound.message_ref
            hearer = Hearer("chat", inbound.address.chat)
            notice = Notice(
                NoticeKind.ANSWER, hearer, answer.ticket_number or 0, 0, urgent=True, values=values
            )
            store.outbox.add(notice, [inbound.address], now=now, not_before=now + after)


def _find_known(store: StoreUnit, inbound: Inbound) -> Answer | None:
    """What was answered the first time; None for a message that is new."""
    address = inbound.address
    known = store.inbox.find_answer(address.channel, address.account, inbound.key)
    return replace(decode_answer(known), is_repeat=True) if known is not None else None


def _recall(store: StoreUnit, inbound: Inbound) -> Answer:
    """The kept answer and nothing else: whoever sends an old message again learns and moves nothing by it."""
    known = _find_known(store, inbound)
    if known is None:
        raise NotKnownError(inbound.address.channel)
    return known


def _with_a_word(answer: Answer, key: str) -> Answer:
    """That the next ones will not be answered one by one."""
    first, *others = answer.messages
    return replace(answer, messages=(replace(first, text=f"{first.text}\n{say(key)}"), *others))
