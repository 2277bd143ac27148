"""Answers as rows and as lines, and the three kinds of file they end in: CSV, lines of JSON, Parquet."""

import csv
import json
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any

from kinmatch.batch import Double, Link
from kinmatch.level import Answer, Evidence

LINKED = ("query", "record", "rank", "probability", "relative")
DOUBLED = ("record", "other", "probability", "relative")
NUMBERS = {"rank": int, "probability": float, "relative": float}  # all other columns are texts
ENDINGS = (".csv", ".jsonl", ".parquet")
Row = tuple[object, ...]


class UnknownEnding(ValueError):  # noqa: N818 - said as the desk says it
    """A file cannot be written in the form its ending names; the message says what would do."""


def check_ending(path: Path) -> str:
    """Return the ending of an output file.

    Raises:
        UnknownEnding: it is none of ours, or the package for it is not installed.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise UnknownEnding(f"{path}: what form? Give a name that ends in {', '.join(ENDINGS)}.")
    if ending == ".parquet" and find_spec("pyarrow") is None:
        raise UnknownEnding(
            f"{path}: Parquet needs the package pyarrow. Install it (the extra 'parquet'), or give .csv or .jsonl."
        )
    return ending


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """Return rows as lines of CSV."""
    written = StringIO()
    csv.writer(written, lineterminator="\n").writerows(rows)
    return written.getvalue()


def link_row(one: Link) -> Row:
    """Return a row of ``LINKED``."""
    return one.query, one.record, one.rank, f"{one.probability:.6f}", f"{one.relative:.6f}"


def double_row(one: Double) -> Row:
    """Return a row of ``DOUBLED``."""
    return one.one, one.other, f"{one.probability:.6f}", f"{one.relative:.6f}"


def answer_rows(query: str, answer: Answer) -> list[Row]:
    """Return the hits of one query as rows of ``LINKED``."""
    hits = enumerate(answer.hits, 1)
    return [link_row(Link(query, hit.record, rank, hit.probability, hit.relative)) for rank, hit in hits]


def answer_line(query: str, answer: Answer, milliseconds: float) -> str:
    """Return the answer to one query as a line of JSON, with its evidence."""
    hits = [
        {
            "record": hit.record,
            "probability": round(hit.probability, 6),
            "relative": round(hit.relative, 6),
            "evidence": [evidence_fields(fact) for fact in hit.evidence],
        }
        for hit in answer.hits
    ]
    found = {"query": query, "absent": round(answer.absent, 6), "cpu_ms": round(milliseconds, 3), "hits": hits}
    return json.dumps(found, ensure_ascii=False)


def evidence_fields(fact: Evidence) -> dict[str, Any]:
    """Return the evidence of one fact for JSON."""
    return dict(vars(fact))


def rewriting(ending: str) -> Callable[[Path, Path], None] | None:
    """Return what writes rows of CSV anew in the form of ``ending``; None for CSV itself."""
    if ending == ".csv":
        return None
    return _put_lines if ending == ".jsonl" else partial(import_module("kinmatch.parquet").put, numbers=NUMBERS)


def _put_lines(work: Path, fresh: Path) -> None:
    """Every row as an object of JSON."""
    with work.open(encoding="utf-8", newline="") as rows, fresh.open("w", encoding="utf-8") as out:
        for row in csv.DictReader(rows):
            typed = {name: NUMBERS.get(name, str)(text) for name, text in row.items()}
            out.write(json.dumps(typed, ensure_ascii=False) + "\n")
