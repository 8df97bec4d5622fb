"""`liren hierarchy diff | export | import`: what an edit means, and the tree as a spreadsheet."""

import argparse
import sys
from pathlib import Path

from admin_web.hierarchy_office import NO_HEIRS, Heirs
from admin_web.plan_lines import render_text
from admin_web.words import CATALOGUES, Language
from app.clock import Clock
from app.commands.heirs import say_would_inherit
from app.commands.opening import load_settings, opened_store
from app.commands.tree_source import read_source, read_tree, tell_problems
from app.tree.difference import say_difference
from app.tree.examples import list_failed
from app.tree.office import TreeOffice
from app.tree.plan import Stock, make_plan
from app.tree.planner import TreePlanner
from bot.addressbook import Addressbook
from routing.hierarchy import Hierarchy
from storage.hierarchy_edit.origins import list_families
from storage.hierarchy_file import read_hierarchy
from storage.hierarchy_sheets import read_sheets, write_sheets
from storage.store import Store
from understanding.learning.learned_reader import LearnedReader

EVERYONE = Addressbook(accounts={"sandbox": "sandbox"}, grouped=frozenset({"sandbox"}))
"""Before any channel is asked, every group counts as reachable."""


def add_edit_verbs(verbs: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    diff = verbs.add_parser(
        "diff", help="what an edit means: for what is in force, or from one file to another"
    )
    diff.add_argument("old", type=Path, nargs="?", metavar="FILE", help="default: LIREN_HIERARCHY")
    diff.add_argument("new", type=Path, nargs="?", metavar="NEW", help="compares FILE with this one instead")
    add_language_to(diff)
    diff.set_defaults(run=run_diff)
    export = verbs.add_parser("export", help="the tree as a spreadsheet")
    export.add_argument(
        "sheet",
        type=Path,
        nargs="?",
        metavar="FILE.xlsx",
        default=Path("hierarchy.xlsx"),
        help="default: hierarchy.xlsx",
    )
    export.add_argument("--file", type=Path, metavar="FILE", help="default: LIREN_HIERARCHY")
    export.set_defaults(run=run_export)
    taken = verbs.add_parser("import", help="take an edited spreadsheet into the file")
    taken.add_argument("sheet", type=Path, metavar="FILE.xlsx")
    taken.add_argument(
        "--file", type=Path, metavar="FILE", help="the file to be edited; default: LIREN_HIERARCHY"
    )
    taken.add_argument(
        "--output", type=Path, metavar="FILE", help="where the edited file goes, if not in its own place"
    )
    taken.add_argument("--dry-run", action="store_true", help="only say what would change")
    taken.set_defaults(run=run_import)


def add_language_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--language",
        type=str,
        choices=[each.value for each in Language],
        default=Language.EN,
        help="of the plan",
    )


def run_diff(arguments: argparse.Namespace) -> int:
    """Two files are compared as they are; one, or the file of the settings, with what is in force, its tickets and
    its people."""
    if arguments.new is not None:
        return _compare(arguments.old, arguments.new, arguments.language)
    path = arguments.old or load_settings().hierarchy
    new = read_tree(path)
    if new is None:
        return 1
    with opened_store() as store:
        office = TreeOffice(store.writer, reach=EVERYONE, now=Clock().now)
        if not office.load():
            print("liren: no version is in force yet; name two files to compare them", file=sys.stderr)
            return 1
        print(say_difference(office.current(), new))
        reused = office.list_reused(new, (read_source(path) or b"").decode())
        if reused:
            print()
            return tell_problems(str(path), reused)
        print()
        print(say_plan(store, office, new, arguments.language))
    return 0


def say_plan(
    store: Store, office: TreeOffice, tree: Hierarchy, language: Language, heirs: Heirs = NO_HEIRS
) -> str:
    plan = TreePlanner(store, office, LearnedReader(), Clock().now).plan(tree, heirs=heirs)
    return render_text(plan, CATALOGUES[language])


def _compare(old_path: Path, new_path: Path, language: Language) -> int:
    old = read_tree(old_path)
    new = read_tree(new_path) if old is not None else None
    if old is None or new is None:
        return 1
    print(say_difference(old, new))
    plan = make_plan(old, new, Stock(), can_hear=lambda *_: True)
    print()
    print(render_text(plan, CATALOGUES[language]))
    for line in say_would_inherit(old, new, CATALOGUES[language]):
        print(f"\n{line}")
    return 0


def say_failed_examples(tree: Hierarchy) -> list[str]:
    """A line for each example of the file that goes elsewhere."""
    failed = list_failed(tree, old=None, reader=LearnedReader(), at=Clock().now())
    return [
        f'"{each.text}" in {each.group}: '
        + "; ".join(f"{what} should be {wanted}, is {found}" for what, wanted, found in each.differences)
        for each in failed
    ]


def run_export(arguments: argparse.Namespace) -> int:
    path = arguments.file or load_settings().hierarchy
    source = read_source(path)
    tree = read_tree(path) if source is not None else None
    if tree is None or source is None:
        return 1
    content = write_sheets(tree, series=list_families(source.decode(), list(tree.nodes)))
    arguments.sheet.write_bytes(content)
    print(f"{arguments.sheet}: {len(tree.nodes)} places, {len(tree.groups)} groups, {len(tree.staff)} staff")
    return 0


def run_import(arguments: argparse.Namespace) -> int:
    """Writes the edited file, which a running service notices and applies; or only says what would change."""
    path = arguments.file or load_settings().hierarchy
    source, content = read_source(path), _read_sheet(arguments.sheet)
    old = read_tree(path) if source is not None and content is not None else None
    if source is None or content is None or old is None:
        return 1
    taken = read_sheets(source.decode(), content)
    for each in taken.faults:
        where = f" {each.sheet} row {each.row}:" if each.row else f" {each.sheet}:" if each.sheet else ""
        print(f"{arguments.sheet}:{where} {each.message} / {each.message_zh}")
    if taken.text is None:
        print(f"{len(taken.faults)} problem{'s' if len(taken.faults) != 1 else ''}; nothing was changed")
        return 1
    new = read_hierarchy(taken.text).hierarchy
    assert new is not None, "sheets are only taken when the file is right"
    print(say_difference(old, new))
    if not arguments.dry_run:
        written = arguments.output or path
        written.write_bytes(taken.text.encode())
        print(f"written to {written}")
    return 0


def _read_sheet(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError as error:
        print(f"liren: {path}: {error.strerror}", file=sys.stderr)
        return None
