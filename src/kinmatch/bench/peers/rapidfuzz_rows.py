"""rapidfuzz over every row: the sorted words of the name compared letter by letter, and a bonus for the birth date."""

from typing import Any

import numpy as np
import rapidfuzz
from rapidfuzz.fuzz import token_sort_ratio
from rapidfuzz.process import cdist

from kinmatch.bench.peers import Ranked
from kinmatch.bench.plain import Side

SAME_DAY, SAME_YEAR = 15.0, 5.0  # points beside the 100 of the name
FEWEST = 10


class RapidfuzzRows:
    """Every row is compared; nothing can be missed but by the measure itself."""

    NAME = "rapidfuzz, every row"
    PROBABILITIES = False
    MOST = 200
    BUILD_S, QUERY_MS = 3.0, 400.0
    server = 0

    def build(self, records: Side) -> None:
        """Put the words of each name in order once."""
        plain = records.plain
        self.ids = records.table.ids
        self.names = [" ".join(sorted(plain.name(row).split())) for row in range(len(self.ids))]
        self.born = np.array(plain.born, dtype="S10")
        self.year = np.array(plain.year, dtype="S4")

    def question(self, asked: Side, row: int) -> tuple[str, bytes, bytes]:
        """Return name, day and year."""
        plain = asked.plain
        return plain.name(row), plain.born[row].encode(), plain.year[row].encode()

    def search(self, question: tuple[str, bytes, bytes]) -> Ranked:
        """Compare with every row."""
        name, born, year = question
        score: np.ndarray[Any, np.dtype[np.float32]] = cdist(
            [name], self.names, scorer=token_sort_ratio, dtype=np.float32, workers=1
        )[0]
        if born:
            score += SAME_DAY * (self.born == born)
        elif year:
            score += SAME_YEAR * (self.year == year)
        best = np.argpartition(-score, min(FEWEST, len(score) - 1))[:FEWEST]
        best = best[np.argsort(-score[best], kind="stable")]
        return [(self.ids[row], float(score[row])) for row in best.tolist()]

    def size(self) -> int:
        """Return the bytes of names and dates."""
        return sum(map(len, self.names)) + self.born.nbytes + self.year.nbytes

    def version(self) -> str:
        """Return the version of the package."""
        return rapidfuzz.__version__

    def close(self) -> None:
        """Nothing was started."""


SEARCHERS = (RapidfuzzRows,)
