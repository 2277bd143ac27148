"""A short run of the proof. `make durability` is the whole one: 1,000 rounds of kills and 200 cuts of power."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENGINE = os.environ.get("KINLINE_TEST_ENGINE", "sqlite")
# A server costs more to fork, to stop and to start again; its short run is shorter.
ROUNDS, CUTS = {"sqlite": (50, 3), "postgresql": (20, 2)}[ENGINE]
STEP, SEED = 9, 20261122
LONGEST_SECONDS = 900


@pytest.fixture(scope="module")
def report() -> dict:
    """The figures of one run in a process of its own, which forks and must have no threads."""
    command = [sys.executable, "-m", "tests.hardship.durability", "--json", "--seed", str(SEED)]
    command += ["--engine", ENGINE]
    command += ["--rounds", str(ROUNDS), "--cuts", str(CUTS), "--step", str(STEP)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST_SECONDS, check=False)
    assert done.stdout, done.stderr[-4000:]
    return json.loads(done.stdout)


def test_nothing_acknowledged_is_lost_by_kills_and_cuts_of_power(report):
    assert report["kills"] == 2 * ROUNDS
    assert report["acknowledged"] > ROUNDS
    assert (report["lost"], report["doubled"], report["unsound"], report["mistaken_numbers"]) == (0, 0, 0, 0)


def test_every_promise_is_kept_and_a_death_repeats_one_message_at_most(report):
    assert report["promises_not_kept"] == 0
    assert report["sent"] > 0
    assert report["sent_twice"] <= report["sender_deaths"]


def test_every_planted_fault_that_this_machine_can_show_is_caught(report):
    missed = [name for name, found in report["mutants"].items() if found == "MISSED"]

    assert not missed
    if untried := [name for name, found in report["mutants"].items() if found.startswith("not tried")]:
        pytest.skip(f"{', '.join(untried)}: {report['left_out']}")
