"""Looks whether an installation is well: each examination is a function that returns a finding."""

import os
import shutil
import stat
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kinline import keys
from kinline.intake import triggers as grounds
from kinline.jobs import queries as jobs
from kinline.ledger import triggers

LEAST_FREE_SHARE = 0.03
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One examination: what was looked at, whether it is well, and what to do."""

    subject: str
    is_well: bool
    sentence: str

    def as_dict(self) -> dict[str, object]:
        """The finding for JSON."""
        return asdict(self)


def examine() -> list[Finding]:
    """Every examination, in the order in which things should be mended."""
    return [look() for look in (_folder, _space, _keys, _database, _migrations, _triggers, _jobs)]


def _folder() -> Finding:
    well = os.access(settings.DATA, os.W_OK)
    return Finding(
        subject="data folder",
        is_well=well,
        sentence=str(settings.DATA) if well else f"{settings.DATA} cannot be written. Give its owner the right to.",
    )


def _space() -> Finding:
    usage = shutil.disk_usage(settings.DATA)
    well = usage.free / usage.total > LEAST_FREE_SHARE
    words = f"{usage.free // 2**20:,} MB free"
    return Finding(
        subject="disk", is_well=well, sentence=words if well else f"only {words}. Make room before it is full."
    )


def _keys() -> Finding:
    missing = keys.missing()
    if missing:
        words = f"{', '.join(missing)} not in {keys.folder()}. Copy them back, or run `kinline migrate` if this is new."
        return Finding(subject="keys", is_well=False, sentence=words)
    open_to_others = [path.name for path in _key_files() if path.stat().st_mode & OTHERS]
    if open_to_others:
        words = f"others may read {', '.join(open_to_others)}. Run: chmod 600 {keys.folder()}/*"
        return Finding(subject="keys", is_well=False, sentence=words)
    return Finding(subject="keys", is_well=True, sentence="all there, and closed to others")


def _key_files() -> list[Path]:
    return [keys.folder() / name for name in keys.NAMES]


def _database() -> Finding:
    version = ".".join(map(str, connection.get_database_version()))
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            journal = cursor.execute("PRAGMA journal_mode").fetchone()[0]
            synchronous = cursor.execute("PRAGMA synchronous").fetchone()[0]
        words = f"SQLite {version}, journal {journal}, synchronous {synchronous}"
        return Finding(subject="database", is_well=True, sentence=words)
    settings_off = [name for name in ("fsync", "full_page_writes") if _postgresql_setting(name) != "on"]
    if settings_off:
        words = f"PostgreSQL {version} has {', '.join(settings_off)} off: a power cut can lose rows. Set them to on."
        return Finding(subject="database", is_well=False, sentence=words)
    if _postgresql_setting("data_checksums") != "on":
        words = "durable; a damaged disk would be noticed late, since data checksums are off (pg_checksums --enable)"
        return Finding(subject="database", is_well=True, sentence=f"PostgreSQL {version}, {words}")
    return Finding(subject="database", is_well=True, sentence=f"PostgreSQL {version}, durable")


def _postgresql_setting(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting(%s)", [name])
        return str(cursor.fetchone()[0])


def _migrations() -> Finding:
    executor = MigrationExecutor(connection)
    missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    words = f"{len(missing)} steps behind. Run: kinline migrate" if missing else "up to date"
    return Finding(subject="tables", is_well=not missing, sentence=words)


def _triggers() -> Finding:
    missing = [*triggers.missing(connection), *grounds.missing(connection)]
    words = f"{len(missing)} are missing, so writes go unseen. Run: kinline migrate" if missing else "all stand"
    return Finding(subject="ledger triggers", is_well=not missing, sentence=words)


def _jobs() -> Finding:
    if "jobs_job" not in connection.introspection.table_names():
        return Finding(subject="jobs", is_well=False, sentence="there is no table for them. Run: kinline migrate")
    dead = jobs.dead().count()
    words = f"{dead} gave up and wait for a person: kinline job list --dead" if dead else "none gave up"
    return Finding(subject="jobs", is_well=not dead, sentence=words)
