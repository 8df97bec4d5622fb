"""Lives of `liren serve` that begin with its code loaded: a trial spends its time on kills, not on imports.

A process loads the code once and is forked for each life. What a life ends by, and what it leaves, is its own.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Mapping
from importlib import import_module, reload
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from app.cli import main
from storage import fault_points

for _name in ("app.commands.serve", "app.web", "app.doors.wechat"):
    import_module(_name)

_NURSERY = get_context("forkserver")
_NURSERY.set_forkserver_preload([__name__])


class Life:
    """Speaks as `subprocess.Popen` does."""

    def __init__(self, process: BaseProcess) -> None:
        self._process = process

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("liren serve", timeout)
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self._process.pid or 0, number)


def begin_life(port: int, *, folder: Path, settings: Mapping[str, str], log: Path) -> Life:
    """`settings` are all that the service sees of LIREN_…; what it says is added to `log`."""
    process = _NURSERY.Process(target=_live, args=(port, folder, dict(settings), log))
    process.start()
    return Life(process)


def _live(port: int, folder: Path, settings: Mapping[str, str], log: Path) -> None:
    with log.open("ab") as said:
        os.dup2(said.fileno(), 1)
        os.dup2(said.fileno(), 2)
    for name in [each for each in os.environ if each.startswith("LIREN_")]:
        del os.environ[name]
    os.environ.update(settings)
    os.chdir(folder)
    reload(fault_points)  # they were read when the code was loaded
    sys.exit(main(["serve", "--port", str(port)]))
