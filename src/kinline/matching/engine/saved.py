"""Saved indexes in the data folder: each in a folder of its own, and one file that names the newest.

What is added to an index is saved beside it, in its folder. One that is built or merged anew gets a new folder; whoever
still has the older one open goes on reading it.
"""

import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.files.storage import storages

FORMAT = 1
NEWEST = "newest.json"
DAMAGED = "damaged"
KEPT = 2


@dataclass(frozen=True)
class Place:
    """A place in the ledger: number and digest of an entry. ``seq`` 0 is before the first one.

    The digest tells whether the ledger is still the same one: after a restored copy of the database it is not.
    """

    seq: int = 0
    digest: str = ""


@dataclass(frozen=True)
class Saved:
    """A saved index: its folder's name, up to which place of the ledger it goes, and how many it holds.

    ``added`` counts what was added or changed since it was last made of one piece.
    """

    folder: str
    place: Place
    records: int
    added: int = 0


class Folder:
    """Where the saved indexes of one kind lie."""

    def __init__(self, name: str) -> None:
        self.name = name

    @property
    def path(self) -> Path:
        """The folder itself; it may not exist yet."""
        return Path(storages["index"].path(self.name))

    def newest(self) -> Saved | None:
        """The newest saved index, or None where there is none that this version can use."""
        try:
            told = json.loads((self.path / NEWEST).read_text(encoding="utf-8"))
            if told["format"] != FORMAT:
                return None
            return Saved(str(told["folder"]), Place(**told["place"]), int(told["records"]), int(told["added"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None  # whatever it is, it names no index; the worker builds one

    def fresh(self) -> Path:
        """A new folder's path for the next index; the room closes it to others."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        numbers = [int(each.name) for each in self.path.iterdir() if each.name.isdigit()]
        return self.path / f"{max(numbers, default=0) + 1:06}"

    def name_newest(self, saved: Saved) -> None:
        """Name ``saved`` as the newest, whole or not at all, and remove what nobody opens any more."""
        beside = self.path / f".{NEWEST}-{os.getpid()}"
        beside.write_text(json.dumps({"format": FORMAT, **asdict(saved)}), encoding="utf-8")
        beside.replace(self.path / NEWEST)
        (self.path / DAMAGED).unlink(missing_ok=True)
        old = sorted(each for each in self.path.iterdir() if each.name.isdigit() and each.name < saved.folder)
        for folder in old[: -KEPT + 1]:
            shutil.rmtree(folder, ignore_errors=True)

    def report_damage(self) -> None:
        """Ask the worker to build the index anew: this process could not open it."""
        if self.path.exists():
            (self.path / DAMAGED).touch()

    def is_damaged(self) -> bool:
        """Whether some process could not open the newest index."""
        return (self.path / DAMAGED).exists()
