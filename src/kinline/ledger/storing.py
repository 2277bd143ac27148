"""The bytes of documents, each under its digest: whole and on the disk, or not there at all.

A disk that fills up or a process that is killed half-way must leave no file that bears a digest and is not that
document: the next one who brings the document would find it there already, and its end would be lost.
"""

import os
import secrets
from pathlib import Path

from django.core.files.storage import storages


def keep(content: bytes, *, digest: str) -> str:
    """Write ``content`` under its ``digest`` if it is not there, and return its place in the storage.

    Raises:
        OSError: it could not be written; nothing is left behind.
    """
    stored_as = f"{digest[:2]}/{digest}"
    path = Path(storages["exhibits"].path(stored_as))
    if path.exists() and path.stat().st_size == len(content):
        return stored_as
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{digest}.{secrets.token_hex(4)}.unfinished")
    try:
        _write(unfinished, content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync_folder(path.parent)
    return stored_as


def _write(path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
