"""Everything that the first release keeps."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateSequence

from storage.column_types import BigKey, CleanText, UtcDateTime

revision: str = "0001"
down_revision: str | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(CreateSequence(sa.Sequence("ticket_number_seq", start=1001)))
    op.create_table(
        "api_token",
        sa.Column("token_id", BigKey(), nullable=False),
        sa.Column("digest", CleanText(), nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("role", CleanText(), nullable=False),
        sa.Column("scope", CleanText(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("token_id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
    )
    op.create_table(
        "audit",
        sa.Column("seq", BigKey(), autoincrement=False, nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("kind", CleanText(), nullable=False),
        sa.Column("subject", CleanText(), nullable=False),
        sa.Column("by", CleanText(), nullable=False),
        sa.Column("root", CleanText(), nullable=False),
        sa.Column("content", CleanText(), nullable=False),
        sa.Column("sealed", CleanText(), nullable=False),
        sa.Column("prev", CleanText(), nullable=False),
        sa.Column("hash", CleanText(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name=op.f("pk_audit")),
    )
    op.create_table(
        "dialog",
        sa.Column("channel", CleanText(), nullable=False),
        sa.Column("account", CleanText(), nullable=False),
        sa.Column("chat", CleanText(), nullable=False),
        sa.Column("user", CleanText(), nullable=False),
        sa.Column("awaits", CleanText(), nullable=False),
        sa.Column("said", CleanText(), nullable=False),
        sa.Column("values", CleanText(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", "chat", "user", name=op.f("pk_dialog")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "hierarchy_version",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("digest", CleanText(), nullable=False),
        sa.Column("text", CleanText(), nullable=False),
        sa.Column("author", CleanText(), nullable=False),
        sa.Column("note", CleanText(), nullable=False),
        sa.Column("applied_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_hierarchy_version")),
    )
    op.create_table(
        "inbox",
        sa.Column("channel", CleanText(), nullable=False),
        sa.Column("account", CleanText(), nullable=False),
        sa.Column("key", CleanText(), nullable=False),
        sa.Column("answer", CleanText(), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", "key", name=op.f("pk_inbox")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_inbox_received_at"), "inbox", ["received_at"], unique=False)
    op.create_table(
        "lane_lease",
        sa.Column("lane", CleanText(), nullable=False),
        sa.Column("owner", CleanText(), nullable=False),
        sa.Column("until_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_lane_lease")),
    )
    op.create_table(
        "moved_chat",
        sa.Column("channel", CleanText(), nullable=False),
        sa.Column("account", CleanText(), nullable=False),
        sa.Column("chat", CleanText(), nullable=False),
        sa.Column("moved_to", CleanText(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "account", "chat", name=op.f("pk_moved_chat")),
    )
    op.create_table(
        "outbox",
        sa.Column("parcel_id", BigKey(), nullable=False),
        sa.Column("key", CleanText(), nullable=False),
        sa.Column("root", CleanText(), nullable=False),
        sa.Column("ticket_number", BigKey(), nullable=False),
        sa.Column("kind", CleanText(), nullable=False),
        sa.Column("hearer_kind", CleanText(), nullable=False),
        sa.Column("hearer_name", CleanText(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("values", CleanText(), nullable=False),
        sa.Column("lane", CleanText(), nullable=False),
        sa.Column("channel", CleanText(), nullable=False),
        sa.Column("account", CleanText(), nullable=False),
        sa.Column("chat", CleanText(), nullable=False),
        sa.Column("thread", CleanText(), nullable=True),
        sa.Column("state", CleanText(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("owner", CleanText(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("maybe_repeat", sa.Boolean(), nullable=False),
        sa.Column("detail", CleanText(), nullable=False),
        sa.Column("vendor_ref", CleanText(), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("parcel_id", name=op.f("pk_outbox")),
    )
    op.create_index("ix_outbox_chat", "outbox", ["chat", "state"], unique=False)
    op.create_index(
        "ix_outbox_due",
        "outbox",
        ["lane", "due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("ix_outbox_ticket", "outbox", ["ticket_number"], unique=False)
    op.create_index(
        "ix_outbox_trouble",
        "outbox",
        ["parcel_id"],
        unique=False,
        sqlite_where=sa.text("state = 'dead' OR state = 'unknown' OR state = 'unreachable'"),
        postgresql_where=sa.text("state = 'dead' OR state = 'unknown' OR state = 'unreachable'"),
    )
    op.create_index(
        "ix_outbox_vendor_ref",
        "outbox",
        ["vendor_ref"],
        unique=False,
        sqlite_where=sa.text("vendor_ref IS NOT NULL"),
        postgresql_where=sa.text("vendor_ref IS NOT NULL"),
    )
    op.create_table(
        "person",
        sa.Column("person_id", BigKey(), nullable=False),
        sa.Column("channel", CleanText(), nullable=False),
        sa.Column("account", CleanText(), nullable=False),
        sa.Column("user", CleanText(), nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("private_chat", CleanText(), nullable=True),
        sa.Column("private_thread", CleanText(), nullable=True),
        sa.Column("node_id", CleanText(), nullable=True),
        sa.Column("home", CleanText(), nullable=False),
        sa.Column("consented_at", UtcDateTime(), nullable=True),
        sa.Column("follows", sa.Boolean(), nullable=False),
        sa.Column("erased_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("person_id", name=op.f("pk_person")),
        sa.UniqueConstraint("channel", "account", "user", name=op.f("uq_person_channel_account_user")),
    )
    op.create_table(
        "place",
        sa.Column("node_id", CleanText(), nullable=False),
        sa.Column("level", CleanText(), nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("first_version", sa.Integer(), nullable=False),
        sa.Column("last_version", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("node_id", name=op.f("pk_place")),
    )
    op.create_table(
        "plan",
        sa.Column("plan_id", CleanText(), nullable=False),
        sa.Column("content", CleanText(), nullable=False),
        sa.PrimaryKeyConstraint("plan_id", name=op.f("pk_plan")),
    )
    op.create_table(
        "reply_window",
        sa.Column("lane", CleanText(), nullable=False),
        sa.Column("user", CleanText(), nullable=False),
        sa.Column("allowed", sa.Integer(), nullable=False),
        sa.Column("used", sa.Integer(), nullable=False),
        sa.Column("ends_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("lane", "user", name=op.f("pk_reply_window")),
    )
    op.create_table(
        "sandbox_message",
        sa.Column("shown_id", BigKey(), nullable=False),
        sa.Column("chat", CleanText(), nullable=False),
        sa.Column("author", CleanText(), nullable=False),
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("text", CleanText(), nullable=False),
        sa.Column("buttons", CleanText(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("shown_id", name=op.f("pk_sandbox_message")),
    )
    op.create_index("ix_sandbox_message_chat", "sandbox_message", ["chat", "shown_id"], unique=False)
    op.create_table(
        "setting",
        sa.Column("name", CleanText(), nullable=False),
        sa.Column("value", CleanText(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_setting")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "vendor_token",
        sa.Column("lane", CleanText(), nullable=False),
        sa.Column("token", CleanText(), nullable=True),
        sa.Column("expires_at", UtcDateTime(), nullable=True),
        sa.Column("refresh_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("lane", name=op.f("pk_vendor_token")),
    )
    op.create_table(
        "ticket",
        sa.Column("number", BigKey(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("status", CleanText(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("category", CleanText(), nullable=False),
        sa.Column("text", CleanText(), nullable=False),
        sa.Column("origin", CleanText(), nullable=False),
        sa.Column("root", CleanText(), nullable=False),
        sa.Column("node", CleanText(), nullable=False),
        sa.Column("level", CleanText(), nullable=False),
        sa.Column("group", CleanText(), nullable=False),
        sa.Column("holder", CleanText(), nullable=True),
        sa.Column("plan_id", CleanText(), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("opened_at", UtcDateTime(), nullable=False),
        sa.Column("dispatched_at", UtcDateTime(), nullable=False),
        sa.Column("claim_due_at", UtcDateTime(), nullable=True),
        sa.Column("resolve_due_at", UtcDateTime(), nullable=True),
        sa.Column("next_due_at", UtcDateTime(), nullable=True),
        sa.Column("reminded_for", UtcDateTime(), nullable=True),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("paused_at", UtcDateTime(), nullable=True),
        sa.Column("paused_until", UtcDateTime(), nullable=True),
        sa.Column("pause_request", CleanText(), nullable=True),
        sa.Column("resolved_at", UtcDateTime(), nullable=True),
        sa.Column("resolved_level", CleanText(), nullable=True),
        sa.Column("closed_at", UtcDateTime(), nullable=True),
        sa.Column("supervised_at", UtcDateTime(), nullable=True),
        sa.Column("urged_at", UtcDateTime(), nullable=True),
        sa.Column("reporters", sa.Integer(), nullable=False),
        sa.Column("escalations", sa.Integer(), nullable=False),
        sa.Column("hand_backs", sa.Integer(), nullable=False),
        sa.Column("reopens", sa.Integer(), nullable=False),
        sa.Column("rating", CleanText(), nullable=True),
        sa.Column("merged_into", BigKey(), nullable=True),
        sa.Column("place", CleanText(), nullable=False),
        sa.Column("asked_groups", CleanText(), nullable=False),
        sa.ForeignKeyConstraint(["plan_id"], ["plan.plan_id"], name=op.f("fk_ticket_plan_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_ticket")),
    )
    op.create_index("ix_ticket_alike", "ticket", ["root", "category", "opened_at"], unique=False)
    op.create_index(
        "ix_ticket_due",
        "ticket",
        ["next_due_at", "number"],
        unique=False,
        sqlite_where=sa.text("next_due_at IS NOT NULL"),
        postgresql_where=sa.text("next_due_at IS NOT NULL"),
    )
    op.create_index("ix_ticket_group", "ticket", ["group", "status"], unique=False)
    op.create_index(
        "ix_ticket_holder",
        "ticket",
        ["holder"],
        unique=False,
        sqlite_where=sa.text("holder IS NOT NULL"),
        postgresql_where=sa.text("holder IS NOT NULL"),
    )
    op.create_index(
        "ix_ticket_merged_into",
        "ticket",
        ["merged_into"],
        unique=False,
        sqlite_where=sa.text("merged_into IS NOT NULL"),
        postgresql_where=sa.text("merged_into IS NOT NULL"),
    )
    op.create_index("ix_ticket_node", "ticket", ["node", "status", "number"], unique=False)
    op.create_index("ix_ticket_root", "ticket", ["root", "number"], unique=False)
    op.create_index("ix_ticket_status", "ticket", ["status", "number"], unique=False)
    op.create_table(
        "message",
        sa.Column("message_id", BigKey(), nullable=False),
        sa.Column("ticket_number", BigKey(), nullable=False),
        sa.Column("root", CleanText(), nullable=False),
        sa.Column("author", CleanText(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("text", CleanText(), nullable=False),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name=op.f("fk_message_ticket_number")),
        sa.PrimaryKeyConstraint("message_id", name=op.f("pk_message")),
    )
    op.create_index("ix_message_author", "message", ["author"], unique=False)
    op.create_index("ix_message_ticket", "message", ["ticket_number", "message_id"], unique=False)
    op.create_table(
        "picture",
        sa.Column("picture_id", BigKey(), nullable=False),
        sa.Column("ticket_number", BigKey(), nullable=True),
        sa.Column("root", CleanText(), nullable=False),
        sa.Column("person_id", BigKey(), nullable=False),
        sa.Column("channel", CleanText(), nullable=False),
        sa.Column("account", CleanText(), nullable=False),
        sa.Column("chat", CleanText(), nullable=False),
        sa.Column("thread", CleanText(), nullable=True),
        sa.Column("kind", CleanText(), nullable=False),
        sa.Column("handle", CleanText(), nullable=False),
        sa.Column("note", CleanText(), nullable=False),
        sa.Column("state", CleanText(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("wanted_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("media_type", CleanText(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(["person_id"], ["person.person_id"], name=op.f("fk_picture_person_id")),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name=op.f("fk_picture_ticket_number")),
        sa.PrimaryKeyConstraint("picture_id", name=op.f("pk_picture")),
    )
    op.create_index(
        "ix_picture_due",
        "picture",
        ["due_at"],
        unique=False,
        sqlite_where=sa.text("due_at IS NOT NULL"),
        postgresql_where=sa.text("due_at IS NOT NULL"),
    )
    op.create_index("ix_picture_person", "picture", ["person_id", "ticket_number"], unique=False)
    op.create_index("ix_picture_ticket", "picture", ["ticket_number", "picture_id"], unique=False)
    op.create_table(
        "reporter",
        sa.Column("ticket_number", BigKey(), autoincrement=False, nullable=False),
        sa.Column("person_id", BigKey(), autoincrement=False, nullable=False),
        sa.Column("came_from", BigKey(), autoincrement=False, nullable=False),
        sa.Column("root", CleanText(), nullable=False),
        sa.Column("channel", CleanText(), nullable=False),
        sa.Column("account", CleanText(), nullable=False),
        sa.Column("chat", CleanText(), nullable=False),
        sa.Column("thread", CleanText(), nullable=True),
        sa.Column("message_ref", CleanText(), nullable=True),
        sa.Column("node_id", CleanText(), nullable=False),
        sa.Column("reported_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.person_id"], name=op.f("fk_reporter_person_id")),
        sa.ForeignKeyConstraint(["ticket_number"], ["ticket.number"], name=op.f("fk_reporter_ticket_number")),
        sa.PrimaryKeyConstraint("ticket_number", "person_id", "came_from", name=op.f("pk_reporter")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_reporter_person", "reporter", ["person_id", "ticket_number"], unique=False)
    op.create_table(
        "ticket_event",
        sa.Column("event_id", BigKey(), autoincrement=False, nullable=False),
        sa.Column("ticket_number", BigKey(), nullable=False),
        sa.Column("root", CleanText(), nullable=False),
        sa.Column("kind", CleanText(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("by", CleanText(), nullable=False),
        sa.Column("node", CleanText(), nullable=False),
        sa.Column("group", CleanText(), nullable=False),
        sa.Column("reason", CleanText(), nullable=False),
        sa.Column("words", CleanText(), nullable=False),
        sa.Column("values", CleanText(), nullable=False),
        sa.Column("salt", CleanText(), nullable=True),
        sa.ForeignKeyConstraint(
            ["ticket_number"], ["ticket.number"], name=op.f("fk_ticket_event_ticket_number")
        ),
        sa.PrimaryKeyConstraint("event_id", name=op.f("pk_ticket_event")),
    )
    op.create_index("ix_ticket_event_ticket", "ticket_event", ["ticket_number", "event_id"], unique=False)
