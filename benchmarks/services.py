"""Starts a server in a process of its own and ends it; says when it is ready."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
START_LIMIT_S = 60
STOP_LIMIT_S = 30
SECONDS_TO_WAKE = 1.5


class ServiceFailedError(Exception):
    """The server did not come up; the text holds the end of what it said."""


@dataclass(frozen=True, slots=True)
class Service:
    """A running server."""

    port: int
    process: "subprocess.Popen[bytes]"

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """It uses no processor while another is measured, and goes on afterwards: what fell due meanwhile is done
        before it is measured itself, for a service that was never stopped has not to do it all at once."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)
            time.sleep(SECONDS_TO_WAKE)


@contextlib.contextmanager
def running(words: list[str], *, port: int, folder: Path, settings: Mapping[str, str]) -> Iterator[Service]:
    """`python -m <words>` until the block ends. `settings` are its only LIREN_ variables; it runs in `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LIREN_")}
    environment = {**kept, **settings, "PYTHONPATH": str(ROOT)}
    log = folder / f"{port}.log"
    with log.open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=folder, env=environment, stdout=said, stderr=said
        )
        try:
            _wait_for(process, port, log)
            yield Service(port, process)
        finally:
            _stop(process)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    give_up_at = time.monotonic() + START_LIMIT_S
    while time.monotonic() < give_up_at and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise ServiceFailedError(log.read_text(errors="replace")[-2000:])


def _stop(process: "subprocess.Popen[bytes]") -> None:
    process.send_signal(signal.SIGTERM)
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(STOP_LIMIT_S)
    process.kill()
    process.wait()
