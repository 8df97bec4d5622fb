"""Sums by where tickets are asked. All that is kept for the figures is made anew then: see `app.figures.upkeep`."""

from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op

from storage.migrations import columns as c

revision = "0012"
down_revision = "0011"

_COUNTS = (
    "tickets status_open status_claimed status_waiting status_resolved status_closed "
    "status_withdrawn status_declined status_merged solved solved_1h solved_4h solved_1d "
    "solved_3d solved_7d resolutions redos satisfied mostly unsatisfied dispatches asked answered "
    "claimed due on_time extended handed_back went_up timed_out held held_1h held_4h held_1d "
    "held_3d held_7d"
)
_SECONDS = "solved_seconds held_seconds"


def upgrade() -> None:
    op.drop_table("figure_ticket")
    c.create_table(
        "figure_ticket",
        "number level",
        c.keys("number"),
        c.texts("level origin node category"),
        _days("opened_on"),
        c.numbers("reporters"),
        c.optional_instants("claim_due_at resolve_due_at"),
        c.flags("was_extended"),
        c.numbers(_COUNTS),
        c.keys(_SECONDS),
    )
    c.create_index("ix_figure_ticket_origin", "figure_ticket", "origin opened_on")
    c.create_index("ix_figure_ticket_opened", "figure_ticket", "opened_on number")
    c.create_index(
        "ix_figure_ticket_told", "figure_ticket", "opened_on reporters number", where="reporters > 1"
    )
    for each in ("claim", "resolve"):
        where = f"{each}_due_at IS NOT NULL"
        c.create_index(f"ix_figure_ticket_{each}", "figure_ticket", f"{each}_due_at", where=where)
    c.create_table(
        "figure_asked",
        "node stray opened_on category level",
        c.texts("node stray"),
        _days("opened_on"),
        c.texts("category level"),
        c.numbers(_COUNTS),
        c.keys(_SECONDS),
        sqlite_with_rowid=False,
    )


def _days(names: str) -> Iterator[sa.Column[object]]:
    return (sa.Column(name, sa.Date(), nullable=False) for name in names.split())
