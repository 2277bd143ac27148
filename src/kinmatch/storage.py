"""An index on disk: a versioned manifest with a checksum for every file; anything that does not fit is refused.

An index holds nothing that the registry does not, so a damaged one is thrown away and built anew, never repaired.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from hashlib import file_digest
from pathlib import Path
from typing import Any, overload

import numpy as np

from kinmatch.columns import Columns
from kinmatch.form import FIELDS
from kinmatch.person import Name, Person

VERSION = 1
MANIFEST = "kinmatch.json"
RECORDS = "records.jsonl"
OFFSETS = "offsets.npy"
VALUES = "columns.npy"
RECORD_OF = "record_of.npy"
VOCABULARIES = "vocabularies.json"
FILES = (RECORDS, OFFSETS, VALUES, RECORD_OF, VOCABULARIES)


class DamagedIndex(ValueError):  # noqa: N818 - said as the desk says it
    """The files are no whole index of this version."""


def write(columns: Columns, directory: Path) -> None:
    """Write ``columns`` beside ``directory`` and then move it into place."""
    directory.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=f".{directory.name}-", dir=directory.parent))
    try:
        _write_files(columns, fresh)
        _put_in_place(fresh, directory)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def _put_in_place(fresh: Path, directory: Path) -> None:
    """Rename; an earlier index stays readable for those who have it open."""
    old = fresh.with_name(f"{fresh.name}-old")
    if directory.exists():
        if any(directory.iterdir()) and not (directory / MANIFEST).exists():
            raise FileExistsError(f"{directory} holds other files and no index; name an empty or a new directory")
        directory.rename(old)
    fresh.rename(directory)
    shutil.rmtree(old, ignore_errors=True)


def _write_files(columns: Columns, into: Path) -> None:
    living = columns.living_rows()
    records = sorted({int(columns.record_of[row]) for row in living})
    fresh_place = {record: place for place, record in enumerate(records)}
    offsets = [0]
    with (into / RECORDS).open("wb") as file:
        for record in records:
            offsets.append(offsets[-1] + file.write(_line(columns.persons[record])))
    np.save(into / OFFSETS, np.array(offsets, dtype=np.int64))
    np.save(into / VALUES, np.stack([columns.values[field][columns.alive] for field in FIELDS]))
    np.save(into / RECORD_OF, np.array([fresh_place[int(columns.record_of[row])] for row in living], dtype=np.int32))
    words = {field: _filed(columns, field) for field in FIELDS}
    ids = [columns.persons[record].id for record in records]
    (into / VOCABULARIES).write_text(json.dumps({"words": words, "ids": ids}, ensure_ascii=False), encoding="utf-8")
    manifest = {
        "format": "kinmatch index",
        "version": VERSION,
        "fields": FIELDS,
        "records": len(records),
        "rows": len(living),
    }
    manifest["sha256"] = {name: _digest(into / name) for name in FILES}
    (into / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    for name in (*FILES, MANIFEST):
        _to_disk(into / name)


def _line(person: Person) -> bytes:
    given = {key: value for key, value in asdict(person).items() if value}
    return json.dumps(given, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n"


def _filed(columns: Columns, field: str) -> list[list[Any]]:
    """Every value with the keys it is filed under, so that opening needs no keys made."""
    vocabulary = columns.vocabularies[field]
    return [[value, list(vocabulary.comparator.keys(value))] for value in vocabulary.values[1:]]


def _to_disk(path: Path) -> None:
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def read(directory: Path) -> Columns:
    """Return the columns saved in ``directory``.

    Raises:
        DamagedIndex: see there.
    """
    manifest = _manifest(directory)
    for name in FILES:
        path = directory / name
        if not path.is_file() or _digest(path) != manifest["sha256"].get(name):
            raise DamagedIndex(
                f"{path} is missing or changed since it was written; build the index anew from the registry"
            )
    return _columns(directory)


def _manifest(directory: Path) -> dict[str, Any]:
    path = directory / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DamagedIndex(
            f"{path} cannot be read ({error}); there is no index here, build it from the registry"
        ) from error
    whole = (
        isinstance(manifest, dict)
        and isinstance(manifest.get("sha256"), dict)
        and manifest.get("format") == "kinmatch index"
    )
    if not whole or manifest.get("version") != VERSION or manifest.get("fields") != list(FIELDS):
        raise DamagedIndex(
            f"{path} is not of version {VERSION} of this program; build the index anew from the registry"
        )
    return manifest


def _columns(directory: Path) -> Columns:
    columns = Columns()
    stored = json.loads((directory / VOCABULARIES).read_text(encoding="utf-8"))
    for field in FIELDS:
        for value, keys in stored["words"][field]:
            columns.vocabularies[field].take_up(value, keys)
    values = np.load(directory / VALUES)
    columns.values = {field: np.ascontiguousarray(values[at]) for at, field in enumerate(FIELDS)}
    columns.record_of = np.load(directory / RECORD_OF)
    columns.alive = np.ones(len(columns.record_of), dtype=np.bool_)
    columns.places = {record_id: place for place, record_id in enumerate(stored["ids"])}
    columns.persons = StoredPersons(directory / RECORDS, np.load(directory / OFFSETS))
    return columns


class StoredPersons(Sequence[Person]):
    """The persons of a saved index, each read from disk when it is asked for."""

    def __init__(self, path: Path, offsets: "np.ndarray[Any, np.dtype[np.int64]]") -> None:
        self._map = np.memmap(path, dtype=np.uint8, mode="r") if path.stat().st_size else np.zeros(0, dtype=np.uint8)
        self._offsets = offsets

    def __len__(self) -> int:
        return len(self._offsets) - 1

    @overload
    def __getitem__(self, place: int) -> Person: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Person]: ...
    def __getitem__(self, place: int | slice) -> Person | Sequence[Person]:
        if isinstance(place, slice):
            return [self[at] for at in range(*place.indices(len(self)))]
        start, end = int(self._offsets[place]), int(self._offsets[place + 1])
        return person_from(json.loads(self._map[start:end].tobytes().decode("utf-8", "surrogatepass")))

    def __iter__(self) -> Iterator[Person]:
        return (self[place] for place in range(len(self)))


def person_from(stored: dict[str, Any]) -> Person:
    """Return the person written as JSON by ``_line``."""
    also = tuple(Name(**name) for name in stored.pop("also", ()))
    return Person(**stored, also=also)
