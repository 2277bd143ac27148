"""The families' process can touch its own tables and no others: tried with that process's own connection."""

import json
import sqlite3
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

# Runs as the families' process: runs every way by name in a transaction of its own; prints "refused" or what it read.
TRY_WAYS = """
import json, sys, django
django.setup()
from django.db import DatabaseError, connection, transaction

def tried(statements):
    read = []
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                read += cursor.fetchall() if cursor.description else []
    except DatabaseError as error:
        return "refused" if "prohibited" in str(error) or "not authorized" in str(error) or "denied" in str(error) else str(error)
    return [str(cell) for row in read for cell in row]

print(json.dumps({name: tried(statements) for name, statements in json.load(sys.stdin).items()}))
"""
TRIES = "INSERT INTO enquiries_codetries (code_hash, tries, last_at) VALUES ('this', 0, '2026-01-01 00:00:00+00:00')"
READ_BACK = "SELECT code_hash FROM enquiries_codetries"
WAYS = {
    "a query": ["SELECT state FROM registry_record"],
    "a count": ["SELECT count(*) FROM registry_record"],
    "a subselect": ["SELECT (SELECT max(state) FROM registry_record) FROM staff_officer"],
    "a query as a table": ["SELECT * FROM (SELECT * FROM registry_record) AS record"],
    "a filter": ["SELECT id FROM staff_officer WHERE EXISTS (SELECT 1 FROM registry_record)"],
    "a join": ["SELECT record.state FROM staff_officer LEFT JOIN registry_record record ON 1 = 1"],
    "a union": ["SELECT name FROM staff_officer UNION ALL SELECT state FROM registry_record"],
    "a common table expression": ["WITH record AS (SELECT * FROM registry_record) SELECT * FROM record"],
    "the history by a common table expression": ["WITH record AS (SELECT * FROM ledger_history) SELECT * FROM record"],
    "the history by the name of its trigger": [
        (
            "WITH kl_ledger_history_no_replace AS (SELECT after FROM ledger_history) "
            "SELECT * FROM kl_ledger_history_no_replace"
        )
    ],
    "a view": ["CREATE TEMPORARY VIEW record AS SELECT * FROM registry_record", "SELECT * FROM record"],
    "the history by a view": ["CREATE TEMPORARY VIEW record AS SELECT * FROM ledger_history", "SELECT * FROM record"],
    "a row that is written": [
        (
            "INSERT INTO enquiries_codetries (code_hash, tries, last_at) "
            "SELECT state, 0, '2026-01-01 00:00:00+00:00' FROM registry_record"
        )
    ],
}
TRIGGERS = {
    "sqlite": [
        (
            "CREATE TEMPORARY TRIGGER told AFTER INSERT ON main.enquiries_codetries BEGIN "
            "UPDATE enquiries_codetries SET code_hash = (SELECT max(state) FROM registry_record); END"
        ),
        TRIES,
        READ_BACK,
    ],
    "postgresql": [
        (
            "CREATE FUNCTION pg_temp.told() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN NEW.code_hash := (SELECT max(state) FROM registry_record); RETURN NEW; END $$"
        ),
        "CREATE TRIGGER told BEFORE INSERT ON enquiries_codetries FOR EACH ROW EXECUTE FUNCTION pg_temp.told()",
        TRIES,
        READ_BACK,
    ],
}


@pytest.fixture
def tried_ways() -> dict[str, str | list[str]]:
    open_zones()
    ways = WAYS | {"a trigger": TRIGGERS[connection.vendor]}
    return json.loads(_as_families(TRY_WAYS, json.dumps(ways)))


def test_no_way_of_asking_reads_a_record_of_the_registry_or_its_history(tried_ways):
    assert {name for name, read in tried_ways.items() if read != "refused"} == set()


def test_a_subselect_on_columns_that_point_finds_them_empty():
    file = sqlite3.connect(":memory:")
    file.executescript(
        "CREATE TABLE enquiries_codetries (code_hash); INSERT INTO enquiries_codetries VALUES ('this');"
        "CREATE TABLE matching_proposal (case_id); INSERT INTO matching_proposal VALUES ('proposed');"
    )
    zones.close_sqlite(file, zone="public")

    file.execute("UPDATE enquiries_codetries SET code_hash = 'other'")
    file.execute("UPDATE enquiries_codetries SET code_hash = (SELECT max(case_id) FROM matching_proposal)")

    assert file.execute("SELECT code_hash FROM enquiries_codetries").fetchall() == [(None,)]


@pytest.fixture(scope="module")
def given(django_db_setup, django_db_blocker) -> dict[str, set[str]]:
    tables = [(model._meta.db_table, _plain_column(model)) for model in apps.get_models()]
    with django_db_blocker.unblock():
        open_zones()
        tried = _as_families(TRY_ALL, json.dumps(tables))
    return {right: set(names) for right, names in json.loads(tried).items()}


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


def _as_families(script: str, given: str) -> str:
    """What a script prints that runs as the families' process."""
    tried = subprocess.run(
        [sys.executable, "-c", script],
        env=environment(KINLINE_SITE="public", DJANGO_SETTINGS_MODULE="kinline.sites.settings"),
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert tried.returncode == 0, tried.stderr
    return tried.stdout


def _plain_column(model: type[models.Model]) -> str:
    """A column that no other table refers to: changing one that is referred to would read the others too."""
    plain = (
        field.column for field in model._meta.local_concrete_fields if not field.primary_key and not field.is_relation
    )
    return next(plain, model._meta.pk.column)
