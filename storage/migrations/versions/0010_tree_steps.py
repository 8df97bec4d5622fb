"""The steps of what accounts are writing on the hierarchy, so that each can be taken back."""

from storage.migrations import columns as c

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    c.create_table(
        "tree_step",
        "account_id number",
        c.keys("account_id"),
        c.numbers("number"),
        c.texts("verb told"),
        c.numbers("base_before base_after position"),
        c.texts("gone come"),
        c.instants("saved_at"),
        c.flags("is_undone"),
        sqlite_with_rowid=False,
    )
