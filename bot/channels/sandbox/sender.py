"""The channel as delivery sees it: a message is sent by showing it in its window."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.channel import Abilities, LoadPicture, Outcome, Pace, SendError
from bot.channels.sandbox.lines import Draft
from bot.channels.sandbox.ports import Board
from bot.channels.sandbox.render import render_text
from bot.channels.sandbox.settings import ACCOUNT, BOT_AUTHOR, BOT_NAME, CHANNEL
from routing.messages import Address, Attachment, Outbound

_SWIFT = Pace(1000, timedelta(seconds=1))


class SandboxChannel:
    """Fulfils `bot.channel.Channel`. The vendor's id of a message is the number of its line."""

    name = CHANNEL
    account = ACCOUNT
    abilities = Abilities(
        has_buttons=True,
        has_pictures=True,
        writes_to_groups=True,
        is_keyed=True,
        max_bytes=16_000,
        lane_pace=_SWIFT,
        chat_pace=_SWIFT,
        group_pace=_SWIFT,
    )

    def __init__(
        self, windows: Board, now: Callable[[], datetime], *, load_picture: LoadPicture | None = None
    ) -> None:
        self._windows = windows
        self._now = now
        self._load_picture = load_picture

    async def send(self, address: Address, message: Outbound, *, key: str) -> str:
        pictures = await self._show(message.pictures)
        shown = replace(message, pictures=message.pictures[len(pictures) :])
        words = Draft(
            key=f"sent:{key}",
            chat=address.chat,
            author=BOT_AUTHOR,
            name=BOT_NAME,
            text=render_text(shown),
            at=self._now(),
            buttons=message.buttons,
        )
        below = [
            replace(words, key=f"sent:{key}:{number}", text="", buttons=(), picture=picture)
            for number, picture in enumerate(pictures, start=1)
        ]
        lines = await self._windows.keep(words, *below)
        return str(lines[0].line_id)

    async def _show(self, media_ids: Sequence[int]) -> list[str]:
        """Handles of stored pictures, put where the windows find them; those that cannot be had are only counted."""
        if self._load_picture is None:
            return []
        contents = [await self._load_picture(each) for each in media_ids]
        return [self._windows.pictures.put(each) for each in contents if each]

    async def fetch(self, attachment: Attachment) -> bytes:
        content = self._windows.pictures.find(attachment.handle)
        if content is None:
            raise SendError(Outcome.REFUSED, "the sandbox keeps pictures in memory, and this one is gone")
        return content

    async def check(self) -> str:
        return "sandbox: on, nothing to configure"

    async def close(self) -> None:
        return None
