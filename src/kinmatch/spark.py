"""Lists linked and searched for doubles on Spark: the same keys and the same scorer, over the partitions of a table.

Every executor opens the saved index, mapped into memory, from the same path: a disk all share, or a copy on each. The
machine code is made beforehand on each, with ``python -m kinmatch compile``. Spark is an existing engine; nothing here
starts a cluster. Needs the optional extra ``spark``: pyspark, which is met here only in what is handed over, and what
it hands columns over with, pyarrow and pandas.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from kinmatch import batch
from kinmatch.index import Index, UnknownRecord
from kinmatch.person import COLUMNS
from kinmatch.storage import MANIFEST, DamagedIndex
from kinmatch.table import Table
from kinmatch.unfinished import digest_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

NUMBERS = [("probability", pa.float64()), ("relative", pa.float64())]
LINKED = pa.schema([("query", pa.string()), ("record", pa.string()), ("rank", pa.int32()), *NUMBERS])
DOUBLED = pa.schema([("record", pa.string()), ("other", pa.string()), *NUMBERS])
KINDS = {pa.string(): "string", pa.int32(): "int", pa.float64(): "double"}


def link(sought: "DataFrame", directory: Path | str, *, top: int = 3) -> "DataFrame":
    """Return for every person sought the ``top`` likeliest records of a saved index.

    Args:
        sought: a table with ``id`` and any of the columns of a list; texts, numbers and dates are read as written.
        directory: the index, at the same path on every executor.
        top: records named for each.

    Returns:
        A table of query, record, rank, probability and relative, evaluated when Spark is asked for it.

    Raises:
        DamagedIndex: there is no index, or, when evaluated, an executor sees another one.
        ValueError: ``sought`` has no ids.
    """
    where, digest = _known(sought, directory)

    def linked(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        index = _opened(where, digest)
        for some in batches:
            yield _rows(batch.link(_table(some), index, top=top), LINKED)

    return sought.mapInArrow(linked, _words(LINKED))


def dedupe(records: "DataFrame", directory: Path | str, *, least: float = 0.5) -> "DataFrame":
    """Return the pairs of ``records`` that are one person with at least the probability ``least``, each pair once.

    Args:
        records: the table the index was built of, with ``id``.
        directory: the index of these records, in one segment, at the same path on every executor.
        least: probability, 0 to 1.

    Returns:
        A table of record, other, probability and relative, evaluated when Spark is asked for it.

    Raises:
        DamagedIndex: there is no index, or, when evaluated, an executor sees another one.
        ValueError: ``records`` has no ids; when evaluated: the index has several segments and must be merged.
        UnknownRecord: when evaluated: the index was built of other records.
    """
    where, digest = _known(records, directory)

    def doubled(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        index = _opened(where, digest)
        for some in batches:
            yield _rows(_doubles(index, _table(some), least), DOUBLED)

    return records.mapInArrow(doubled, _words(DOUBLED))


def _doubles(index: Index, some: Table, least: float) -> Iterator[batch.Double]:
    if len(index.parts) != 1:
        raise ValueError(f"the index has {len(index.parts)} segments; merge it and save it first")
    places = index.parts[0].store.places(some.ids)
    if -1 in places:
        raise UnknownRecord(f"no record {some.ids[places.index(-1)]!r} in the index; build it of these records")
    return batch.doubles_of(index, some, np.array(places, dtype=np.int32), least)


def _known(table: "DataFrame", directory: Path | str) -> tuple[str, str]:
    """Where the index is, and the digest of its manifest, so that all executors answer from the same one."""
    if "id" not in table.columns:
        raise ValueError(f"a column 'id' is needed to say who was found; there are {', '.join(table.columns)}")
    where = Path(directory).resolve()
    if not (where / MANIFEST).is_file():
        raise DamagedIndex(f"{where} holds no index; build one first")
    return str(where), digest_of(where / MANIFEST)[0]


@lru_cache(maxsize=1)
def _opened(where: str, digest: str) -> Index:
    """The index, opened once in every process of an executor."""
    manifest = Path(where) / MANIFEST
    if not manifest.is_file() or digest_of(manifest)[0] != digest:
        raise DamagedIndex(f"{where} on this executor is not the index the driver sees; copy it there")
    return Index.open(where)


def _table(some: pa.RecordBatch) -> Table:
    cells = {
        name: [_text(cell) for cell in some.column(name).to_pylist()] for name in some.schema.names if name in COLUMNS
    }
    return Table(cells.pop("id"), {name: texts for name, texts in cells.items() if any(texts)})


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def _rows(found: Iterable[tuple[object, ...]], schema: pa.Schema) -> pa.RecordBatch:
    rows = list(found)
    columns = list(zip(*rows, strict=True)) or [()] * len(schema)
    return pa.record_batch([pa.array(column, one.type) for column, one in zip(columns, schema, strict=True)], schema)


def _words(schema: pa.Schema) -> str:
    return ", ".join(f"{one.name} {KINDS[one.type]}" for one in schema)
