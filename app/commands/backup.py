"""`liren backup FILE`: a consistent copy while the service runs."""

import argparse
import sys
from pathlib import Path

from app.commands.opening import opened_store
from storage.backup import BackupError


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the new file; it must not exist yet")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    with opened_store() as store:
        try:
            store.back_up(arguments.file)
        except (BackupError, OSError) as error:
            print(f"liren backup: {error}", file=sys.stderr)
            return 1
    print(f"{arguments.file}: {arguments.file.stat().st_size // 1024} KiB")
    return 0
