"""A database that could forget what it acknowledged is refused, in words that say what to change."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from kinline.sites import database
from kinline.sites.postgresql.base import DURABLE, refuse_to_forget
from kinline.sites.sqlite import base as sqlite
from tests.servers import environment

# What is planted in a process that starts: PostgreSQL is asked by its client to acknowledge early, and of SQLite a
# library is played that does not do what it is told.
BREACH = {
    "postgresql": ({"PGOPTIONS": "-c synchronous_commit=off"}, ""),
    "sqlite": ({}, "from kinline.sites.sqlite import base; base.SAFETY['cell_size_check'] = 7; "),
}
GOOD = {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"}


@pytest.mark.once  # nothing of a database is in it
def test_a_server_that_forgets_nothing_is_taken():
    assert refuse_to_forget(GOOD, is_scratch=False) is None


@pytest.mark.once  # nothing of a database is in it
@pytest.mark.parametrize("name", sorted(DURABLE))
@pytest.mark.parametrize("value", ["off", "local", None])
def test_a_server_that_may_forget_is_refused_and_the_setting_named(name, value):
    with pytest.raises(ImproperlyConfigured, match=f"{name}={value}"):
        refuse_to_forget(GOOD | {name: value}, is_scratch=False)


@pytest.mark.once  # nothing of a database is in it
def test_a_throw_away_server_may_forget_its_disk_but_never_acknowledge_early():
    refuse_to_forget(GOOD | {"fsync": "off", "full_page_writes": "off"}, is_scratch=True)

    with pytest.raises(ImproperlyConfigured):
        refuse_to_forget(GOOD | {"synchronous_commit": "off"}, is_scratch=True)


@pytest.mark.once  # nothing of a database is in it
def test_an_installation_is_no_throw_away_database_unless_it_says_so():
    stated = database.from_url("postgresql:///bureau", folder=Path("/x"), zone="")

    assert "scratch" not in stated["OPTIONS"]


@pytest.mark.django_db
def test_a_site_does_not_start_on_a_database_that_may_forget():
    changes, planted = BREACH[connection.vendor]
    command = [sys.executable, "-c", f"{planted}import kinline.sites.wsgi"]

    done = subprocess.run(command, env=environment(**changes), capture_output=True, text=True, check=False)

    assert done.returncode == 1
    assert "so Kinline does not start" in done.stderr


@pytest.mark.django_db
def test_a_worker_does_not_start_on_a_database_that_may_forget():
    changes, planted = BREACH[connection.vendor]
    begins = "import sys; sys.argv[1:] = ['worker', '--drain']; from kinline.sites import cli; cli.main()"

    done = subprocess.run(
        [sys.executable, "-c", f"{planted}{begins}"],
        env=environment(**changes),
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode != 0
    assert "does not start" in done.stderr


@pytest.mark.once  # SQLite in a file of its own
def test_a_file_on_which_sqlite_cannot_be_durable_is_refused(tmp_path):
    with_locks_of_another_kind = sqlite3.connect(f"file:{tmp_path / 'x'}?vfs=unix-dotfile", uri=True)

    with pytest.raises(ImproperlyConfigured, match="asked for wal, 2"):
        sqlite._make_durable(with_locks_of_another_kind)


@pytest.mark.once  # SQLite in a file of its own
def test_with_an_affected_library_every_commit_is_forced_with_its_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite, "sqlite_version_info", (3, 40, 1))
    one = sqlite3.connect(tmp_path / "x")

    sqlite._make_durable(one)

    assert [one.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous")] == ["truncate", 3]
