"""Rows of CSV as a Parquet file, some at a time. Needs pyarrow, the optional extra ``parquet``."""

import csv
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

ROWS = 100_000  # in a row group
KINDS: Mapping[Callable[..., object], pa.DataType] = {int: pa.int32(), float: pa.float64(), str: pa.string()}


def put(work: Path, fresh: Path, *, numbers: Mapping[str, Callable[..., object]]) -> None:
    """Write the rows of ``work``, a CSV file with a head, to ``fresh``; the columns ``numbers`` names hold numbers."""
    with work.open(encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        head = next(rows)
        kinds = [numbers.get(name, str) for name in head]
        schema = pa.schema([(name, KINDS[kind]) for name, kind in zip(head, kinds, strict=True)])
        with parquet.ParquetWriter(fresh, schema, compression="zstd") as out:
            while some := list(islice(rows, ROWS)):
                columns = [
                    pa.array([kind(text) for text in column], schema.field(name).type)
                    for name, kind, column in zip(head, kinds, zip(*some, strict=True), strict=True)
                ]
                out.write_table(pa.table(columns, schema=schema))
