"""Which column goes where, as a person has confirmed it; kept as JSON, and known again by the headings."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kinline.tables import header_words
from kinline.tables.columns import Guess
from kinline.tables.reading import Table
from kinline.tables.refusal import TableRefused


@dataclass(frozen=True)
class ColumnMap:
    """Column (from 0) to field key of headers.toml. A column that is not named here is kept as a note.

    ``header_row`` is the number of the row of headings, 0 for none, None to look for it. ``day_first`` says how
    ``03/04/2001`` is written in this table, None where that has not been settled.
    """

    fields: Mapping[int, str]
    header_row: int | None = None
    day_first: bool | None = None
    sheet: str = ""

    def column_of(self, field: str) -> int | None:
        """The column that holds ``field``, if one does."""
        return next((column for column, key in sorted(self.fields.items()) if key == field), None)

    def as_json(self) -> dict[str, Any]:
        """The form in which it is saved: ``{"columns": {"0": "surname"}, "header_row": 3, ...}``."""
        return {
            "columns": {str(column): key for column, key in sorted(self.fields.items())},
            "header_row": self.header_row,
            "day_first": self.day_first,
            "sheet": self.sheet,
        }


def as_guessed(found: Iterable[Guess], table: Table) -> ColumnMap:
    """The map that takes every guess as it stands."""
    fields = {guess.column: guess.field for guess in found if guess.field}
    return ColumnMap(fields=fields, header_row=table.header_row_number or 0, sheet=table.sheet)


def from_json(saved: Any, *, name: str) -> ColumnMap:
    """The map that ``as_json`` wrote, or one typed by hand.

    Raises:
        TableRefused: a key is no column, a value no field, or a field is given twice.
    """
    known = header_words.fields()
    try:
        columns = {int(column): str(key) for column, key in saved["columns"].items() if key}
        header_row, day_first = saved.get("header_row"), saved.get("day_first")
    except (AttributeError, KeyError, TypeError, ValueError) as failure:
        raise _bad(name, "columns") from failure
    if not isinstance(header_row, int | None) or not isinstance(day_first, bool | None) or min(columns, default=0) < 0:
        raise _bad(name, "header_row, day_first")
    for key in columns.values():
        if key not in known:
            raise _bad(name, key)
    once = [key for key in columns.values() if key != "note"]
    if twice := next((key for key in once if once.count(key) > 1), ""):
        raise _bad(name, twice)
    return ColumnMap(columns, header_row, day_first, str(saved.get("sheet") or ""))


def load(path: Path) -> ColumnMap:
    """The map in the JSON file at ``path``.

    Raises:
        TableRefused: there is no such file, it is no JSON, or no map.
    """
    try:
        saved = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError) as failure:
        raise _bad(path.name, type(failure).__name__) from failure
    return from_json(saved, name=path.name)


def save(chosen: ColumnMap, path: Path) -> None:
    """Write the map as JSON."""
    path.write_text(json.dumps(chosen.as_json(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def signature(table: Table) -> str:
    """The headings in order, without case and signs: tables of one maker have the same one."""
    return "|".join(" ".join(header_words.words(column.heading)) for column in table.columns)


def _bad(name: str, where: str) -> TableRefused:
    return TableRefused("table.bad-mapping", "the column mapping cannot be used", name=name, where=where)
