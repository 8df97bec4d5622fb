"""What Alembic runs to migrate. The connection and its transaction come from `storage.schema`."""

from alembic import context

from storage.schema import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    # SQLite can undo a change of the schema too, as long as nobody commits in between.
    transactional_ddl=True,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
