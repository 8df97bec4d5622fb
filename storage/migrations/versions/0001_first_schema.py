"""Everything that the first release keeps."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.schema import CreateSequence

from storage.migrations.columns import (
    counter,
    create_index,
    create_table,
    flags,
    foreign_key,
    instants,
    keys,
    numbers,
    optional_bytes,
    optional_instants,
    optional_keys,
    optional_numbers,
    optional_texts,
    texts,
)

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
    create_table(
        "api_token",
        "token_id",
        counter("token_id"),
        texts("digest name role scope"),
        instants("created_at"),
        optional_instants("revoked_at"),
        sa.UniqueConstraint("digest", name="uq_api_token_digest"),
    )


def _create_audit() -> None:
    create_table(
        "audit", "seq", keys("seq"), instants("at"), texts("kind subject by root content sealed prev hash")
    )


def _create_dialog() -> None:
    create_table(
        "dialog",
        "channel account chat user",
        texts("channel account chat user awaits said values"),
        instants("expires_at"),
        sqlite_with_rowid=False,
    )


def _create_hierarchy_version() -> None:
    create_table(
        "hierarchy_version",
        "version",
        numbers("version"),
        texts("digest text author note"),
        instants("applied_at"),
    )


def _create_inbox() -> None:
    create_table(
        "inbox",
        "channel account key",
        texts("channel account key answer"),
        instants("received_at"),
        sqlite_with_rowid=False,
    )
    create_index("ix_inbox_received_at", "inbox", "received_at")


def _create_lane_lease() -> None:
    create_table("lane_lease", "lane", texts("lane owner"), instants("until_at"))


def _create_moved_chat() -> None:
    create_table("moved_chat", "channel account chat", texts("channel account chat moved_to"))


def _create_outbox() -> None:
    create_table(
        "outbox",
        "parcel_id",
        counter("parcel_id"),
        texts("key root"),
        keys("ticket_number"),
        texts("kind hearer_kind hearer_name"),
        numbers("cycle"),
        flags("urgent"),
        texts("values lane channel account chat"),
        optional_texts("thread"),
        texts("state"),
        optional_instants("due_at"),
        optional_texts("owner"),
        numbers("attempts"),
        flags("maybe_repeat"),
        texts("detail"),
        optional_texts("vendor_ref"),
        instants("created_at"),
        optional_instants("settled_at"),
    )
    create_index("ix_outbox_chat", "outbox", "chat state")
    create_index("ix_outbox_due", "outbox", "lane due_at", where="due_at IS NOT NULL")
    create_index("ix_outbox_ticket", "outbox", "ticket_number")
    create_index(
        "ix_outbox_trouble",
        "outbox",
        "parcel_id",
        where="state = 'dead' OR state = 'unknown' OR state = 'unreachable'",
    )
    create_index("ix_outbox_vendor_ref", "outbox", "vendor_ref", where="vendor_ref IS NOT NULL")


def _create_person() -> None:
    create_table(
        "person",
        "person_id",
        counter("person_id"),
        texts("channel account user name"),
        optional_texts("private_chat private_thread node_id"),
        texts("home"),
        optional_instants("consented_at"),
        flags("follows"),
        optional_instants("erased_at"),
        sa.UniqueConstraint("channel", "account", "user", name="uq_person_channel_account_user"),
    )


def _create_place() -> None:
    create_table(
        "place",
        "node_id",
        texts("node_id level name"),
        numbers("first_version"),
        optional_numbers("last_version"),
    )


def _create_plan() -> None:
    create_table("plan", "plan_id", texts("plan_id content"))


def _create_reply_window() -> None:
    create_table(
        "reply_window", "lane user", texts("lane user"), numbers("allowed used"), instants("ends_at")
    )


def _create_sandbox_message() -> None:
    create_table(
        "sandbox_message",
        "shown_id",
        counter("shown_id"),
        texts("chat author name text buttons"),
        instants("at"),
    )
    create_index("ix_sandbox_message_chat", "sandbox_message", "chat shown_id")


def _create_setting() -> None:
    create_table("setting", "name", texts("name value"), sqlite_with_rowid=False)


def _create_vendor_token() -> None:
    create_table(
        "vendor_token",
        "lane",
        texts("lane"),
        optional_texts("token"),
        optional_instants("expires_at refresh_until"),
    )


def _create_ticket() -> None:
    create_table(
        "ticket",
        "number",
        keys("number"),
        numbers("version"),
        texts("status"),
        flags("urgent"),
        texts("category text origin root node level group"),
        optional_texts("holder"),
        texts("plan_id"),
        numbers("cycle"),
        instants("opened_at dispatched_at"),
        optional_instants(
            "claim_due_at resolve_due_at next_due_at reminded_for claimed_at paused_at paused_until"
        ),
        optional_texts("pause_request"),
        optional_instants("resolved_at"),
        optional_texts("resolved_level"),
        optional_instants("closed_at supervised_at urged_at"),
        numbers("reporters escalations hand_backs reopens"),
        optional_texts("rating"),
        optional_keys("merged_into"),
        texts("place asked_groups"),
        foreign_key("ticket", "plan_id", "plan.plan_id"),
    )
    create_index("ix_ticket_alike", "ticket", "root category opened_at")
    create_index("ix_ticket_due", "ticket", "next_due_at number", where="next_due_at IS NOT NULL")
    create_index("ix_ticket_group", "ticket", "group status")
    create_index("ix_ticket_holder", "ticket", "holder", where="holder IS NOT NULL")
    create_index("ix_ticket_merged_into", "ticket", "merged_into", where="merged_into IS NOT NULL")
    create_index("ix_ticket_node", "ticket", "node status number")
    create_index("ix_ticket_origin", "ticket", "origin number")
    create_index("ix_ticket_root", "ticket", "root number")
    create_index("ix_ticket_status", "ticket", "status number")


def _create_message() -> None:
    create_table(
        "message",
        "message_id",
        counter("message_id"),
        keys("ticket_number"),
        texts("root author"),
        instants("at"),
        texts("text"),
        foreign_key("message", "ticket_number", "ticket.number"),
    )
    create_index("ix_message_author", "message", "author")
    create_index("ix_message_ticket", "message", "ticket_number message_id")


def _create_picture() -> None:
    create_table(
        "picture",
        "picture_id",
        counter("picture_id"),
        optional_keys("ticket_number"),
        texts("root"),
        keys("person_id"),
        texts("channel account chat"),
        optional_texts("thread"),
        texts("kind handle note state"),
        numbers("attempts"),
        instants("wanted_at"),
        optional_instants("due_at"),
        texts("media_type"),
        optional_bytes("content"),
        foreign_key("picture", "person_id", "person.person_id"),
        foreign_key("picture", "ticket_number", "ticket.number"),
    )
    create_index("ix_picture_due", "picture", "due_at", where="due_at IS NOT NULL")
    create_index("ix_picture_person", "picture", "person_id ticket_number")
    create_index("ix_picture_ticket", "picture", "ticket_number picture_id")


def _create_reporter() -> None:
    create_table(
        "reporter",
        "ticket_number person_id came_from",
        keys("ticket_number person_id came_from"),
        texts("root channel account chat"),
        optional_texts("thread message_ref"),
        texts("node_id"),
        instants("reported_at"),
        foreign_key("reporter", "person_id", "person.person_id"),
        foreign_key("reporter", "ticket_number", "ticket.number"),
        sqlite_with_rowid=False,
    )
    create_index("ix_reporter_person", "reporter", "person_id ticket_number")


def _create_ticket_event() -> None:
    create_table(
        "ticket_event",
        "event_id",
        keys("event_id ticket_number"),
        texts("root kind"),
        instants("at"),
        texts("by node group reason words values"),
        optional_texts("salt"),
        foreign_key("ticket_event", "ticket_number", "ticket.number"),
    )
    create_index("ix_ticket_event_ticket", "ticket_event", "ticket_number event_id")
