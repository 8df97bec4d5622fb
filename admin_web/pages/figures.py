"""The pages of figures, and their tables as files. Counts come from the port; places are those of the visitor."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from admin_web.auth.refusals import PageRefused
from admin_web.auth.visitor import Visitor, signed_in
from admin_web.office import Office
from admin_web.pages.figures_asked import Step
from admin_web.pages.figures_export import send_tables_csv, send_tables_xlsx
from admin_web.pages.figures_opened import FIGURES, Opened, open_figures, show_figures
from admin_web.pages.figures_ports import FigurePorts
from admin_web.pages.figures_tables import Table, rate_cell, say_share
from admin_web.pages.figures_views import count_open
from admin_web.pages.figures_voices import make_hot, make_silent, make_voices
from routing.figure_counts import NOTHING, Counts, total
from routing.figure_rates import RateName, find_half, rate_of
from routing.voices import Heard

_MOST_PLACES = 100
"""Of those that were heard; a street of a thousand buildings makes a page that nobody reads. Files have all."""


def build_router(office: Office, ports: FigurePorts) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = FiguresPage(office, ports)
    for path, show in (
        ("", page.show_overview),
        ("/levels", page.show_levels),
        ("/places", page.show_places),
        ("/voices", page.show_voices),
    ):
        router.add_api_route(FIGURES + path, show, methods=["GET"], response_class=HTMLResponse)
    router.add_api_route(f"{FIGURES}/table.csv", page.send_csv, methods=["GET"])
    router.add_api_route(f"{FIGURES}/table.xlsx", page.send_xlsx, methods=["GET"])
    return router


class FiguresPage:
    def __init__(self, office: Office, ports: FigurePorts) -> None:
        self._office = office
        self._ports = ports

    async def show_overview(
        self, request: Request, visitor: Annotated[Visitor, Depends(signed_in)]
    ) -> HTMLResponse:
        opened = await self._open(request, visitor)
        rates, trend, categories, whole, before = await self._overview(opened)
        return self._render(
            opened,
            "overview",
            rates=rates,
            trend=trend,
            categories=categories,
            whole=whole,
            before=before,
            open_now=count_open(whole),
            others=whole.tickets - whole.solved - count_open(whole),
            half=find_half(whole, "solved", smallest_n=self._ports.smallest_n),
            steps=list(Step),
        )

    async def show_levels(
        self, request: Request, visitor: Annotated[Visitor, Depends(signed_in)]
    ) -> HTMLResponse:
        opened = await self._open(request, visitor)
        levels, held = await self._levels(opened)
        return self._render(opened, "levels", levels=levels, held=held)

    async def show_places(
        self, request: Request, visitor: Annotated[Visitor, Depends(signed_in)]
    ) -> HTMLResponse:
        opened = await self._open(request, visitor)
        counts = await self._count_places(opened)
        rate = rate_of(total(counts.values()), opened.asked.rate, smallest_n=self._ports.smallest_n)
        return self._render(
            opened,
            "places",
            places=self._places(opened, counts),
            together=rate_cell(rate),
            rates=list(RateName),
        )

    async def show_voices(
        self, request: Request, visitor: Annotated[Visitor, Depends(signed_in)]
    ) -> HTMLResponse:
        opened = await self._open(request, visitor)
        heard = await self._ports.reader.hear(opened.asked.node, opened.asked.period)
        voices = make_voices(opened.views, heard)
        return self._render(
            opened,
            "voices",
            heard=heard,
            voices=replace(voices, rows=voices.rows[:_MOST_PLACES]),
            more_places=max(0, len(voices.rows) - _MOST_PLACES),
            silent=make_silent(opened.views, heard),
            hot=await self._hot(opened),
            say_share=say_share,
        )

    async def send_csv(self, request: Request, visitor: Annotated[Visitor, Depends(signed_in)]) -> Response:
        opened = await self._open(request, visitor)
        tables = await self._wanted(opened)
        return send_tables_csv(_file_name(opened), tables, self._about(opened), opened.t)

    async def send_xlsx(self, request: Request, visitor: Annotated[Visitor, Depends(signed_in)]) -> Response:
        opened = await self._open(request, visitor)
        tables = await self._wanted(opened)
        return send_tables_xlsx(_file_name(opened), tables, self._about(opened), opened.t)

    async def _open(self, request: Request, visitor: Visitor) -> Opened:
        return await open_figures(request, visitor, self._ports)

    def _render(self, opened: Opened, view: str, **values: object) -> HTMLResponse:
        return show_figures(self._office, self._ports, opened, view, **values)

    # --- tables -----------------------------------------------------------------------------------------------------

    async def _overview(self, opened: Opened) -> tuple[Table, Table, Table, Counts, Counts]:
        asked, views, reader = opened.asked, opened.views, self._ports.reader
        found, earlier = await asyncio.gather(
            reader.read(asked.node, asked.period), reader.read_places([asked.node], asked.period.before())
        )
        before = earlier.get(asked.node, NOTHING)
        return (
            views.rates(found.whole, before),
            views.trend(found.by_day, asked.period, asked.step),
            views.categories(found.by_category),
            found.whole,
            before,
        )

    async def _levels(self, opened: Opened) -> tuple[Table, Table]:
        found = await self._ports.reader.read(opened.asked.node, opened.asked.period)
        return opened.views.levels(found.by_level), opened.views.held(found.by_level)

    async def _count_places(self, opened: Opened) -> Mapping[str, Counts]:
        ids = [each.node_id for each in opened.children()]
        found = await self._ports.reader.read_places(ids, opened.asked.period)
        return {each: found.get(each, NOTHING) for each in ids}

    def _places(self, opened: Opened, counts: Mapping[str, Counts]) -> Table:
        links = {each: f"{FIGURES}?{opened.asked.query(node=each)}" for each in counts}
        return opened.views.places(counts, opened.asked.rate, links)

    async def _hot(self, opened: Opened) -> Table:
        matters = await self._ports.reader.find_hot(opened.asked.node, opened.asked.period)
        shows_tickets = self._office.has_page(opened.request, "/admin/tickets/1")
        tickets = "/admin/tickets/" if shows_tickets else ""
        return make_hot(opened.views, matters, tickets=tickets, show_day=self._office.show_instant)

    async def _wanted(self, opened: Opened) -> Sequence[Table]:
        """The one that `table` names, or all of them."""
        tables = await self._all(opened)
        key = opened.request.query_params.get("table", "")
        wanted = [each for each in tables if key in {"", each.key}]
        if not wanted:
            raise PageRefused(404, "refused.not_found")
        return wanted

    async def _all(self, opened: Opened) -> Sequence[Table]:
        rates, trend, categories, *_ = await self._overview(opened)
        heard: Heard = await self._ports.reader.hear(opened.asked.node, opened.asked.period)
        return [
            rates,
            trend,
            categories,
            *await self._levels(opened),
            self._places(opened, await self._count_places(opened)),
            make_voices(opened.views, heard),
            make_silent(opened.views, heard),
            await self._hot(opened),
        ]

    def _about(self, opened: Opened) -> list[list[str]]:
        """Rows that a file begins with: what was counted, and how each rate is worked out."""
        t, asked = opened.t, opened.asked
        days = t("figures.span", since=asked.period.since, last=asked.period.last)
        now = self._office.show_instant(self._ports.now())
        return [
            [t("figures.place"), opened.node.name],
            [t("figures.period"), days],
            [t("figures.about"), t("figures.what", place=opened.node.name, now=now)],
            *([t(f"figures.rate.{each}"), t(f"figures.rate.{each}.how")] for each in RateName),
            [t("figures.n"), t("figures.n_hint", n=self._ports.smallest_n)],
        ]


def _file_name(opened: Opened) -> str:
    """Plain letters: file names in headers know no others."""
    period, node = opened.asked.period, opened.asked.node
    plain = node if node.isascii() and node.replace("-", "").isalnum() else "place"
    return f"figures-{plain}-{period.since}-{period.last}"
