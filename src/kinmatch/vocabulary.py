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
        """Return the numbers of the values that may agree with ``value`` better than "different", equal keys first."""
        probes = self.comparator.probes(value)
        found = dict.fromkeys(number for key in probes for number in self.filed.get(key, ()))
        fuzzy = [key for key in probes if self.comparator.FUZZY and key.isupper() and allowed(key)]
        for close in self._close_keys(fuzzy):
            found |= dict.fromkeys(self.filed[close])
        return list(found)[:MOST_NEAR]

    def settled(self, value: str) -> Iterator[tuple[str, list[int]]]:
        """Yield level codes with the values that are all at that level, unless ``near`` finds them too."""
        rule = getattr(self.comparator, "settled", None)
        for key, code in (rule(value) if rule else {}).items():
            if key in self.filed:
                yield code, self.filed[key]

    def _close_keys(self, keys: list[str]) -> list[str]:
        """The known keys within the letters allowed of any of ``keys``, compared in one sweep."""
        lengths = {len(key) + longer for key in keys for longer in range(-allowed(key), allowed(key) + 1)}
        choices: list[str] = []
        for length in sorted(lengths):
            choices += self.by_length.get(length, ())
        if not choices:
            return []
        reach = np.array([allowed(key) for key in keys], dtype=np.uint8)
        apart = cdist(keys, choices, scorer=OSA.distance, score_cutoff=int(reach.max()), dtype=np.uint8)
        near = np.flatnonzero((apart <= reach[:, None]).any(axis=0))
        return [choices[at] for at in near]
