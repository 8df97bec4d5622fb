"""Ids of what is added by a form: as written, or one that goes on from its neighbours' where nobody wrote one."""

import re
from collections.abc import Mapping
from itertools import count

from routing.hierarchy import Hierarchy
from storage.hierarchy_edit.refusals import ActRefusedError

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,63}")
_NUMBERED = re.compile(r"(.*?)(\d{1,6})")
_LONGEST_STEM = 34
"""The file allows forty characters; a number comes after it."""


def new_id(values: Mapping[str, str], tree: Hierarchy, *, own: str) -> str:
    """An id that is free over all nodes, groups and people, so that nobody mixes them up; `own` where none is
    written."""
    wanted = values.get("id", "").strip() or own
    if not _ID.fullmatch(wanted):
        raise ActRefusedError("id", field="id")
    if _is_taken(tree, wanted):
        raise ActRefusedError("id_taken", field="id", id=wanted)
    return wanted


def suggest_id(tree: Hierarchy, stem: str) -> str:
    """The stem itself, or with the first number that makes it free."""
    short = re.sub(r"[^A-Za-z0-9_-]", "", stem)[:_LONGEST_STEM].strip("-_") or "new"
    return next(each for at in count(1) if not _is_taken(tree, each := short if at == 1 else f"{short}-{at}"))


def suggest_node_id(tree: Hierarchy, parent_id: str) -> str:
    """After b1 to b36 comes b37; otherwise the parent's id and a number."""
    children = tree.get_node(parent_id).children
    numbered = [found for each in children if (found := _NUMBERED.fullmatch(each))]
    stem = numbered[-1][1] if numbered else f"{parent_id[:_LONGEST_STEM]}-"
    first = max((int(each[2]) for each in numbered if each[1] == stem), default=len(children)) + 1
    return next(each for at in count(first) if not _is_taken(tree, each := f"{stem}{at}"))


def _is_taken(tree: Hierarchy, own_id: str) -> bool:
    return own_id in tree.nodes or own_id in tree.groups or own_id in tree.staff
