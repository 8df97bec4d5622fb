"""Accounts of those who sign in: who they are, what they may, and what they prove it with. Rules are not here."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from storage.prepared import Prepared, execute_text, insert, insert_if_new
from storage.tables.accounts import ACCOUNT, RECOVERY_CODE, USED_LINK

# One number for all replicas of one database: "people" in ASCII.
_PEOPLE_LOCK = 0x70656F706C65


@dataclass(frozen=True, slots=True)
class Account:
    """`scope` is a node id, empty for the whole tree. Everything that proves who somebody is stays out of its repr."""

    account_id: int
    name: str
    role: str
    scope: str
    staff_id: str | None
    password_hash: str | None = field(repr=False)
    totp_secret: str | None = field(repr=False)
    totp_step: int | None
    link_ends_at: datetime | None
    created_at: datetime
    disabled_at: datetime | None


_A = ACCOUNT.c
_R = RECOVERY_CODE.c
_COLUMNS = (
    _A.account_id, _A.name, _A.role, _A.scope, _A.staff_id, _A.password_hash, _A.totp_secret, _A.totp_step,
    _A.link_ends_at, _A.created_at, _A.disabled_at,
)  # fmt: skip
_ADDED = ("name", "name_key", "role", "scope", "staff_id", "created_at")
_OWN = _A.account_id == sa.bindparam("b_account_id")

_INSERT = Prepared(sa.insert(ACCOUNT).returning(_A.account_id), *_ADDED)
_FIND = Prepared(sa.select(*_COLUMNS).where(_A.account_id == sa.bindparam("account_id")))
_FIND_NAMED = Prepared(sa.select(*_COLUMNS).where(_A.name_key == sa.bindparam("name_key")))
_FIND_LINKED = Prepared(
    sa.select(*_COLUMNS).where(
        _A.link_digest == sa.bindparam("digest"),
        _A.link_ends_at > sa.bindparam("now", type_=_A.link_ends_at.type),
        _A.disabled_at.is_(None),
    )
)
_LIST = Prepared(sa.select(*_COLUMNS).order_by(_A.name_key))
_ANY = Prepared(sa.select(_A.account_id).limit(1))
_SET_PASSWORD = Prepared(sa.update(ACCOUNT).where(_OWN), "password_hash", "link_digest", "link_ends_at")
_SET_LINK = Prepared(sa.update(ACCOUNT).where(_OWN), "link_digest", "link_ends_at")
_SET_TOTP = Prepared(sa.update(ACCOUNT).where(_OWN), "totp_secret", "totp_step")
_SET_ROLE = Prepared(sa.update(ACCOUNT).where(_OWN), "role", "scope", "staff_id")
_SET_DISABLED = Prepared(sa.update(ACCOUNT).where(_OWN), "disabled_at", "link_digest", "link_ends_at")
_USE_STEP = Prepared(
    sa.update(ACCOUNT).where(
        _OWN,
        sa.or_(_A.totp_step.is_(None), _A.totp_step < sa.bindparam("b_step", type_=_A.totp_step.type)),
    ),
    "totp_step",
)
_PUT_CODES = insert(RECOVERY_CODE)
_DROP_CODES = Prepared(sa.delete(RECOVERY_CODE).where(_R.account_id == sa.bindparam("account_id")))
_USE_CODE = Prepared(
    sa.delete(RECOVERY_CODE).where(
        _R.account_id == sa.bindparam("account_id"), _R.digest == sa.bindparam("digest")
    )
)
_COUNT_CODES = Prepared(
    sa.select(sa.func.count()).select_from(RECOVERY_CODE).where(_R.account_id == sa.bindparam("account_id"))
)
_USE_LINK = insert_if_new(USED_LINK)
_DROP_LINKS = Prepared(
    sa.delete(USED_LINK).where(USED_LINK.c.ends_at < sa.bindparam("now", type_=USED_LINK.c.ends_at.type))
)


class Accounts:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def lock(self) -> None:
        """Until the commit nobody else changes who may do what: rules about several accounts need it."""
        if self._connection.dialect.name == "postgresql":
            execute_text(self._connection, f"SELECT pg_advisory_xact_lock({_PEOPLE_LOCK})")

    def is_empty(self) -> bool:
        return _ANY.first(self._connection) is None

    def add(self, name: str, *, key: str, role: str, scope: str, staff_id: str | None, now: datetime) -> int:
        account_id: int = _INSERT.value(
            self._connection,
            name=name,
            name_key=key,
            role=role,
            scope=scope,
            staff_id=staff_id,
            created_at=now,
        )
        return account_id

    def find(self, account_id: int) -> Account | None:
        row = _FIND.first(self._connection, account_id=account_id)
        return Account(*row) if row else None

    def find_named(self, key: str) -> Account | None:
        row = _FIND_NAMED.first(self._connection, name_key=key)
        return Account(*row) if row else None

    def find_linked(self, digest: str, *, now: datetime) -> Account | None:
        """The account whose link this is, while it is good and the account is too."""
        row = _FIND_LINKED.first(self._connection, digest=digest, now=now)
        return Account(*row) if row else None

    def list_all(self) -> Sequence[Account]:
        """By name."""
        return [Account(*row) for row in _LIST.all(self._connection)]

    def set_password(self, account_id: int, password_hash: str | None) -> None:
        """Ends the link that may have led here. None: there is no way in until a link sets one."""
        _SET_PASSWORD.run(
            self._connection,
            b_account_id=account_id,
            password_hash=password_hash,
            link_digest=None,
            link_ends_at=None,
        )

    def set_link(self, account_id: int, digest: str, *, ends_at: datetime) -> None:
        """The one before is worth nothing any more."""
        _SET_LINK.run(self._connection, b_account_id=account_id, link_digest=digest, link_ends_at=ends_at)

    def set_totp(self, account_id: int, sealed: str | None, *, step: int | None = None) -> None:
        _SET_TOTP.run(self._connection, b_account_id=account_id, totp_secret=sealed, totp_step=step)

    def use_step(self, account_id: int, step: int) -> bool:
        """False when a code of this step, or of a later one, was used already."""
        touched = _USE_STEP.run(self._connection, b_account_id=account_id, b_step=step, totp_step=step)
        return touched == 1

    def set_role(self, account_id: int, *, role: str, scope: str, staff_id: str | None) -> None:
        _SET_ROLE.run(self._connection, b_account_id=account_id, role=role, scope=scope, staff_id=staff_id)

    def set_disabled(self, account_id: int, at: datetime | None) -> None:
        """None: it may be used again."""
        _SET_DISABLED.run(
            self._connection, b_account_id=account_id, disabled_at=at, link_digest=None, link_ends_at=None
        )

    def put_recovery_codes(self, account_id: int, digests: Iterable[str]) -> None:
        """In the place of all earlier ones."""
        _DROP_CODES.run(self._connection, account_id=account_id)
        _PUT_CODES.put_many(
            self._connection, [{"account_id": account_id, "digest": each} for each in digests]
        )

    def use_recovery_code(self, account_id: int, digest: str) -> bool:
        return _USE_CODE.run(self._connection, account_id=account_id, digest=digest) == 1

    def count_recovery_codes(self, account_id: int) -> int:
        count: int = _COUNT_CODES.value(self._connection, account_id=account_id)
        return count

    def use_link(self, digest: str, *, ends_at: datetime) -> bool:
        """False when it was used before."""
        return _USE_LINK.run(self._connection, digest=digest, ends_at=ends_at) == 1

    def forget_links(self, now: datetime) -> int:
        """Those that have ended by themselves; returns how many."""
        return _DROP_LINKS.run(self._connection, now=now)
