"""An edit plan as programs see it. Its sentences are those of the pages."""

from dataclasses import asdict
from typing import Any

from admin_web.hierarchy_plan import EditPlan
from admin_web.plan_lines import list_sections, sum_up
from admin_web.words import CATALOGUES, Language

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


def _cut(value: Any) -> Any:
    return list(value)[:MOST_ENTRIES] if isinstance(value, tuple | list) else value
