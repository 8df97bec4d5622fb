"""Letters to those who reported by telephone waited for a channel that does not exist: they wait no longer."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_OUTBOX = sa.table(
    "outbox", *(sa.column(each) for each in ("lane", "state", "due_at", "settled_at", "detail", "created_at"))
)


def upgrade() -> None:
    wait = (_OUTBOX.c.lane == "api:api", _OUTBOX.c.due_at.is_not(None))
    op.execute(
        sa.update(_OUTBOX)
        .where(*wait)
        .values(
            state="dropped", due_at=None, settled_at=_OUTBOX.c.created_at, detail="nobody is written to there"
        )
    )
