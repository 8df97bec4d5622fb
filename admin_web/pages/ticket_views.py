"""Saved views of the board: filters that somebody keeps under a name of their own."""

from typing import Annotated

from fastapi import Depends, Request
from fastapi.responses import Response

from admin_web.api.body import clean_text
from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor, read_form, signed_in
from admin_web.board_filters import BOARD, read_back
from admin_web.board_ports import Views
from admin_web.office import go_to

LONGEST_NAME = 30
VIEW_SAID = frozenset(
    {"view.kept", "view.renamed", "view.dropped", "view.too_many", "view.no_name", "view.name_taken"}
)
"""What the board may say about the form that came before it, by the `said` of its address."""

SignedIn = Annotated[Visitor, Depends(signed_in)]


def owner_of(visitor: Visitor) -> str:
    return f"staff:{visitor.staff_id}" if visitor.account_id is None else f"account:{visitor.account_id}"


class ViewPages:
    def __init__(self, views: Views) -> None:
        self._views = views

    async def keep(self, request: Request, visitor: SignedIn) -> Response:
        form = await read_form(request)
        query = read_back(form.get("query", "")[:2000], visitor).own_query
        name = _name(form)
        if not name:
            return _back(query, "view.no_name")
        is_kept = await self._views.keep(owner_of(visitor), name, query)
        return _back(query, "view.kept" if is_kept else "view.too_many")

    async def change(self, request: Request, visitor: SignedIn, view_id: int) -> Response:
        """Renames it, or drops it where the form says so."""
        form = await read_form(request)
        query = read_back(form.get("query", "")[:2000], visitor).own_query
        owner = owner_of(visitor)
        mine = {each.view_id for each in await self._views.list_of(owner)}
        if view_id not in mine:
            raise PageRefused(404, "refused.no_such_view")
        if form.get("do") == "drop":
            await self._views.drop(owner, view_id)
            return _back(query, "view.dropped")
        name = _name(form)
        if not name:
            return _back(query, "view.no_name")
        is_renamed = await self._views.rename(owner, view_id, name)
        return _back(query, "view.renamed" if is_renamed else "view.name_taken")


def _name(form: dict[str, str]) -> str:
    return " ".join(clean_text(form.get("name", "")).split())[:LONGEST_NAME]


def _back(query: str, said: str) -> Response:
    return go_to(f"{BOARD}?{query}&said={said}" if query else f"{BOARD}?said={said}")
