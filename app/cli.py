"""The command line `liren`: reads the words, calls one room, prints. Bad words end with exit 2 and one clear line."""

import argparse
import sys
from collections.abc import Sequence
from typing import NoReturn

from app.commands import serve

COMMANDS = (serve,)


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line and where help is."""

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def build_parser() -> argparse.ArgumentParser:
    parser = OneLineParser(
        prog="liren", description="Liren 里仁: from what a resident says to a solved ticket."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for each in COMMANDS:
        each.add_to(commands)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 refused with reasons, 2 bad words or settings."""
    arguments = build_parser().parse_args(argv)
    try:
        result: int = arguments.run(arguments)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except KeyboardInterrupt:
        return 130
    return result
