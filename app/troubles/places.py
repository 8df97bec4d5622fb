"""Where letters are that did not arrive: looked up each minute, so that every page can show how many."""

import asyncio
from dataclasses import dataclass

from admin_web.ports import Scope
from storage.queries.troubles import TroubleReads
from storage.store import Store


@dataclass(slots=True)
class TroubledPlaces:
    _places: tuple[tuple[str, str], ...] = ()

    async def refresh(self, store: Store) -> None:
        reads = TroubleReads(store.reading_engine)
        self._places = tuple(await asyncio.to_thread(reads.list_letter_places))

    def count(self, scope: Scope) -> int:
        """As of the last look."""
        return sum(scope.covers(*each) for each in self._places)
