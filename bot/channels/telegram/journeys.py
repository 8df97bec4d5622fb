"""How far messages of several parts have come, so that a further attempt does not repeat what was shown.

Only in memory: after a restart delivery marks such a message as a possible repeat anyway.
"""

from collections import OrderedDict
from dataclasses import dataclass, field

MAX_JOURNEYS = 500


@dataclass(slots=True)
class Journey:
    """`said` are Telegram's ids of the parts that were shown."""

    texts: tuple[str, ...]
    said: list[int] = field(default_factory=list)
    pictures_tried: int = 0

    @property
    def last(self) -> int | None:
        return self.said[-1] if self.said else None


class Journeys:
    """The latest ones, by the outbox row's key."""

    def __init__(self) -> None:
        self._by_key: OrderedDict[str, Journey] = OrderedDict()

    def resume(self, key: str, texts: tuple[str, ...]) -> Journey:
        """Other words under the same key are a new journey: they say themselves that they may repeat."""
        known = self._by_key.pop(key, None)
        journey = known if known is not None and known.texts == texts else Journey(texts)
        self._by_key[key] = journey
        if len(self._by_key) > MAX_JOURNEYS:
            self._by_key.popitem(last=False)
        return journey

    def forget(self, key: str) -> None:
        self._by_key.pop(key, None)
