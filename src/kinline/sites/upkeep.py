"""Brings a database up to date without ever putting a new key beside old codes."""

from collections.abc import Iterator

from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from kinline import keys
from kinline.intake import triggers as grounds
from kinline.ledger import storing, triggers
from kinline.sites import zones
from kinline.sites.exits import Exit, Stop


def migrate(*, new_keys: bool = False) -> Iterator[str]:
    """Make what is missing; yields a sentence for each thing made.

    Raises:
        Stop: the database is in use but the keys its codes were made with are gone.
    """
    missing = [name for name in keys.missing() if name != "pages" and (name != "evidence" or storing.has_sealed())]
    if missing and _is_in_use() and not new_keys:
        raise Stop(
            Exit.FAILED,
            "keys.gone",
            f"The database is in use, but its keys ({', '.join(missing)}) are not in {keys.folder()}. Without them no "
            "family can open its mailbox, and no sealed paper can be read. Copy them back from the backup. Only if "
            "they are lost for ever, run `kinline migrate --new-keys` and hand out new codes.",
        )
    made = keys.make_missing()
    if made:
        yield f"Made the keys {', '.join(made)} in {keys.folder()}. Keep a copy of that folder apart from the database."
    if is_up_to_date():
        return
    call_command("migrate", verbosity=0, interactive=False)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            zones.grant_postgresql(cursor, zone="public")
    yield "The database is up to date."


def is_up_to_date() -> bool:
    """Whether every table, trigger and right is as the code expects."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    if triggers.missing(connection) or grounds.missing(connection):
        return False
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        return zones.is_granted(cursor, zone="public")


def _is_in_use() -> bool:
    return "django_migrations" in connection.introspection.table_names()
