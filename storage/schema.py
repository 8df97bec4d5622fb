"""The schema as this release wants it, and the way there from an empty or an older database."""

from pathlib import Path

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from storage.column_types import Record
from storage.tables import accounts, binding, board, figures, office, reading, talk, tickets

METADATA = Record.metadata
# Importing the modules is what puts their tables there.
TABLE_MODULES = (tickets, talk, office, accounts, reading, binding, board, figures)

_SCRIPTS = Path(__file__).parent / "migrations"
# One number for all replicas of one database: "schema" in ASCII.
_UPGRADE_LOCK = 0x736368656D61


def upgrade(engine: sa.Engine) -> None:
    """To the newest version, in one transaction: killed half-way it leaves the old schema. Replicas take turns."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_UPGRADE_LOCK})")
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


def is_current(engine: sa.Engine) -> bool:
    """False for an empty database, and for one of an older or newer release."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_heads() == tuple(_newest())


def is_empty(engine: sa.Engine) -> bool:
    """True before the first start: no release has made its tables there."""
    with engine.connect() as connection:
        return not MigrationContext.configure(connection).get_current_heads()


def is_unknown(engine: sa.Engine) -> bool:
    """True for a database of a newer release, which this one must leave alone."""
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    with engine.connect() as connection:
        return bool(set(MigrationContext.configure(connection).get_current_heads()) - known)


def _newest() -> list[str]:
    return list(ScriptDirectory.from_config(_config()).get_heads())


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    return config
