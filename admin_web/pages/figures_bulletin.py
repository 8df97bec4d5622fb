"""The monthly bulletin of a place: a page to read, and a sheet to print and hang up."""

import asyncio
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from admin_web.auth.visitor import Visitor, signed_in
from admin_web.office import Office
from admin_web.pages.figures_asked import month_after, month_before, read_month
from admin_web.pages.figures_bulletin_text import Bulletin, BulletinWriter, Month
from admin_web.pages.figures_opened import FIGURES, Opened, open_figures, show_figures
from admin_web.pages.figures_ports import FigurePorts, Period
from admin_web.pages.figures_sheet import print_bulletin
from admin_web.rendering import PAGE_HEADERS
from routing.figure_counts import NOTHING

_LONGEST_OPEN = 3


@dataclass(frozen=True, slots=True)
class Written:
    opened: Opened
    first: date
    bulletin: Bulletin


def build_router(office: Office, ports: FigurePorts) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    page = BulletinPage(office, ports)
    router.add_api_route(f"{FIGURES}/bulletin", page.show, methods=["GET"], response_class=HTMLResponse)
    router.add_api_route(f"{FIGURES}/bulletin.pdf", page.send_pdf, methods=["GET"])
    return router


class BulletinPage:
    def __init__(self, office: Office, ports: FigurePorts) -> None:
        self._office = office
        self._ports = ports

    async def show(self, request: Request, visitor: Annotated[Visitor, Depends(signed_in)]) -> HTMLResponse:
        written = await self._write(request, visitor)
        opened, later = written.opened, month_after(written.first)
        return show_figures(
            self._office,
            self._ports,
            opened,
            "bulletin",
            bulletin=written.bulletin,
            month=f"{written.first:%Y-%m}",
            earlier=f"{month_before(written.first):%Y-%m}",
            later=f"{later:%Y-%m}" if later <= opened.today else "",
        )

    async def send_pdf(self, request: Request, visitor: Annotated[Visitor, Depends(signed_in)]) -> Response:
        written = await self._write(request, visitor)
        content = await asyncio.to_thread(print_bulletin, written.bulletin)
        name = f"bulletin-{written.first:%Y-%m}.pdf"
        headers = {**PAGE_HEADERS, "Content-Disposition": f'inline; filename="{name}"'}
        return Response(content, media_type="application/pdf", headers=headers)

    async def _write(self, request: Request, visitor: Visitor) -> Written:
        """Of the month that is asked for, or the last whole one."""
        opened = await open_figures(request, visitor, self._ports)
        this_month = opened.today.replace(day=1)
        asked = read_month(request.query_params.get("month", ""), today=opened.today)
        first = asked or month_before(this_month)
        month = await self._gather(opened, first)
        return Written(opened, first, BulletinWriter(opened.views, month).write())

    async def _gather(self, opened: Opened, first: date) -> Month:
        place, reader = opened.asked.node, self._ports.reader
        period, last_month = Period(first, month_after(first)), Period(month_before(first), first)
        return Month(
            place=place,
            first=first,
            period=period,
            figures=await reader.read(place, period),
            before=(await reader.read_places([place], last_month)).get(place, NOTHING),
            heard=await reader.hear(place, period),
            hot=await reader.find_hot(place, period),
            oldest=await reader.list_oldest_open(place, limit=_LONGEST_OPEN),
            today=opened.today,
            as_of=self._office.show_instant(self._ports.now()),
        )
