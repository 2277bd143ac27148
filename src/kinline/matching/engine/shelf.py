"""The indexes of this process: opened or built once, then brought up to date by what the ledger says has changed."""

import logging
import threading
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import kinmatch
from kinline.ledger import queries as ledger
from kinline.ledger.models import Entry
from kinline.matching.engine.force import in_force
from kinline.matching.engine.kernels import Progress, no_progress
from kinline.matching.engine.saved import Folder, Place, Saved
from kinline.matching.engine.sources import OpenCases, Register, Source
from kinmatch import Person
from kinmatch.weights import Weights
from kinrules.refusal import Refused

if TYPE_CHECKING:
    from kinmatch import Index

log = logging.getLogger(__name__)

SMALL = 3_000
"""Persons of whom any process builds an index by itself: it takes less time than to open a page."""
MOST_ADDED = 5_000
"""Changes since an index was saved, after which the worker saves them too."""
MERGED_FROM = 0.1
"""Share of an index that was added since it was of one piece, from which the worker makes one piece of it again."""
STEP = 1_000


class Shelf:
    """One index of this process."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.folder = Folder(source.name)
        self.lock = threading.RLock()
        self.forget()

    def forget(self) -> None:
        """Drop the index; the next call opens or builds it."""
        with self.lock:
            self._index: Index | None = None
            self._place = Place()
            self._force = ""
            self._added = 0

    def current(self, *, build: bool, progress: Progress = no_progress) -> "Index":
        """The index as the database stands now. ``build``: this process may take the time to build a large one.

        Raises:
            Refused: there is no index yet that could be opened, and this process is not to build one.
        """
        with self.lock:
            force, place = in_force(), _place()
            if self._index is not None and (self._force != force.name or not _is_in_ledger(self._place)):
                self.forget()
            index = self._index
            if index is None:
                index = self._index = self._open(force.weights) or self._build(force.weights, place, build, progress)
                self._force = force.name
            if place.seq > self._place.seq:
                self._renew(index, place)
            return index

    def with_weights(self, weights: Weights) -> "Index":
        """Another index of the same persons that weighs as ``weights`` say; for learning, and not kept."""
        with self.lock:
            self.current(build=True)
            saved = self.folder.newest()
            if saved is None or not _is_in_ledger(saved.place):
                return kinmatch.Index.build(self.source.everyone(), weights=weights)
            index = kinmatch.Index.open(self.folder.path / saved.folder, weights=weights)
            changes = self.source.changes(after=saved.place.seq, upto=self._place.seq)
            index.remove(changes.gone)
            index.add(changes.persons)
            return index

    def is_ready(self) -> bool:
        """Whether a page can search now, without building a large index first."""
        if self._index is not None:
            return True
        saved = self.folder.newest()
        opened = saved is not None and not self.folder.is_damaged() and _is_in_ledger(saved.place)
        return opened or self.source.count() <= SMALL

    def save_if_due(self, *, progress: Progress = no_progress) -> int:
        """Build, or merge and save, where that is due; for the worker. Returns how many persons the index holds."""
        with self.lock:
            if self.folder.is_damaged():
                self.forget()
            index = self.current(build=True, progress=progress)
            saved = self.folder.newest()
            missing = saved is None or not _is_in_ledger(saved.place)
            if (len(index) > SMALL and missing) or self._added > MOST_ADDED:
                index = self._index = self._save(index, None if missing else saved)
            return len(index)

    def _open(self, weights: Weights) -> "Index | None":
        saved = self.folder.newest()
        if saved is None or self.folder.is_damaged() or not _is_in_ledger(saved.place):
            return None
        try:
            opened = kinmatch.Index.open(self.folder.path / saved.folder, weights=weights)
        except kinmatch.DamagedIndex:
            # Between the naming and the opening another process may have named a newer one.
            newer = self.folder.newest()
            if newer is not None and newer != saved:
                return self._open(weights)
            log.exception("a saved index cannot be used", extra={"index": self.source.name})
            self.folder.report_damage()
            return None
        self._place, self._added = saved.place, 0
        return opened

    def _build(self, weights: Weights, place: Place, build: bool, progress: Progress) -> "Index":
        whole = self.source.count()
        if whole > SMALL and not build:
            raise Refused("match.index-building", f"the index {self.source.name} is not built yet")
        index = kinmatch.Index.build(_counted(self.source.everyone(), whole, progress), weights=weights)
        self._place, self._added = place, 0
        return self._save(index) if whole > SMALL else index

    def _save(self, index: "Index", before: Saved | None = None) -> "Index":
        """Save the index and open what was saved, which takes less memory and shares it with other processes.

        What was added is saved beside ``before``, until that is so much that one piece is made of all.
        """
        added = self._added + (before.added if before else 0)
        path = self.folder.path / before.folder if before else self.folder.fresh()
        if added > MERGED_FROM * len(index) and before:
            index.merge()
            added, path = 0, self.folder.fresh()
        index.save(path)
        self.folder.name_newest(Saved(path.name, self._place, len(index), added))
        self._added = 0
        return kinmatch.Index.open(path, weights=index.weights)

    def _renew(self, index: "Index", place: Place) -> None:
        changes = self.source.changes(after=self._place.seq, upto=place.seq)
        if len(changes):
            index.remove(changes.gone)
            index.add(changes.persons)
            self._added += len(changes)
        self._place = place


_REGISTER, _CASES = Shelf(Register()), Shelf(OpenCases())


def index(*, build: bool = False) -> "Index":
    """The index over the whole registry as it stands now. ``build``: this process may build it, as a worker does.

    Raises:
        Refused: the register is large, and the worker has not built its index yet.
    """
    return _REGISTER.current(build=build)


def cases(*, build: bool = False) -> "Index":
    """The index over all open cases as they stand now; see ``index``."""
    return _CASES.current(build=build)


def with_weights(weights: Weights) -> "Index":
    """Another index over the whole registry that weighs as ``weights`` say; for learning, and not kept."""
    return _REGISTER.with_weights(weights)


def is_ready() -> bool:
    """Whether the register can be searched now."""
    return _REGISTER.is_ready()


def renew(progress: Progress = no_progress) -> dict[str, int]:
    """Build both indexes, or merge what was added to them, where that is due. Returns how many each holds."""
    return {shelf.source.name: shelf.save_if_due(progress=progress) for shelf in (_REGISTER, _CASES)}


def forget() -> None:
    """Drop the indexes of this process; the next call opens or builds them. For tests."""
    for shelf in (_REGISTER, _CASES):
        shelf.forget()


def _place() -> Place:
    newest = ledger.last()
    return Place(newest.seq, newest.digest) if newest else Place()


def _is_in_ledger(place: Place) -> bool:
    return not place.seq or Entry.objects.filter(seq=place.seq, digest=place.digest).exists()


def _counted(persons: Iterable[Person], whole: int, progress: Progress) -> Iterator[Person]:
    done = 0
    for done, person in enumerate(persons, 1):
        yield person
        if done % STEP == 0:
            progress(done, whole)
    progress(done, whole)
