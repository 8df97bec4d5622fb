"""What the reader is taught, and the models made from it."""

import sqlalchemy as sa

from storage.migrations import columns as c

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    c.create_table("lesson", "digest", c.texts("digest text category"), c.instants("taught_at"))
    c.create_table(
        "reader_model",
        "model_id",
        c.counter("model_id"),
        c.texts("categories"),
        c.numbers("hierarchy_version lessons"),
        c.texts("figures"),
        iter([sa.Column("content", sa.LargeBinary(), nullable=False)]),
        c.instants("made_at"),
    )
    c.create_index("ix_reader_model_categories", "reader_model", "categories model_id")
