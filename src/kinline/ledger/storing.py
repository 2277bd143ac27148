"""The bytes of documents, each under its digest: whole and on the disk, or not there at all.

A disk that fills up or a process that is killed half-way must leave no file that bears a digest and is not that
document: the next one who brings the document would find it there already, and its end would be lost.

What strangers sent is sealed: no copy of the disk shows it, and no program meets it that did not mean to.
"""

import os
import secrets
from hashlib import sha256
from pathlib import Path

from django.core.files.storage import storages

from kinline import keys
from kinline.ledger import sealing

SEALED = "sealed"


def keep(content: bytes, *, digest: str) -> str:
    """Write ``content`` under its ``digest`` if it is not there, and return its place in the storage.

    Raises:
        OSError: it could not be written; nothing is left behind.
    """
    stored_as = f"{digest[:2]}/{digest}"
    path = _path(stored_as)
    if not (path.exists() and path.stat().st_size == len(content)):
        _place(path, content)
    return stored_as


def keep_sealed(content: bytes, *, digest: str) -> str:
    """Seal ``content`` and write it under its ``digest`` if it is not there; return its place in the storage.

    Raises:
        OSError: it could not be written; nothing is left behind.
    """
    stored_as = f"{SEALED}/{digest[:2]}/{digest}"
    path, key = _path(stored_as), keys.evidence()
    if not _is_there(path, size=len(content) + sealing.OVERHEAD, head=sealing.head(key)):
        _place(path, sealing.seal(content, key=key, about=digest))
    return stored_as


def read(stored_as: str) -> bytes:
    """The bytes of a document, whether it was sealed or not.

    Raises:
        OSError: they are not there.
        SealBroken: they are there and cannot be opened.
    """
    stored = _path(stored_as).read_bytes()
    if not stored_as.startswith(f"{SEALED}/"):
        return stored
    return sealing.unseal(stored, key=keys.evidence(), about=stored_as.rpartition("/")[2])


def holds(stored_as: str, *, digest: str) -> bool:
    """Whether the document under this place, read again, is the one with this digest."""
    try:
        return sha256(read(stored_as)).hexdigest() == digest
    except (OSError, sealing.SealBroken):
        return False


def has_sealed() -> bool:
    """Whether anything was ever sealed here."""
    return _path(SEALED).exists()


def _path(stored_as: str) -> Path:
    return Path(storages["exhibits"].path(stored_as))


def _is_there(path: Path, *, size: int, head: bytes) -> bool:
    """Whether the document lies there whole, and under the key in force."""
    if not path.exists() or path.stat().st_size != size:
        return False
    with path.open("rb") as file:
        return file.read(len(head)) == head


def _place(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}.unfinished")
    try:
        _write(unfinished, content)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    _sync_folder(path.parent)


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
