"""Replicas share the work, a database server comes back, and a service that is told to stop keeps its word."""

import os
import random
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.kill.trial import a_trial
from tests.postgres import SERVER_OPTIONS, get_server, stop_server


@pytest.mark.timeout(400)
def test_two_replicas_share_the_work_and_the_one_that_is_left_goes_on(postgres_url: str, tmp_path: Path):
    with a_trial(postgres_url, tmp_path, seed=1, replicas=2) as trial:
        with trial.under_load():
            time.sleep(8)
            swept = [each.log.read_text().count("sweep=breach") for each in trial.replicas]
            trial.replicas[0].kill()
            trial.kills += 1
            time.sleep(4)
        trial.settle(within=180)

        told = trial.judge()

        assert all(swept), swept
        print(told)


@pytest.mark.kill
@pytest.mark.timeout(1200)
def test_a_replica_that_stands_still_for_longer_than_its_leases_does_nothing_twice(
    postgres_url: str, tmp_path: Path
):
    with a_trial(postgres_url, tmp_path, seed=4, replicas=2) as trial:
        with trial.under_load():
            for each in (*trial.replicas, *trial.replicas):
                time.sleep(random.uniform(3, 5))
                each.freeze()
                time.sleep(40)  # leases end after 15 and 30 seconds
                each.go_on()
            time.sleep(5)
        trial.settle(within=240)

        print(trial.judge())


@pytest.mark.timeout(400)
def test_a_database_server_that_crashes_under_load_costs_nothing(durable_url: str, tmp_path: Path):
    with a_trial(durable_url, tmp_path, seed=2) as trial:
        with trial.under_load():
            for _ in range(4):
                time.sleep(random.uniform(1, 3))
                crash(durable_url)
            time.sleep(3)
        trial.settle(within=180)

        print(trial.judge())


@pytest.mark.timeout(400)
def test_a_service_that_is_told_to_stop_ends_within_its_grace_and_loses_nothing(
    sqlite_url: str, tmp_path: Path
):
    with a_trial(sqlite_url, tmp_path, seed=3) as trial:
        (service,) = trial.replicas
        with trial.under_load():
            for _ in range(3):
                time.sleep(3)
                code, took = service.stop()
                assert code in {0, -signal.SIGTERM}  # the server ends by the signal that it was sent
                assert took < 12
                service.begin_anew()
                service.wait_until_ready()
        trial.settle(within=180)

        told = trial.judge()

        assert '"marked_repeats": 0' in told, told
        print(told)


@pytest.fixture
def durable_url() -> Iterator[str]:
    """A server of the test's own, which keeps what it acknowledged; its processes may be killed."""
    run_id = f"{os.getpid()}-crash"
    server = get_server(run_id, owner_pid=os.getpid(), options={**SERVER_OPTIONS, "synchronous_commit": "on"})
    yield server.url_of(server.create_database())
    stop_server(run_id)


def crash(url: str) -> None:
    """Kills a process of the server, which makes it end all others and recover from its log."""
    with psycopg.connect(url) as connection:
        (pid,) = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'liren' AND pid <> pg_backend_pid() LIMIT 1"
        ).fetchone() or (None,)
    if pid is not None:
        os.kill(pid, signal.SIGKILL)
