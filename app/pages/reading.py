"""Hands the page about reading what it shows, and does its one-click sorting by the desk's verbs."""

import asyncio
from dataclasses import dataclass

from fastapi import APIRouter

from admin_web.learning_ports import Example, LearningReport, ModelShown, Sorted
from admin_web.office import Office
from admin_web.pages import learning
from admin_web.ports import Scope
from app.readers import WriterDesk, in_thread
from app.reading.report import ReadingReport, report_reading
from app.wiring import House
from routing.callers import Caller
from routing.desk import Desk, confirm, sort
from routing.errors import UnknownTicketError
from routing.ports import UnitOfWork


def build_learning_pages(office: Office, house: House) -> APIRouter:
    return learning.build_router(office, HouseLearning(house, WriterDesk(house.store, house.postman.ring)))


@dataclass(frozen=True, slots=True)
class HouseLearning:
    """Fulfils `admin_web.learning_ports.LearningDesk`."""

    house: House
    writer: WriterDesk

    async def report(self, scope: Scope) -> LearningReport:
        house = self.house
        found = await in_thread(
            lambda: report_reading(
                house.store,
                house.office.current(),
                reader=house.school.reader,
                scope=scope,
                now=house.clock.now(),
            )
        )
        return await asyncio.to_thread(_shown, found)

    async def sort(self, number: int, category: str, *, caller: Caller, scope: Scope) -> Sorted:
        return await self.writer.run(lambda unit: self._sort(unit, number, category, caller, scope))

    def _sort(self, unit: UnitOfWork, number: int, category: str, caller: Caller, scope: Scope) -> Sorted:
        house = self.house
        ticket = unit.tickets.find(number)
        if ticket is None or not scope.covers_ticket(ticket):
            raise UnknownTicketError("unknown_ticket", number=number)
        desk = Desk(unit, house.office.current(), house.reach, house.clock.now(), incidents=house.matters)
        if ticket.category == category:
            confirm(desk, number, caller)
        else:
            sort(desk, number, caller, category=category)
        return Sorted(number, before=ticket.category, category=category)


def _shown(report: ReadingReport) -> LearningReport:
    model = report.model
    return LearningReport(
        since=report.since,
        until=report.until,
        tally=report.tally,
        silent=report.silent,
        examples=[
            Example(
                number=each.report.number,
                text=each.report.text,
                guess=each.report.reading.category,
                certainty=each.report.reading.sorting_certainty,
                others=each.report.reading.others,
                why=each.report.reading.why,
                alike=each.alike,
            )
            for each in report.examples
        ],
        waiting=report.waiting,
        lessons=sum(report.taught.values()),
        model=ModelShown(model.lessons, model.made_at, model.accuracy) if model else None,
    )
