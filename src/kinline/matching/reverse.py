"""The search the other way round: which open cases might a new record be? Those alone are searched in full.

A record is put before a reader when its probability reaches ``LEAST_LIKELY``. The probability of a record among N is at
most present / N * 2^S / absent, S being the sum of its weights, whatever else is recorded; so S must reach
log2(LEAST_LIKELY * N * absent / present). The same facts compared the other way round agree at the same levels. What
differs is how common they are: counted among the persons recorded there, among the persons sought here. Where a value
is met once on both sides, that differs by log2(N / cases) bits; ``MARGIN`` allows for the rest. A name that a search
would read in two ways is filed in both (``every_reading``). Cases below are left out, and every night all open cases
are searched whole, which finds what this left out and counts it.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from math import log2
from typing import TYPE_CHECKING

from kinmatch import Hit, Name, Person
from kinmatch.form import asked_forms
from kinmatch.weights import Weights

if TYPE_CHECKING:
    from kinmatch import Index

LEAST_LIKELY = 0.02
"""Records less likely than this are not put before a reader; the why-not view shows any of them on request."""
MARGIN = 2.0
FIRST_LOOK, LONGER = 32, 8


def every_reading(person: Person) -> Person:
    """The person sought with every reading of the name that a search would try, so that a record finds any of them."""
    read = [
        Name(surname=form["surname"], given=form["given"], patronymic=form["patronymic"])
        for form in asked_forms(person)
    ]
    return replace(person, also=(*person.also, *read))


def least_score(weights: Weights, *, records: int, cases: int) -> float:
    """The sum of weights, in bits, from which a case is searched in full for a record found near it."""
    least = LEAST_LIKELY * max(records, 1) * weights.absent / weights.present
    fewer_cases = max(0.0, log2(max(records, 1) / max(cases, 1)))
    return log2(least) - fewer_cases - MARGIN


def near(
    cases: "Index", fresh: Sequence[Person], *, weights: Weights, records: int, progress: Callable[[int, int], None]
) -> set[str]:
    """Ids of the cases that one of the ``fresh`` records might be. ``records`` is how many the register holds."""
    least = least_score(weights, records=records, cases=len(cases))
    found: set[str] = set()
    for done, person in enumerate(fresh, 1):
        found.update(hit.record for hit in _above(cases, person, least))
        progress(done, len(fresh))
    return found


def _above(cases: "Index", person: Person, least: float) -> Iterator[Hit]:
    """All cases at or above the score; more are asked for while the last one still is."""
    limit = FIRST_LOOK
    hits = cases.search(person, limit=limit, thorough=True)
    while len(hits) == limit and hits[-1].score >= least:
        limit *= LONGER
        hits = cases.search(person, limit=limit, thorough=True)
    return (hit for hit in hits if hit.score >= least)
