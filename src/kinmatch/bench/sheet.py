"""An invented list written to a file, so that anybody can search it with `python -m kinmatch search`."""

import csv
from pathlib import Path

from kinmatch.bench.generate import KINDS, Enquiries
from kinmatch.table import Table


def write(table: Table, path: Path) -> None:
    """Write the rows as a CSV file."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", *table.columns])
        writer.writerows(zip(table.ids, *table.columns.values(), strict=True))


def write_truth(asked: Enquiries, path: Path) -> None:
    """Write for every enquiry its kind, the id of its record and the id of the relative's record ("" for none)."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["id", "kind", "record", "relative_of"])
        for query, kind, record, kin in zip(
            asked.table.ids, asked.kind.tolist(), asked.record.tolist(), asked.relative_of.tolist(), strict=True
        ):
            writer.writerow([query, KINDS[kind], _id(record), _id(kin)])


def _id(row: int) -> str:
    return "" if row < 0 else f"r{row}"
