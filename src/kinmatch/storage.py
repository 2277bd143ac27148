"""An index on disk: a manifest that names its segments, and a checksum for every file, its own included.

A segment's folder never changes once it is written. A new manifest takes the place of the old one in one step, so that
a reader sees either the one index or the other, and a crash leaves the old one. An index holds nothing that the
registry does not: a damaged one is thrown away and built anew, never repaired.
"""

import json
import os
import re
import shutil
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import file_digest, sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

from kinmatch.asking import Part
from kinmatch.form import FIELDS
from kinmatch.kernels.shapes import Lexicon, Rows
from kinmatch.segment import Segment, Texts
from kinmatch.store import PersonsOnDisk, Store, lines

VERSION = 3
MANIFEST = "kinmatch.json"
ARRAYS = "arrays.bin"
RECORDS = "records.jsonl"
FILES = (ARRAYS, RECORDS)
ALIGNED = 64  # bytes an array begins at a multiple of
NAME = re.compile(r"[0-9a-f]{32}")  # of a segment's folder
Arrays = dict[str, NDArray[Any]]


class DamagedIndex(ValueError):  # noqa: N818 - said as the desk says it
    """The files are no whole index of this version."""


def write(parts: Sequence[Part], directory: Path) -> tuple[Part, ...]:
    """Write the segments ``directory`` does not hold, then the manifest; return the parts with their folders' names.

    Raises:
        FileExistsError: the directory holds other files and no index.
    """
    directory.mkdir(parents=True, exist_ok=True)
    if not (directory / MANIFEST).exists() and not all(map(_ours, directory.iterdir())):
        raise FileExistsError(f"{directory} holds other files and no index; name an empty or a new directory")
    known = {entry["name"]: entry for entry in _entries(directory)}
    named = tuple(part if part.name in known else replace(part, name=uuid4().hex) for part in parts)
    entries = [
        (known[part.name] if part.name in known else _write_part(part, directory)) | {"gone": sorted(part.gone)}
        for part in named
    ]
    manifest = {"format": "kinmatch index", "version": VERSION, "fields": FIELDS, "segments": entries}
    manifest |= {"sha256": _digest_of(entries)}
    fresh = directory / f".{MANIFEST}-{uuid4().hex}"
    fresh.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    _to_disk(fresh)
    fresh.replace(directory / MANIFEST)
    _to_disk(directory)
    _sweep(directory, keep={part.name for part in named})
    return named


def _entries(directory: Path) -> list[dict[str, Any]]:
    """The segments of the index that is there; none where it is missing, damaged, or of another version."""
    try:
        entries: list[dict[str, Any]] = _manifest(directory)["segments"]
    except DamagedIndex:
        return []
    return entries


def _ours(path: Path) -> bool:
    """Whether a file in the index's directory was made here: by this save, an earlier one, or one that was cut off."""
    name = path.name
    return name == MANIFEST or name.startswith(f".{MANIFEST}-") or (path.is_dir() and NAME.fullmatch(name) is not None)


def _sweep(directory: Path, keep: set[str]) -> None:
    """Remove folders no manifest names; who has them open goes on reading them."""
    for path in filter(_ours, directory.iterdir()):
        if path.is_dir() and path.name not in keep:
            shutil.rmtree(path, ignore_errors=True)
        elif path.name.startswith(f".{MANIFEST}-"):
            path.unlink(missing_ok=True)


def _write_part(part: Part, directory: Path) -> dict[str, Any]:
    folder = directory / part.name
    folder.mkdir()
    ends = [0]
    with (folder / RECORDS).open("wb") as file:
        for line in lines(part.store.persons.person(place) for place in range(len(part.store))):
            ends.append(ends[-1] + file.write(line))
    layout = _write_arrays(_arrays(part, np.array(ends, dtype=np.int64)), folder / ARRAYS)
    for path in (folder / ARRAYS, folder / RECORDS, folder):
        _to_disk(path)
    return {
        "name": part.name,
        "records": len(part.store),
        "rows": len(part.segment),
        "numbers": {name: value for name, value in _both(part.segment) if not isinstance(value, np.ndarray)},
        "layout": layout,
        "sha256": {name: _digest(folder / name) for name in FILES},
    }


def _arrays(part: Part, line_ends: NDArray[np.int64]) -> Arrays:
    """Every array of a part by name."""
    segment, store = part.segment, part.store
    ids = store.ids if isinstance(store.ids, Texts) else Texts.of(store.ids)
    found: Arrays = {f"lexicon.{name}": array for name, array in segment.lexicon._asdict().items()}
    found |= {f"rows.{name}": array for name, array in segment.rows._asdict().items()}
    found |= {"firsts": segment.firsts, "known": segment.known, "record_of": segment.record_of}
    found |= {"texts.letters": segment.texts.letters, "texts.ends": segment.texts.ends}
    found |= {"ids.letters": ids.letters, "ids.ends": ids.ends, "ids.digests": store.digests, "ids.order": store.order}
    found |= {"lines.ends": line_ends, "rows.alive": np.ones(len(segment), dtype=np.uint8)}
    return {name: array for name, array in found.items() if isinstance(array, np.ndarray)}


def _both(segment: Segment) -> list[tuple[str, Any]]:
    return [*segment.lexicon._asdict().items(), *segment.rows._asdict().items()]


def _write_arrays(arrays: Arrays, path: Path) -> dict[str, list[Any]]:
    """Write the arrays one after the other; return where each begins, its type and its shape."""
    layout: dict[str, list[Any]] = {}
    with path.open("wb") as file:
        for name, array in arrays.items():
            file.write(b"\0" * (-file.tell() % ALIGNED))
            layout[name] = [file.tell(), array.dtype.str, list(array.shape)]
            array.tofile(file)
    return layout


def _to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _digest_of(entries: list[dict[str, Any]]) -> str:
    """The checksum of what a manifest says of its segments."""
    return sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()


def read(directory: Path) -> tuple[Part, ...]:
    """Return the parts saved in ``directory``, their arrays mapped into memory.

    Another process may save meanwhile and sweep away what was about to be read; then the new index is read.

    Raises:
        DamagedIndex: a file is missing, changed since it was written, or of another version.
    """
    entries = _manifest(directory)["segments"]
    while True:
        try:
            return _read_parts(directory, entries)
        except (DamagedIndex, FileNotFoundError):
            newer = _manifest(directory)["segments"]
            if newer == entries:
                raise
            entries = newer


def _read_parts(directory: Path, entries: list[dict[str, Any]]) -> tuple[Part, ...]:
    for entry in entries:
        for name, digest in entry["sha256"].items():
            path = directory / entry["name"] / name
            if not path.is_file() or _digest(path) != digest:
                raise DamagedIndex(
                    f"{path} is missing or changed since it was written; build the index anew from the registry"
                )
    return tuple(_read_part(directory / entry["name"], entry) for entry in entries)


def _manifest(directory: Path) -> dict[str, Any]:
    path = directory / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DamagedIndex(
            f"{path} cannot be read ({error}); there is no index here, build it from the registry"
        ) from error
    whole = isinstance(manifest, dict) and manifest.get("format") == "kinmatch index"
    if not whole or manifest.get("version") != VERSION or manifest.get("fields") != list(FIELDS):
        raise DamagedIndex(
            f"{path} is not of version {VERSION} of this program; build the index anew from the registry"
        )
    segments = manifest.get("segments")
    wanted = {"name", "records", "rows", "numbers", "layout", "sha256", "gone"}
    if not isinstance(segments, list) or not all(isinstance(one, dict) and wanted <= one.keys() for one in segments):
        raise DamagedIndex(f"{path} names no segments; build the index anew from the registry")
    if manifest.get("sha256") != _digest_of(segments):
        raise DamagedIndex(f"{path} is changed since it was written; build the index anew from the registry")
    return manifest


def _read_part(folder: Path, entry: dict[str, Any]) -> Part:
    # Copy on write: compiled code then meets one kind of array only, and nothing written reaches the file.
    mapped = np.memmap(folder / ARRAYS, dtype=np.uint8, mode="c")
    arrays = {name: _view(mapped, start, kind, shape) for name, (start, kind, shape) in entry["layout"].items()}
    numbers: dict[str, Any] = entry["numbers"]
    lexicon = Lexicon(**_filled(Lexicon._fields, "lexicon", arrays, numbers))
    rows = Rows(**_filled(Rows._fields, "rows", arrays, numbers))
    texts = Texts(arrays["texts.letters"], arrays["texts.ends"])
    segment = Segment(lexicon, rows, arrays["firsts"], arrays["known"], arrays["record_of"], texts)
    ids = Texts(arrays["ids.letters"], arrays["ids.ends"])
    persons = PersonsOnDisk(folder / RECORDS, arrays["lines.ends"])
    store = Store(ids, persons, arrays["ids.digests"], arrays["ids.order"])
    gone: Iterable[int] = entry["gone"]
    part = Part(segment, store, frozenset(gone), entry["name"])
    return replace(part, segment=segment.without(sorted(gone))) if entry["gone"] else part


def _filled(names: Sequence[str], kind: str, arrays: Arrays, numbers: dict[str, Any]) -> dict[str, Any]:
    """Every member of a tuple: an array by its name, else a number."""
    return {name: arrays.get(f"{kind}.{name}", numbers.get(name)) for name in names}


def _view(mapped: NDArray[np.uint8], start: int, kind: str, shape: list[int]) -> NDArray[Any]:
    count = int(np.prod(shape, dtype=np.int64))
    end = start + count * np.dtype(kind).itemsize
    # A plain array over the same bytes: compiled code knows no other kind.
    return np.asarray(mapped[start:end]).view(np.dtype(kind)).reshape(shape)
