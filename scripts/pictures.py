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
from pathlib import Path

import httpx

from tests.chromium import DESKTOP, PHONE, Screen, open_page, running_chromium

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "pictures"
START_LIMIT_SECONDS = 60

# file name, address, screen
PICTURES: tuple[tuple[str, str, Screen], ...] = (
    ("board", "/", DESKTOP),
    ("board-phone", "/", PHONE),
    ("sandbox", "/sandbox", DESKTOP),
    ("sandbox-phone", "/sandbox", PHONE),
    ("work-phone", "/work", PHONE),
    ("admin", "/admin", DESKTOP),
)

# group, sender, name, text
WORDS: tuple[tuple[str, str, str, str], ...] = (
    ("xingfuli-b1-residents", "u1", "1-201", "@里仁 电梯坏了，老人下不了楼"),
    ("xingfuli-b1-residents", "u2", "1-502", "@里仁 三楼楼道灯不亮"),
    ("xingfuli-b1-residents", "u3", "1-303", "@里仁 门口垃圾两天没人收了"),
)


@contextmanager
def running_service(token: str) -> Iterator[str]:
    """The address of a service with the sample hierarchy and the sandbox, ready to be asked."""
    with tempfile.TemporaryDirectory() as data:
        port = _free_port()
        own = {name: value for name, value in os.environ.items() if not name.startswith("LIREN_")}
        settings = {
            "LIREN_DATABASE_URL": f"sqlite:///{data}/liren.db",
            "LIREN_HIERARCHY": str(ROOT / "hierarchy.yaml"),
            "LIREN_SANDBOX": "on",
            "LIREN_API_TOKEN": token,
        }
        command = [sys.executable, "-m", "app", "serve", "--port", str(port)]
        service = subprocess.Popen(command, cwd=ROOT, env=own | settings)
        address = f"http://127.0.0.1:{port}"
        try:
            _wait_until_ready(service, address)
            yield address
        finally:
            service.terminate()
            service.wait(30)


def say(address: str, token: str) -> None:
    """Lets the neighbours speak, so that the pages have something to show."""
    with httpx.Client(base_url=address, headers={"Authorization": f"Bearer {token}"}) as client:
        for number, (group, sender, name, text) in enumerate(WORDS):
            message = {
                "group": group,
                "sender": sender,
                "name": name,
                "text": text,
                "message_id": f"p{number}",
            }
            client.post("/api/v1/sandbox/messages", json=message).raise_for_status()


def take_pictures(address: str) -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with running_chromium() as browser:
        for name, path, screen in PICTURES:
            with open_page(browser, screen) as page:
                page.goto(address + path)
                page.screenshot(path=FOLDER / f"{name}.png")
                print(f"docs/pictures/{name}.png")


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
    with running_service(token) as address:
        say(address, token)
        take_pictures(address)


if __name__ == "__main__":
    main()
