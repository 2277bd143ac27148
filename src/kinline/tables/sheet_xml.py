"""What the fast workbook reader does not tell: formulas, errors, hidden rows and true extent of an XLSX sheet.

The sheet's XML is read once as a stream of bytes and searched; nothing is built in memory. ECMA-376 part 1, 18.3.1.
"""

import posixpath
import re
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from kinline.tables.cells import Note

PIECE = 1 << 20
# The longest cell that may lie across two pieces; Excel allows 32,767 letters in a cell.
OVERLAP = 1 << 18
CELL = re.compile(rb"<c\s([^>]*?)>\s*(?:<f[\s>/]([^<]*)(?:</f>)?\s*(<v>[^<]|<is>)?)?")
REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')
HIDDEN = re.compile(rb'<row\s[^>]*?\br="(\d+)"[^>]*?\bhidden="(?:1|true)"')
ROW = re.compile(rb'<row\s[^>]*?\br="(\d+)"')
FAR = re.compile(rb'<c\s[^>]*?\br="([A-Z]{2,3})\d+"')
ODD = re.compile(rb'<f[\s>/]|\bt="e"')
SHEET = re.compile(rb"<sheet\s[^>]*>")
ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
RELATION = re.compile(rb"<Relationship\s[^>]*>")


@dataclass
class Extent:
    """How far the sheet reaches and which of its cells are not plain values."""

    rows: int = 0
    columns: int = 0
    notes: dict[int, list[Note]] = field(default_factory=dict)


def column_number(letters: bytes) -> int:
    """``A`` is 0, ``Z`` 25, ``AA`` 26.

    >>> column_number(b"AA")
    26
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


def column_letters(number: int) -> str:
    """0 is ``A``, 26 is ``AA``.

    >>> column_letters(26)
    'AA'
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def parts(path: Path) -> list[str]:
    """The archive members of the sheets, in the workbook's order; empty where the workbook is built in another way."""
    with zipfile.ZipFile(path) as archive:
        book = next((name for name in archive.namelist() if name.lower() == "xl/workbook.xml"), "")
        relations = posixpath.join(posixpath.dirname(book), "_rels", posixpath.basename(book) + ".rels")
        if not book or relations not in archive.namelist():
            return []
        targets = {}
        for tag in RELATION.findall(archive.read(relations)):
            named = dict(ATTRIBUTE.findall(tag))
            target = named.get(b"Target", b"").decode("utf-8", "replace")
            targets[named.get(b"Id", b"")] = (
                target.lstrip("/")
                if target.startswith("/")
                else posixpath.normpath(posixpath.join(posixpath.dirname(book), target))
            )
        sheets = [dict(ATTRIBUTE.findall(tag)) for tag in SHEET.findall(archive.read(book))]
        return [
            targets.get(next((value for key, value in sheet.items() if key.endswith(b":id")), b""), "")
            for sheet in sheets
        ]


def survey(path: Path, member: str) -> Extent:
    """One pass over the sheet's XML."""
    extent = Extent()
    with zipfile.ZipFile(path) as archive:
        if member not in archive.namelist():
            return extent
        with archive.open(member) as stream:
            tail = b""
            while piece := stream.read(PIECE):
                text = tail + piece
                # Cut at the last row that is whole, so that no cell is seen in two halves or twice.
                cut = text.rfind(b"<row")
                cut = cut if cut > 0 and len(text) - cut < OVERLAP else len(text)
                _look(text[:cut], extent)
                tail = text[cut:]
            _look(tail, extent)
    return extent


def _look(text: bytes, extent: Extent) -> None:
    for number in ROW.findall(text):
        extent.rows = max(extent.rows, int(number))
    for letters in FAR.findall(text):
        extent.columns = max(extent.columns, column_number(letters) + 1)
    for number in HIDDEN.findall(text):
        extent.notes.setdefault(int(number), []).append(Note("hidden-row"))
    if not ODD.search(text):
        return
    for found in CELL.finditer(text):
        attributes, formula, value = found.groups()
        place = REFERENCE.search(b" " + attributes)
        if place is None:
            continue
        if kind := _odd(attributes, formula is not None, value):
            note = Note(kind, column_number(place[1]))
            extent.notes.setdefault(int(place[2]), []).append(note)


def _odd(attributes: bytes, formula: bool, value: bytes | None) -> str:
    if b't="e"' in attributes:
        return "error-cell"
    if not formula:
        return ""
    return "formula" if value else "formula-not-calculated"
