"""Database triggers that see every write, on SQLite and PostgreSQL: save, update, bulk_create, delete and raw SQL.

Two kinds: *history* triggers copy each row before and after a write; *append-only* triggers refuse to change
or delete what is in the ledger. A model opts out of history with ``history = False``.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

APPEND_ONLY = ("ledger_entry", "ledger_history")

_WORDS = "the ledger is append-only"
_GUARDS = ("no_update", "no_delete", "no_replace", "no_truncate")


def tracked_models() -> list[type[models.Model]]:
    """Every model of the rooms whose writes are copied to the history."""
    return [model for model in _ours() if getattr(model, "history", True)]


def _ours() -> list[type[models.Model]]:
    ours = (model for model in apps.get_models() if model.__module__.startswith("kinline."))
    return [model for model in ours if model._meta.managed]


def install(connection: BaseDatabaseWrapper) -> None:
    """Create or rebuild all triggers for the tables that exist."""
    existing = set(connection.introspection.table_names())
    if not existing.issuperset(APPEND_ONLY):
        return
    with connection.cursor() as cursor:
        for statement in _statements(connection, existing):
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that should be there and are not; empty when all stand."""
    wanted = {f"kl_{table}_{kind}" for table in APPEND_ONLY for kind in ("no_update", "no_delete")}
    wanted |= {f"kl_{model._meta.db_table}_{kind}" for model in tracked_models() for kind in _KINDS}
    return sorted(wanted - _present(connection))


@contextmanager
def lifted(connection: BaseDatabaseWrapper) -> Iterator[None]:
    """Lift all triggers while a test empties its throw-away database, then set them again."""
    tables = {model._meta.db_table for model in tracked_models()} | set(APPEND_ONLY)
    with connection.cursor() as cursor:
        for table in sorted(tables.intersection(connection.introspection.table_names())):
            for statement in _drop(connection, table, (*_KINDS, *_GUARDS)):
                cursor.execute(statement)
    try:
        yield
    finally:
        install(connection)


_KINDS = ("insert", "update", "delete")


def _statements(connection: BaseDatabaseWrapper, existing: set[str]) -> Iterator[str]:
    sqlite = connection.vendor == "sqlite"
    if not sqlite:
        yield from _POSTGRES_FUNCTIONS
    for table in APPEND_ONLY:
        yield from _drop(connection, table, _GUARDS)
        yield from (_sqlite_append_only(table) if sqlite else _postgres_append_only(table))
    for model in _ours():
        table = model._meta.db_table
        if table in existing:
            yield from _drop(connection, table, _KINDS)  # also of a table that had a history once
            if getattr(model, "history", True):
                yield from (_sqlite_history(model) if sqlite else _postgres_history(model))


def _drop(connection: BaseDatabaseWrapper, table: str, kinds: tuple[str, ...]) -> Iterator[str]:
    on = "" if connection.vendor == "sqlite" else f' ON "{table}"'
    for kind in kinds:
        yield f'DROP TRIGGER IF EXISTS "kl_{table}_{kind}"{on}'


def _present(connection: BaseDatabaseWrapper) -> set[str]:
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor != "sqlite":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def _sqlite_append_only(table: str) -> Iterator[str]:
    for kind, operation in (("no_update", "UPDATE"), ("no_delete", "DELETE")):
        yield (
            f'CREATE TRIGGER "kl_{table}_{kind}" BEFORE {operation} ON "{table}" '
            f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
        )
    # INSERT OR REPLACE removes the old row without firing any delete trigger.
    key = "seq" if table == "ledger_entry" else "id"
    yield (
        f'CREATE TRIGGER "kl_{table}_no_replace" BEFORE INSERT ON "{table}" '  # noqa: S608
        f'WHEN EXISTS (SELECT 1 FROM "{table}" WHERE "{key}" = NEW."{key}") '
        f"BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
    )


def _sqlite_history(model: type[models.Model]) -> Iterator[str]:
    table, key = model._meta.db_table, _key_column(model)
    for kind, before, after in (("insert", "", "NEW"), ("update", "OLD", "NEW"), ("delete", "OLD", "")):
        yield (
            f'CREATE TRIGGER "kl_{table}_{kind}" AFTER {kind.upper()} ON "{table}" BEGIN '  # noqa: S608
            f"INSERT INTO ledger_history (table_name, row, operation, before, after, written_at) VALUES "
            f"('{table}', CAST({after or before}.\"{key}\" AS TEXT), '{kind}', "
            f"{_sqlite_row(model, before)}, {_sqlite_row(model, after)}, strftime('%Y-%m-%d %H:%M:%f', 'now')); END"
        )


def _sqlite_row(model: type[models.Model], which: str) -> str:
    """One row as JSON; bytes as hexadecimal, since JSON holds none."""
    if not which:
        return "NULL"
    pairs = []
    for field in model._meta.local_concrete_fields:
        value = f'{which}."{field.column}"'
        pairs.append(f"'{field.column}', {f'hex({value})' if isinstance(field, models.BinaryField) else value}")
    return f"json_object({', '.join(pairs)})"


def _key_column(model: type[models.Model]) -> Any:
    key = model._meta.pk
    return key.column if key is not None else "id"


_POSTGRES_FUNCTIONS = (
    f"""
    CREATE OR REPLACE FUNCTION kl_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_WORDS}'; END $$
    """,
    # SECURITY DEFINER: a process that may write a row need not be able to read or write the history itself.
    # search_path: with temporary tables last, nobody slips a table of their own in under this name.
    """
    CREATE OR REPLACE FUNCTION kl_history() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = pg_catalog, public, pg_temp AS $$
    DECLARE before jsonb; after jsonb;
    BEGIN
        IF TG_OP <> 'INSERT' THEN before := to_jsonb(OLD); END IF;
        IF TG_OP <> 'DELETE' THEN after := to_jsonb(NEW); END IF;
        INSERT INTO ledger_history (table_name, "row", operation, before, after, written_at)
        VALUES (TG_TABLE_NAME, coalesce(after, before) ->> TG_ARGV[0], lower(TG_OP), before, after, clock_timestamp());
        RETURN NULL;
    END $$
    """,
)


def _postgres_append_only(table: str) -> Iterator[str]:
    for kind, operation, each in (
        ("no_update", "UPDATE", "ROW"),
        ("no_delete", "DELETE", "ROW"),
        ("no_truncate", "TRUNCATE", "STATEMENT"),
    ):
        yield (
            f'CREATE TRIGGER "kl_{table}_{kind}" BEFORE {operation} ON "{table}" '
            f"FOR EACH {each} EXECUTE FUNCTION kl_append_only()"
        )


def _postgres_history(model: type[models.Model]) -> Iterator[str]:
    table, key = model._meta.db_table, _key_column(model)
    for kind in _KINDS:
        yield (
            f'CREATE TRIGGER "kl_{table}_{kind}" AFTER {kind.upper()} ON "{table}" '
            f"FOR EACH ROW EXECUTE FUNCTION kl_history('{key}')"
        )
