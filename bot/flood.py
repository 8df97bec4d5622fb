"""How much one speaker may say in a row. Far above what a person types: a bound on harm, not on chatting."""

from collections import OrderedDict
from dataclasses import dataclass, field

BURST = 3000
PER_SECOND = 1.0
MOST_SPEAKERS = 20_000
NOTICE_EVERY = 60.0
"""Seconds between two remarks that it is too much."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float
    told_at: float = float("-inf")


@dataclass(slots=True)
class Flood:
    """Token buckets in memory, one a speaker; the speakers who were silent longest are forgotten first."""

    burst: float = BURST
    per_second: float = PER_SECOND
    dropped: int = 0
    _buckets: "OrderedDict[tuple[str, str], _Bucket]" = field(default_factory=OrderedDict)

    def takes(self, lane: str, user: str, *, at: float) -> bool:
        """True while the speaker stays within bounds; `at` is seconds of a monotonic clock."""
        bucket = self._buckets.pop((lane, user), None) or _Bucket(self.burst, at)
        self._buckets[(lane, user)] = bucket
        if len(self._buckets) > MOST_SPEAKERS:
            self._buckets.popitem(last=False)
        bucket.left = min(self.burst, bucket.left + (at - bucket.at) * self.per_second)
        bucket.at = at
        if bucket.left < 1:
            self.dropped += 1
            return False
        bucket.left -= 1
        return True

    def may_tell(self, lane: str, user: str, *, at: float) -> bool:
        """True once a minute for a speaker who is over the bound."""
        bucket = self._buckets.get((lane, user))
        if bucket is None or at - bucket.told_at < NOTICE_EVERY:
            return False
        bucket.told_at = at
        return True
