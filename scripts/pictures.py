"""Takes the pictures that the documents show: a fresh service, a few neighbours who speak, a real browser.

The service runs on its own data in a temporary folder; nothing of an installation is read or changed.
"""

import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from PIL import Image
from playwright.sync_api import Page

from app.clock import Clock
from tests.chromium import DESKTOP, PHONE, Screen, open_page, running_chromium

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
START_LIMIT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Picture:
    """`tab` names what a phone shows, which has room for one level at a time."""

    name: str
    path: str
    screen: Screen
    tab: str | None = None


# group, sender, name, text
WORDS: tuple[tuple[str, str, str, str], ...] = (
    ("xingfuli-b1-residents", "u1", "1-201", "3单元电梯又不动了"),
    ("xingfuli-property", "liqiang", "李强", "认领 1001"),
    ("xingfuli-b1-residents", "u2", "1-502", "@里仁 楼上半夜一直在敲，睡不着"),
)
# What is said at nine in the morning, and how far the clock goes on from there.
START, UNTIL_LATE = "tomorrow", "deadline"

# file name, address, screen, the tab that a phone shows
EARLY: tuple[Picture, ...] = (
    Picture("sandbox", "/sandbox", DESKTOP),
    Picture("sandbox-phone", "/sandbox", PHONE),
)
LATE: tuple[Picture, ...] = (
    Picture("sandbox-climbed", "/sandbox", DESKTOP),
    Picture("sandbox-climbed-phone", "/sandbox", PHONE, tab="社区"),
)
# For those who sign in; each is taken on a desktop and on a phone.
OFFICE: tuple[tuple[str, str], ...] = (
    ("office-start", "/admin"),
    ("tickets", "/admin/tickets"),
    ("ticket", "/admin/tickets/{number}"),
    ("office-hierarchy", "/admin/hierarchy"),
    ("office-hierarchy-file", "/admin/hierarchy/code"),
    ("office-learning", "/admin/learning"),
    ("office-account", "/account"),
    ("office-accounts", "/admin/accounts"),
    ("office-invite", "/admin/accounts/new"),
    ("office-troubles", "/admin/troubles"),
    ("office-audit", "/admin/audit"),
    ("office-staff", "/admin/staff"),
    ("office-codes", "/admin/hierarchy/codes"),
    ("work", "/work"),
    ("office-coverage", "/admin/hierarchy/coverage"),
    ("office-figures", "/admin/figures"),
    ("office-levels", "/admin/figures/levels"),
    ("office-places", "/admin/figures/places"),
    ("office-voices", "/admin/figures/voices"),
    ("office-bulletin", "/admin/figures/bulletin?month={month}"),
    ("work-ticket", "/work/tickets/{open_number}"),
    ("office-limits", "/admin/hierarchy/limits"),
    ("office-table", "/admin/hierarchy/table"),
    ("office-replay", "/admin/hierarchy/replay"),
    ("office-plan", "/admin/hierarchy/plan"),
    ("office-versions", "/admin/hierarchy/versions"),
    ("help", "/help"),
)
NUMBER, OPEN_NUMBER = 1010, 1251
"""Tickets of the made street: one that ended, and one that is in hand."""

ADMIN, PASSWORD = "王芳", "拍照用的密码只在这里"


# The office is shown at work: after a fortnight of a made street, which is the same each time.
DAYS = ("--days", "14", "--reports", "18", "--diligence", "0.85", "--seed", "5")


@contextmanager
def running_service(token: str, *days: str) -> Iterator[str]:
    """The address of a service with the sample hierarchy and the sandbox; `days` are lived through before."""
    with tempfile.TemporaryDirectory() as data:
        port = _free_port()
        if days:
            kept = [*days, "--keep", f"{data}/liren.db"]
            subprocess.run([sys.executable, "-m", "app", "simulate", *kept], cwd=ROOT, check=True)
        own = {name: value for name, value in os.environ.items() if not name.startswith("LIREN_")}
        settings = {
            "LIREN_DATABASE_URL": f"sqlite:///{data}/liren.db",
            "LIREN_HIERARCHY": str(ROOT / "hierarchy.yaml"),
            "LIREN_SANDBOX": "on",
            "LIREN_API_TOKEN": token,
        }
        command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
        _add_admin(own | settings)
        service = subprocess.Popen(command, cwd=ROOT, env=own | settings)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_ready(service, address)
            yield address
        finally:
            service.terminate()
            service.wait(30)


def say(client: httpx.Client) -> None:
    """Lets the neighbours speak, so that the pages have something to show."""
    for number, (group, sender, name, text) in enumerate(WORDS):
        message = {"group": group, "sender": sender, "name": name, "text": text, "message_id": f"p{number}"}
        client.post("/api/v1/sandbox/messages", json=message).raise_for_status()


def push(client: httpx.Client, forward: str) -> None:
    client.post("/api/v1/sandbox/clock", json={"forward": forward}).raise_for_status()


def take_pictures(address: str, pictures: tuple[Picture, ...]) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_chromium() as browser:
        for each in pictures:
            with open_page(browser, each.screen) as page:
                page.goto(address + each.path)
                page.locator(".is-bot:visible").first.wait_for()
                if each.tab:
                    page.locator("#tabbar").get_by_text(each.tab, exact=True).click()
                page.screenshot(path=FOLDER / f"{each.name}.png")
                print(f"docs/pictures/{each.name}.png")


def take_office_pictures(address: str) -> None:
    with running_chromium() as browser:
        for screen, suffix in ((DESKTOP, ""), (PHONE, "-phone")):
            with open_page(browser, screen) as page:
                page.goto(f"{address}/sign-in")
                page.screenshot(path=FOLDER / f"office-sign-in{suffix}.png")
                page.locator("[name=name]").fill(ADMIN)
                page.locator("[name=password]").fill(PASSWORD)
                page.locator(".button-strong").click()
                page.wait_for_url("**/admin")
                values = {"number": NUMBER, "open_number": OPEN_NUMBER, "month": f"{Clock().now():%Y-%m}"}
                for name, path in OFFICE:
                    if name == "office-plan" and screen is DESKTOP:
                        begin_an_edit(page, address)
                    page.goto(address + path.format(**values))
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=FOLDER / f"{name}{suffix}.png")
                    print(f"docs/pictures/{name}{suffix}.png")


def begin_an_edit(page: Page, address: str) -> None:
    """So that there is a plan to see: whoever holds the tickets of the community leaves it."""
    page.goto(f"{address}/admin/hierarchy?node=xingfuli")
    remove = page.locator("form:has([name=verb][value=remove_staff]):has([value=wangfang]) button")
    remove.evaluate("button => button.click()")
    page.wait_for_load_state("networkidle")


def make_small(path: Path) -> None:
    """At most 256 colours, of which the pages have few: a third of the size, and no eye sees it."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def _add_admin(environment: dict[str, str]) -> None:
    command = [
        sys.executable,
        "-m",
        "app",
        "user",
        "add",
        ADMIN,
        "--role",
        "admin",
        "--scope",
        "xinhua",
        "--staff",
        "wangfang",
    ]
    subprocess.run(
        [*command, "--password-stdin"], cwd=ROOT, env=environment, input=PASSWORD, text=True, check=True
    )


def _wait_until_ready(service: subprocess.Popen[bytes], address: str) -> None:
    give_up_at = time.monotonic() + START_LIMIT_SECONDS
    while service.poll() is None and time.monotonic() < give_up_at:
        try:
            if httpx.get(f"{address}/readyz").is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.2)
    sys.exit("The service did not start; its own words are above.")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def main() -> None:
    token = secrets.token_urlsafe()
    with running_service(token) as address, httpx.Client(base_url=address) as client:
        push(client, START)
        say(client)
        take_pictures(address, EARLY)
        push(client, UNTIL_LATE)
        push(client, UNTIL_LATE)
        take_pictures(address, LATE)
    with running_service(token, *DAYS) as address:
        take_office_pictures(address)
    for path in FOLDER.glob("*.png"):
        make_small(path)


if __name__ == "__main__":
    main()
