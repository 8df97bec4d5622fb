"""Hexadecimal digits nobody can foretell, fetched from the system for many uses at once.

Each fetch lets another thread take Python over, for milliseconds where one has much to do.
"""

import secrets

_STOCK = 512


class RandomDigits:
    """Belongs to one thread at a time. No digit is given twice."""

    def __init__(self) -> None:
        self._stock = ""

    def draw(self, count: int) -> str:
        """At most 512."""
        if len(self._stock) < count:
            self._stock = secrets.token_hex(_STOCK // 2)
        drawn, self._stock = self._stock[:count], self._stock[count:]
        return drawn
