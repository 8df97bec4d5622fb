"""A real Chromium for the page tests: the system's own, driven over its debugging protocol, with no way outside."""

import asyncio
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playwright.sync_api import Browser, Error, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-dev-shm-usage",  # containers have a tiny one
    "--no-first-run",
]


@dataclass(frozen=True, slots=True)
class Screen:
    """The size of a window in CSS pixels, and whether it is touched."""

    width: int
    height: int
    is_phone: bool


PHONE = Screen(375, 812, is_phone=True)
DESKTOP = Screen(1280, 800, is_phone=False)


class ChromiumUnavailable(Exception):
    """This machine has no Chromium that starts; the text says why."""


def find_chromium() -> str:
    """The program's path. Raises ChromiumUnavailable."""
    for name in (os.environ.get("LIREN_TEST_CHROMIUM"), *NAMES):
        if name and (path := shutil.which(name)):
            return path
    raise ChromiumUnavailable("no Chromium is installed; as root, scripts/get-browser does it")


@contextmanager
def running_chromium() -> Iterator[Browser]:
    """A browser of its own, ended at the close. Raises ChromiumUnavailable.

    While it runs, its driver occupies the thread's event loop.
    """
    path = find_chromium()
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        except Error as error:
            raise ChromiumUnavailable(f"{path} does not start: {error.message[-1000:]}") from error
        try:
            yield browser
        finally:
            browser.close()


class SharedChromium:
    """A browser kept over many tests, since starting one takes longer than most of them.

    Its driver calls its loop the running one as long as it lives, which no asynchronous test would survive; so the
    loop is the running one only while a test has the browser.
    """

    def __init__(self, browser: Browser, loop: asyncio.AbstractEventLoop) -> None:
        self._browser = browser
        self._loop = loop

    @contextmanager
    def in_use(self) -> Iterator[Browser]:
        asyncio._set_running_loop(self._loop)
        try:
            yield self._browser
        finally:
            asyncio._set_running_loop(None)


@contextmanager
def shared_chromium() -> Iterator[SharedChromium]:
    """Raises ChromiumUnavailable."""
    with running_chromium() as browser:
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        try:
            yield SharedChromium(browser, loop)
        finally:
            asyncio._set_running_loop(loop)


@contextmanager
def open_page(browser: Browser, screen: Screen) -> Iterator[Page]:
    """A page as a Chinese reader has it; at the close, an uncaught error of the page's script fails the test."""
    context = browser.new_context(
        viewport={"width": screen.width, "height": screen.height},
        device_scale_factor=2 if screen.is_phone else 1,
        is_mobile=screen.is_phone,
        has_touch=screen.is_phone,
        locale="zh-CN",
        timezone_id="Asia/Shanghai",
        reduced_motion="reduce",
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    mistakes: list[str] = []
    page.on("pageerror", lambda error: mistakes.append(str(error)))
    page.on("console", lambda message: _note_forbidden(message.text, mistakes))
    try:
        yield page
    finally:
        context.close()
    assert not mistakes, f"the page's own script went wrong: {mistakes}"


def _note_forbidden(text: str, mistakes: list[str]) -> None:
    """A page that breaks its own content policy works here and fails for its readers."""
    if "Content Security Policy" in text:
        mistakes.append(text)
