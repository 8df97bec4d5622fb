"""The office on a real port, for a real browser."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from tests.admin_web.auth.office_house import OfficeHouse
from tests.admin_web.live_house import _Server


@dataclass(frozen=True, slots=True)
class LiveOffice:
    office: OfficeHouse
    url: str

    def here(self, link: str) -> str:
        """The same address, where it really listens."""
        return self.url + link.removeprefix(self.office.public_url)


@contextmanager
def running_office(database_url: str, folder: Path) -> Iterator[LiveOffice]:
    office = OfficeHouse(database_url, folder)
    started = threading.Event()
    config = uvicorn.Config(office.whole(), port=0, log_level="error", ws="none", lifespan="off")
    server = _Server(config, started)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    assert started.wait(30)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield LiveOffice(office, f"http://127.0.0.1:{port}")
    finally:
        server.should_exit = True
        thread.join(20)
        # The browser's driver occupies this thread's event loop.
        closing = threading.Thread(target=lambda: asyncio.run(office.close()))
        closing.start()
        closing.join(20)
