"""The command line `liren`: reads the words, calls one room, prints. Bad words end with exit 2 and one clear line."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper
from typing import Any, NoReturn

COMMANDS = {
    "serve": ("app.commands.serve", "run the service"),
    "hierarchy": ("app.commands.hierarchy", "check, compare, apply, show and try the hierarchy file"),
    "learn": ("app.commands.learn", "learn to sort from rows of text and category"),
    "understand": ("app.commands.understand", "read lines as messages, as JSON"),
    "simulate": ("app.commands.simulate", "live through days of a made street, to try a hierarchy"),
    "user": ("app.commands.user", "make, list and close accounts for the pages"),
    "token": ("app.commands.token", "make, list and revoke API tokens"),
    "wechat": ("app.commands.wechat", "set up the Official Account: menu and QR pictures"),
    "db": ("app.commands.db", "bring the database to this release"),
    "doctor": ("app.commands.doctor", "check every setting and channel, and say what to fix"),
    "backup": ("app.commands.backup", "a consistent copy of the database"),
    "audit": ("app.commands.audit", "check the chain of the log"),
}
"""Word → module with `add_to(parser)`, and its line in the help. Only the chosen one is imported."""

HELP_COLUMN = 32
NAME_COLUMNS = 14
"""Room for the longest command, which argparse reckons too narrow."""


class Lines(argparse.HelpFormatter):
    """Each word and what it does on one line."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=HELP_COLUMN)
        self._action_max_length = NAME_COLUMNS


class Subcommands(argparse._SubParsersAction):  # type: ignore[type-arg]
    """The line that a list of commands shows also stands in the command's own help."""

    def add_parser(self, name: str, **given: Any) -> argparse.ArgumentParser:
        parser: argparse.ArgumentParser = super().add_parser(name, description=given.get("help"), **given)
        return parser


class OneLineParser(argparse.ArgumentParser):
    """Says what is wrong in one line and where help is."""

    def __init__(self, **given: Any) -> None:
        super().__init__(formatter_class=Lines, **given)
        self.register("action", "parsers", Subcommands)

    # Also of a subcommand: what it does not know is told with its own name and its own help.
    def parse_known_args(self, *given: Any) -> tuple[argparse.Namespace, list[str]]:  # type: ignore[override]
        found, unknown = super().parse_known_args(*given)
        if unknown:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return found, unknown

    def error(self, message: str) -> NoReturn:
        self.exit(2, f"{self.prog}: {message} (see {self.prog} --help)\n")


def build_parser(chosen: str | None) -> argparse.ArgumentParser:
    """The parser with the words of one command; the others only have their names."""
    parser = OneLineParser(
        prog="liren", description="Liren 里仁: from what a resident says to a solved ticket."
    )
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    for name, (module, line) in COMMANDS.items():
        command = commands.add_parser(name, help=line)
        if name == chosen:
            import_module(module).add_to(command)
    return parser


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0 done, 1 refused with reasons, 2 bad words or settings."""
    words = list(sys.argv[1:] if argv is None else argv)
    _show_what_a_terminal_cannot()
    try:
        chosen = next((each for each in words if not each.startswith("-")), None)
        arguments = build_parser(chosen).parse_args(words)
        result: int = arguments.run(arguments)
    except BrokenPipeError:
        sys.stderr.close()
        return 1
    except ConnectionError as error:
        print(f"liren: the database cannot be used: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        print(f"liren: {where}{error.strerror or error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return result


def _show_what_a_terminal_cannot() -> None:
    """Letters that the terminal's encoding lacks, and names of files in another one, are written as escapes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
