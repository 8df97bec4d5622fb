"""The map of coverage: an outline of the tree that marks what is wrong in practice, with what to do; and as CSV."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from admin_web.api.scope import ADMINS, Visit
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor, require_role
from admin_web.coverage_ports import Coverage, CoverageDesk, Mark
from admin_web.csv_text import send_csv
from admin_web.office import Office, words_of
from admin_web.ports import Role
from admin_web.words import Words
from routing.hierarchy import Hierarchy, Node

TREE, STAFF = "/admin/hierarchy", "/admin/staff"
COVERAGE = f"{TREE}/coverage"
LINES_ON_A_PAGE = 300
MOST_OTHERS = 500
NAMES_IN_A_LINE = 8
OPEN_TO = 2
"""How deep the outline stands open where nothing is wrong."""

Looker = Annotated[Visitor, Depends(require_role(*ADMINS, Role.AUDITOR))]


def build_router(office: Office, desk: CoverageDesk) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = CoveragePage(office, desk)
    router.add_api_route(COVERAGE, page.show, methods=["GET"])
    router.add_api_route(f"{COVERAGE}.csv", page.export, methods=["GET"])
    return router


@dataclass(frozen=True, slots=True)
class Row:
    """A place in the outline with what stands below it. `below` counts the marks there; `inside` is true where the
    page has no room for all places below, which have an address of their own: at the top `others` are those."""

    node: Node
    level: str
    marks: Sequence[Mark]
    below: int
    is_open: bool
    inside: bool
    children: Sequence["Row"]
    others: Sequence[Node] = ()


@dataclass(frozen=True, slots=True)
class View:
    """What the address asks for: from which place on, all or what needs care, one kind of mark or all."""

    top: str
    shows_all: bool
    kind: str

    def address(self, **changes: str) -> str:
        parts = {"node": self.top, "show": "all" if self.shows_all else "", "mark": self.kind, **changes}
        return f"{COVERAGE}?{urlencode({name: value for name, value in parts.items() if value})}"


class CoveragePage:
    def __init__(self, office: Office, desk: CoverageDesk) -> None:
        self._office = office
        self._desk = desk

    async def show(
        self, request: Request, visitor: Looker, node: str = "", show: str = "", mark: str = ""
    ) -> Response:
        tree = visitor.visit.hierarchy
        coverage = await self._desk.look(tree)
        top = _top_of(visitor.visit, node)
        view = View(node, show == "all", mark if words_of(request).has(f"coverage.mark.{mark}") else "")
        marks = _marks_below(coverage, tree, top)
        kinds = Counter(each.kind for found in marks.values() for each in found)
        wanted = {
            node_id: [each for each in found if view.kind in {"", each.kind}]
            for node_id, found in marks.items()
        }
        outline = Outline(tree, wanted, shows_all=view.shows_all)
        return self._office.render(
            request,
            "coverage.html",
            tab="coverage",
            version=tree.version,
            view=view,
            rows=outline.list_rows(top),
            kinds=kinds.most_common(),
            everywhere=coverage.everywhere if visitor.visit.is_over_all and not node else (),
            total=sum(kinds.values()),
            places=len(marks),
            path=_path_to(visitor.visit, top) if node else (),
            looked_at=coverage.looked_at,
            names_in_a_line=NAMES_IN_A_LINE,
            tree_path=self._only_if(request, TREE),
            staff_path=self._only_if(request, STAFF) if visitor.role in ADMINS else "",
        )

    def _only_if(self, request: Request, path: str) -> str:
        return path if self._office.has_page(request, path) else ""

    async def export(self, request: Request, visitor: Looker, node: str = "") -> Response:
        t, tree = words_of(request), visitor.visit.hierarchy
        coverage = await self._desk.look(tree)
        marks = _marks_below(coverage, tree, _top_of(visitor.visit, node))
        header = [t(f"coverage.{each}") for each in ("place", "level", "whom", "mark", "harm", "do")]
        rows = [
            row
            for node_id, found in marks.items()
            for mark in found
            for row in _lines(t, tree, tree.get_node(node_id), mark)
        ]
        return send_csv("coverage", header, rows)


@dataclass(frozen=True, slots=True)
class Outline:
    """Folds the tree: only what needs care and the way to it, or everything, as much as a page holds."""

    tree: Hierarchy
    marks: Mapping[str, Sequence[Mark]]
    shows_all: bool

    def list_rows(self, top: str) -> list[Row]:
        below = self._count_below(top)
        shown = self._choose(top, below)
        return [self._row(self.tree.get_node(top), below, shown, depth=0)] if top in shown else []

    def _count_below(self, top: str) -> dict[str, int]:
        """Marks at a place and below it."""
        counts: dict[str, int] = {}
        for node in reversed(list(self.tree.subtree(top))):
            own = len(self.marks.get(node.node_id, ()))
            counts[node.node_id] = own + sum(counts[each] for each in node.children)
        return counts

    def _choose(self, top: str, below: Mapping[str, int]) -> set[str]:
        """The places that the page shows, the higher ones first."""
        shown: set[str] = set()
        left, waiting = LINES_ON_A_PAGE, [top]
        while waiting and left > 0:
            later: list[str] = []
            for node_id in waiting:
                if left <= 0:
                    break
                if not self.shows_all and not below[node_id]:
                    continue
                shown.add(node_id)
                left -= 1 + len(self.marks.get(node_id, ()))
                later += self.tree.get_node(node_id).children
            waiting = later
        return shown

    def _row(self, node: Node, below: Mapping[str, int], shown: set[str], *, depth: int) -> Row:
        own = self.marks.get(node.node_id, ())
        wanted = [each for each in node.children if self.shows_all or below[each]]
        children = [self.tree.get_node(each) for each in wanted if each in shown]
        others = [self.tree.get_node(each) for each in wanted if each not in shown]
        count = below[node.node_id] - len(own)
        return Row(
            node=node,
            level=self.tree.level_name(node.level),
            marks=own,
            below=count,
            is_open=count > 0 or depth < OPEN_TO,
            inside=bool(others) and depth > 0,
            children=[self._row(each, below, shown, depth=depth + 1) for each in children],
            others=others[:MOST_OTHERS] if depth == 0 else (),
        )


def _top_of(visit: Visit, node: str) -> str:
    """The place that the address names, else the visitor's own. Out of sight is 404."""
    if node:
        if visit.hierarchy.find_node(node) is None or not visit.scope.covers(node):
            raise PageRefused(404, "refused.not_found")
        return node
    own = visit.hierarchy.root_id if visit.is_over_all else visit.grant.scope_node
    if visit.hierarchy.find_node(own) is None:
        raise PageRefused(404, "refused.not_found")
    return own


def _marks_below(coverage: Coverage, tree: Hierarchy, top: str) -> dict[str, Sequence[Mark]]:
    """In the order of the tree."""
    ids = (each.node_id for each in tree.subtree(top))
    return {node_id: coverage.marks[node_id] for node_id in ids if node_id in coverage.marks}


def _path_to(visit: Visit, top: str) -> list[Node]:
    """From the highest place that may be seen down to this one's parent."""
    above = [each for each in visit.hierarchy.climb(top) if visit.scope.covers(each.node_id)]
    return list(reversed(above[1:]))


def _lines(t: Words, tree: Hierarchy, node: Node, mark: Mark) -> Iterator[Sequence[object]]:
    """A line for each group or person, so that a table can be sorted and handed out."""
    place = " / ".join(each.name for each in reversed(list(tree.climb(node.node_id))))
    said = t(f"coverage.short.{mark.kind}")
    for name in mark.names or ("",):
        yield (
            place,
            tree.level_name(node.level),
            name,
            said,
            t(f"troubles.harm.{mark.harm.value}"),
            t(f"coverage.do.{mark.kind}"),
        )
