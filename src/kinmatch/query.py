"""One query against one registry: a table of weights for every fact, and how common each agreement is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kinmatch.columns import Columns
from kinmatch.compare import comparators, row_of
from kinmatch.form import FIELDS, Form
from kinmatch.model import Scale
from kinmatch.weights import Weights

REMEMBERED = 512


@dataclass(frozen=True)
class _Table:
    """For one value sought: the weight of every known value, and the share of records at each level."""

    weights: NDArray[np.float32]
    chance: dict[str, float]


class Query:
    """The tables for one form sought."""

    def __init__(self, form: Form, columns: Columns, weights: Weights) -> None:
        self.form = form
        self.columns = columns
        self._weights = weights
        self._tables = {field: _table(columns, weights, field, form[field]) for field in FIELDS if form[field]}
        self.scale = Scale(form, weights=weights, chance=self.chance)

    def totals(self) -> NDArray[np.float32]:
        """Return the sum of the weights of every row, in log2 units. Shape: (rows,). Facts not given count 0."""
        total = np.zeros(len(self.columns.record_of), dtype=np.float32)
        for field, table in self._tables.items():
            total += table.weights[self.columns.values[field]]
        return total

    def chance(self, field: str, row: str, sought: str) -> float | None:
        """Return the share of records that agree with the value sought at this row of the weights."""
        table = self._tables.get(field)
        return table.chance[row] if table and sought == self.form[field] else None


def _table(columns: Columns, weights: Weights, field: str, sought: str) -> _Table:
    """The table for one value, remembered until the registry changes."""
    remembered: dict[tuple[str, str], _Table] = columns.remembered(weights)
    table = remembered.get((field, sought))
    if table is None:
        if len(remembered) >= REMEMBERED:
            remembered.pop(next(iter(remembered)), None)
        table = remembered[field, sought] = _make_table(columns, weights, field, sought)
    return table


def _make_table(columns: Columns, weights: Weights, field: str, sought: str) -> _Table:
    vocabulary, comparator = columns.vocabularies[field], comparators()[field]
    counts, rows = columns.counts(field), sorted({row for row, _words in comparator.LEVELS.values()})
    level_of = np.full(len(vocabulary.values), rows.index("different"), dtype=np.int8)
    for code, numbers in vocabulary.settled(sought):
        level_of[numbers] = rows.index(row_of(field, code))
    near = vocabulary.near(sought)
    level_of[near] = [rows.index(row_of(field, comparator.level(sought, vocabulary.values[number]))) for number in near]
    mass = np.bincount(level_of[1:], weights=counts[1:], minlength=len(rows))
    known = int(counts[1:].sum())
    chance = {row: weights.shrunk(field, row, int(mass[at]), known) for at, row in enumerate(rows)}
    worth = np.array([weights.weight(field, row, chance=chance[row]) for row in rows], dtype=np.float32)
    table = worth[level_of]
    table[0] = 0.0
    return _Table(table, chance)
