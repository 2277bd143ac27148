"""An invented list in which some persons stand twice, as lists put together from several sources do.

Half of the second records come from another register, written by another hand; half from what a family told, with the
slips and gaps of an enquiry. Some persons also have a brother or a sister in the list: whoever joins those is wrong.
"""

from dataclasses import dataclass

import numpy as np

from kinmatch.bench.generate import BROTHER, asked, recorders, records, relatives
from kinmatch.bench.spell import HABITS, Hands
from kinmatch.bench.world import Flags, Ints, people
from kinmatch.table import Table

TWICE = 0.10  # of persons: recorded twice
BROTHERS = 0.02  # of persons: a brother or sister is recorded too
OTHER_LANGUAGE = 0.30
LATIN = 0.35


@dataclass(frozen=True)
class Doubled:
    """The list, and the rows that are one person. Shape of ``pairs``: (pairs, 2)."""

    table: Table
    pairs: Ints


def doubled(count: int, seed: int) -> Doubled:
    """Return a list of ``count`` records; ids are r0, r1, ..., in no order that tells who is whose double."""
    random = np.random.default_rng(seed)
    persons = round(count / (1 + TWICE + BROTHERS))
    brothers = round(persons * BROTHERS)
    twice = count - persons - brothers
    recorded = people(random, persons)
    of_brothers, of_twice = random.integers(0, persons, brothers), random.permutation(persons)[:twice].astype(np.int32)
    kin = relatives(recorded.take(of_brothers), people(random, brothers), random, np.full(brothers, BROTHER))
    first = recorders(random, persons)
    half = twice // 2
    told = of_twice[half:]
    slices: dict[str, Flags] = {}
    parts = (
        records(recorded, first, random),
        records(kin, recorders(random, brothers), random),
        records(recorded.take(of_twice[:half]), recorders(random, half), random),
        asked(recorded.take(told), _families(random, first[told]), random, slices, whole=0.0),
    )
    table = Table([], {})
    for columns in parts:
        table = table.and_then(Table([""] * len(columns["surname"]), columns))
    return _shuffled(table, of_twice, random)


def _families(random: np.random.Generator, first: Hands) -> Hands:
    count = len(first.language)
    other, latin = random.random(count) < OTHER_LANGUAGE, random.random(count) < LATIN
    habit = np.where(latin, random.integers(1, len(HABITS) + 1, count), 0).astype(np.int32)
    return Hands(language=np.where(other, 1 - first.language, first.language), habit=habit)


def _shuffled(table: Table, of_twice: Ints, random: np.random.Generator) -> Doubled:
    """The list in another order; the second records stood last, in the order of ``of_twice``."""
    order = random.permutation(len(table))
    place = np.argsort(order).astype(np.int32)
    shuffled = table.take(order.tolist())
    shuffled.ids = [f"r{number}" for number in range(len(table))]
    seconds = np.arange(len(table) - len(of_twice), len(table))
    return Doubled(shuffled, np.sort(np.stack([place[of_twice], place[seconds]], axis=1), axis=1))
