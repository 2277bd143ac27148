"""The distinct values of one fact in a registry, and which of them are near a value sought.

A fuzzy vocabulary instead of fuzzy records: a registry has few distinct family names, and each is compared once a
query.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import OSA
from rapidfuzz.process import cdist

from kinmatch.compare import Comparator
from kinmatch.nearness import allowed

Ids = NDArray[np.int32]
MOST_NEAR = 3000  # values compared letter by letter for one value sought; reached only by one-letter names


@dataclass
class Vocabulary:
    """Values by number, 0 being "not given"; ``filed`` maps a key to the numbers of the values under it.

    Skeleton keys (upper case) are also held by length, for the search with a letter or two wrong.
    """

    comparator: Comparator
    values: list[str] = field(default_factory=lambda: [""])
    numbers: dict[str, int] = field(default_factory=lambda: {"": 0})
    filed: dict[str, list[int]] = field(default_factory=dict)
    by_length: dict[int, list[str]] = field(default_factory=dict)

    def number(self, value: str) -> int:
        """Return the number of ``value``, taking it up if it is new."""
        known = self.numbers.get(value)
        if known is not None:
            return known
        return self.take_up(value, self.comparator.keys(value))

    def take_up(self, value: str, keys: Iterable[str]) -> int:
        """Add a new value with its keys and return its number."""
        new = len(self.values)
        self.values.append(value)
        self.numbers[value] = new
        for key in keys:
            if key not in self.filed:
                self.filed[key] = []
                if self.comparator.FUZZY and key.isupper():
                    self.by_length.setdefault(len(key), []).append(key)
            self.filed[key].append(new)
        return new

    def near(self, value: str) -> list[int]:
        """Return the numbers of the values that may agree with ``value`` better than "different", nearest first."""
        probes = self.comparator.probes(value)
        found = dict.fromkeys(number for key in probes for number in self.filed.get(key, ()))
        if self.comparator.FUZZY:
            for key in probes:
                if key.isupper() and allowed(key):
                    found |= dict.fromkeys(number for close in self._close_keys(key) for number in self.filed[close])
        return list(found)[:MOST_NEAR]

    def settled(self, value: str) -> Iterator[tuple[str, list[int]]]:
        """Yield level codes with the values that are all at that level, unless ``near`` finds them too."""
        rule = getattr(self.comparator, "settled", None)
        for key, code in (rule(value) if rule else {}).items():
            if key in self.filed:
                yield code, self.filed[key]

    def _close_keys(self, key: str) -> list[str]:
        reach = allowed(key)
        choices: list[str] = []
        for length in range(len(key) - reach, len(key) + reach + 1):
            choices += self.by_length.get(length, ())
        if not choices:
            return []
        apart = cdist([key], choices, scorer=OSA.distance, score_cutoff=reach, dtype=np.uint8)[0]
        order = np.flatnonzero(apart <= reach)
        return [choices[at] for at in order[np.argsort(apart[order], kind="stable")]]
