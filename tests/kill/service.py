"""`liren serve` as a process of its own: started, killed, told to stop, and asked whether it is ready."""

import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from tests.kill.lives import Life, begin_life
from tests.wechat_vendor import WechatVendor

SECRET = "canary0secret0of0the0account0001"
TEMPLATE = "Invented-template_1"
STREET = Path(__file__).with_name("street.yaml")
READY_WITHIN = 150.0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings_of(vendor: WechatVendor, *, database_url: str, api_base: str) -> dict[str, str]:
    """The environment of a service that believes to speak with WeChat."""
    return {
        "LIREN_DATABASE_URL": database_url,
        "LIREN_LOG": "json",
        "LIREN_WECHAT_APP_ID": vendor.app_id,
        "LIREN_WECHAT_APP_SECRET": SECRET,
        "LIREN_WECHAT_TOKEN": vendor.token,
        "LIREN_WECHAT_AES_KEY": vendor.aes_key,
        "LIREN_WECHAT_API_BASE": api_base,
        "LIREN_WECHAT_TEMPLATE_ID": TEMPLATE,
    }


@dataclass
class Service:
    """One replica. `folder` holds its hierarchy file; what it says goes to `log`, over all its lives."""

    folder: Path
    settings: dict[str, str]
    port: int = field(default_factory=free_port)
    name: str = "replica"
    process: subprocess.Popen[bytes] | Life | None = None
    starts: int = 0

    @property
    def log(self) -> Path:
        return self.folder / f"{self.name}.log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """By the command that everybody uses. Does not wait."""
        inherited = {key: value for key, value in os.environ.items() if not key.startswith("LIREN_")}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app", "serve", "--port", str(self.port)],
                cwd=self.folder,
                env={**inherited, "PYTHONPATH": str(STREET.parents[2]), **self.settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.starts += 1

    def begin_anew(self, *, fault_point: str = "") -> None:
        """The next life, without the time that loading its code takes. `fault_point`: where it will kill itself."""
        chosen = {"LIREN_FAULT_POINT": fault_point} if fault_point else {}
        self.process = begin_life(
            self.port, folder=self.folder, settings={**self.settings, **chosen}, log=self.log
        )
        self.starts += 1

    def wait_until_ready(self, within: float = READY_WITHIN) -> float:
        """Seconds that it took. Raises AssertionError with the end of the log."""
        began = time.monotonic()
        while time.monotonic() - began < within:
            assert self.process is not None
            if self.process.poll() is not None:
                break
            if self._answers():
                return time.monotonic() - began
            time.sleep(0.1)
        raise AssertionError(f"{self.name} did not become ready:\n{self.log.read_text()[-3000:]}")

    def _answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=2)
        try:
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        except (OSError, HTTPException):
            return False
        finally:
            connection.close()

    @property
    def is_alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def freeze(self) -> None:
        """As a machine that stands still: no line is cut, nothing is given back."""
        assert self.process is not None
        self.process.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        """SIGKILL: nothing is tidied up."""
        assert self.process is not None
        self.process.kill()
        self.process.wait(10)

    def end(self) -> None:
        """Nothing of it is left behind."""
        if self.process is not None:
            self.kill()

    def stop(self, within: float = 20) -> tuple[int, float]:
        """SIGTERM; the exit code and the seconds that it took."""
        assert self.process is not None
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(within)
        return code, time.monotonic() - began
