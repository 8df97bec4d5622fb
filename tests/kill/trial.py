"""One trial: replicas under load that are killed at random instants, then left alone until everything is settled."""

import asyncio
import random
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.kill.account_stand_in import Account
from tests.kill.invariants import complaints, figures, show
from tests.kill.people import People
from tests.kill.service import STREET, Service, settings_of
from tests.kill.stored import count_overdue, count_unsettled, read_everything
from tests.wechat_vendor import WechatVendor

FAULT_POINTS = ("writer.before_commit", "writer.after_commit")


@dataclass
class Trial:
    """`seed` chooses the instants. Names of the fault points are tried in turn with kills from outside."""

    url: str
    folder: Path
    account: Account
    vendor: WechatVendor
    replicas: list[Service]
    seed: int
    people: People = field(init=False)
    kills: int = 0
    starts: list[float] = field(default_factory=list)
    settled_within: float = 0.0

    def __post_init__(self) -> None:
        self.people = People(self.vendor, [each.port for each in self.replicas], seed=self.seed)
        self._chance = random.Random(self.seed)

    @contextmanager
    def under_load(self) -> Iterator[None]:
        """People write, in a thread of their own, until the block ends."""
        writing = threading.Thread(target=lambda: asyncio.run(self.people.write()), daemon=True)
        writing.start()
        try:
            yield
        finally:
            self.people.fall_silent()
            writing.join(60)
        assert not writing.is_alive()

    def kill_and_restart(self, replica: Service, *, after: tuple[float, float]) -> None:
        """Lets it work for a random while, kills it, from outside or at a fault point, and waits until it is back."""
        point = self._chance.choice((*FAULT_POINTS, "", ""))
        next_fault = f"{point}:{self._chance.randint(5, 120)}" if point else ""
        time.sleep(self._chance.uniform(*after))
        replica.kill()
        self.kills += 1
        replica.begin_anew(fault_point=next_fault)
        try:
            self.starts.append(replica.wait_until_ready())
        except AssertionError:
            if not point or replica.is_alive:
                raise
            replica.begin_anew()  # the fault point was met before it was ready
            self.kills += 1
            self.starts.append(replica.wait_until_ready())

    def restart_whole(self) -> None:
        """The last restart, without a fault point. Who has met the last one is killed already."""
        for each in self.replicas:
            each.kill()
            self.kills += 1
            each.begin_anew()
        for each in self.replicas:
            self.starts.append(each.wait_until_ready())

    def settle(self, within: float) -> None:
        """Waits until nothing is left to be sent and no ticket is late."""
        began = time.monotonic()
        while time.monotonic() - began < within:
            late = count_overdue(self.url, before=datetime.now(UTC) - timedelta(seconds=3))
            ahead = count_overdue(self.url, before=datetime.now(UTC) + timedelta(seconds=10))
            if not (late or ahead or count_unsettled(self.url)):
                break
            time.sleep(0.3)
        self.settled_within = time.monotonic() - began

    def judge(self) -> str:
        """The figures of the trial. Raises AssertionError with what is broken."""
        stored = read_everything(self.url)
        found = complaints(stored, self.people.said, self.account)
        found += self._complaints_of_audit() + self._complaints_of_logs()
        measured = figures(stored, self.people.said, self.account)
        measured |= {
            "kills": self.kills,
            "start_most": round(max(self.starts, default=0), 1),
            "settled_within": round(self.settled_within, 1),
            "seed": self.seed,
        }
        told = show(found, measured)
        assert not found, told
        assert self.kills == 0 or measured["acked"], told
        return told

    def _complaints_of_audit(self) -> list[str]:
        """22: by the service's own command, as an admin would ask."""
        done = subprocess.run(
            [sys.executable, "-m", "app", "audit", "verify"],
            cwd=self.folder,
            env={"PYTHONPATH": str(STREET.parents[2]), **self.replicas[0].settings},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return [] if done.returncode == 0 else [f"audit verify: {done.stdout}{done.stderr}"]

    def _complaints_of_logs(self) -> list[str]:
        """25, and never a person's words."""
        log = "".join(each.log.read_text() for each in self.replicas)
        secrets = ("canary", self.vendor.token, self.vendor.aes_key, "电梯坏了", "修好了")
        found = [f"the log holds {each}" for each in secrets if each in log]
        surprises = [
            each for each in log.splitlines() if "Traceback" in each and "StoreUnavailable" not in each
        ]
        return found + [f"the log says: {each[:200]} … {each[-400:]}" for each in surprises[:3]]


@contextmanager
def a_trial(url: str, folder: Path, *, seed: int, replicas: int = 1, slow: float = 0.08) -> Iterator[Trial]:
    """Everything started and ready; everything ended at the end."""
    (folder / "hierarchy.yaml").write_text(STREET.read_text("utf-8"), "utf-8")
    vendor = WechatVendor()
    with Account(slow=slow).open() as account:
        settings = settings_of(vendor, database_url=url, api_base=account.url)
        services = [Service(folder, settings, name=f"replica{each}") for each in range(replicas)]
        try:
            for each in services:
                each.start()
            for each in services:
                each.wait_until_ready()
            yield Trial(url, folder, account, vendor, services, seed)
        finally:
            for each in services:
                each.end()
