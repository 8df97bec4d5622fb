"""What accounts are writing on the hierarchy."""

from storage.migrations import columns as c

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    c.create_table(
        "tree_draft",
        "account_id",
        c.keys("account_id"),
        c.numbers("base"),
        c.texts("text note"),
        c.numbers("revision"),
        c.instants("saved_at"),
        c.optional_instants("put_away_at"),
        sqlite_with_rowid=False,
    )
