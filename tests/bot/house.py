"""The bot in memory: people write and tap, the postman goes, the clock is pushed, and one reads a chat."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.addressbook import Addressbook, private_chat
from bot.channel import Abilities, Answer, Pace, SendError
from bot.delivery import Delivery
from bot.inbox import Inbox
from routing.desk import Desk
from routing.hierarchy import Hierarchy
from routing.messages import Address, Attachment, Inbound, Kind, Outbound, Speaker
from routing.reading import Intent, Place, Reading
from routing.sweep import list_due, take_step
from routing.tickets import Ticket
from tests.builders import ACCOUNT, TUESDAY_NINE, a_hierarchy
from tests.fakes import FakeStore, FakeWriter

NO_PACE = Pace(1000, timedelta(seconds=1))
ABILITIES = Abilities(
    has_buttons=True,
    has_pictures=True,
    writes_to_groups=True,
    is_keyed=False,
    max_bytes=2048,
    lane_pace=NO_PACE,
    chat_pace=NO_PACE,
    group_pace=NO_PACE,
    rings=True,
)
TALK = ("你好", "哈哈", "早上好")


class FakeReader:
    """`routing.ports.Reader` by a few plain rules, so that a test knows what was understood."""

    def read(self, text: str, hierarchy: Hierarchy) -> Reading:
        category = next((each for each in hierarchy.categories if _names(text, each)), None)
        known = category or hierarchy.categories[-1]
        urgent = any(word in text for each in hierarchy.categories for word in each.urgent_when)
        emergency = "119" if "着火" in text else None
        intent, certainty = self._intent(text, is_named=category is not None or bool(emergency))
        return Reading(
            intent,
            known.category_id,
            certainty,
            urgent=urgent or emergency is not None,
            place=self.read_place(text),
            emergency=emergency,
        )

    def _intent(self, text: str, *, is_named: bool) -> tuple[Intent, float]:
        if is_named:
            return Intent.REPORT, 0.9
        if "谢谢" in text:
            return Intent.THANKS, 0.9
        if "怎么样了" in text:
            return Intent.PROGRESS, 0.9
        if text.endswith(("吗", "？", "?")):
            return Intent.QUESTION, 0.9
        if text.startswith("嗯"):
            return Intent.CHATTER, 0.7
        return Intent.CHATTER, 0.9 if any(word in text for word in TALK) else 0.3

    def read_place(self, text: str) -> Place:
        dashed = re.fullmatch(r"(?:.*[^\d-])?(\d{1,3})-(?:(\d{1,2})-)?(\d{3,4})", text)
        if dashed:
            return Place(building=dashed[1], unit=dashed[2], room=dashed[3])
        building = re.search(r"(\d{1,3})号楼", text)
        floor = re.search(r"(\d{1,2})楼", text)
        return Place(building=building and building[1], floor=None if building else floor and floor[1])

    def parts_of(self, text: str, hierarchy: Hierarchy) -> tuple[str, ...]:
        parts = tuple(text.split("，还有"))
        return parts if all(self.read(each, hierarchy).intent is Intent.REPORT for each in parts) else (text,)


def _names(text: str, category) -> bool:
    return any(word in text for word in (*category.keywords, *category.urgent_when))


@dataclass
class FakeChannel:
    """A vendor that shows everything, or fails as told. `sent` holds address, message and key of each success."""

    name: str = "sandbox"
    account: str = ACCOUNT
    abilities: Abilities = ABILITIES
    sent: list[tuple[Address, Outbound, str]] = field(default_factory=list)
    failures: list[SendError] = field(default_factory=list)

    async def send(self, address: Address, message: Outbound, *, key: str) -> str:
        if self.failures:
            raise self.failures.pop(0)
        self.sent.append((address, message, key))
        return f"ref-{len(self.sent)}"


class House:
    """One replica on one store. Chats are the sandbox's: a group's id, or `private:<user>`."""

    def __init__(self, hierarchy: Hierarchy | None = None, *, passive: Sequence[str] = ("sandbox",)) -> None:
        self.hierarchy = hierarchy or a_hierarchy()
        self.now: datetime = TUESDAY_NINE
        self.store = FakeStore()
        self.writer = FakeWriter(self.store)
        self.channel = FakeChannel()
        self.reach = Addressbook({"sandbox": ACCOUNT}, frozenset({"sandbox"}))
        self.inbox = Inbox(
            self.writer,
            lambda: self.hierarchy,
            FakeReader(),
            self.reach,
            lambda: self.now,
            frozenset(passive),
        )
        self.delivery = self.a_postman("replica-1")
        self.answers: list[Answer] = []
        self._said = 0

    def a_postman(self, owner: str) -> Delivery:
        channels = {f"sandbox:{ACCOUNT}": self.channel}
        return Delivery(self.writer, channels, lambda: self.hierarchy, self.reach, lambda: self.now, owner)

    # --- people ---

    async def says(self, user: str, text: str, *, group: str | None = None, **options) -> str:
        """What the bot answers at once, all of it; "" for nothing."""
        answer = await self.hear(self.inbound(user, text, group=group, **options))
        return "\n".join(each.text for each in answer.messages)

    async def hear(self, inbound: Inbound) -> Answer:
        answer = await self.inbox.receive(inbound)
        self.answers.append(answer)
        return answer

    def inbound(
        self,
        user: str,
        text: str,
        *,
        group: str | None = None,
        name: str = "",
        addressed: bool = True,
        kind: Kind = Kind.TEXT,
        **changes,
    ) -> Inbound:
        self._said += 1
        chat = group or private_chat("sandbox", user)
        values = {
            "key": f"m{self._said}",
            "kind": kind,
            "address": Address("sandbox", ACCOUNT, chat),
            "speaker": Speaker(user, name),
            "private": group is None,
            "addressed": addressed or group is None,
            "occurred_at": self.now,
            "text": text,
            **changes,
        }
        return Inbound(**values)

    async def taps(self, user: str, label: str, *, group: str | None = None) -> str:
        """Presses the newest button of that name, of an answer or in the chat."""
        chat = group or private_chat("sandbox", user)
        rows = [each for answer in self.answers for message in answer.messages for each in message.buttons]
        rows += [
            each
            for address, message, _ in self.channel.sent
            if address.chat == chat
            for each in message.buttons
        ]
        button = next(each for row in reversed(rows) for each in row if each.label == label)
        return await self.says(user, button.say, group=group, is_button=True)

    async def shows_picture(self, user: str, text: str = "", **options) -> str:
        picture = Attachment(Kind.IMAGE, "handle-1")
        return await self.says(user, text, kind=Kind.IMAGE, attachments=(picture,), **options)

    # --- time ---

    async def post(self) -> int:
        return await self.delivery.deliver()

    async def wait(self, **span: int) -> None:
        """Sweeps and delivers at every instant that something is due."""
        until = self.now + timedelta(**span)
        await self.post()
        while (due := self._next_due()) is not None and due <= until:
            self.now = max(self.now, due)
            for number in list_due(self.store, self.now):
                take_step(Desk(self.store, self.hierarchy, self.reach, self.now), number)
            await self.post()
        self.now = until
        await self.post()

    def _next_due(self) -> datetime | None:
        due = [each.next_due_at for each in self.store.state.tickets.values()]
        return min((each for each in due if each is not None), default=None)

    # --- what one sees ---

    def ticket(self, number: int = 1001) -> Ticket:
        return self.store.tickets.get(number)

    def shown(self, chat: str) -> list[str]:
        return [message.text for address, message, _ in self.channel.sent if address.chat == chat]

    def alone(self, user: str) -> list[str]:
        return self.shown(private_chat("sandbox", user))

    def states(self) -> list[str]:
        return [row.state.value for row in self.store.state.outbox.values()]
