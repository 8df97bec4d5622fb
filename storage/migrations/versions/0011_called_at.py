"""When a letter was handed to its vendor: only then can it have been shown by somebody who died meanwhile."""

import sqlalchemy as sa
from alembic import op

from storage.column_types import UtcDateTime

revision = "0011"
down_revision = "0010"

_OUTBOX = sa.table("outbox", *(sa.column(each) for each in ("state", "called_at", "created_at")))


def upgrade() -> None:
    op.add_column("outbox", sa.Column("called_at", UtcDateTime(), nullable=True))
    # Leases of the release before did not say so: each may have been handed over.
    op.execute(sa.update(_OUTBOX).where(_OUTBOX.c.state == "sending").values(called_at=_OUTBOX.c.created_at))
