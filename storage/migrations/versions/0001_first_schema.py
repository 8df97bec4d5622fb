"""Everything that the first release keeps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateSequence

from storage.migrations import columns as c

revision = "0001"
down_revision = None


def upgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(CreateSequence(sa.Sequence("ticket_number_seq", start=1001)))
    _create_api_token()
    _create_audit()
    _create_dialog()
    _create_hierarchy_version()
    _create_inbox()
    _create_lane_lease()
    _create_moved_chat()
    _create_outbox()
    _create_person()
    _create_place()
    _create_plan()
    _create_reply_window()
    _create_sandbox_message()
    _create_setting()
    _create_vendor_token()
    _create_ticket()
    _create_message()
    _create_picture()
    _create_reporter()
    _create_ticket_event()


def _create_api_token() -> None:
    c.create_table(
        "api_token",
        "token_id",
        c.counter("token_id"),
        c.texts("digest name role scope"),
        c.instants("created_at"),
        c.optional_instants("revoked_at"),
        sa.UniqueConstraint("digest", name="uq_api_token_digest"),
    )


def _create_audit() -> None:
    c.create_table(
        "audit",
        "seq",
        c.keys("seq"),
        c.instants("at"),
        c.texts("kind subject by root content sealed prev hash"),
    )


def _create_dialog() -> None:
    c.create_table(
        "dialog",
        "channel account chat user",
        c.texts("channel account chat user awaits said values"),
        c.instants("expires_at"),
        sqlite_with_rowid=False,
    )


def _create_hierarchy_version() -> None:
    c.create_table(
        "hierarchy_version",
        "version",
        c.numbers("version"),
        c.texts("digest text author note"),
        c.instants("applied_at"),
    )


def _create_inbox() -> None:
    c.create_table(
        "inbox",
        "channel account key",
        c.texts("channel account key answer"),
        c.instants("received_at"),
        sqlite_with_rowid=False,
    )
    c.create_index("ix_inbox_received_at", "inbox", "received_at")


def _create_lane_lease() -> None:
    c.create_table("lane_lease", "lane", c.texts("lane owner"), c.instants("until_at"))


def _create_moved_chat() -> None:
    c.create_table("moved_chat", "channel account chat", c.texts("channel account chat moved_to"))


def _create_outbox() -> None:
    c.create_table(
        "outbox",
        "parcel_id",
        c.counter("parcel_id"),
        c.texts("key root"),
        c.keys("ticket_number"),
        c.texts("kind hearer_kind hearer_name"),
        c.numbers("cycle"),
        c.flags("urgent"),
        c.texts("values lane channel account chat"),
        c.optional_texts("thread"),
        c.texts("state"),
        c.optional_instants("due_at"),
        c.optional_texts("owner"),
        c.numbers("attempts"),
        c.flags("maybe_repeat"),
        c.texts("detail"),
        c.optional_texts("vendor_ref"),
        c.instants("created_at"),
        c.optional_instants("settled_at"),
    )
    c.create_index("ix_outbox_chat", "outbox", "chat state")
    c.create_index("ix_outbox_due", "outbox", "lane due_at", where="due_at IS NOT NULL")
    c.create_index("ix_outbox_ticket", "outbox", "ticket_number")
    c.create_index(
        "ix_outbox_trouble",
        "outbox",
        "parcel_id",
        where="state = 'dead' OR state = 'unknown' OR state = 'unreachable'",
    )
    c.create_index("ix_outbox_vendor_ref", "outbox", "vendor_ref", where="vendor_ref IS NOT NULL")


def _create_person() -> None:
    c.create_table(
        "person",
        "person_id",
        c.counter("person_id"),
        c.texts("channel account user name"),
        c.optional_texts("private_chat private_thread node_id"),
        c.texts("home"),
        c.optional_instants("consented_at"),
        c.flags("follows"),
        c.optional_instants("erased_at"),
        sa.UniqueConstraint("channel", "account", "user", name="uq_person_channel_account_user"),
    )


def _create_place() -> None:
    c.create_table(
        "place",
        "node_id",
        c.texts("node_id level name"),
        c.numbers("first_version"),
        c.optional_numbers("last_version"),
    )


def _create_plan() -> None:
    c.create_table("plan", "plan_id", c.texts("plan_id content"))


def _create_reply_window() -> None:
    c.create_table(
        "reply_window", "lane user", c.texts("lane user"), c.numbers("allowed used"), c.instants("ends_at")
    )


def _create_sandbox_message() -> None:
    c.create_table(
        "sandbox_message",
        "shown_id",
        c.counter("shown_id"),
        c.texts("chat author name text buttons"),
        c.instants("at"),
    )
    c.create_index("ix_sandbox_message_chat", "sandbox_message", "chat shown_id")


def _create_setting() -> None:
    c.create_table("setting", "name", c.texts("name value"), sqlite_with_rowid=False)


def _create_vendor_token() -> None:
    c.create_table(
        "vendor_token",
        "lane",
        c.texts("lane"),
        c.optional_texts("token"),
        c.optional_instants("expires_at refresh_until"),
    )


def _create_ticket() -> None:
    c.create_table(
        "ticket",
        "number",
        c.keys("number"),
        c.numbers("version"),
        c.texts("status"),
        c.flags("urgent"),
        c.texts("category text origin root node level group"),
        c.optional_texts("holder"),
        c.texts("plan_id"),
        c.numbers("cycle"),
        c.instants("opened_at dispatched_at"),
        c.optional_instants(
            "claim_due_at resolve_due_at next_due_at reminded_for claimed_at paused_at paused_until"
        ),
        c.optional_texts("pause_request"),
        c.optional_instants("resolved_at"),
        c.optional_texts("resolved_level"),
        c.optional_instants("closed_at supervised_at urged_at"),
        c.numbers("reporters escalations hand_backs reopens"),
        c.optional_texts("rating"),
        c.optional_keys("merged_into"),
        c.texts("place asked_groups"),
        c.foreign_key("ticket", "plan_id", "plan.plan_id"),
    )
    c.create_index("ix_ticket_alike", "ticket", "root category opened_at")
    c.create_index("ix_ticket_due", "ticket", "next_due_at number", where="next_due_at IS NOT NULL")
    c.create_index("ix_ticket_group", "ticket", "group status")
    c.create_index("ix_ticket_holder", "ticket", "holder", where="holder IS NOT NULL")
    c.create_index("ix_ticket_merged_into", "ticket", "merged_into", where="merged_into IS NOT NULL")
    c.create_index("ix_ticket_node", "ticket", "node status number")
    c.create_index("ix_ticket_origin", "ticket", "origin number")
    c.create_index("ix_ticket_root", "ticket", "root number")
    c.create_index("ix_ticket_status", "ticket", "status number")


def _create_message() -> None:
    c.create_table(
        "message",
        "message_id",
        c.counter("message_id"),
        c.keys("ticket_number"),
        c.texts("root author"),
        c.instants("at"),
        c.texts("text"),
        c.foreign_key("message", "ticket_number", "ticket.number"),
    )
    c.create_index("ix_message_author", "message", "author")
    c.create_index("ix_message_ticket", "message", "ticket_number message_id")


def _create_picture() -> None:
    c.create_table(
        "picture",
        "picture_id",
        c.counter("picture_id"),
        c.optional_keys("ticket_number"),
        c.texts("root"),
        c.keys("person_id"),
        c.texts("channel account chat"),
        c.optional_texts("thread"),
        c.texts("kind handle note state"),
        c.numbers("attempts"),
        c.instants("wanted_at"),
        c.optional_instants("due_at"),
        c.texts("media_type"),
        c.optional_bytes("content"),
        c.foreign_key("picture", "person_id", "person.person_id"),
        c.foreign_key("picture", "ticket_number", "ticket.number"),
    )
    c.create_index("ix_picture_due", "picture", "due_at", where="due_at IS NOT NULL")
    c.create_index("ix_picture_person", "picture", "person_id ticket_number")
    c.create_index("ix_picture_ticket", "picture", "ticket_number picture_id")


def _create_reporter() -> None:
    c.create_table(
        "reporter",
        "ticket_number person_id came_from",
        c.keys("ticket_number person_id came_from"),
        c.texts("root channel account chat"),
        c.optional_texts("thread message_ref"),
        c.texts("node_id"),
        c.instants("reported_at"),
        c.foreign_key("reporter", "person_id", "person.person_id"),
        c.foreign_key("reporter", "ticket_number", "ticket.number"),
        sqlite_with_rowid=False,
    )
    c.create_index("ix_reporter_person", "reporter", "person_id ticket_number")


def _create_ticket_event() -> None:
    c.create_table(
        "ticket_event",
        "event_id",
        c.keys("event_id ticket_number"),
        c.texts("root kind"),
        c.instants("at"),
        c.texts("by node group reason words values"),
        c.optional_texts("salt"),
        c.foreign_key("ticket_event", "ticket_number", "ticket.number"),
    )
    c.create_index("ix_ticket_event_ticket", "ticket_event", "ticket_number event_id")
