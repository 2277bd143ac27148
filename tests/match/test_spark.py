"""Spark gives the answers of one machine: the same lists linked and searched for doubles both ways."""

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from kinmatch import DamagedIndex, Index, Table, doubles, link
from kinmatch.bench.generate import enquiries, registry

MISSING = [name for name in ("pyspark", "pyarrow", "pandas") if find_spec(name) is None] + (
    [] if shutil.which("java") else ["Java"]
)
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"Spark cannot run here: {', '.join(MISSING)} not installed")
SOURCE = Path(__file__).parents[2] / "src"
KNOWN = registry(600, 51).table
CROWD = KNOWN.and_then(Table([f"again{one}" for one in KNOWN.ids[:60]], KNOWN.part(0, 60).columns))
ASKED = enquiries(registry(600, 51), 150, 52).table


@pytest.fixture(scope="module")
def spark():
    sql = pytest.importorskip("pyspark.sql")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    os.environ["PYTHONPATH"] = os.pathsep.join([str(SOURCE), os.environ.get("PYTHONPATH", "")])
    quiet = {
        "spark.ui.enabled": "false",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.memory": "512m",
    }
    builder = sql.SparkSession.builder.master("local[2]").appName("kinmatch")
    for name, value in quiet.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def engine():
    return pytest.importorskip("kinmatch.spark")


@pytest.fixture(scope="module")
def saved(tmp_path_factory):
    directory = tmp_path_factory.mktemp("spark") / "index"
    Index.build(CROWD).save(directory)
    return directory


def _frame(spark, table: Table):
    names = ["id", *table.columns]
    rows = list(zip(table.ids, *table.columns.values(), strict=True))
    schema = ", ".join(f"{name} string" for name in names)
    return spark.createDataFrame(rows, schema).repartition(3)


def test_a_list_linked_on_spark_is_linked_as_on_one_machine(spark, engine, saved):
    local = [tuple(row) for row in link(ASKED, Index.open(saved), top=3)]

    rows = engine.link(_frame(spark, ASKED), saved, top=3).collect()

    assert sorted(tuple(row) for row in rows) == sorted(local)
    assert rows[0].asDict().keys() == {"query", "record", "rank", "probability", "relative"}


def test_doubles_found_on_spark_are_those_found_on_one_machine(spark, engine, saved):
    local = [tuple(pair) for pair in doubles(CROWD, least=0.5)]

    rows = engine.dedupe(_frame(spark, CROWD), saved, least=0.5).collect()

    assert len(local) >= 50
    assert sorted(tuple(row) for row in rows) == sorted(local)


def test_a_folder_without_an_index_and_a_table_without_ids_are_refused(spark, engine, saved, tmp_path):
    with pytest.raises(DamagedIndex, match="holds no index"):
        engine.link(_frame(spark, ASKED), tmp_path)
    with pytest.raises(ValueError, match="column 'id'"):
        engine.link(_frame(spark, ASKED).drop("id"), saved)
