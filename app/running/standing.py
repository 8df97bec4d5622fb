"""How things stand in this house, for `/readyz` and `/metrics`: read when asked, in threads."""

import asyncio
from collections.abc import Mapping

from admin_web.health import Probe
from admin_web.metrics import Standing, WriterCounts
from app.running.disk import find_room
from app.wiring import House
from routing.working_time import unknown_years


def build_probes(house: House) -> Mapping[str, Probe]:
    """Database, writer, hierarchy, the heartbeat of the duties, and room on the disk."""

    async def database() -> str | None:
        is_answering = await asyncio.to_thread(house.store.reads.is_answering)
        return None if is_answering else "it does not answer"

    async def writer() -> str | None:
        """Goes through a whole commit: a full disk or a stuck thread shows here."""
        await house.store.writer.run(lambda unit: unit.settings.put("probe", house.owner))
        return None

    async def hierarchy() -> str | None:
        house.office.current()
        return None

    async def duties() -> str | None:
        return f"no sweep for {house.heartbeat.silent_for():.0f} s" if house.heartbeat.is_silent else None

    async def disk() -> str | None:
        room = await asyncio.to_thread(find_room, house.settings)
        return str(room) if room is not None and room.is_short else None

    return {"database": database, "writer": writer, "hierarchy": hierarchy, "duties": duties, "disk": disk}


async def read_standing(house: House) -> Standing:
    figures = await asyncio.to_thread(house.store.reads.figures)
    counts = house.store.writer.figures()
    now = house.clock.now()
    due_at = figures.oldest_due_at
    return Standing(
        tickets={(status.value, level): count for (status, level), count in figures.live.items()},
        oldest_overdue=max((now - due_at).total_seconds(), 0.0) if due_at else 0.0,
        outbox={state.value: count for state, count in figures.outbox.items()},
        hierarchy_version=house.office.current().version,
        writer=WriterCounts(counts.waiting, counts.jobs, counts.batches, counts.failed_jobs),
        holiday_years_missing=len(list_missing_years(house)),
    )


def list_missing_years(house: House) -> set[tuple[str, int]]:
    """(table, year) for each year that the next weeks touch and whose days off neither table nor file know."""
    today = house.clock.now().date()
    calendars = house.office.current().calendars.values()
    return {(each.holidays or "", year) for each in calendars for year in unknown_years(each, today)}
