"""Accounts of those who sign in, with their sessions, recovery codes, tries and used links."""

import sqlalchemy as sa

from storage.migrations import columns as c

revision = "0003"
down_revision = "0001"


def upgrade() -> None:
    _create_account()
    _create_web_session()
    c.create_table(
        "recovery_code",
        "account_id digest",
        c.keys("account_id"),
        c.texts("digest"),
        c.foreign_key("recovery_code", "account_id", "account.account_id"),
        sqlite_with_rowid=False,
    )
    c.create_table(
        "sign_in_try",
        "bucket",
        c.texts("bucket"),
        c.numbers("tries"),
        c.instants("since"),
        sqlite_with_rowid=False,
    )
    c.create_index("ix_sign_in_try_since", "sign_in_try", "since")
    c.create_table("used_link", "digest", c.texts("digest"), c.instants("ends_at"), sqlite_with_rowid=False)
    c.create_index("ix_used_link_ends_at", "used_link", "ends_at")


def _create_account() -> None:
    c.create_table(
        "account",
        "account_id",
        c.counter("account_id"),
        c.texts("name name_key role scope"),
        c.optional_texts("staff_id password_hash totp_secret"),
        c.optional_keys("totp_step"),
        c.optional_texts("link_digest"),
        c.optional_instants("link_ends_at"),
        c.instants("created_at"),
        c.optional_instants("disabled_at"),
        sa.UniqueConstraint("name_key", name="uq_account_name_key"),
        sa.UniqueConstraint("link_digest", name="uq_account_link_digest"),
    )


def _create_web_session() -> None:
    c.create_table(
        "web_session",
        "digest",
        c.texts("digest kind"),
        c.optional_keys("account_id"),
        c.optional_texts("staff_id"),
        c.texts("device"),
        c.instants("made_at seen_at ends_at"),
        c.foreign_key("web_session", "account_id", "account.account_id"),
        sqlite_with_rowid=False,
    )
    c.create_index("ix_web_session_account", "web_session", "account_id")
    c.create_index("ix_web_session_ends_at", "web_session", "ends_at")
