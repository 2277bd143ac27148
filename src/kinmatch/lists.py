"""Lists of persons in and answers out: CSV files of any subset of the known columns, and JSON lines.

A file is read as UTF-8, with or without a mark at its beginning. Whatever is wrong is said with file, line and remedy.
"""

import csv
import json
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kinmatch.level import Answer, Evidence
from kinmatch.person import COLUMNS, Person

LONGEST_CELL = 1_000_000


class UnreadableList(ValueError):  # noqa: N818 - said as the desk says it
    """A list cannot be used as it stands; the message says where and what to mend."""


def read_persons(path: Path) -> Iterator[Person]:
    """Yield a person for every row of a CSV file; columns it does not know are passed over, empty rows left out.

    Without an ``id`` column the line number is the id.

    Raises:
        UnreadableList: the file is missing, is no UTF-8 text, or has no column with a name.
    """
    csv.field_size_limit(LONGEST_CELL)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            columns = _columns(path, reader.fieldnames)
            for row in reader:
                given = {known: (row[column] or "").strip() for column, known in columns.items()}
                if any(given.values()):
                    yield _person(given, reader.line_num)
    except OSError as error:
        raise UnreadableList(f"{path} cannot be opened: {error.strerror}. Check the name.") from error
    except UnicodeDecodeError as error:
        raise UnreadableList(
            f"{path} is not UTF-8 (byte {error.start}). Save it as CSV UTF-8 and try again."
        ) from error
    except csv.Error as error:
        raise UnreadableList(f"{path} is not a whole CSV file: {error}. Save it anew and try again.") from error


def _columns(path: Path, names: Any) -> dict[str, str]:
    columns = {name: name.strip().lower() for name in names or () if name and name.strip().lower() in COLUMNS}
    if not {"full_name", "surname", "given", "service_number"} & set(columns.values()):
        wanted = ", ".join(COLUMNS)
        raise UnreadableList(
            f"{path} has no column full_name, surname or service_number in its first line. Known: {wanted}."
        )
    return columns


def _person(given: dict[str, str], line: int) -> Person:
    facts: dict[str, Any] = {"id": str(line)} | {column: value for column, value in given.items() if value}
    return Person(**facts)


def answer_line(query: str, answer: Answer, milliseconds: float) -> str:
    """Return the answer to one query as a line of JSON."""
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
    return asdict(fact)
