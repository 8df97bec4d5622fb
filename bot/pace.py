"""Keeping below a vendor's limits: how long a chat and its lane still have to wait. One replica holds a lane."""

from collections import deque
from dataclasses import dataclass, field
from datetime import timedelta

from bot.channel import Abilities, Pace

MOST_CHATS = 10_000
"""Chats whose recent sends are remembered; older ones are long since free."""


@dataclass(slots=True)
class Pacer:
    """Times are seconds of a monotonic clock, handed in."""

    abilities: Abilities
    _lane: deque[float] = field(default_factory=deque)
    _chats: dict[str, deque[float]] = field(default_factory=dict)

    def wait_for(self, chat: str, *, in_group: bool, at: float) -> float:
        """Seconds until this chat may be written to; 0 when it may be now."""
        pace = self.abilities.group_pace if in_group else self.abilities.chat_pace
        lane_wait = _wait(self._lane, self.abilities.lane_pace, at)
        return max(lane_wait, _wait(self._chats.get(chat, deque()), pace, at))

    def note(self, chat: str, *, at: float) -> None:
        """A send to this chat starts now."""
        if len(self._chats) >= MOST_CHATS:
            self._chats.clear()
        self._lane.append(at)
        self._chats.setdefault(chat, deque()).append(at)


def _wait(sends: deque[float], pace: Pace, at: float) -> float:
    period = pace.period / timedelta(seconds=1)
    while sends and sends[0] <= at - period:
        sends.popleft()
    if len(sends) < pace.count:
        return 0.0
    return sends[len(sends) - pace.count] + period - at
