"""What kind of file this is, judged by its bytes; unpacking it if it is packed.

A file's ending is a wish. Registers come as ``.xls`` that are web pages, as ``.csv`` that are workbooks, and
without any ending.
"""

import contextlib
import gzip
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from kinline.tables.cells import Note
from kinline.tables.refusal import TableRefused

# More than any register of a war; less than what fills a small machine's disk.
LARGEST = 512 * 1024 * 1024
LARGEST_SAID = "512 MB"
PIECE = 1 << 20

SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b", "gzip"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"%PDF", "pdf"),
    (b"\x89PNG", "picture"),
    (b"\xff\xd8\xff", "picture"),
    (b"GIF8", "picture"),
    (b"II*\x00", "picture"),
    (b"MM\x00*", "picture"),
    (b"RIFF", "picture"),
    (b"{\\rtf", "text document"),
    (b"7z\xbc\xaf", "archive"),
    (b"Rar!", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ", "archive"),
)
MARKUP = ((b"<!doctype html", "web page"), (b"<html", "web page"), (b"<table", "web page"), (b"<?xml", "xml"))


@dataclass(frozen=True)
class Source:
    """A file ready to be read: where its bytes are, under which name people know it, and of what form they are."""

    path: Path
    name: str
    form: str  # "text", "xlsx", "xls" or "ods"
    notes: tuple[Note, ...] = ()


@contextlib.contextmanager
def opened(path: Path, *, name: str = "") -> Iterator[Source]:
    """The file at ``path``, unpacked where needed into a folder that is removed afterwards.

    Raises:
        TableRefused: it cannot be opened, is empty, too large, no table, or several tables.
    """
    with tempfile.TemporaryDirectory(prefix="kinline-table-") as folder:
        yield _recognised(Source(path=path, name=name or path.name, form="", notes=()), Path(folder))


def _recognised(source: Source, folder: Path) -> Source:
    try:
        return _recognise(source, folder)
    except (gzip.BadGzipFile, EOFError, zlib.error) as failure:
        raise damaged(source.name, where=type(failure).__name__) from failure
    except OSError as failure:
        raise TableRefused("table.cannot-open", f"cannot open: {type(failure).__name__}", name=source.name) from failure


def damaged(name: str, *, where: str) -> TableRefused:
    """The refusal of a file whose inside does not hold together."""
    return TableRefused("table.damaged", f"damaged: {where}", name=name, where=where)


def not_a_table(name: str, kind: str) -> TableRefused:
    """The refusal of a file that is something else; ``kind`` is a key of ``messages.KINDS``."""
    return TableRefused("table.not-a-table", f"not a table: {kind}", name=name, kind=kind)


def _recognise(source: Source, folder: Path, *, depth: int = 0) -> Source:
    with source.path.open("rb") as stream:
        head = stream.read(4096)
    if not head:
        raise TableRefused("table.empty", "no bytes", name=source.name)
    kind = next((kind for mark, kind in SIGNATURES if head.startswith(mark)), "") or _markup(head)
    if kind in {"gzip", "zip"} and depth > 1:
        raise not_a_table(source.name, "archive")
    if kind == "gzip":
        with gzip.open(source.path) as packed:
            return _recognise(_unpacked(packed, source, "gzip", folder), folder, depth=depth + 1)
    if kind == "zip":
        return _zipped(source, folder, depth=depth)
    if kind == "ole":
        return _ole(source, head)
    if kind:
        raise not_a_table(source.name, kind)
    if source.path.stat().st_size > LARGEST:
        raise _too_large(source.name)
    return replace(source, form="text")


def _markup(head: bytes) -> str:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    for mark, kind in MARKUP:
        if start.startswith(mark):
            return "web page" if b"<html" in start or b"<table" in start else kind
    return ""


def _ole(source: Source, head: bytes) -> Source:
    """XLS is an OLE file; so are Word documents and workbooks under a password. Their folder names tell."""
    content = source.path.read_bytes() if source.path.stat().st_size <= LARGEST else head
    if "EncryptedPackage".encode("utf-16-le") in content:
        raise TableRefused("table.locked", "encrypted package", name=source.name)
    if any(word.encode("utf-16-le") in content for word in ("Workbook", "Book")):
        return replace(source, form="xls")
    kind = "text document" if "WordDocument".encode("utf-16-le") in content else "other"
    raise not_a_table(source.name, kind)


def _zipped(source: Source, folder: Path, *, depth: int) -> Source:
    try:
        with zipfile.ZipFile(source.path) as archive:
            names = [entry for entry in archive.infolist() if not entry.is_dir() and "__MACOSX" not in entry.filename]
            inside = {entry.filename for entry in names}
            if sum(entry.file_size for entry in names) > LARGEST:
                raise _too_large(source.name)
            if form := _workbook_form(archive, inside):
                _check_true_size(source, names)
                return replace(source, form=form)
            if any(name.startswith(("word/", "ppt/")) or name == "mimetype" for name in inside):
                raise not_a_table(source.name, "text document")
            if len(names) != 1:
                raise TableRefused(
                    "table.several-files", f"{len(names)} files", name=source.name, count=str(len(names))
                )
            if names[0].flag_bits & 1:
                raise TableRefused("table.locked", "encrypted archive", name=source.name)
            with archive.open(names[0]) as packed:
                unpacked = _unpacked(packed, source, names[0].filename, folder)
    except (zipfile.BadZipFile, NotImplementedError) as failure:
        raise damaged(source.name, where=type(failure).__name__) from failure
    return _recognise(unpacked, folder, depth=depth + 1)


def _workbook_form(archive: zipfile.ZipFile, inside: set[str]) -> str:
    if "xl/workbook.bin" in inside:
        return "xlsb"
    if any(name.lower() == "xl/workbook.xml" for name in inside):
        return "xlsx"
    if "mimetype" in inside and b"opendocument.spreadsheet" in archive.read("mimetype")[:200]:
        return "ods"
    return ""


def _check_true_size(source: Source, entries: list[zipfile.ZipInfo]) -> None:
    """A workbook may say it is small and unpack to fill the machine; so its parts are unpacked once, into nothing."""
    room = LARGEST
    with source.path.open("rb") as stream:
        for entry in entries:
            if entry.compress_type != zipfile.ZIP_DEFLATED:
                continue
            stream.seek(entry.header_offset + 26)
            sizes = stream.read(4)
            skip = int.from_bytes(sizes[:2], "little") + int.from_bytes(sizes[2:], "little")
            stream.seek(skip, 1)
            room -= _inflated(stream, entry.compress_size, room)
            if room < 0:
                raise _too_large(source.name)


def _inflated(stream: IO[bytes], packed: int, room: int) -> int:
    inflate = zlib.decompressobj(-15)
    size = 0
    while packed > 0 and size <= room:
        piece = stream.read(min(PIECE, packed))
        if not piece:
            break
        packed -= len(piece)
        while piece and size <= room:
            size += len(inflate.decompress(piece, PIECE))
            piece = inflate.unconsumed_tail
    return size


def _unpacked(packed: IO[bytes] | gzip.GzipFile, source: Source, inner: str, folder: Path) -> Source:
    target = folder / f"unpacked-{len(source.notes)}"
    with target.open("wb") as out:
        while piece := packed.read(PIECE):
            if out.tell() + len(piece) > LARGEST:
                raise _too_large(source.name)
            out.write(piece)
    return replace(source, path=target, notes=(*source.notes, Note("unpacked", detail=inner)))


def _too_large(name: str) -> TableRefused:
    return TableRefused("table.too-large", f"more than {LARGEST_SAID}", name=name, limit=LARGEST_SAID)
