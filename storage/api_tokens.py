"""Bearer tokens of the API: only the digest of each is kept."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from storage.prepared import Prepared
from storage.tables.office import API_TOKEN


@dataclass(frozen=True, slots=True)
class ApiToken:
    """`scope` is the node whose subtree the token may see."""

    token_id: int
    name: str
    role: str
    scope: str
    created_at: datetime
    revoked_at: datetime | None


_A = API_TOKEN.c
_COLUMNS = (_A.token_id, _A.name, _A.role, _A.scope, _A.created_at, _A.revoked_at)
_INSERT = Prepared(
    sa.insert(API_TOKEN).returning(_A.token_id), "digest", "name", "role", "scope", "created_at", "revoked_at"
)
_FIND = Prepared(sa.select(*_COLUMNS).where(_A.digest == sa.bindparam("digest"), _A.revoked_at.is_(None)))
_LIST = Prepared(sa.select(*_COLUMNS).order_by(_A.token_id))
_REVOKE = Prepared(
    sa.update(API_TOKEN).where(_A.token_id == sa.bindparam("b_token_id"), _A.revoked_at.is_(None)),
    "revoked_at",
)


class ApiTokens:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, secret: str, *, name: str, role: str, scope: str, now: datetime) -> ApiToken:
        """`secret` must be long and random: a plain hash is no protection for a word that people choose."""
        token_id: int = _INSERT.value(
            self._connection,
            digest=digest(secret),
            name=name,
            role=role,
            scope=scope,
            created_at=now,
            revoked_at=None,
        )
        return ApiToken(token_id, name, role, scope, now, None)

    def find(self, secret: str) -> ApiToken | None:
        """The token with this secret, unless it was revoked."""
        row = _FIND.first(self._connection, digest=digest(secret))
        return ApiToken(*row) if row else None

    def list_all(self) -> Sequence[ApiToken]:
        return [ApiToken(*row) for row in _LIST.all(self._connection)]

    def revoke(self, token_id: int, *, now: datetime) -> bool:
        return _REVOKE.run(self._connection, b_token_id=token_id, revoked_at=now) == 1


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
