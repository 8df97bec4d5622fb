"""An edit plan as programs see it, and the heirs that they name. Its sentences are those of the pages."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from admin_web.hierarchy_plan import EditPlan
from admin_web.plan_lines import list_sections, sum_up
from admin_web.problems import ProblemError
from admin_web.words import CATALOGUES, Language
from routing.hierarchy import Hierarchy

MOST_ENTRIES = 1_000
"""Of each list: a series of a hundred thousand buildings is no answer to read."""


def render_plan(plan: EditPlan) -> dict[str, Any]:
    """`says` holds the sections by language, each with its title and lines."""
    values = {name: _cut(value) for name, value in asdict(plan).items() if name != "outside"}
    says = {
        language.value: {
            "summary": sum_up(plan, CATALOGUES[language]),
            "sections": [
                {"key": each.key, "title": each.title, "count": each.count, "lines": list(each.lines)}
                for each in list_sections(plan, CATALOGUES[language])
            ],
        }
        for language in Language
    }
    return {**values, "says": says}


def read_heirs(written: Sequence[str], hierarchy: Hierarchy) -> dict[str, str]:
    """422 for what is not `node:heir`, and for a node that is not there."""
    heirs: dict[str, str] = {}
    for each in written:
        node_id, colon, heir_id = each.partition(":")
        if not colon or not heir_id or hierarchy.find_node(node_id) is None:
            errors = [{"at": "heir", "message": "Write node:heir, with a node of the tree"}]
            raise ProblemError(422, "bad_values", "heir 请写成“节点:接手的节点”。", errors=errors)
        heirs[node_id] = heir_id
    return heirs


def _cut(value: Any) -> Any:
    return list(value)[:MOST_ENTRIES] if isinstance(value, tuple | list) else value
