"""Makes the database refuse a promise that rests on nothing, whoever writes it: a command, a page, a repair by hand.

An acknowledgement of receipt (A1) needs its piece of post, and one of an act (A2, A3, A5) the ledger's entry on it. The
outbox stands below the intake and may not point up with a foreign key, and one to the ledger would have SQLite look
into the outbox whenever the families' process writes an entry; so triggers look instead.
"""

from collections.abc import Iterator

from django.db.backends.base.base import BaseDatabaseWrapper

NAME = "kl_promise_rests_on_its_grounds"
_NAMES = (f"{NAME}_insert", f"{NAME}_update")
_WHEN = ("INSERT", "UPDATE OF kind, item, entry")
_NEEDED = {"intake_item", "correspondence_outgoing", "ledger_entry"}
_WORDS = "a promise rests on what was kept or done, and that is not there"
_BROKEN = (
    "(NEW.kind = 'A1' AND NOT EXISTS (SELECT 1 FROM intake_item WHERE id = NEW.item)) OR "
    "(NEW.kind IN ('A2', 'A3', 'A5') AND NOT EXISTS (SELECT 1 FROM ledger_entry WHERE seq = NEW.entry))"
)


def install(connection: BaseDatabaseWrapper) -> None:
    """Set the triggers, if both tables are there."""
    if not _NEEDED.issubset(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        for statement in _sqlite() if connection.vendor == "sqlite" else _postgresql():
            cursor.execute(statement)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of the triggers that should be there and are not."""
    query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    if connection.vendor != "sqlite":
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return sorted(set(_NAMES) - present)


def _sqlite() -> Iterator[str]:
    for name, when in zip(_NAMES, _WHEN, strict=True):
        yield f'DROP TRIGGER IF EXISTS "{name}"'
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {when} ON correspondence_outgoing '
            f"WHEN {_BROKEN} BEGIN SELECT RAISE(ABORT, '{_WORDS}'); END"
        )


# SECURITY DEFINER and search_path: as for the history, in ledger/triggers.py.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF {_BROKEN} THEN
        RAISE EXCEPTION '{_WORDS}' USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NEW;
END $$
"""


def _postgresql() -> Iterator[str]:
    yield _FUNCTION
    for name, when in zip(_NAMES, _WHEN, strict=True):
        yield f'DROP TRIGGER IF EXISTS "{name}" ON correspondence_outgoing'
        yield (
            f'CREATE TRIGGER "{name}" BEFORE {when} ON correspondence_outgoing FOR EACH ROW EXECUTE FUNCTION {NAME}()'
        )
