"""What pages read about chat accounts that staff bound, on connections that only read."""

from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from routing.bindings import Binding
from storage.bindings import list_bindings, list_codes


class BindingReads:
    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine

    def list_all(self) -> Sequence[Binding]:
        """The oldest first."""
        with self._engine.begin() as connection:
            return list_bindings(connection)

    def codes(self, now: datetime) -> Mapping[str, datetime]:
        """Who has a code that is still good, and until when."""
        with self._engine.begin() as connection:
            return list_codes(connection, now)
