"""Django's SQLite engine with the bureau's settings on every connection.

Source: https://sqlite.org/pragma.html; power-cut measurements: WAL with synchronous=NORMAL loses acknowledged rows,
WAL with FULL and TRUNCATE with EXTRA lose none.
"""

from sqlite3 import sqlite_version_info
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.backends.sqlite3 import base

from kinline.sites import zones

SAFETY = {"trusted_schema": 0, "secure_delete": 1, "cell_size_check": 1, "foreign_keys": 1}
FULL, EXTRA = 2, 3


def wal_is_safe(version: tuple[int, ...]) -> bool:
    """Whether this SQLite library is free of the WAL-reset race.

    >>> wal_is_safe((3, 40, 1)), wal_is_safe((3, 50, 7)), wal_is_safe((3, 51, 2)), wal_is_safe((3, 51, 3))
    (False, True, False, True)
    """
    mended_in_an_older_line = any(version[:2] == line[:2] and version >= line for line in [(3, 44, 6), (3, 50, 7)])
    return version >= (3, 51, 3) or mended_in_an_older_line


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that is durable before it is handed out."""

    def get_connection_params(self) -> dict[str, Any]:
        params: dict[str, Any] = super().get_connection_params()
        self.zone = params.pop("zone", "")
        return params

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        for pragma, value in SAFETY.items():
            connection.execute(f"PRAGMA {pragma} = {value}")
        _make_durable(connection)
        _see_that_it_is_safe(connection)
        zones.close_sqlite(connection, zone=self.zone)
        return connection


def _make_durable(connection: Any) -> None:
    """Choose the fastest journal that loses nothing with this library, and see that it was taken."""
    journal, synchronous = ("wal", FULL) if wal_is_safe(sqlite_version_info) else ("truncate", EXTRA)
    taken = connection.execute(f"PRAGMA journal_mode = {journal}").fetchone()[0]
    connection.execute(f"PRAGMA synchronous = {synchronous}")
    kept = connection.execute("PRAGMA synchronous").fetchone()[0]
    if taken not in {journal, "memory"} or kept != synchronous:
        raise ImproperlyConfigured(
            f"SQLite took journal_mode={taken}, synchronous={kept}; asked for {journal}, {synchronous}. "
            "Rows could be lost at a power cut, so Kinline does not start. Put the data folder on a local disk."
        )


def _see_that_it_is_safe(connection: Any) -> None:
    """A library built without one of these ignores the pragma in silence."""
    ignored = [name for name, value in SAFETY.items() if connection.execute(f"PRAGMA {name}").fetchone() != (value,)]
    if ignored:
        raise ImproperlyConfigured(
            f"This SQLite library ignores {', '.join(ignored)}, so Kinline does not start. Use the one that comes with "
            "it: run make again."
        )
