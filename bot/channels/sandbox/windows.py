"""The chat windows: stored lines through the writer, chatter in a bounded memory, both told to those who watch."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from bot.channels.sandbox.feed import Feed, Happening
from bot.channels.sandbox.lines import STEP, Draft, Line, number_line
from bot.channels.sandbox.pictures import PictureBox
from bot.channels.sandbox.render import parse_buttons, write_buttons
from bot.channels.sandbox.settings import BOT_AUTHOR, CHANNEL
from bot.ports import Shown, StoreUnit, Writer
from routing.messages import Address, Inbound, Kind, Speaker

# What was shown is noted in the once-only ledger beside what came in, under an account of its own.
_LEDGER = "windows"
_REMEMBERED = 2000
_CATCH_UP = 200
_PICTURED = 200


@dataclass(frozen=True, slots=True)
class _Muttered:
    key: str
    line: Line


class SandboxWindows:
    """Fulfils `ports.Board`. One for each process; `refresh` brings in what other processes stored."""

    def __init__(self, writer: Writer) -> None:
        self.feed = Feed()
        self.pictures = PictureBox()
        self._writer = writer
        self._chatter: deque[_Muttered] = deque(maxlen=_REMEMBERED)
        self._pictured: deque[tuple[int, str]] = deque(maxlen=_PICTURED)
        self._is_open = False
        self._newest = 0
        self._last = 0

    def close(self) -> None:
        """Ends the live streams. To be called as soon as a shutdown begins, because the server waits for them."""
        self.feed.close()

    async def keep(self, *drafts: Draft) -> Sequence[Line]:
        await self._open()
        stored = await self._writer.run(lambda unit: [_store_once(unit, draft) for draft in drafts])
        return [self._show(draft, *kept) for draft, kept in zip(drafts, stored, strict=True)]

    async def mutter(self, draft: Draft) -> Line:
        await self._open()
        known = next((each.line for each in self._chatter if each.key == draft.key), None)
        if known is not None:
            return known
        line = number_line(draft, self._last + 1)
        self._chatter.append(_Muttered(draft.key, line))
        self._notice(line)
        return line

    async def list_after(self, chat: str, *, after: int, limit: int) -> Sequence[Line]:
        stored = await self._writer.run(partial(_list_stored, chat=chat, after=after // STEP, limit=limit))
        lines = [self._line_of(each) for each in stored]
        lines += [each.line for each in self._chatter if each.line.chat == chat]
        newer = sorted((each for each in lines if each.line_id > after), key=lambda line: line.line_id)
        return newer[:limit] if after else newer[-limit:]

    async def find(self, chat: str, line_id: int) -> Line | None:
        if line_id % STEP:
            lines = (each.line for each in self._chatter)
            return next((each for each in lines if each.line_id == line_id and each.chat == chat), None)
        before = line_id // STEP - 1
        stored = await self._writer.run(lambda unit: unit.sandbox.list_after(before, chat=chat, limit=1))
        return next((self._line_of(each) for each in stored if each.shown_id * STEP == line_id), None)

    async def refresh(self) -> None:
        await self._open()
        known = self._newest
        stored = await self._writer.run(lambda unit: unit.sandbox.list_after(known, limit=_CATCH_UP))
        for each in stored:
            if each.shown_id > self._newest:
                self._notice(self._line_of(each))

    async def _open(self) -> None:
        """Learns where the stored lines end, once."""
        if self._is_open:
            return
        latest = await self._writer.run(lambda unit: unit.sandbox.list_latest(limit=1))
        for each in latest:
            self._advance(each.shown_id * STEP)
        self._is_open = True

    def _show(self, draft: Draft, shown_id: int, is_new: bool) -> Line:
        line = number_line(draft, shown_id * STEP)
        if draft.picture:
            self._pictured.append((line.line_id, draft.picture))
        if is_new:
            self._notice(line)
        return line

    def _notice(self, line: Line) -> None:
        self._advance(line.line_id)
        self.feed.tell(Happening("line", line))

    def _advance(self, line_id: int) -> None:
        self._last = max(self._last, line_id)
        self._newest = max(self._newest, line_id // STEP)

    def _line_of(self, shown: Shown) -> Line:
        line_id = shown.shown_id * STEP
        return Line(
            line_id=line_id,
            chat=shown.chat,
            author=shown.author,
            name=shown.name,
            text=shown.text,
            at=shown.at,
            buttons=parse_buttons(shown.buttons),
            picture=next((picture for each, picture in self._pictured if each == line_id), None),
        )


def _store_once(unit: StoreUnit, draft: Draft) -> tuple[int, bool]:
    """The line's stored id, and whether it is new."""
    known = unit.inbox.find_answer(CHANNEL, _LEDGER, draft.key)
    if known is not None:
        return int(known), False
    shown_id = unit.sandbox.add(
        draft.chat,
        author=draft.author,
        name=draft.name,
        text=draft.text,
        buttons=write_buttons(draft.buttons),
        at=draft.at,
    )
    unit.inbox.add(_ledger_entry(draft), answer=str(shown_id), now=draft.at)
    return shown_id, True


def _list_stored(unit: StoreUnit, *, chat: str, after: int, limit: int) -> Sequence[Shown]:
    if after:
        return unit.sandbox.list_after(after, chat=chat, limit=limit)
    return unit.sandbox.list_latest(chat=chat, limit=limit)


def _ledger_entry(draft: Draft) -> Inbound:
    return Inbound(
        key=draft.key,
        kind=Kind.DELIVERY,
        address=Address(CHANNEL, _LEDGER, draft.chat),
        speaker=Speaker(draft.author, is_bot=draft.author == BOT_AUTHOR),
        private=False,
        addressed=False,
        occurred_at=draft.at,
    )
