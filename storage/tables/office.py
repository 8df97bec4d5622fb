"""The tables of the office: hierarchy versions, every place that ever was, tokens, settings, the audit chain."""

from datetime import datetime

from sqlmodel import Field

from storage.column_types import BigKey, CleanText, Record, UtcDateTime

_NOT_AUTOMATIC = {"autoincrement": False}


class AuditRow(Record, table=True):
    """The chain: `seq` without gaps, `hash` over this row and the hash before. No person's words, only their seal."""

    __tablename__ = "audit"

    seq: int = Field(sa_type=BigKey, primary_key=True, sa_column_kwargs=_NOT_AUTOMATIC)
    at: datetime = Field(sa_type=UtcDateTime)
    kind: str = Field(sa_type=CleanText)
    subject: str = Field(sa_type=CleanText)
    by: str = Field(sa_type=CleanText)
    root: str = Field(sa_type=CleanText)
    content: str = Field(sa_type=CleanText)
    sealed: str = Field(sa_type=CleanText)
    prev: str = Field(sa_type=CleanText)
    hash: str = Field(sa_type=CleanText)


class HierarchyVersionRow(Record, table=True):
    __tablename__ = "hierarchy_version"

    version: int = Field(primary_key=True, sa_column_kwargs=_NOT_AUTOMATIC)
    digest: str = Field(sa_type=CleanText)
    text: str = Field(sa_type=CleanText)
    author: str = Field(sa_type=CleanText)
    note: str = Field(sa_type=CleanText)
    applied_at: datetime = Field(sa_type=UtcDateTime)


class PlaceRow(Record, table=True):
    """Every node id ever used. `last_version` is the last version that had it, None while it is there."""

    __tablename__ = "place"

    node_id: str = Field(sa_type=CleanText, primary_key=True)
    level: str = Field(sa_type=CleanText)
    name: str = Field(sa_type=CleanText)
    first_version: int
    last_version: int | None = Field(default=None)


class ApiTokenRow(Record, table=True):
    """Only the digest of the secret is kept."""

    __tablename__ = "api_token"

    token_id: int | None = Field(default=None, sa_type=BigKey, primary_key=True)
    digest: str = Field(sa_type=CleanText, unique=True)
    name: str = Field(sa_type=CleanText)
    role: str = Field(sa_type=CleanText)
    scope: str = Field(sa_type=CleanText)
    created_at: datetime = Field(sa_type=UtcDateTime)
    revoked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TreeDraftRow(Record, table=True):
    """What an account is writing on the hierarchy. `base` is the version it began from; `revision` grows with each
    save, so that two windows notice each other. A draft that was put away can be taken up again."""

    __tablename__ = "tree_draft"
    __table_args__ = ({"sqlite_with_rowid": False},)

    account_id: int = Field(sa_type=BigKey, primary_key=True, sa_column_kwargs=_NOT_AUTOMATIC)
    base: int
    text: str = Field(sa_type=CleanText)
    note: str = Field(sa_type=CleanText)
    revision: int
    saved_at: datetime = Field(sa_type=UtcDateTime)
    put_away_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class TreeStepRow(Record, table=True):
    """One step of a draft: `gone` was replaced by `come` at a place of its text. `told` is JSON."""

    __tablename__ = "tree_step"
    __table_args__ = ({"sqlite_with_rowid": False},)

    account_id: int = Field(sa_type=BigKey, primary_key=True, sa_column_kwargs=_NOT_AUTOMATIC)
    number: int = Field(primary_key=True, sa_column_kwargs=_NOT_AUTOMATIC)
    verb: str = Field(sa_type=CleanText)
    told: str = Field(sa_type=CleanText)
    base_before: int
    base_after: int
    position: int
    gone: str = Field(sa_type=CleanText)
    come: str = Field(sa_type=CleanText)
    saved_at: datetime = Field(sa_type=UtcDateTime)
    is_undone: bool


class SettingRow(Record, table=True):
    """What the service remembers about itself: its generation, the pushed clock, the heartbeats of its duties."""

    __tablename__ = "setting"
    __table_args__ = ({"sqlite_with_rowid": False},)

    name: str = Field(sa_type=CleanText, primary_key=True)
    value: str = Field(sa_type=CleanText)


AUDIT = Record.metadata.tables["audit"]
HIERARCHY_VERSION = Record.metadata.tables["hierarchy_version"]
PLACE = Record.metadata.tables["place"]
API_TOKEN = Record.metadata.tables["api_token"]
TREE_DRAFT = Record.metadata.tables["tree_draft"]
TREE_STEP = Record.metadata.tables["tree_step"]
SETTING = Record.metadata.tables["setting"]
