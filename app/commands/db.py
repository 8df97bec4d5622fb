"""`liren db upgrade`: brings the database to this release."""

import argparse

from app.commands.opening import opened_store


def add_to(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    upgrade = verbs.add_parser("upgrade", help="create or migrate the tables")
    upgrade.set_defaults(run=run_upgrade)


def run_upgrade(_: argparse.Namespace) -> int:
    with opened_store():
        print("the database is up to date")
    return 0
