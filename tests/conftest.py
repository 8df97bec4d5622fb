"""What every test can ask for: databases, browser pages, and that nothing leaves this machine."""

import gc
import os
import uuid
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import (
    DESKTOP,
    PHONE,
    ChromiumUnavailable,
    SharedChromium,
    open_page,
    shared_chromium,
)
from tests.memory import find_memory
from tests.network import forbid_outside
from tests.postgres import PostgresServer, PostgresUnavailable, get_server, stop_server

NEEDS = {"postgres_server": "postgres", "browser": "browser"}
SKIPPED_FOR_WANT = "not on this machine: "
MINUTES = 300
"""Seconds that a test is given which may take minutes."""


# --- the run --------------------------------------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    # Worker processes inherit it, so that all of them share one server.
    if not hasattr(config, "workerinput"):
        os.environ["LIREN_TEST_RUN"] = f"{os.getpid()}-{uuid.uuid4().hex[:8]}"
        if memory := find_memory():
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(memory))  # where `tmp_path` lies


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        stop_server(os.environ["LIREN_TEST_RUN"])


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """What is loaded here lives to the end: the collector need not look at it again and again."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a resource carries its marker, so that `-m "not browser"` needs no discipline.

    Those that may take minutes come first, so that no worker is left alone with one when the others are done.
    """
    for item in items:
        for fixture, marker in NEEDS.items():
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(marker)
    items.sort(key=lambda item: not _may_take_minutes(item))


def _may_take_minutes(item: pytest.Item) -> bool:
    given = item.get_closest_marker("timeout")
    return given is not None and given.args[0] >= MINUTES


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = terminalreporter.stats.get("skipped", [])
    wants = sorted(
        {str(report.longrepr[2]) for report in reports if SKIPPED_FOR_WANT in str(report.longrepr)}
    )
    if wants:
        terminalreporter.section("NOT EVERYTHING WAS TESTED", red=True, bold=True)
        for want in wants:
            terminalreporter.line(want)


def _do_without(reason: Exception) -> NoReturn:
    """Skips, or fails where everything must be there (CI)."""
    if os.environ.get("CI"):
        pytest.fail(f"{SKIPPED_FOR_WANT}{reason}", pytrace=False)
    pytest.skip(f"{SKIPPED_FOR_WANT}{reason}")


@pytest.fixture(scope="session", autouse=True)
def _no_outside_network() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        forbid_outside(patch)
        yield


# --- databases ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def postgres_server() -> PostgresServer:
    """The real server of this run, shared by all workers."""
    run_id = os.environ["LIREN_TEST_RUN"]
    try:
        return get_server(run_id, owner_pid=int(run_id.split("-")[0]))
    except PostgresUnavailable as reason:
        _do_without(reason)


@pytest.fixture
def postgres_url(postgres_server: PostgresServer) -> Iterator[str]:
    """The address of an empty PostgreSQL database of the test's own."""
    name = postgres_server.create_database()
    yield postgres_server.url_of(name)
    postgres_server.drop_database(name)


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    """The address of a SQLite file that is not there yet."""
    return f"sqlite:///{tmp_path / 'liren.db'}"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database_url(request: pytest.FixtureRequest) -> str:
    """An empty database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


# --- browser pages --------------------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def _chromium() -> Iterator[SharedChromium]:
    try:
        with shared_chromium() as chromium:
            yield chromium
    except ChromiumUnavailable as reason:
        _do_without(reason)


@pytest.fixture
def browser(_chromium: SharedChromium) -> Iterator[Browser]:
    """A real Chromium, one in each test process; see `tests/chromium.py` for more than one page at a time."""
    with _chromium.in_use() as browser:
        yield browser


@pytest.fixture
def phone_page(browser: Browser) -> Iterator[Page]:
    """A page of 375 × 812, touched."""
    with open_page(browser, PHONE) as page:
        yield page


@pytest.fixture
def desktop_page(browser: Browser) -> Iterator[Page]:
    """A page of 1280 × 800."""
    with open_page(browser, DESKTOP) as page:
        yield page


@pytest.fixture(params=[PHONE, DESKTOP], ids=["phone", "desktop"])
def browser_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The same test on a phone and on a desktop."""
    with open_page(browser, request.param) as page:
        yield page
