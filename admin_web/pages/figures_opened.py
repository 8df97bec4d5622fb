"""One visit to the figures: who asks for what of which place, and the frame that every view stands in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse

from admin_web.auth.visitor import Visitor
from admin_web.office import Office, words_of
from admin_web.pages.figures_asked import Asked, Preset, read_asked
from admin_web.pages.figures_ports import FigurePorts
from admin_web.pages.figures_views import Views
from admin_web.words import Words
from routing.hierarchy import Hierarchy, Node

FIGURES = "/admin/figures"
VIEWS = (
    ("overview", FIGURES),
    ("levels", f"{FIGURES}/levels"),
    ("places", f"{FIGURES}/places"),
    ("voices", f"{FIGURES}/voices"),
    ("bulletin", f"{FIGURES}/bulletin"),
)
_MOST_CHILDREN = 500
"""A place with more is a city's; its places are found by the one between."""


@dataclass(frozen=True, slots=True)
class Opened:
    """One visit to the figures: who asks for what, and the words to answer in."""

    request: Request
    visitor: Visitor
    today: date
    is_behind: bool
    asked: Asked
    views: Views

    @property
    def tree(self) -> Hierarchy:
        return self.visitor.visit.hierarchy

    @property
    def t(self) -> Words:
        return self.views.t

    @property
    def node(self) -> Node:
        return self.tree.get_node(self.asked.node)

    def crumbs(self) -> Sequence[Node]:
        """The places above, from the top, as far as the visitor sees."""
        above = list(self.tree.climb(self.node.node_id))[1:]
        return [each for each in reversed(above) if self.visitor.visit.scope.covers(each.node_id)]

    def children(self) -> Sequence[Node]:
        return [self.tree.get_node(each) for each in self.node.children[:_MOST_CHILDREN]]


async def open_figures(request: Request, visitor: Visitor, ports: FigurePorts) -> Opened:
    """Brings the figures up to date first. Raises 404 for a place that the visitor may not see."""
    visit = visitor.visit
    today = ports.now().astimezone(ZoneInfo(visit.hierarchy.timezone)).date()
    usual = visit.hierarchy.root_id if visit.is_over_all else visit.grant.scope_node
    asked = read_asked(request.query_params, today=today, usual_node=usual)
    visit.require_node(asked.node)
    views = Views(words_of(request), visit.hierarchy, ports.smallest_n)
    is_behind = await ports.reader.is_behind()
    return Opened(request, visitor, today, is_behind, asked, views)


def show_figures(
    office: Office, ports: FigurePorts, opened: Opened, view: str, **values: object
) -> HTMLResponse:
    """The template `figures_<view>.html` in its frame."""
    return office.render(
        opened.request,
        f"figures_{view}.html",
        status=200,
        asked=opened.asked,
        place=opened.node,
        crumbs=opened.crumbs(),
        children=opened.children(),
        presets=list(Preset),
        tabs=[(name, path, name == view) for name, path in VIEWS],
        path=opened.request.url.path,
        figures_path=FIGURES,
        is_behind=opened.is_behind,
        as_of=office.show_instant(ports.now()),
        smallest_n=ports.smallest_n,
        **values,
    )
