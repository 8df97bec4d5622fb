"""A whole house in one process, on a real store, with the sandbox's windows and a clock that stands until one waits.

Stories read like prose: somebody says something, time passes, and one looks at what people were shown.
"""

import asyncio
from collections.abc import Coroutine, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from app.settings import Settings, read_settings
from app.tree.office import Applied, Refused
from app.wiring import House, build_house
from bot.channels.sandbox.conversation import Said, say
from bot.channels.sandbox.inbound import Spoken, parse_message
from bot.channels.sandbox.lines import Draft, Line
from bot.channels.sandbox.pictures import draw_picture
from routing.events import Event
from routing.messages import Attachment, Kind
from routing.tickets import Ticket
from tests.stories.story_clock import TUESDAY_NINE, StoryClock

T = TypeVar("T")
BOT = "liren"
STREET = Path(__file__).with_name("street.yaml")


@dataclass
class World:
    """`tree` is the admins' file; `url` the database, which outlives the house."""

    url: str
    folder: Path
    start: datetime = TUESDAY_NINE
    tree: str = field(default_factory=lambda: STREET.read_text("utf-8"))
    _runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    _said: int = 0

    def __post_init__(self) -> None:
        self.file.write_text(self.tree, "utf-8")
        self.house = self._build()

    # --- people speak -----------------------------------------------------------------------------------------------

    def says(self, chat: str, who: str, text: str = "", *, name: str = "", **how: object) -> str:
        """A resident says something in a group's window; returns what the bot answers at once, "" for nothing.

        `how`: `reply_to` a line, `mention`, `button`, `picture` (a name), `key` to say the very same thing again.
        """
        said = self.run(self._say(chat, who, text, name=name, **how))
        self.settle()
        return "\n".join(each.text for each in said.answer.messages)

    def says_alone(self, who: str, text: str = "", *, name: str = "", **how: object) -> str:
        """To the bot, where nobody else reads."""
        return self.says(f"private:{who}", who, text, name=name, **how)

    def staff_says(self, chat: str, staff_id: str, text: str, **how: object) -> str:
        """A member of staff, under the name that the tree has."""
        return self.says(chat, staff_id, text, name=self.tree_now.staff[staff_id].name, **how)

    def staff_says_alone(self, staff_id: str, text: str, **how: object) -> str:
        return self.staff_says(f"private:{staff_id}", staff_id, text, **how)

    def taps(self, chat: str, who: str, label: str, *, on: Line | None = None, name: str = "") -> str:
        """Presses a button of the newest message that has it, or of the one given."""
        lines = [on] if on else self.lines(chat)[::-1]
        found = [button for line in lines for row in line.buttons for button in row if button.label == label]
        assert found, f"{chat} shows no button {label}"
        return self.says(chat, who, found[0].say, name=name, button=True)

    async def _say(self, chat: str, who: str, text: str, *, name: str, **how: object) -> Said:
        windows = self.house.windows
        assert windows is not None
        picture, key = how.pop("picture", None), how.pop("key", None)
        spoken = Spoken(group=chat, sender=who, name=name, text=text, **how)  # type: ignore[arg-type]
        attached = (
            Attachment(Kind.IMAGE, windows.pictures.put(draw_picture(str(picture)))) if picture else None
        )
        self._said += 1
        inbound = parse_message(
            spoken,
            key=str(key or f"story-{self._said}"),
            now=self.now,
            picture=attached,
            replies_to_bot=spoken.reply_to is not None,
        )
        draft = Draft(
            key=f"said:{inbound.key}", chat=chat, author=who, name=name or who, text=text, at=self.now
        )
        return await say(draft, inbound, receive=self.house.receive, board=windows)

    # --- time passes ------------------------------------------------------------------------------------------------

    @property
    def now(self) -> datetime:
        return self.house.clock.now()

    def wait(self, **span: int) -> None:
        """Lives through it, stopping at every deadline on the way."""
        self.run(self.house.sandbox_clock().push(timedelta(**span)))

    def wait_until(self, at: datetime) -> None:
        self.run(self.house.sandbox_clock().push(at - self.now))

    def settle(self) -> None:
        """What is due by now is done, and what follows is shown."""
        self.run(self._settle())

    async def _settle(self) -> None:
        await self.house.postman.finish()
        await self.house.pictures.finish()
        await self.house.settle()

    # --- the office -------------------------------------------------------------------------------------------------

    def edits(self, *changes: tuple[str, str]) -> Applied | Refused | None:
        """The admins' file is saved with these pieces of text replaced, and the house looks at it."""
        text = self.file.read_text("utf-8")
        for old, new in changes:
            assert text.count(old) == 1, f"{text.count(old)} times in the file: {old}"
            text = text.replace(old, new)
        return self.saves(text)

    def saves(self, text: str) -> Applied | Refused | None:
        self.file.write_text(text, "utf-8")
        outcome = self.run(self.house.tree_file.look())
        self.settle()
        return outcome

    def restart(self) -> None:
        """The house goes down and another opens on the same database, with the time that it is now."""
        self.run(self.house.close())
        self.house = self._build()

    def away(self, **span: int) -> None:
        """The house is down for so long, and opens again."""
        self.run(self.house.close())
        self.start += timedelta(**span)
        self.house = self._build()

    def close(self) -> None:
        self.run(self.house.close())
        self._runner.close()

    # --- what one sees ----------------------------------------------------------------------------------------------

    @property
    def tree_now(self):
        return self.house.office.current()

    @property
    def file(self) -> Path:
        return self.folder / "hierarchy.yaml"

    def lines(self, chat: str) -> Sequence[Line]:
        windows = self.house.windows
        assert windows is not None
        return self.run(windows.list_after(chat, after=0, limit=500))

    def shown(self, chat: str) -> list[str]:
        """What the bot has shown there, oldest first."""
        return [each.text for each in self.lines(chat) if each.author == BOT]

    def heard(self, chat: str, *parts: str) -> list[str]:
        """Those messages of the bot that hold every part."""
        return [each for each in self.shown(chat) if all(part in each for part in parts)]

    def private(self, who: str) -> list[str]:
        return self.shown(f"private:{who}")

    def ticket(self, number: int) -> Ticket:
        return self.look(lambda unit: unit.tickets.get(number))

    def story(self, number: int) -> list[Event]:
        return self.look(lambda unit: unit.history.list_of(number))

    def happened(self, number: int) -> list[str]:
        return [each.kind.value for each in self.story(number)]

    def look(self, job):
        """What a job of the store sees."""
        return self.run(self.house.store.writer.run(job))

    def run(self, doing: Coroutine[object, object, T]) -> T:
        return self._runner.run(doing)

    def _build(self) -> House:
        house = build_house(_settings(self.url, self.folder), clock=StoryClock(self.start))
        house.open()
        return house


def _settings(url: str, folder: Path) -> Settings:
    return read_settings({"LIREN_DATABASE_URL": url}, folder=folder)
