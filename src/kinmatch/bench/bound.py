"""What no engine can surpass on these enquiries: how often the truth alone fits what was asked, however it is spelt.

Whoever read every spelling without error would still have to choose between all who bear the name and the other facts
given. This counts them, by the numbers of the invented people behind the texts; where a record leaves a fact out, it
fits only as well as a stranger's would by chance. Slips of the pen and of memory are passed over, so the figure is an
upper bound; ties are broken by lot.
"""

from functools import cache

import numpy as np
from numpy.typing import NDArray

from kinmatch.bench import world
from kinmatch.bench.generate import PRESENT, Enquiries, Registry
from kinmatch.bench.world import Flags, Ints

TEN = 10


def possible(known: Registry, asked: Enquiries, *, most: int) -> dict[str, float]:
    """Return the highest recall at 1 and at 10 that is possible over the first ``most`` enquiries."""
    people = known.people
    name = (people.surname.astype(np.int64) * 1000 + people.given) * 2 + people.woman
    order = np.argsort(name, kind="stable")
    starts = name[order]
    first: list[float] = []
    ten: list[float] = []
    for enquiry in np.flatnonzero(asked.kind[:most] == PRESENT).tolist():
        record = int(asked.record[enquiry])
        begin, end = np.searchsorted(starts, [name[record], name[record] + 1])
        fit = _fit(known, asked, order[begin:end], enquiry)
        own = fit[order[begin:end] == record][0]
        better, ties = int((fit > own + 1e-9).sum()), int((np.abs(fit - own) <= 1e-9).sum())
        first.append(1.0 / ties if better == 0 else 0.0)
        ten.append(min(1.0, max(0.0, (TEN - better) / ties)))
    return {
        f"recall_at_{count}": round(sum(found) / max(1, len(found)), 4) for count, found in ((1, first), (TEN, ten))
    }


def _fit(known: Registry, asked: Enquiries, rows: NDArray[np.integer], enquiry: int) -> NDArray[np.float64]:
    """How well each record of the same name fits the other facts asked, as the logarithm of a likelihood."""
    people, record = known.people, int(asked.record[enquiry])
    fit = np.zeros(len(rows))
    texts = {name: column[enquiry] for name, column in asked.table.columns.items()}
    if texts.get("birth_date"):
        fit += np.log(np.where(_same_birth(known, asked, rows, enquiry), 1.0, 1e-9))
    if not asked.slices["no patronymic"][enquiry] or texts.get("father"):
        fit += _agree(known, rows, "patronymic", people.father[rows] == people.father[record], "fathers")
    if texts.get("birth_place"):
        fit += _agree(known, rows, "birth_place", people.place[rows] == people.place[record], "places")
    if texts.get("unit"):
        fit += _agree(known, rows, "unit", people.unit[rows] == people.unit[record], "")
    return fit


@cache
def _years() -> Ints:
    """The year of each day of the world. Shape: (days,)."""
    return world.DAYS.astype("datetime64[Y]").astype(np.int32)


def _same_birth(known: Registry, asked: Enquiries, rows: NDArray[np.integer], enquiry: int) -> Flags:
    """Which records were born on the day asked, or in the year where only that is known."""
    born: Ints = known.people.born
    own = int(born[asked.record[enquiry]])
    years = _years()
    if asked.slices["year alone"][enquiry]:
        return np.asarray(years[born[rows]] == years[own])
    if "~" in asked.table.columns["birth_date"][enquiry]:
        return np.asarray(np.abs(years[born[rows]] - years[own]) <= 2)
    day_known = np.array([len(known.table.columns["birth_date"][row]) > 4 for row in rows])
    return np.asarray(np.where(day_known, born[rows] == own, years[born[rows]] == years[own]))


def _agree(known: Registry, rows: NDArray[np.integer], fact: str, same: Flags, lot: str) -> NDArray[np.float64]:
    """Certain where the record gives the fact; by chance where it does not."""
    given = np.array([bool(known.table.columns[fact][row]) for row in rows])
    chance = float((np.diff(world.lot(lot).steps, prepend=0.0) ** 2).sum()) if lot else 1 / (world.UNITS * 3)
    return np.log(np.where(given, np.where(same, 1.0, 1e-9), chance))
