"""The families' process can touch its own tables and no others: tried with that process's own connection."""

import json
import subprocess
import sys

import pytest
from django.apps import apps
from django.db import connection, models

from kinline.sites import zones
from tests.servers import environment, open_zones

pytestmark = pytest.mark.django_db(transaction=True)

# Runs as the families' process: tries every right on every table and prints what was not refused.
TRY_ALL = """
import json, sys, django
django.setup()
from django.db import DatabaseError, connection

STATEMENTS = {"select": "SELECT count(*) FROM {}", "insert": "INSERT INTO {} DEFAULT VALUES",
              "update": "UPDATE {} SET {} = NULL", "delete": "DELETE FROM {}"}

def is_given(right, table, column):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
            return cursor.fetchone()[0]
        try:
            cursor.execute("EXPLAIN " + STATEMENTS[right].format(table, column))
        except DatabaseError as error:
            if "prohibited" in str(error) or "not authorized" in str(error):
                return False
            raise
        return True

tables = json.load(sys.stdin)
print(json.dumps({right: [table for table, column in tables if is_given(right, table, column)]
                  for right in STATEMENTS}))
"""


@pytest.fixture(scope="module")
def given(django_db_setup, django_db_blocker) -> dict[str, set[str]]:
    tables = [(model._meta.db_table, _plain_column(model)) for model in apps.get_models()]
    with django_db_blocker.unblock():
        open_zones()
        tried = subprocess.run(
            [sys.executable, "-c", TRY_ALL],
            env=environment(KINLINE_SITE="public", DJANGO_SETTINGS_MODULE="kinline.sites.settings"),
            input=json.dumps(tables),
            capture_output=True,
            text=True,
            check=False,
        )
    assert tried.returncode == 0, tried.stderr
    return {right: set(names) for right, names in json.loads(tried.stdout).items()}


@pytest.mark.parametrize("right", zones.RIGHTS)
def test_the_families_process_has_exactly_the_rights_of_the_table(given, right):
    assert given[right] == zones.rights("public")[right]


@pytest.mark.parametrize("room", ["registry", "matching", "disclosure"])
def test_the_families_process_can_read_nothing_of_the_registry_matching_or_disclosure(given, room):
    assert not [table for names in given.values() for table in names if table.startswith(f"{room}_")]


def test_every_table_named_is_there():
    tables = set(connection.introspection.table_names())

    assert set().union(*zones.rights("public").values()) <= tables


def test_the_families_process_cannot_make_or_drop_a_table():
    open_zones()
    tried = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django; django.setup(); from django.db import connection as c; c.cursor().execute('CREATE TABLE x (y int)')",
        ],
        env=environment(KINLINE_SITE="public", DJANGO_SETTINGS_MODULE="kinline.sites.settings"),
        capture_output=True,
        text=True,
        check=False,
    )

    assert tried.returncode == 1
    assert "not authorized" in tried.stderr or "permission denied" in tried.stderr


def _plain_column(model: type[models.Model]) -> str:
    """A column that no other table refers to: changing one that is referred to would read the others too."""
    plain = (
        field.column for field in model._meta.local_concrete_fields if not field.primary_key and not field.is_relation
    )
    return next(plain, model._meta.pk.column)
