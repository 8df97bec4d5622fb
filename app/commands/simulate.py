"""`liren simulate`: lives through days of a made street on a virtual clock and says what came of it.

Nothing of the installation is read or changed but the hierarchy file: the days are kept in a database of their own.
"""

import argparse
import asyncio
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from zoneinfo import ZoneInfo

from admin_web.ports import EVERYTHING, TicketQuery
from app.clock import Clock
from app.commands.tree_source import read_tree
from app.commands.values import number, read_day, whole_number
from app.readers import Tickets
from app.settings import Settings, read_settings
from app.simulation.life import Life
from app.simulation.street import Street
from app.simulation.summary import summarise
from app.simulation.virtual_clock import VirtualClock
from app.tree.office import NoHierarchyError
from app.wiring import House, build_house
from routing.metrics import figures_of

MOST_DAYS, MOST_REPORTS, MOST_SEEDS = 366, 20_000, 2**31


def add_to(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--hierarchy",
        type=Path,
        default=Path("hierarchy.yaml"),
        metavar="FILE",
        help="default: hierarchy.yaml",
    )
    _add_street_options(parser, Street(date.min))
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FILE",
        help="a new SQLite file for the days, to look at with `liren serve`",
    )
    parser.set_defaults(run=run)


def _add_street_options(parser: argparse.ArgumentParser, usual: Street) -> None:
    parser.add_argument(
        "--days",
        type=whole_number(least=1, most=MOST_DAYS),
        default=usual.days,
        metavar="N",
        help=f"default: {usual.days}",
    )
    parser.add_argument(
        "--from",
        dest="start_on",
        type=read_day,
        metavar="DATE",
        help="first day; default: so that the last is yesterday",
    )
    parser.add_argument(
        "--reports",
        type=number(least=0, most=MOST_REPORTS),
        default=usual.reports,
        metavar="N",
        help=f"a day, over the whole tree; default: {usual.reports:g}",
    )
    parser.add_argument(
        "--diligence",
        type=number(least=0, most=1),
        default=usual.diligence,
        metavar="SHARE",
        help=f"0 to 1: how often a waiting ticket is claimed at a look; default: {usual.diligence:g}",
    )
    parser.add_argument(
        "--seed",
        type=whole_number(least=0, most=MOST_SEEDS),
        default=usual.seed,
        metavar="N",
        help="the same number gives the same street",
    )


def run(arguments: argparse.Namespace) -> int:
    if not arguments.hierarchy.is_file():
        return _refuse(f"there is no file {arguments.hierarchy}")
    if arguments.keep is not None and arguments.keep.exists():
        return _refuse(f"{arguments.keep} is there already; --keep wants a new file")
    if arguments.keep is not None and not arguments.keep.absolute().parent.is_dir():
        return _refuse(f"there is no folder {arguments.keep.parent}")
    if read_tree(arguments.hierarchy) is None:
        return 1
    with _database(arguments.keep) as database:
        return asyncio.run(_simulate(arguments, database))


async def _simulate(arguments: argparse.Namespace, database: Path) -> int:
    start_on = arguments.start_on or Clock().now().date() - timedelta(days=arguments.days)
    street = Street(start_on, arguments.days, arguments.reports, arguments.diligence, seed=arguments.seed)
    clock = VirtualClock(
        datetime.combine(start_on, time_of_day(), tzinfo=ZoneInfo("UTC")) - timedelta(days=1)
    )
    house = build_house(_settings(arguments.hierarchy, database), clock=clock)
    try:
        await asyncio.to_thread(house.open)
    except NoHierarchyError as error:
        for each in error.problems:
            print(f"{arguments.hierarchy}:{each.line}: {each.message}", file=sys.stderr)
        await house.store.close()
        return 1
    life = Life(house, clock, street, on_day=lambda day: _tell_day(day, street))
    try:
        await life.live()
        print(await _summary(house, life), flush=True)
        if arguments.keep is not None:
            await _add_up(house)
    finally:
        await house.close()
    _say_where(arguments.keep, arguments.hierarchy)
    return 0


async def _add_up(house: House) -> None:
    """Whoever opens what was kept finds its figures complete."""
    while not await house.figures.catch_up():
        pass


async def _summary(house: House, life: Life) -> str:
    tickets = Tickets(house.store, house.office.current)
    facts = await tickets.list_facts(TicketQuery(EVERYTHING), now=house.clock.now())
    tree = house.office.current()
    return summarise(facts, figures_of(facts, house.clock.now()), tree, said=life.said)


def _settings(hierarchy: Path, database: Path) -> Settings:
    chosen = {
        "LIREN_DATABASE_URL": f"sqlite:///{database.absolute()}",
        "LIREN_HIERARCHY": str(hierarchy.absolute()),
        "LIREN_SANDBOX": "on",
    }
    return read_settings(chosen, folder=database.parent)


@contextmanager
def _database(keep: Path | None) -> Iterator[Path]:
    if keep is not None:
        yield keep
        return
    with tempfile.TemporaryDirectory(prefix="liren-simulate-") as folder:
        yield Path(folder) / "street.db"


def _tell_day(day: int, street: Street) -> None:
    print(
        f"\r{street.start_on + timedelta(days=day)}  {day + 1}/{street.days} ",
        end="",
        file=sys.stderr,
        flush=True,
    )
    if day + 1 == street.days:
        print(file=sys.stderr)


def _say_where(keep: Path | None, hierarchy: Path) -> None:
    if keep is not None:
        address = f"sqlite:///{keep.absolute()}"
        print(
            f"Look at it: LIREN_DATABASE_URL={address} LIREN_HIERARCHY={hierarchy} liren serve",
            file=sys.stderr,
        )


def _refuse(said: str) -> int:
    print(f"liren simulate: {said}", file=sys.stderr)
    return 2
