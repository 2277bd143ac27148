"""How often each level of agreement is met: for one person, for relatives and namesakes, and by chance.

Source: weights.toml, which names the bench run its numbers come from.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import log2

KINDS = ("brother", "parent", "namesake")
LEAST = 1e-4
TRUST = 200  # records the default tables are worth: a registry of ten says little about how common a name is


@dataclass(frozen=True)
class Row:
    """Shares (0 to 1) of pairs at one level of one fact, under each hypothesis."""

    person: float
    brother: float
    parent: float
    namesake: float
    chance: float


@dataclass(frozen=True)
class Weights:
    """The whole table, and how likely each hypothesis is before anything is compared."""

    run: str
    present: float
    relative: float
    absent: float
    kinds: dict[str, float]
    frequency_fields: frozenset[str]
    rows: dict[tuple[str, str], Row]

    def weight(self, field: str, row: str, *, chance: float | None = None) -> float:
        """Return what this level is worth, in log2 units; ``chance`` is its share in this registry if known."""
        entry = self.rows[field, row]
        usual = entry.chance if chance is None or field not in self.frequency_fields else chance
        return log2(max(entry.person, LEAST) / max(usual, 1e-9))

    def shrunk(self, field: str, row: str, count: int, known: int) -> float:
        """Return ``count`` / ``known``, drawn towards the default table where the registry is small."""
        return (count + TRUST * self.rows[field, row].chance) / (known + TRUST)

    def kin_weight(self, field: str, row: str, *, kind: str, chance: float | None = None) -> float:
        """Return the same for a relative or namesake of one ``kind``."""
        entry = self.rows[field, row]
        usual = entry.chance if chance is None or field not in self.frequency_fields else chance
        return log2(max(float(getattr(entry, kind)), LEAST) / max(usual, 1e-9))


@cache
def default_weights() -> Weights:
    """Return the weights that come with the package."""
    return read_weights((files("kinmatch") / "weights.toml").read_text(encoding="utf-8"))


def read_weights(text: str) -> Weights:
    """Return the weights written in a TOML text of the form of weights.toml.

    Raises:
        tomllib.TOMLDecodeError, KeyError, TypeError: the text has not that form.
    """
    read = tomllib.loads(text)
    prior = read["prior"]
    rows = {(field, row): Row(**shares) for field, table in read["levels"].items() for row, shares in table.items()}
    return Weights(
        run=read["run"],
        present=prior["present"],
        relative=prior["relative"],
        absent=prior["absent"],
        kinds={kind: prior[kind] for kind in KINDS},
        frequency_fields=frozenset(read["frequency_fields"]),
        rows=rows,
    )
