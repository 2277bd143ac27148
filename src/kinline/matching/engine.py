"""The registry as the matching engine searches it: one index a process, kept up to date by looking at what changed.

Nothing here decides anything: it answers which records could be the person sought, and why.
"""

import threading
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max

from kinline.registry import queries as registry
from kinline.registry.models import Record
from kinmatch import Index
from kinrules.states.captive_record import WITHDRAWN

VERSION = "kinmatch-1"
"""Kept with every proposal, so that a decision can be replayed on the engine that proposed it."""


@dataclass(frozen=True)
class _Stamp:
    """What the registry looked like when the index was last brought up to date."""

    records: int
    changed_at: datetime | None


class _Shelf:
    """Holds the index of this process and renews it under a lock."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.index: Index | None = None
        self.stamp = _Stamp(0, None)

    def current(self) -> Index:
        with self.lock:
            stamp = _stamp()
            if self.index is None:
                self.index = Index.build(registry.persons_for_index())
            elif stamp != self.stamp:
                self._renew(self.index)
            self.stamp = stamp
            return self.index

    def _renew(self, index: Index) -> None:
        since = self.stamp.changed_at
        gone = Record.objects.filter(state=WITHDRAWN)
        if since is not None:
            gone = gone.filter(changed_at__gte=since)
        index.remove([str(key) for key in gone.values_list("pk", flat=True)])
        index.add(registry.persons_for_index(changed_since=since))


_SHELF = _Shelf()


def index() -> Index:
    """The index over the whole registry as it stands now; the first call in a process builds it."""
    return _SHELF.current()


def forget() -> None:
    """Drop the index of this process; the next call builds it anew. For a restored database, and for tests."""
    with _SHELF.lock:
        _SHELF.index = None


def _stamp() -> _Stamp:
    seen = Record.objects.aggregate(records=Count("pk"), changed_at=Max("changed_at"))
    return _Stamp(seen["records"], seen["changed_at"])
