"""The bureau's own secrets: four files that only its processes may read, kept beside the database and never in it.

``pages`` signs form tickets and sessions; losing it costs a family one reload. ``pepper`` goes into the hash of every
case code; losing it locks every family out of its mailbox. ``letters`` is the Ed25519 key that signs letters; losing it
makes letters already sent uncheckable. ``evidence`` seals what families send; losing it loses every paper. So the last
three are never made anew in silence: a missing one is an error.

``sites.settings`` names the folder once with ``keep_in``; rooms only ask.
"""

import os
import secrets
import tempfile
from functools import cache
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

LENGTH = 32
NAMES = ("pages", "pepper", "letters", "evidence")
_FOLDERS: list[Path] = []


class MissingKey(RuntimeError):  # noqa: N818 - read at every ``raise`` as what it is
    """A key file is not where it should be; the sentence names it."""


def keep_in(folder: Path) -> None:
    """Name the folder in which the keys lie."""
    _FOLDERS[:] = [folder]
    _read.cache_clear()


def folder() -> Path:
    """The folder in which the keys lie."""
    if not _FOLDERS:
        raise MissingKey("no folder was named for the keys; sites.settings does that")
    return _FOLDERS[0]


def missing() -> list[str]:
    """Names of the keys that do not exist yet."""
    return [name for name in NAMES if not (folder() / name).exists()]


def make_missing() -> list[str]:
    """Make the keys that do not exist yet, each readable by its owner alone. Returns their names."""
    made = [name for name in NAMES if _make(folder() / name)]
    _read.cache_clear()
    return made


def pages() -> bytes:
    """The secret behind form tickets and sessions; made when first asked for."""
    _make(folder() / "pages")
    return _read(folder() / "pages")


def pepper() -> bytes:
    """The secret that goes into the hash of every case code."""
    return _read(folder() / "pepper")


def letters() -> Ed25519PrivateKey:
    """The key that signs letters."""
    return Ed25519PrivateKey.from_private_bytes(_read(folder() / "letters"))


def evidence() -> bytes:
    """The key under which the keys of sealed papers are sealed."""
    return _read(folder() / "evidence")


@cache
def _read(path: Path) -> bytes:
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        raise MissingKey(
            f"The key {path} is missing. Copy it back from the backup; on a new installation run `kinline migrate`."
        ) from None
    if len(key) != LENGTH:
        raise MissingKey(f"The key {path} holds {len(key)} bytes, not {LENGTH}. Copy it back from the backup.")
    return key


def _make(path: Path) -> bool:
    """Write a new key at ``path`` unless one is there, whole or not at all, also when two processes try at once."""
    if path.exists():
        return False
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)  # mode 0600
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        return False
    finally:
        draft.unlink()
    return True
