"""The real service, from its start to its end."""

import os
import shutil
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.mark.parametrize("told", [signal.SIGTERM, signal.SIGINT])
def test_the_service_that_is_told_to_stop_ends_well(tmp_path: Path, told: signal.Signals):
    shutil.copy(ROOT / "hierarchy.yaml", tmp_path)
    environment = {name: value for name, value in os.environ.items() if not name.startswith("LIREN_")}
    command = [sys.executable, "-m", "app", "serve", "--port", str(free_port())]
    with subprocess.Popen(
        command,
        cwd=tmp_path,
        env={**environment, "PYTHONPATH": str(ROOT)},
        stderr=subprocess.PIPE,
        text=True,
    ) as service:
        assert service.stderr is not None
        assert any("Uvicorn running" in line for line in service.stderr)

        service.send_signal(told)
        rest = service.stderr.read()

        assert service.wait(timeout=30) == 0
    assert "service=stopped" in rest
    assert "Traceback" not in rest
