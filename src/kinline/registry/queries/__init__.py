"""Everything that reads the registry."""

from kinline.registry.queries.changes import changed_between
from kinline.registry.queries.due import DueCard, due_cards
from kinline.registry.queries.find import (
    Row,
    by_alias,
    by_name,
    by_number,
    counts,
    listed,
    records,
    rows,
    search,
)
from kinline.registry.queries.sheet import FactRow, NameRow, Said, Sheet, sheet
from kinline.registry.queries.stream import EXPORT_COLUMNS, export_rows, person, persons, persons_for_index, persons_of

__all__ = [
    "EXPORT_COLUMNS",
    "DueCard",
    "FactRow",
    "NameRow",
    "Row",
    "Said",
    "Sheet",
    "by_alias",
    "by_name",
    "by_number",
    "changed_between",
    "counts",
    "due_cards",
    "export_rows",
    "listed",
    "person",
    "persons",
    "persons_for_index",
    "persons_of",
    "records",
    "rows",
    "search",
    "sheet",
]
