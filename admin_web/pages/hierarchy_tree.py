"""The drawn tree: an outline that opens branch by branch, a place with its groups and people, and forms to edit them.

Each action becomes an edit of the draft's text, the same draft that the editor writes.
"""

from collections.abc import Mapping
from dataclasses import replace
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin_web import draft_steps
from admin_web.api.scope import Visit
from admin_web.auth.visitor import Visitor
from admin_web.calendar_told import tell_calendar
from admin_web.draft_steps import say_step, tell_act
from admin_web.hierarchy_workshop import Act, ActRefused
from admin_web.office import go_to, words_of
from admin_web.pages.hierarchy_drafting import (
    TREE,
    Drafting,
    Editor,
    Reader,
    Work,
    may_edit,
    read_long_form,
    top_of,
)
from admin_web.pages.hierarchy_outline import Outline, Row, find_in_tree
from admin_web.words import Words
from routing.hierarchy import Group, Hierarchy, Node

LIMITS = f"{TREE}/limits"
WHOLE_TREE_VERBS = frozenset({"set_limits", "add_example"})
SAID = frozenset({"tree.said.edited", "tree.said.imported"})
EITHER = SAID | draft_steps.SAID
KINDS = ("residents", "staff", "property", "owners", "volunteers", "party")


def build_router(drafting: Drafting) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = TreePage(drafting)
    router.add_api_route(TREE, page.show, methods=["GET"])
    router.add_api_route(f"{TREE}/branch", page.show_branch, methods=["GET"])
    router.add_api_route(f"{TREE}/act", page.act, methods=["POST"])
    router.add_api_route(LIMITS, page.show_limits, methods=["GET"])
    return router


class TreePage:
    def __init__(self, drafting: Drafting) -> None:
        self._drafting = drafting
        self._ports = drafting.ports

    async def show(
        self, request: Request, visitor: Reader, node: str = "", q: str = "", said: str = ""
    ) -> Response:
        return await self._show(request, visitor, node, q=q[:80], said=said if said in EITHER else "")

    async def show_branch(
        self, request: Request, visitor: Reader, node: str = "", begin: int = 0, here: str = ""
    ) -> Response:
        """The children of one node, for the script that opens it in place."""
        work = await self._drafting.open(visitor)
        tree, _ = await self._drafting.tree_of(work)
        top = top_of(visitor.visit, tree)
        if tree.find_node(node) is None or not tree.is_within(node, top):
            return self._drafting.office.render(request, "hierarchy_rows.html", rows=[], here="")
        depth = len(list(tree.climb(node))) - len(list(tree.climb(top))) + 1
        found = self._outline(tree, top).list_children(node, depth, here=here, begin=max(0, begin))
        rows = await self._with_families(work, list(found))
        return self._drafting.office.render(request, "hierarchy_rows.html", rows=rows, here=here)

    async def act(self, request: Request, visitor: Editor) -> Response:
        form, _ = await read_long_form(request)
        verb, node_id = form.get("verb", ""), form.get("node", "")
        work = await self._drafting.open(visitor)
        tree, checked = await self._drafting.tree_of(work)
        if checked is not None and checked.hierarchy is None:
            return await self._refuse(request, visitor, form, ActRefused("file", {}))
        if not _is_allowed(visitor.visit, tree, verb, node_id):
            return await self._refuse(request, visitor, form, ActRefused("unknown", {}))
        edited = await self._ports.workshop.act(work.text, Act(verb, form))
        if isinstance(edited, ActRefused):
            return await self._refuse(request, visitor, form, edited)
        if edited.text != work.text:
            doing = tell_act(form, tree, shown=edited.node_id)
            await self._drafting.save(visitor, edited.text, doing, base=work.base)
        if verb == "set_limits":
            return go_to(f"{LIMITS}?said=tree.said.edited")
        return go_to(f"{TREE}?{urlencode({'node': edited.node_id, 'said': 'tree.said.edited'})}")

    async def show_limits(self, request: Request, visitor: Reader, said: str = "") -> Response:
        return await self._show_limits(request, visitor, {}, said=said if said in EITHER else "")

    async def _refuse(
        self, request: Request, visitor: Visitor, form: Mapping[str, str], refused: ActRefused
    ) -> Response:
        t = words_of(request)
        values = dict(refused.values)
        if t.language.value == "zh" and values.get("message_zh"):
            values["message"] = values["message_zh"]
        error = t(f"tree.bad.{refused.key}", **values)
        if form.get("verb") == "set_limits":
            return await self._show_limits(request, visitor, form, error=error, field=refused.field)
        return await self._show(
            request, visitor, form.get("node", ""), form=form, error=error, field=refused.field
        )

    async def _show(
        self,
        request: Request,
        visitor: Visitor,
        node_id: str,
        *,
        q: str = "",
        said: str = "",
        form: Mapping[str, str] | None = None,
        error: str = "",
        field: str = "",
    ) -> Response:
        work = await self._drafting.open(visitor)
        tree, checked = await self._drafting.tree_of(work)
        top = top_of(visitor.visit, tree)
        shown = node_id if tree.find_node(node_id) and tree.is_within(node_id, top) else top
        node = tree.find_node(shown)
        t = words_of(request)
        return self._drafting.render(
            request,
            "hierarchy.html",
            tab="tree",
            status=422 if error else 200,
            work=work,
            bad=len(checked.problems) if checked and checked.hierarchy is None else 0,
            rows=await self._with_families(work, list(self._outline(tree, top).list_rows(shown))),
            here=shown,
            is_chosen=bool(node_id) and not q,
            node=node,
            details=await self._details(tree, node, work, visitor, t) if node else None,
            q=q,
            found=find_in_tree(tree, top, q) if q else None,
            may_edit=may_edit(visitor),
            said=_say(said, work, words_of(request)),
            form=form or {},
            error=error,
            error_field=field,
        )

    async def _details(
        self, tree: Hierarchy, node: Node, work: Work, visitor: Visitor, t: Words
    ) -> dict[str, object]:
        """What is shown and offered beside the outline for one node."""
        origin = await self._ports.workshop.find_origin(work.text, node.node_id)
        rank = tree.level_index(node.level)
        below = tree.levels[rank - 1] if rank else None
        is_family = origin is not None and bool(origin.family)
        file = await self._drafting.show_draft(visitor, work.text, base=work.base, t=t) if origin else None
        is_shown = origin is not None and file is not None and not file.hides(origin.line)
        return {
            "origin": origin,
            "is_family": is_family,
            "parent": tree.find_node(node.parent_id or ""),
            "below_level": below,
            "example_id": f"{node.node_id}-{len(node.children) + 1}",
            "count_below": sum(1 for _ in tree.subtree(node.node_id)) - 1,
            "line": file.find_line(origin.line) if origin and file and is_shown else 0,
            "may_edit": may_edit(visitor) and not is_family and _covers(visitor.visit, tree, node.node_id),
            "may_touch": may_edit(visitor) and _covers(visitor.visit, tree, node.node_id),
            "targets": _targets(tree, node, top_of(visitor.visit, tree)),
            "kinds": [(each, name_kind(each, t)) for each in _kinds(tree)],
            "groups": [(each, name_kind(each.kind, t)) for each in node.groups],
            "choices": _groups_around(tree, node),
        }

    def _outline(self, tree: Hierarchy, top: str) -> Outline:
        return Outline(tree, self._ports.office.current(), top)

    async def _with_families(self, work: Work, rows: list[Row]) -> list[Row]:
        families = await self._ports.workshop.list_families(work.text, [each.node.node_id for each in rows])
        return [replace(each, is_family=each.node.node_id in families) for each in rows]

    async def _show_limits(
        self,
        request: Request,
        visitor: Visitor,
        form: Mapping[str, str],
        *,
        said: str = "",
        error: str = "",
        field: str = "",
    ) -> Response:
        work = await self._drafting.open(visitor)
        tree, checked = await self._drafting.tree_of(work)
        return self._drafting.render(
            request,
            "hierarchy_limits.html",
            tab="limits",
            status=422 if error else 200,
            work=work,
            bad=len(checked.problems) if checked and checked.hierarchy is None else 0,
            clocks=list(tree.clocks.values()),
            levels=tree.levels,
            calendars=[
                (each, tell_calendar(calendar, words_of(request)))
                for each, calendar in tree.calendars.items()
            ],
            categories={
                clock: "、".join(each.name for each in tree.categories if each.clock == clock)
                for clock in tree.clocks
            },
            may_edit=may_edit(visitor) and visitor.visit.is_over_all,
            said=_say(said, work, words_of(request)),
            form=form,
            error=error,
            error_field=field,
        )


def _say(said: str, work: Work, t: Words) -> str:
    return t(said) if said in SAID else say_step(said, work.draft, t)


def _is_allowed(visit: Visit, tree: Hierarchy, verb: str, node_id: str) -> bool:
    """Below the visitor's place, as the tree in force and the draft have it; what is for all only over all."""
    if verb in WHOLE_TREE_VERBS:
        return visit.is_over_all
    return _covers(visit, tree, node_id)


def _covers(visit: Visit, tree: Hierarchy, node_id: str) -> bool:
    return tree.find_node(node_id) is not None and tree.is_within(node_id, top_of(visit, tree))


def _targets(tree: Hierarchy, node: Node, top: str) -> list[Node]:
    """Where it could be moved: nodes of the level above; none for many, then people write a name."""
    rank = tree.level_index(node.level) + 1
    if node.parent_id is None or rank >= len(tree.levels):
        return []
    level = tree.levels[rank].level_id
    found = [each for each in tree.subtree(top) if each.level == level and each.node_id != node.parent_id]
    return found[:300]


def _kinds(tree: Hierarchy) -> list[str]:
    return list(dict.fromkeys((*KINDS, *(each.kind for each in tree.groups.values()))))


def name_kind(kind: str, t: Words) -> str:
    return t(f"tree.kind.{kind}") if t.has(f"tree.kind.{kind}") else kind


def _groups_around(tree: Hierarchy, node: Node) -> list[Group]:
    """Those that somebody of this node may be in: its own, and those of the places above."""
    return [group for each in tree.climb(node.node_id) for group in each.groups if group.kind != "residents"]
