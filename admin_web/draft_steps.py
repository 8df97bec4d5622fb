"""The steps of a draft in words: what each did, and what is said once it is taken back or done again."""

from collections.abc import Mapping
from typing import Any

from admin_web.hierarchy_workshop import Doing, Draft, DraftStep
from admin_web.words import Words
from routing.hierarchy import Hierarchy

UNDONE, REDONE, MOVED_ON = "steps.undone", "steps.redone", "steps.moved_on"
SAID = frozenset({UNDONE, REDONE, MOVED_ON})
BEFORE, AFTER = "node_before", "node_after"
"""Among the values of a step: the node that is shown once it is taken back, or done again."""
LONGEST = 60


def tell_act(form: Mapping[str, str], tree: Hierarchy, *, shown: str) -> Doing:
    """What a form did, with the names of the things it was done to, as they were called before. `shown` is the node
    that comes next."""
    verb, node = form.get("verb", ""), tree.find_node(form.get("node", ""))
    target = tree.find_node(form.get("to", "").strip())
    member = tree.find_group(form.get("group", "")) or tree.find_staff(form.get("staff", ""))
    about = None if verb.startswith("add_") else member or node
    told = {
        "name": about.name if about else form.get("name", ""),
        "to": target.name if target else form.get("to", "") or form.get("name", ""),
        BEFORE: form.get("node", ""),
        AFTER: shown,
    }
    return Doing(verb, {key: value.strip()[:LONGEST] for key, value in told.items()})


def name_doing(doing: Doing, t: Words) -> str:
    key = f"step.{doing.verb}"
    return t(key, **doing.told) if t.has(key) else t("step.other")


def say_step(said: str, draft: Draft | None, t: Words) -> str:
    """The sentence on a page after a step; empty where `said` is none of these, or no longer true."""
    if said == MOVED_ON:
        return t(said)
    step = {UNDONE: draft.redo, REDONE: draft.undo}.get(said) if draft else None
    return t(said, step=name_doing(step.doing, t)) if step else ""


def render_steps(draft: Draft | None, t: Words) -> dict[str, dict[str, Any] | None]:
    """What the two buttons say, None for one that has nothing to do."""
    undo, redo = (draft.undo, draft.redo) if draft else (None, None)
    return {"undo": _render(undo, "steps.undo", t), "redo": _render(redo, "steps.redo", t)}


def _render(step: DraftStep | None, key: str, t: Words) -> dict[str, Any] | None:
    return {"number": step.number, "label": t(key, step=name_doing(step.doing, t))} if step else None
