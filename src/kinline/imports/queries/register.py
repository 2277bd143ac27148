"""The register's file, as it came."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from django.core.files.storage import storages

from kinline.imports.models import Batch
from kinline.ledger.models import Exhibit
from kinline.tables import mapping, reading
from kinline.tables.reading import Table


def content(exhibit: Exhibit) -> Path:
    """Where the bytes of a kept file lie."""
    return Path(storages["exhibits"].path(exhibit.stored_as))


@contextlib.contextmanager
def table_of(batch: Batch) -> Iterator[Table]:
    """The register's table, opened as its mapping says.

    Raises:
        TableRefused: the file cannot be read any more.
    """
    chosen = mapping.from_json(batch.mapping, name=batch.file_name) if batch.mapping else None
    path = content(Exhibit.objects.get(pk=batch.register))
    sheet, header_row = (chosen.sheet, chosen.header_row) if chosen else ("", None)
    with reading.opened(path, name=batch.file_name, sheet=sheet, header_row=header_row) as table:
        yield table
