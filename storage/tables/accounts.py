"""The tables of those who sign in: accounts, sessions, recovery codes, tries at the door, links that were used."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.column_types import BigKey, CleanText, Record, UtcDateTime

_NOT_AUTOMATIC = {"autoincrement": False}


class AccountRow(Record, table=True):
    """`name_key` is the name as it is compared. `scope` is a node, empty for the whole tree whatever its root is.

    `totp_secret` is sealed with the service's key; `totp_step` is the last step whose code was used. `link_digest`
    is of the one link that may set a new password just now.
    """

    __tablename__ = "account"

    account_id: int | None = Field(default=None, sa_type=BigKey, primary_key=True)
    name: str = Field(sa_type=CleanText)
    name_key: str = Field(sa_type=CleanText, unique=True)
    role: str = Field(sa_type=CleanText)
    scope: str = Field(sa_type=CleanText)
    staff_id: str | None = Field(default=None, sa_type=CleanText)
    password_hash: str | None = Field(default=None, sa_type=CleanText)
    totp_secret: str | None = Field(default=None, sa_type=CleanText)
    totp_step: int | None = Field(default=None, sa_type=BigKey)
    link_digest: str | None = Field(default=None, sa_type=CleanText, unique=True)
    link_ends_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    disabled_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class WebSessionRow(Record, table=True):
    """Only the digest of what the browser holds. `account_id` or `staff_id` says who; `kind` what it is good for."""

    __tablename__ = "web_session"
    __table_args__ = (
        sa.Index("ix_web_session_account", "account_id"),
        sa.Index("ix_web_session_ends_at", "ends_at"),
        {"sqlite_with_rowid": False},
    )

    digest: str = Field(sa_type=CleanText, primary_key=True)
    kind: str = Field(sa_type=CleanText)
    account_id: int | None = Field(default=None, sa_type=BigKey, foreign_key="account.account_id")
    staff_id: str | None = Field(default=None, sa_type=CleanText)
    device: str = Field(sa_type=CleanText)
    made_at: datetime = Field(sa_type=UtcDateTime)
    seen_at: datetime = Field(sa_type=UtcDateTime)
    ends_at: datetime = Field(sa_type=UtcDateTime)


class RecoveryCodeRow(Record, table=True):
    """A row leaves when its code is used."""

    __tablename__ = "recovery_code"
    __table_args__ = ({"sqlite_with_rowid": False},)

    account_id: int = Field(
        sa_type=BigKey, primary_key=True, foreign_key="account.account_id", sa_column_kwargs=_NOT_AUTOMATIC
    )
    digest: str = Field(sa_type=CleanText, primary_key=True)


class SignInTryRow(Record, table=True):
    """How often somebody tried since `since`. `bucket` is a digest: what was typed as a name may be a password."""

    __tablename__ = "sign_in_try"
    __table_args__ = (sa.Index("ix_sign_in_try_since", "since"), {"sqlite_with_rowid": False})

    bucket: str = Field(sa_type=CleanText, primary_key=True)
    tries: int
    since: datetime = Field(sa_type=UtcDateTime)


class UsedLinkRow(Record, table=True):
    """A signed link that was used, kept until it would have ended by itself."""

    __tablename__ = "used_link"
    __table_args__ = (sa.Index("ix_used_link_ends_at", "ends_at"), {"sqlite_with_rowid": False})

    digest: str = Field(sa_type=CleanText, primary_key=True)
    ends_at: datetime = Field(sa_type=UtcDateTime)


ACCOUNT = Record.metadata.tables["account"]
WEB_SESSION = Record.metadata.tables["web_session"]
RECOVERY_CODE = Record.metadata.tables["recovery_code"]
SIGN_IN_TRY = Record.metadata.tables["sign_in_try"]
USED_LINK = Record.metadata.tables["used_link"]
