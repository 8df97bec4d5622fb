"""The frame of all pages for those who are signed in: layout, navigation, language. What a page says is in `pages`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.routing import Match

from admin_web.api.scope import ACTS, ADMINS, LOOKS_INTO_AUDIT, LOOKS_INTO_OUTBOX
from admin_web.auth.sessions import SessionKind
from admin_web.auth.visitor import Visitor
from admin_web.ports import Role
from admin_web.rendering import PAGE_HEADERS, Pages
from admin_web.words import CATALOGUES, Language, Words
from routing.hierarchy import Hierarchy

LANGUAGE_COOKIE = "liren-language"
START = "/admin"


@dataclass(frozen=True, slots=True)
class NavItem:
    """A page in the navigation: shown to these roles, and only while its address exists.

    `is_for_staff`: only to accounts that are somebody of the tree.
    """

    path: str
    word: str
    roles: frozenset[Role] = frozenset(Role)
    is_for_staff: bool = False


NAVIGATION = (
    NavItem(START, "nav.start"),
    NavItem("/admin/tickets", "nav.tickets"),
    NavItem("/work", "nav.work", ACTS, is_for_staff=True),
    NavItem("/admin/figures", "nav.figures"),
    NavItem("/admin/learning", "nav.learning", ADMINS | {Role.AUDITOR}),
    NavItem("/admin/hierarchy", "nav.hierarchy", ADMINS | {Role.AUDITOR}),
    NavItem("/admin/troubles", "nav.troubles", LOOKS_INTO_OUTBOX),
    NavItem("/admin/staff", "nav.staff", ADMINS),
    NavItem("/admin/accounts", "nav.accounts", ADMINS),
    NavItem("/admin/audit", "nav.audit", LOOKS_INTO_AUDIT),
)
"""In the order in which they are shown; the first that begins the address of a page is where one is."""


@dataclass(frozen=True, slots=True)
class Link:
    path: str
    word: str
    is_here: bool
    count: int = 0


class Office:
    """Renders templates that extend `office.html` (signed in) or `door.html` (not yet)."""

    def __init__(
        self,
        pages: Pages,
        hierarchy: Callable[[], Hierarchy],
        *,
        navigation: Sequence[NavItem] = NAVIGATION,
    ) -> None:
        self._pages = pages
        self._hierarchy = hierarchy
        self._navigation = navigation
        self._known: dict[str, bool] = {}
        self.counters: dict[str, Callable[[Visitor], int]] = {}
        """By the path of a page: how many things wait there. Asked for with each page, so they only remember."""

    def render(
        self, request: Request, template: str, /, *, status: int = 200, **values: object
    ) -> HTMLResponse:
        """`values` are joined by what the frame needs: `t` for words, `visitor`, `csrf`, `nav`, `at` for instants."""
        visitor = visitor_of(request)
        words = words_of(request)
        frame: dict[str, object] = {
            "t": words,
            "language": words.language.value,
            "visitor": visitor,
            "csrf": visitor.csrf if visitor else "",
            "street": self._hierarchy().name,
            "nav": self.list_links(request) if visitor else (),
            "here": _own_address(request),
            "scope_name": self.name_scope(visitor, words) if visitor else "",
            "at": self.show_instant,
        }
        return self._pages.render(template, status=status, **{**frame, **values})

    def list_links(self, request: Request) -> list[Link]:
        """The pages that exist and that the visitor's role may see."""
        visitor = visitor_of(request)
        shown = [
            each
            for each in self._navigation
            if visitor is not None
            and visitor.kind is SessionKind.OFFICE
            and visitor.role in each.roles
            and (visitor.staff_id is not None or not each.is_for_staff)
            and self.has_page(request, each.path)
        ]
        path = request.url.path
        fitting = [each.path for each in shown if path == each.path or _is_below(path, each.path)]
        here = max(fitting, key=len, default="")
        return [
            Link(each.path, each.word, each.path == here, self._count(each.path, visitor)) for each in shown
        ]

    def _count(self, path: str, visitor: Visitor | None) -> int:
        counter = self.counters.get(path)
        return counter(visitor) if counter and visitor else 0

    def has_page(self, request: Request, path: str) -> bool:
        """Whether this house has such a page at all; its routes do not change while it runs."""
        if path not in self._known:
            wanted = {"type": "http", "method": "GET", "path": path, "root_path": "", "headers": []}
            self._known[path] = any(each.matches(wanted)[0] is Match.FULL for each in request.app.routes)
        return self._known[path]

    def name_scope(self, visitor: Visitor, words: Words) -> str:
        return self.name_place(visitor.visit.grant.scope_node, words)

    def name_place(self, node_id: str, words: Words) -> str:
        """A node by its name, by its id when it has left the tree; empty is the whole tree."""
        if not node_id:
            return words("shell.whole_tree")
        node = self._hierarchy().find_node(node_id)
        return node.name if node else node_id

    def name_staff(self, staff_id: str) -> str:
        """By their name, by their id when they have left the tree."""
        staff = self._hierarchy().find_staff(staff_id)
        return staff.name if staff else staff_id

    def show_instant(self, instant: datetime) -> str:
        """Day and minute where the tree is: 2026-11-24 15:10."""
        return f"{instant.astimezone(ZoneInfo(self._hierarchy().timezone)):%Y-%m-%d %H:%M}"


def visitor_of(request: Request) -> Visitor | None:
    """Whom the gate let in to this request; None on pages at the door."""
    visitor = getattr(request.state, "visitor", None)
    assert visitor is None or isinstance(visitor, Visitor)
    return visitor


def words_of(request: Request) -> Words:
    """Chinese unless somebody chose otherwise."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return CATALOGUES[Language(chosen) if chosen in set(Language) else Language.ZH]


def go_to(path: str) -> RedirectResponse:
    """After a form: the browser asks for the page anew, so that reloading sends nothing again."""
    return RedirectResponse(path, 303, {**PAGE_HEADERS})


def _is_below(path: str, line: str) -> bool:
    """Of a line of the menu; all of them lie below the start, which is no part of any."""
    return line != START and path.startswith(f"{line}/")


def _own_address(request: Request) -> str:
    query = request.url.query
    return f"{request.url.path}?{query}" if query else request.url.path
