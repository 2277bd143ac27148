"""What the families' site may touch in the database: its own tables, and never the registry.

The pages for families would give the same answer for a known and an unknown name even if they were written badly,
because their process cannot read the registry at all. On SQLite the library's authorizer refuses the statement, on
PostgreSQL a role without the right does. The table of what is allowed is ``zones.toml``.
"""

import tomllib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from sqlite3 import SQLITE_DENY, SQLITE_OK
from typing import Any

ROLE = "kinline_{zone}"
RIGHTS = ("select", "insert", "update", "delete")

# sqlite3.h, action codes of the authorizer. Those that name a table first:
ON_TABLES = {20: "select", 18: "insert", 23: "update", 9: "delete"}
# CREATE of lasting things, DROP, ATTACH, DETACH, ALTER, REINDEX, ANALYZE, virtual tables:
ON_SCHEMA = frozenset({1, 2, 7, 8, 10, 11, 16, 17, 24, 25, 26, 27, 28, 29, 30})
SELECT = 21
SQLITE_OWN = frozenset(
    {"sqlite_master", "sqlite_schema", "sqlite_temp_master", "sqlite_temp_schema", "sqlite_sequence"}
)


@cache
def rights(zone: str) -> dict[str, frozenset[str]]:
    """What ``zone`` may do: right (select, insert, update, delete) -> names of tables."""
    stated = tomllib.loads(files(__package__).joinpath("zones.toml").read_text(encoding="utf-8"))
    return {right: frozenset(stated[zone].get(right, ())) for right in RIGHTS}


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
    return given == {right: set(names) for right, names in rights(zone).items()}


def _authorizer(zone: str) -> Callable[..., int]:
    allowed = rights(zone)
    writing = False

    def authorize(action: int, table: str | None, column: str | None, schema: str | None, trigger: str | None) -> int:
        nonlocal writing
        right = ON_TABLES.get(action)
        if action == SELECT or right not in {None, "select"}:
            writing = action != SELECT
        if action in ON_SCHEMA:
            return SQLITE_DENY
        if right is None or schema == "temp" or table in SQLITE_OWN or table in allowed[right]:
            return SQLITE_OK
        if right == "select" and _is_part_of_writing(table, column or "", trigger, writing=writing, allowed=allowed):
            return SQLITE_OK
        return SQLITE_DENY

    return authorize


def _is_part_of_writing(
    table: str | None, column: str, trigger: str | None, *, writing: bool, allowed: dict[str, frozenset[str]]
) -> bool:
    """Whether SQLite itself reads because something is being written, and gives nothing of it to whoever writes.

    A trigger that writes a row asks for the number it gave to it. Writing a row to which others point makes SQLite
    look through their pointing columns; unlike a query it does not announce that as SELECT.
    """
    if trigger:
        return table in allowed["insert"]
    return writing and column.endswith("_id")
