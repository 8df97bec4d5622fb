"""The tables of the figures: what each ticket adds to them, and sums of that by place and day. All of it can be made
anew from the tickets' stories; nothing here is anybody's words or name.
"""

from typing import Any

import sqlalchemy as sa

from routing.figure_counts import COUNT_NAMES
from storage.column_types import BigKey, CleanText, Record, UtcDateTime, partial_index


def _counts() -> list[sa.Column[Any]]:
    return [
        sa.Column(each, BigKey() if each.endswith("_seconds") else sa.Integer(), nullable=False)
        for each in COUNT_NAMES
    ]


FIGURE_TICKET = sa.Table(
    "figure_ticket",
    Record.metadata,
    sa.Column("number", BigKey(), primary_key=True, autoincrement=False),
    sa.Column("level", CleanText(), primary_key=True),
    sa.Column("origin", CleanText(), nullable=False),
    sa.Column("node", CleanText(), nullable=False),
    sa.Column("category", CleanText(), nullable=False),
    sa.Column("opened_on", sa.Date(), nullable=False),
    sa.Column("reporters", sa.Integer(), nullable=False),
    sa.Column("claim_due_at", UtcDateTime()),
    sa.Column("resolve_due_at", UtcDateTime()),
    sa.Column("was_extended", sa.Boolean(), nullable=False),
    *_counts(),
    sa.Index("ix_figure_ticket_origin", "origin", "opened_on"),
    sa.Index("ix_figure_ticket_opened", "opened_on", "number"),
    partial_index("ix_figure_ticket_told", "opened_on", "reporters", "number", where="reporters > 1"),
    partial_index("ix_figure_ticket_claim", "claim_due_at", where="claim_due_at IS NOT NULL"),
    partial_index("ix_figure_ticket_resolve", "resolve_due_at", where="resolve_due_at IS NOT NULL"),
)
"""A row for each level that a ticket was at; `node` is where it was asked when it was counted. `claim_due_at` and
`resolve_due_at` are limits that still run there; `reporters` stands at the level where the ticket is now, and is 0 for
one that was merged into another."""

FIGURE_DAY = sa.Table(
    "figure_day",
    Record.metadata,
    sa.Column("place", CleanText(), primary_key=True),
    sa.Column("grain", sa.Integer(), primary_key=True, autoincrement=False),
    sa.Column("opened_on", sa.Date(), primary_key=True),
    sa.Column("category", CleanText(), primary_key=True),
    sa.Column("level", CleanText(), primary_key=True),
    *_counts(),
    sqlite_with_rowid=False,
)
"""Sums over the tickets from a place with children and all below it, by the day they were opened. Grain 0 is
everything of a day, without category and level; grain 1 has both; grain 2 too, for a month by its first day."""

FIGURE_ASKED = sa.Table(
    "figure_asked",
    Record.metadata,
    sa.Column("node", CleanText(), primary_key=True),
    sa.Column("stray", CleanText(), primary_key=True),
    sa.Column("opened_on", sa.Date(), primary_key=True),
    sa.Column("category", CleanText(), primary_key=True),
    sa.Column("level", CleanText(), primary_key=True),
    *_counts(),
    sqlite_with_rowid=False,
)
"""Sums over the tickets that are asked at a node itself, without those below it, by the month they were opened.
`stray` is where those come from that were reported from elsewhere than the node and what is below it; else empty."""

FIGURE_ORIGIN = sa.Table(
    "figure_origin",
    Record.metadata,
    sa.Column("origin", CleanText(), primary_key=True),
    sa.Column("path", CleanText(), nullable=False),
    sqlite_with_rowid=False,
)
"""In which places' sums the tickets from here stand, as a JSON list: so that they can be moved when the tree is."""
