"""`liren hierarchy check | diff | apply | show | route | export | import`: the admins' file on the command line."""

import argparse
import sys
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

from app.clock import Clock
from app.commands import codes
from app.commands.heirs import count_open, list_heirs, refuse_heirs, say_heirs
from app.commands.hierarchy_edits import (
    EVERYONE,
    add_edit_verbs,
    add_language_to,
    say_failed_examples,
    say_plan,
)
from app.commands.opening import load_settings, opened_store
from app.commands.route import say_route
from app.commands.tree_source import check_tree, read_source, read_tree, tell_problems
from app.commands.understand import find_model
from app.commands.values import read_instant
from app.tree.file import TreeFile
from app.tree.office import Refused, StaleEditError, TreeOffice
from routing.hierarchy import Hierarchy
from storage.hierarchy_file import describe
from storage.store import Store
from understanding.learning.learned_reader import LearnedReader


def add_to(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(metavar="VERB", required=True)
    check = verbs.add_parser("check", help="every problem of a file, with its line")
    check.add_argument("file", type=Path, metavar="FILE")
    check.set_defaults(run=run_check)
    add_edit_verbs(verbs)
    apply = verbs.add_parser("apply", help="make a file the version in force")
    apply.add_argument("file", type=Path, metavar="FILE")
    apply.add_argument("--dry-run", action="store_true", help="only say what would change")
    apply.add_argument("--note", default="", metavar="WHY", help="why, for the list of versions")
    apply.set_defaults(run=run_apply)
    add_language_to(apply)
    apply.add_argument(
        "--heir",
        action="append",
        default=[],
        type=_heir,
        metavar="NODE=HEIR",
        help="who inherits the open tickets of a place that goes; default: the nearest place above",
    )
    apply.add_argument(
        "--ask-heirs",
        action="store_true",
        help="change nothing as long as open tickets have no heir that was named",
    )
    show = verbs.add_parser("show", help="the tree, as a drawing")
    show.add_argument("file", type=Path, nargs="?", metavar="FILE", help="default: LIREN_HIERARCHY")
    show.set_defaults(run=run_show)
    route = verbs.add_parser("route", help="where a message would go, why, and by when")
    route.add_argument("file", type=Path, metavar="FILE")
    route.add_argument("text", metavar="TEXT", help="what a resident says")
    route.add_argument("--group", required=True, metavar="ID", help="id of the group in which it is said")
    route.add_argument(
        "--at",
        type=read_instant,
        metavar="TIME",
        help="when, such as 2026-09-30T16:00 (local) or with an offset",
    )
    route.set_defaults(run=run_route)
    codes.add_to(verbs.add_parser("codes", help="QR codes of the buildings, as a sheet to print"))


def run_check(arguments: argparse.Namespace) -> int:
    checked = check_tree(arguments.file)
    if checked is None or checked.hierarchy is None:
        return 1
    for each in checked.warnings:
        print(f"{arguments.file}:{each.line}: warning: {each.message} / {each.message_zh}", file=sys.stderr)
    tree = checked.hierarchy
    failed = say_failed_examples(tree)
    for example in failed:
        print(f"{arguments.file}: example: {example}")
    print(f"{arguments.file}: OK. {describe(tree)}")
    if tree.expectations:
        print(
            f"examples: {len(tree.expectations) - len(failed)} of {len(tree.expectations)} go where they should"
        )
    return 0


def run_apply(arguments: argparse.Namespace) -> int:
    source = read_source(arguments.file)
    if source is None:
        return 1
    with opened_store() as store:
        office = TreeOffice(store.writer, reach=EVERYONE, now=Clock().now)
        office.load()
        if arguments.dry_run:
            return _dry_run(store, office, source, arguments)
        return _apply(store, office, source, arguments)


def _dry_run(store: Store, office: TreeOffice, source: bytes, arguments: argparse.Namespace) -> int:
    checked = office.check(source)
    if checked.hierarchy is None:
        return tell_problems("the file", checked.problems)
    named = dict(arguments.heir)
    code = refuse_heirs(list_heirs(store, office, checked.hierarchy, named), arguments)
    if code is not None:
        return code
    reused = office.list_reused(checked.hierarchy, source.decode())
    if reused:
        return tell_problems("the file", reused)
    impact = office.impact_of(checked.hierarchy)
    print(
        f"would add {len(impact.added)} node{'s' if len(impact.added) != 1 else ''}, remove {len(impact.removed)}, "
        f"move {count_open(len(impact.tickets))}"
    )
    for number in impact.tickets:
        print(f"  #{number}")
    if office.text():
        print()
        print(say_plan(store, office, checked.hierarchy, arguments.language, named))
    return 0


def _apply(store: Store, office: TreeOffice, source: bytes, arguments: argparse.Namespace) -> int:
    tree, named = office.check(source).hierarchy, dict(arguments.heir)
    heirs = list_heirs(store, office, tree, named) if tree else ()
    code = refuse_heirs(heirs, arguments)
    if code is not None:
        return code
    try:
        outcome = office.apply(source, author="command line", note=arguments.note, heirs=named)
    except StaleEditError as error:
        print(
            f"liren: version {error.version} was applied meanwhile; look at it and try again", file=sys.stderr
        )
        return 1
    if isinstance(outcome, Refused):
        return tell_problems(str(arguments.file), outcome.problems)
    settings = load_settings()
    if settings.hierarchy.resolve() != arguments.file.resolve():
        TreeFile(settings.hierarchy, office).write(source.decode())
    print(f"applied as version {outcome.version}; {count_open(len(outcome.impact.tickets))} moved")
    for line in say_heirs(heirs, named):
        print(f"  {line}")
    return 0


def run_show(arguments: argparse.Namespace) -> int:
    tree = read_tree(arguments.file or load_settings().hierarchy)
    if tree is None:
        return 1
    print(describe(tree))
    _draw(tree, tree.root_id, "")
    return 0


def run_route(arguments: argparse.Namespace) -> int:
    tree = read_tree(arguments.file)
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


def _heir(text: str) -> tuple[str, str]:
    node_id, equals, heir_id = text.partition("=")
    if not equals or not node_id or not heir_id:
        raise argparse.ArgumentTypeError(f'"{text}" names no heir; write NODE=HEIR')
    return node_id, heir_id
