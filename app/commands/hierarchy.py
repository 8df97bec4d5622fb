"""`liren hierarchy check | diff | apply | show | route`: the admins' file from the command line."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from app.clock import Clock
from app.commands.opening import load_settings, opened_store
from app.commands.route import say_route
from app.commands.understand import find_model
from app.tree_difference import say_difference
from app.tree_file import TreeFile
from app.tree_office import Refused, StaleEditError, TreeOffice
from bot.addressbook import Addressbook
from routing.hierarchy import Hierarchy
from storage.hierarchy_file import MAX_BYTES, Problem, describe, read_hierarchy
from understanding.learned_reader import LearnedReader

EVERYONE = Addressbook(accounts={"sandbox": "sandbox"}, grouped=frozenset({"sandbox"}))
"""Before any channel is asked, every group counts as reachable."""


def add_to(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    check = verbs.add_parser("check", help="every problem of a file, with its line")
    check.add_argument("file", type=Path)
    check.set_defaults(run=run_check)
    diff = verbs.add_parser("diff", help="what changes from one file to another")
    diff.add_argument("old", type=Path)
    diff.add_argument("new", type=Path)
    diff.set_defaults(run=run_diff)
    apply = verbs.add_parser("apply", help="make a file the version in force")
    apply.add_argument("file", type=Path)
    apply.add_argument("--dry-run", action="store_true", help="only say what would change")
    apply.add_argument("--note", default="", help="why, for the list of versions")
    apply.set_defaults(run=run_apply)
    show = verbs.add_parser("show", help="the tree, as a drawing")
    show.add_argument("file", type=Path, nargs="?", help="default: LIREN_HIERARCHY")
    show.set_defaults(run=run_show)
    route = verbs.add_parser("route", help="where a message would go, why, and by when")
    route.add_argument("file", type=Path)
    route.add_argument("text")
    route.add_argument("--group", required=True, help="id of the group in which it is said")
    route.add_argument("--at", type=_instant, help="when, such as 2026-09-30T16:00 (local) or with an offset")
    route.set_defaults(run=run_route)


def run_check(arguments: argparse.Namespace) -> int:
    tree = _read(arguments.file)
    if tree is None:
        return 1
    print(f"{arguments.file}: OK. {describe(tree)}")
    return 0


def run_diff(arguments: argparse.Namespace) -> int:
    old, new = _read(arguments.old), _read(arguments.new)
    if old is None or new is None:
        return 1
    print(say_difference(old, new))
    return 0


def run_apply(arguments: argparse.Namespace) -> int:
    source = _source(arguments.file)
    if source is None:
        return 1
    with opened_store() as store:
        office = TreeOffice(store.writer, reach=EVERYONE, now=Clock().now)
        office.load()
        return _dry_run(office, source) if arguments.dry_run else _apply(office, source, arguments)


def _dry_run(office: TreeOffice, source: bytes) -> int:
    checked = office.check(source)
    if checked.hierarchy is None:
        return _tell_problems("the file", checked.problems)
    impact = office.impact_of(checked.hierarchy)
    print(
        f"would add {len(impact.added)} nodes, remove {len(impact.removed)}, move {len(impact.tickets)} open tickets"
    )
    for number in impact.tickets:
        print(f"  #{number}")
    return 0


def _apply(office: TreeOffice, source: bytes, arguments: argparse.Namespace) -> int:
    try:
        outcome = office.apply(source, author="command line", note=arguments.note)
    except StaleEditError as error:
        print(
            f"liren: version {error.version} was applied meanwhile; look at it and try again", file=sys.stderr
        )
        return 1
    if isinstance(outcome, Refused):
        return _tell_problems(str(arguments.file), outcome.problems)
    settings = load_settings()
    if settings.hierarchy.resolve() != arguments.file.resolve():
        TreeFile(settings.hierarchy, office).write(source.decode())
    print(f"applied as version {outcome.version}; {len(outcome.impact.tickets)} open tickets moved")
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    tree = _read(arguments.file or load_settings().hierarchy)
    if tree is None:
        return 1
    print(f"{tree.name} · {describe(tree)}")
    _draw(tree, tree.root_id, "")
    return 0


def run_route(arguments: argparse.Namespace) -> int:
    tree = _read(arguments.file)
    if tree is None:
        return 1
    group = tree.find_group(arguments.group)
    if group is None:
        print(f'liren: there is no group "{arguments.group}" in {arguments.file}', file=sys.stderr)
        return 2
    zone = ZoneInfo(tree.timezone)
    at = arguments.at or Clock().now()
    local = at if at.tzinfo else at.replace(tzinfo=zone)
    reader = LearnedReader(find_model(tree))
    print(say_route(tree, arguments.text, group=group, at=local.astimezone(UTC), reader=reader))
    return 0


MOST_CHILDREN = 12


def _draw(tree: Hierarchy, node_id: str, indent: str) -> None:
    node = tree.get_node(node_id)
    groups = " ".join(f"[{each.kind}] {each.group_id}" for each in node.groups)
    staff = " ".join(f"{each.name}({each.role})" for each in node.staff)
    print(f"{indent}{node.name} ({node.node_id}, {tree.level_name(node.level)})  {groups}  {staff}".rstrip())
    for child in node.children[:MOST_CHILDREN]:
        _draw(tree, child, indent + "  ")
    if len(node.children) > MOST_CHILDREN:
        print(f"{indent}  … and {len(node.children) - MOST_CHILDREN} more")


def _read(path: Path) -> Hierarchy | None:
    source = _source(path)
    if source is None:
        return None
    checked = read_hierarchy(source, name=path.name)
    for each in checked.warnings:
        print(f"{path}:{each.line}: warning: {each.message} / {each.message_zh}", file=sys.stderr)
    if checked.hierarchy is None:
        _tell_problems(str(path), checked.problems)
    return checked.hierarchy


def _source(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        print(f"liren: {path}: {error.strerror}", file=sys.stderr)
        return None


def _tell_problems(name: str, problems: tuple[Problem, ...]) -> int:
    for each in problems:
        where = f" {each.path}" if each.path else ""
        print(f"{name}:{each.line}:{where} {each.message} / {each.message_zh}")
    print(f"{len(problems)} problem{'s' if len(problems) != 1 else ''}")
    return 1


def _instant(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f'"{text}" is no time; write 2026-09-30T16:00') from None
