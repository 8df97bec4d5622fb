"""Every version of the tree: who made it when and why, and what differs between any two."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from admin_web.hierarchy_plan import EditPlan
from admin_web.office import words_of
from admin_web.pages.hierarchy_drafting import (
    TREE,
    Drafting,
    Reader,
    may_edit,
    require_whole_text,
    top_of,
)
from admin_web.plan_lines import list_sections
from admin_web.words import Words

VERSIONS = f"{TREE}/versions"
MOST_VERSIONS = 200
SAID = frozenset({"tree.said.applied"})


def build_router(drafting: Drafting) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = VersionsPage(drafting)
    router.add_api_route(VERSIONS, page.show, methods=["GET"])
    router.add_api_route(f"{VERSIONS}/compare", page.compare, methods=["GET"])
    return router


class VersionsPage:
    def __init__(self, drafting: Drafting) -> None:
        self._drafting = drafting
        self._tree = drafting.ports.office

    async def show(self, request: Request, visitor: Reader, said: str = "") -> Response:
        require_whole_text(visitor.visit)
        t = words_of(request)
        found = await self._tree.list_versions(limit=MOST_VERSIONS)
        return self._drafting.render(
            request,
            "hierarchy_versions.html",
            tab="versions",
            versions=[(each, name_author(each.author, t), say_note(each.note, t)) for each in found],
            may_edit=may_edit(visitor),
            said=said if said in SAID else "",
        )

    async def compare(self, request: Request, visitor: Reader, old: int = 0, new: int = 0) -> Response:
        """Of any two; without numbers the newest with the one before it."""
        require_whole_text(visitor.visit)
        newest = self._tree.current().version
        later = new if 0 < new <= newest else newest
        earlier = old if 0 < old <= newest else max(1, later - 1)
        before, after = await self._tree.text(earlier), await self._tree.text(later)
        changes = await self._drafting.ports.workshop.list_changes(
            before, after, top=top_of(visitor.visit, self._tree.current())
        )
        return self._drafting.render(
            request,
            "hierarchy_compare.html",
            tab="versions",
            old=earlier,
            new=later,
            newest=newest,
            sections=list_sections(EditPlan(changes=changes or ()), words_of(request)),
            difference=await self._drafting.list_own_difference(visitor, before, after, words_of(request)),
            may_edit=may_edit(visitor),
        )


def name_author(author: str, t: Words) -> str:
    """Accounts by their name; what is no account in words."""
    key = f"versions.by.{author}"
    return t(key) if t.has(key) else author


def say_note(note: str, t: Words) -> str:
    key = f"versions.why.{note}"
    return t(key) if t.has(key) else note
