"""What the service remembers about itself, by name."""

from collections.abc import Mapping

import sqlalchemy as sa

from storage.prepared import Prepared, insert_or_replace
from storage.tables.office import SETTING

GENERATION = "generation"
"""Changes when a backup is made, so that whoever starts from it is not taken for the one it was made of."""

BACKED_UP_AT = "backed_up_at"
"""The instant of the last backup, as ISO text."""

CHAIN_CHECK = "chain_check"
"""What the last check of the log found and where it ended, as JSON."""

_S = SETTING.c
_FIND = Prepared(sa.select(_S.value).where(_S.name == sa.bindparam("name")))
_PUT = insert_or_replace(SETTING)
_ALL = Prepared(sa.select(_S.name, _S.value).order_by(_S.name))


class Settings:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, name: str) -> str | None:
        row = _FIND.first(self._connection, name=name)
        return row[0] if row else None

    def put(self, name: str, value: str) -> None:
        _PUT.run(self._connection, name=name, value=value)

    def list_all(self) -> Mapping[str, str]:
        return dict(_ALL.all(self._connection))
