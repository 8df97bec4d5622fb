"""The service is killed again and again under load, at random instants and between a commit and its answer.

What was acknowledged is there, once; what was promised is kept; a restart needs nobody.
"""

import random
from pathlib import Path

import pytest

from tests.kill.trial import a_trial

SEEDS = random.Random()


def killed_on_sqlite(url: str, folder: Path, *, kills: int) -> str:
    with a_trial(url, folder, seed=SEEDS.randrange(10**6)) as trial:
        (service,) = trial.replicas
        with trial.under_load():
            while trial.kills < kills - 1:
                trial.kill_and_restart(service, after=(0.2, 1.5))
        trial.restart_whole()
        trial.settle(within=240)
        return trial.judge()


def killed_replicas(url: str, folder: Path, *, kills: int) -> str:
    with a_trial(url, folder, seed=SEEDS.randrange(10**6), replicas=2) as trial:
        with trial.under_load():
            while trial.kills < kills - 2:
                trial.kill_and_restart(trial.replicas[trial.kills % 2], after=(0.2, 1.5))
        trial.restart_whole()  # the last lives may still carry a fault point
        trial.settle(within=240)
        return trial.judge()


@pytest.mark.timeout(600)
def test_a_service_that_is_killed_a_dozen_times_loses_and_doubles_nothing(sqlite_url: str, tmp_path: Path):
    print(killed_on_sqlite(sqlite_url, tmp_path, kills=12))


@pytest.mark.timeout(600)
def test_two_replicas_that_are_killed_in_turn_lose_and_double_nothing(postgres_url: str, tmp_path: Path):
    print(killed_replicas(postgres_url, tmp_path, kills=8))


@pytest.mark.kill
@pytest.mark.timeout(7200)
def test_two_hundred_kills_on_sqlite(sqlite_url: str, tmp_path: Path):
    print(killed_on_sqlite(sqlite_url, tmp_path, kills=200))


@pytest.mark.kill
@pytest.mark.timeout(7200)
def test_two_hundred_kills_of_two_replicas(postgres_url: str, tmp_path: Path):
    print(killed_replicas(postgres_url, tmp_path, kills=200))
