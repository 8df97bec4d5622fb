"""A duty that fails is told of as what it is, and rung again."""

import asyncio
import logging
from datetime import datetime, timedelta, tzinfo

import pytest
from apscheduler.schedulers import base
from apscheduler.triggers import interval

from app.jobs import Jobs


@pytest.mark.parametrize(
    ("error", "level", "is_traced"),
    [(ConnectionError("The database does not answer"), "WARNING", False), (RuntimeError("?"), "ERROR", True)],
)
async def test_a_database_that_is_away_is_a_wait_and_no_fault(
    error: Exception, level: str, is_traced: bool, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.INFO, "app.jobs")
    rung = asyncio.Queue[str]()
    failures = [error]

    async def duty() -> None:
        rung.put_nowait("now")
        while failures:
            raise failures.pop()

    jobs = Jobs()
    jobs.add("open matters", duty, every=0.01)
    jobs.start()
    for _ in range(2):
        await rung.get()
    await jobs.stop()

    (told,) = [each for each in caplog.records if each.name == "app.jobs"]
    assert told.levelname == level
    assert "open matters" in told.getMessage()
    assert bool(told.exc_info) is is_traced


class SetBack(datetime):
    """The clock on the wall once somebody has set it back by an hour."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:
        return datetime.now(tz) - timedelta(hours=1)


async def test_a_clock_that_is_set_back_stops_no_duty(monkeypatch: pytest.MonkeyPatch):
    rung = asyncio.Queue[str]()

    async def duty() -> None:
        rung.put_nowait("now")

    jobs = Jobs(pulse=0.01, silent_for=0.1)
    jobs.add("sweep", duty, every=0.01)
    jobs.start()
    await rung.get()
    for each in (base, interval):
        monkeypatch.setattr(each, "datetime", SetBack)
    while not rung.empty():
        rung.get_nowait()
    async with asyncio.timeout(10):
        for _ in range(5):
            await rung.get()
    await jobs.stop()
