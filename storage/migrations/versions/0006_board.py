"""What the board of tickets needs: live tickets by their next instant, pairs of letters to search by, saved views."""

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns as c
from storage.tables.board import TICKET_PAIR
from storage.tables.tickets import TICKET
from storage.ticket_pairs import pairs_of, told_of

revision = "0006"
down_revision = "0005"

# What a list is narrowed by stands in the index too, so that only the tickets that are shown are read.
_NARROWED_BY = "number node origin category level urgent holder opened_at status"
_BATCH = 5_000


def upgrade() -> None:
    for status, instant in (
        ("open", "claim_due_at"),
        ("claimed", "resolve_due_at"),
        ("waiting", "paused_until"),
        ("resolved", "resolved_at"),
    ):
        c.create_index(
            f"ix_ticket_board_{status}", "ticket", f"{instant} {_NARROWED_BY}", where=f"status = '{status}'"
        )
    c.create_index("ix_ticket_opened", "ticket", "opened_at number")
    c.create_table("ticket_pair", "pair number", c.texts("pair"), c.keys("number"), sqlite_with_rowid=False)
    c.create_table(
        "saved_view",
        "view_id",
        c.counter("view_id"),
        c.texts("owner name query"),
        c.instants("made_at"),
        sa.UniqueConstraint("owner", "name", name="uq_saved_view_owner_name"),
    )
    _fill_pairs(op.get_bind())


def _fill_pairs(connection: sa.Connection) -> None:
    """For the tickets that are there already; new ones bring their own."""
    words = sa.select(TICKET.c.number, TICKET.c.text, TICKET.c.place).order_by(TICKET.c.number).limit(_BATCH)
    after = -1
    while rows := connection.execute(words.where(TICKET.c.number > after)).all():
        pairs = [
            {"pair": pair, "number": number}
            for number, text, place in rows
            for pair in pairs_of(told_of(text, place))
        ]
        if pairs:
            connection.execute(sa.insert(TICKET_PAIR), pairs)
        after = rows[-1][0]
