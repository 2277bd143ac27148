"""What the families' site may touch in the database: its own tables, and never the registry.

The pages for families would give the same answer for a known and an unknown name even if they were written badly,
because their process cannot read the registry at all. On SQLite the library's authorizer refuses the statement, on
PostgreSQL a role without the right does. The table of what is allowed is ``zones.toml``.
"""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from sqlite3 import SQLITE_DENY, SQLITE_IGNORE, SQLITE_OK
from typing import Any

ROLE = "kinline_{zone}"
RIGHTS = ("select", "insert", "update", "delete")

# sqlite3.h, action codes of the authorizer. Those that name a table first:
ON_TABLES = {20: "select", 18: "insert", 23: "update", 9: "delete"}
# CREATE and DROP, lasting or temporary, ATTACH, DETACH, ALTER, REINDEX, ANALYZE, virtual tables:
ON_SCHEMA = frozenset({*range(1, 9), *range(10, 18), *range(24, 31)})
SELECT, PRAGMA = 21, 19
# Pragmas that would open what is closed here, if they were set from a statement.
UNLOCKING = frozenset({"writable_schema", "trusted_schema", "ignore_check_constraints", "recursive_triggers"})
SQLITE_OWN = frozenset({"sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema"})
# The trigger that keeps the history from being replaced looks for the number of the new row, and for no more.
HISTORY, HISTORY_GUARD, HISTORY_SEEN = "ledger_history", "kl_ledger_history_no_replace", frozenset({"", "id"})


@cache
def rights(zone: str) -> dict[str, frozenset[str]]:
    """What ``zone`` may do: right (select, insert, update, delete) -> names of tables."""
    stated = tomllib.loads(files(__package__).joinpath("zones.toml").read_text(encoding="utf-8"))
    return {right: frozenset(stated[zone].get(right, ())) for right in RIGHTS}


@cache
def columns(zone: str) -> dict[str, dict[str, frozenset[str]]]:
    """Of which tables ``zone`` may touch only some columns: right -> table -> names of columns."""
    stated = tomllib.loads(files(__package__).joinpath("zones.toml").read_text(encoding="utf-8"))
    given = stated[zone].get("columns", {})
    return {right: {table: frozenset(names) for table, names in given.get(right, {}).items()} for right in RIGHTS}


def close_sqlite(connection: Any, *, zone: str) -> None:
    """Refuse on this SQLite connection whatever ``zone`` was not given; no zone, nothing refused."""
    if zone:
        connection.set_authorizer(_authorizer(zone))


def close_postgresql(cursor: Any, *, zone: str) -> None:
    """Take the role of ``zone`` on this PostgreSQL connection; no zone, the role stays."""
    if zone:
        cursor.execute(f"SET ROLE {ROLE.format(zone=zone)}")


def grant_postgresql(cursor: Any, *, zone: str) -> None:
    """Make the role of ``zone`` if it is absent, and give it exactly the rights of the table; after each migration."""
    role = ROLE.format(zone=zone)
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
    if cursor.fetchone() is None:
        cursor.execute(f"CREATE ROLE {role} NOLOGIN")
    cursor.execute(f"GRANT {role} TO CURRENT_USER")
    cursor.execute(f"GRANT USAGE ON SCHEMA public TO {role}")
    cursor.execute(f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}")
    cursor.execute(f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {role}")
    for right, tables in rights(zone).items():
        if tables:
            cursor.execute(f"GRANT {right.upper()} ON {', '.join(sorted(tables))} TO {role}")
    for right, tables_with in columns(zone).items():
        for table, names in tables_with.items():
            cursor.execute(f"GRANT {right.upper()} ({', '.join(sorted(names))}) ON {table} TO {role}")


def is_granted(cursor: Any, *, zone: str) -> bool:
    """Whether the role of ``zone`` is there and has exactly the rights of the table."""
    cursor.execute(
        "SELECT lower(privilege_type), table_name FROM information_schema.role_table_grants "
        "WHERE grantee = %s AND table_schema = 'public'",
        [ROLE.format(zone=zone)],
    )
    given: dict[str, set[str]] = {right: set() for right in RIGHTS}
    for right, table in cursor.fetchall():
        given.setdefault(right, set()).add(table)
    return given == {right: set(names) for right, names in rights(zone).items()} and _columns_are_granted(
        cursor, zone=zone
    )


def _columns_are_granted(cursor: Any, *, zone: str) -> bool:
    """Whether the role has its rights on single columns, beside those that come with whole tables, and no others."""
    cursor.execute(
        "SELECT lower(privilege_type), table_name, column_name FROM information_schema.role_column_grants "
        "WHERE grantee = %s AND table_schema = 'public'",
        [ROLE.format(zone=zone)],
    )
    single = {(right, table, name) for right, table, name in cursor.fetchall() if table not in rights(zone)[right]}
    return single == {
        (right, table, name)
        for right, tables in columns(zone).items()
        for table, names in tables.items()
        for name in names
    }


def _authorizer(zone: str) -> Callable[..., int]:
    allowed, of_columns = rights(zone), columns(zone)
    writing = False

    def authorize(action: int, table: str | None, column: str | None, _schema: str | None, trigger: str | None) -> int:
        nonlocal writing
        right = ON_TABLES.get(action)
        if action == SELECT or right not in {None, "select"}:
            writing = action != SELECT
        if action in ON_SCHEMA or (action == PRAGMA and (table or "").lower() in UNLOCKING):
            return SQLITE_DENY
        if right is None or table in allowed[right] or (right == "select" and table in SQLITE_OWN):
            return SQLITE_OK
        if column and column in of_columns[right].get(table or "", ()):
            return SQLITE_OK
        if right == "select" and (table, trigger) == (HISTORY, HISTORY_GUARD) and (column or "") in HISTORY_SEEN:
            return SQLITE_OK  # whoever names a query like the trigger reads numbers of rows
        return _while_writing(column or "") if writing and right == "select" else SQLITE_DENY

    return authorize


def _while_writing(column: str) -> int:
    """What SQLite itself may look at because something is being written: nothing, but it is not refused.

    Writing a row to which others point makes SQLite look through their pointing columns. It finds them empty, which is
    right: no row of a closed table points to a row that is new. A subselect in the statement cannot be told from that,
    and finds them empty too.
    """
    return SQLITE_IGNORE if column.endswith("_id") else SQLITE_DENY
