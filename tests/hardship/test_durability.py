"""A short run of the proof. `make durability` is the whole one: 1,000 rounds of kills and 200 cuts of power."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import DjangoDbBlocker

from tests import pgplugin
from tests.servers import database_url

ROOT = Path(__file__).parents[2]
ENGINE = os.environ.get("KINLINE_TEST_ENGINE", "sqlite")
# A server costs more to fork, to stop and to start again; its short run is shorter.
ROUNDS, CUTS = {"sqlite": (50, 3), "postgresql": (20, 2)}[ENGINE]
STEP, SEED = 9, 20261122
LONGEST_SECONDS = 900
# The test database is made only where some test asks for it; here it lends its tables.
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def schema(django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tables of the test database, so that nobody migrates another time."""
    path = tmp_path_factory.mktemp("durability") / "schema.sql"
    with django_db_blocker.unblock():
        path.write_text(dumped())
    return path


def dumped() -> str:
    """Statements that make all tables, indexes and triggers."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
            )
            return ";\n".join(row[0] for row in cursor.fetchall()) + ";"
    program = pgplugin._programs(Path(connection.settings_dict["HOST"])) / "pg_dump"
    command = [str(program), "--schema-only", "--no-owner", "--no-privileges", database_url()]
    dump = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    return "\n".join(line for line in dump.splitlines() if not line.startswith("\\"))


@pytest.fixture(scope="module")
def report(schema: Path) -> dict:
    """The figures of one run in a process of its own, which forks and must have no threads."""
    command = [sys.executable, "-m", "tests.hardship.durability", "--json", "--seed", str(SEED)]
    command += ["--engine", ENGINE, "--schema", str(schema)]
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


def test_nobody_is_told_that_post_was_taken_while_the_database_is_held_by_another(report):
    assert report["refused_while_locked"] > 0
    assert report["acknowledged_while_locked"] == 0


def test_post_that_a_full_disk_does_not_take_is_not_acknowledged(report):
    if not report["power_cuts"]:
        pytest.skip(f"no disk of its own: {report['left_out']}")
    assert report["refused_while_full"] > 0


def test_every_planted_fault_that_this_machine_can_show_is_caught(report):
    missed = [name for name, found in report["mutants"].items() if found == "MISSED"]

    assert not missed
    if untried := [name for name, found in report["mutants"].items() if found.startswith("not tried")]:
        pytest.skip(f"{', '.join(untried)}: {report['left_out']}")
