"""Who inherits the open tickets of places that go, on the command line: told, checked, asked for."""

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence

from admin_web.hierarchy_plan import Heir
from admin_web.words import Words
from app.clock import Clock
from app.tree.office import TreeOffice
from app.tree.planner import TreePlanner
from routing.desk.moving import find_living
from routing.hierarchy import Hierarchy
from storage.store import Store
from understanding.learning.learned_reader import LearnedReader

NAMES_SHOWN = 5


def list_heirs(
    store: Store, office: TreeOffice, tree: Hierarchy, named: Mapping[str, str]
) -> tuple[Heir, ...]:
    """Nobody inherits anything before the first version."""
    if not office.text():
        return ()
    return TreePlanner(store, office, LearnedReader(), Clock().now).list_heirs(tree, heirs=named)


def refuse_heirs(found: Sequence[Heir], arguments: argparse.Namespace) -> int | None:
    """The exit code where an heir may not inherit, or is missing and was asked for; None when all is well."""
    named = dict(arguments.heir)
    for each in found:
        if named.get(each.node_id, each.heir_id) != each.heir_id:
            choices = ", ".join(node_id for node_id, _ in each.choices)
            print(
                f"liren: {named[each.node_id]} cannot inherit from {each.node_id}; choose one of {choices}",
                file=sys.stderr,
            )
            return 2
    missing = [each for each in found if each.node_id not in named]
    if not missing or not arguments.ask_heirs:
        return None
    print("liren: nothing was changed; name who inherits these tickets by --heir NODE=HEIR:", file=sys.stderr)
    for each in missing:
        print(
            f"  {each.node_id} {each.name}: {_count(each)}, such as --heir {each.node_id}={each.heir_id}",
            file=sys.stderr,
        )
    return 1


def say_heirs(found: Sequence[Heir], named: Mapping[str, str]) -> Iterator[str]:
    for each in found:
        why = "as named" if each.node_id in named else "the nearest place above"
        yield f"{each.name} ({each.node_id}): {_count(each)} to {each.heir_name} ({each.heir_id}), {why}"


def say_would_inherit(old: Hierarchy, new: Hierarchy, t: Words) -> Iterator[str]:
    """Of two files, whose tickets nobody knows: where those of the places that go would go."""
    gone: dict[str, list[str]] = {}
    for node_id in old.nodes.keys() - new.nodes.keys():
        gone.setdefault(find_living(new, old, node_id).node_id, []).append(old.get_node(node_id).name)
    for heir_id, names in sorted(gone.items()):
        shown = "、".join(sorted(names)[:NAMES_SHOWN]) + ("…" if len(names) > NAMES_SHOWN else "")
        heir = new.get_node(heir_id).name
        yield t("plan.would_inherit", names=shown, n=len(names), heir=heir, heir_id=heir_id)


def _count(heir: Heir) -> str:
    return count_open(len(heir.tickets))


def count_open(count: int) -> str:
    return f"{count} open ticket{'s' if count != 1 else ''}"
