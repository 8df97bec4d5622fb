"""Chat accounts that staff bind themselves, the codes for it, and forms that were taken."""

import sqlalchemy as sa

from storage.migrations import columns as c

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    c.create_table(
        "chat_binding",
        "channel staff_id",
        c.texts("channel staff_id user"),
        c.instants("bound_at"),
        sa.UniqueConstraint("channel", "user", name="uq_chat_binding_user"),
        sqlite_with_rowid=False,
    )
    c.create_table(
        "binding_code",
        "staff_id",
        c.texts("staff_id digest"),
        c.instants("ends_at"),
        sa.UniqueConstraint("digest", name="uq_binding_code_digest"),
        sqlite_with_rowid=False,
    )
    c.create_table("taken_form", "digest", c.texts("digest"), c.instants("taken_at"), sqlite_with_rowid=False)
    c.create_index("ix_taken_form_taken_at", "taken_form", "taken_at")
