"""What is rung periodically, how often, and what each ring does. The rules behind it live in the rooms."""

import asyncio
import logging
from datetime import timedelta

from admin_web.auth.building import forget_ended
from app.jobs import Jobs
from app.reach import list_deaf
from app.running.calm import Calm
from app.running.standing import list_missing_years
from app.tree.office import Refused
from app.troubles.chain_watch import ChainWatch
from app.wiring import House
from storage.writing.unit_of_work import Unit

log = logging.getLogger(__name__)

EVERY_MOMENT = 1.0
EVERY_LOOK = 2.0
EVERY_TEN_SECONDS = 10.0
EVERY_MINUTE = 60.0
EVERY_HOUR = 3_600.0
EVERY_DAY = 86_400.0
MATTERS_WAIT = 20
"""Rings, so seconds, for which this replica may not hear of the reports that came to another in a flood."""

FIGURES_WAIT = 10
"""Rings, so minutes, for which sums may stand still in a flood."""

LATE_BY = timedelta(minutes=2)
"""A deadline missed by more than this means that the sweep is stuck: the alarm goes off."""

KEYS_KEPT_FOR = timedelta(days=14)
"""How long a repeat is known as one: vendors repeat within seconds, and some let us fetch again for three days."""


FORMS_KEPT_FOR = timedelta(days=60)
"""A phone may lie in a drawer with something unsent; after that it is done again, and the ticket's state decides."""


def add_duties(jobs: Jobs, house: House) -> None:
    """All of them, each in a line."""
    calm = Calm(lambda: house.store.writer.figures().jobs)
    jobs.add("calm", calm.look, every=EVERY_MOMENT)
    jobs.add("sweep", lambda: _sweep(house), every=EVERY_MOMENT)
    jobs.add("deliver", house.delivery.deliver, every=EVERY_MOMENT)
    jobs.add("pictures", house.pictures.fetch, every=EVERY_LOOK)
    jobs.add("tree file", lambda: _look_at_tree(house), every=EVERY_LOOK)
    jobs.add("open matters", calm.waiting(house.matters.refresh, most=MATTERS_WAIT), every=EVERY_MOMENT)
    jobs.add("clock", lambda: asyncio.to_thread(house.read_clock), every=EVERY_TEN_SECONDS)
    jobs.add("clock's jumps", lambda: _look_for_jumps(house), every=EVERY_MINUTE)
    jobs.add("learned model", house.school.refresh, every=EVERY_MINUTE)
    jobs.add("lessons", house.school.study, every=EVERY_HOUR)
    jobs.add("moved chats", lambda: learn_moved_chats(house), every=EVERY_LOOK)
    jobs.add("figures", calm.waiting(house.figures.catch_up, most=FIGURES_WAIT), every=EVERY_MINUTE)
    jobs.add("overdue", lambda: _look_for_overdue(house), every=EVERY_MINUTE)
    jobs.add("deaf groups", lambda: _look_for_deaf_groups(house), every=EVERY_HOUR)
    jobs.add("holidays", lambda: _look_for_holidays(house), every=EVERY_DAY)
    jobs.add("troubles", lambda: house.troubled.refresh(house.store), every=EVERY_MINUTE)
    jobs.add("chain", lambda: check_new_rows(house), every=EVERY_HOUR)
    jobs.add("inbox", lambda: forget_keys(house), every=EVERY_DAY)
    jobs.add("sign-ins", lambda: forget_sign_ins(house), every=EVERY_HOUR)
    jobs.add("taken forms", lambda: forget_forms(house), every=EVERY_DAY)
    jobs.add("dialogs", lambda: forget_dialogs(house), every=EVERY_MINUTE)
    jobs.add("log of the database", lambda: asyncio.to_thread(house.store.empty_log), every=EVERY_MINUTE)


async def look_once(house: House) -> None:
    """What is rung rarely is looked at once at the start."""
    await house.school.refresh()
    await _look_for_deaf_groups(house)
    await _look_for_holidays(house)


async def _sweep(house: House) -> None:
    if await house.sweeper.sweep():
        house.postman.ring()
    house.heartbeat.beat()


async def _look_at_tree(house: House) -> None:
    """The file first, then what another replica applied."""
    outcome = await house.tree_file.look()
    if isinstance(outcome, Refused):
        house.metrics.refuse_edit()
    if outcome is not None:
        house.postman.ring()
    await house.office.refresh()


async def learn_moved_chats(house: House) -> None:
    """Another replica, or the sender, may have learned that a group has another id."""
    accounts = [(each.name, each.account) for each in house.channels.values()]

    def read(unit: Unit) -> dict[tuple[str, str], str]:
        return {
            (name, old): new
            for name, account in accounts
            for old, new in unit.parcels.list_moved(name, account).items()
        }

    house.reach.moved.learn(await house.store.writer.run(read))


async def _look_for_overdue(house: House) -> None:
    """Distrusts the sweep: nothing may be due for long."""
    due_at = await house.store.writer.run(lambda unit: unit.tickets.find_next_due())
    if due_at is not None and house.clock.now() - due_at > LATE_BY:
        log.error("alarm=missed_deadline since=%s", due_at.isoformat())


async def _look_for_jumps(house: House) -> None:
    """A person should hear of it while it is not believed yet."""
    off_by = house.clock.is_off_by()
    if off_by:
        log.error("alarm=clock_jumped by=%.0f", off_by.total_seconds())


async def _look_for_deaf_groups(house: House) -> None:
    """Whoever must answer but cannot be told is named here, before a resident finds out."""
    for each in list_deaf(house.office.current(), house.reach):
        log.error("alarm=group_cannot_be_told group=%s node=%s", each.group_id, each.node_id)


async def _look_for_holidays(house: House) -> None:
    """A year that the table does not know yet is told ahead, not found out on New Year's Day."""
    for name, year in sorted(list_missing_years(house)):
        log.warning("alarm=holidays_unknown table=%s year=%d", name, year)


async def check_new_rows(house: House) -> None:
    """Of the log, from where the last check ended: what was changed shows within the hour."""
    record = await ChainWatch(house.store, house.clock.now).catch_up()
    if record.problems:
        log.error("alarm=chain_broken row=%d", record.problems[0][0])


async def forget_keys(house: House) -> int:
    """Once-only keys that nobody will repeat any more; returns how many."""
    before = house.clock.now() - KEYS_KEPT_FOR
    return await house.store.writer.run(lambda unit: unit.inbox.prune(before))


async def forget_dialogs(house: House) -> int:
    """Questions that nobody answered, with what was said in them; returns how many."""
    return await house.store.writer.run(lambda unit: unit.dialogs.drop_expired(house.clock.now()))


async def forget_sign_ins(house: House) -> int:
    """Sessions and tries that have ended, in real time; returns how many."""
    return await house.store.writer.run(lambda unit: forget_ended(unit, house.links.now()))


async def forget_forms(house: House) -> int:
    """Forms that no phone will send again; returns how many."""
    before = house.clock.now() - FORMS_KEPT_FOR
    return await house.store.writer.run(lambda unit: unit.taken_forms.forget(before))
