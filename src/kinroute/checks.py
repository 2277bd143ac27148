"""What is wrong with a folder of facts before anybody rests a journey on it.

A fault makes a plan wrong or impossible; a gap is something that nobody has told yet.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import networkx as nx

from kinroute.facts import Facts, Status
from kinroute.network import graph
from kinroute.spans import day_of
from kinroute.standing import contradictions


@dataclass(frozen=True)
class Finding:
    """One thing found. ``code`` is for the machine, ``says`` for whoever keeps the facts."""

    code: str
    says: str
    grave: bool = True


def check(facts: Facts) -> list[Finding]:
    """Return all that is wrong or missing, the grave first."""
    found = [
        *_unknown_names(facts),
        *_repeated(facts),
        *_contradicting(facts),
        *_without_source(facts),
        *_gaps(facts),
        *_untold(facts),
        *_unreachable(facts),
    ]
    return sorted(found, key=lambda one: not one.grave)


def _unknown_names(facts: Facts) -> Iterator[Finding]:
    for crossing in facts.crossings.values():
        for side in (crossing.one, crossing.other):
            if side not in facts.places:
                yield Finding("place.unknown", f"crossing {crossing.name} has the side {side}, which is no place")
    borders = {facts.border_of(crossing) for crossing in facts.crossings.values()}
    for status in facts.statuses:
        if status.about not in facts.crossings and status.about not in borders:
            yield Finding("crossing.unknown", f"a status tells of {status.about}, which is no crossing and no border")
    for leg in facts.legs:
        for end in (leg.origin, leg.destination):
            if end not in facts.places:
                yield Finding("place.unknown", f"a leg from {leg.origin} to {leg.destination} names {end}, no place")
        if leg.crossing and leg.crossing not in facts.crossings:
            yield Finding("crossing.unknown", f"a leg names {leg.crossing}, which is no crossing")


def _repeated(facts: Facts) -> Iterator[Finding]:
    pairs = Counter(frozenset((crossing.one, crossing.other)) for crossing in facts.crossings.values())
    for sides, count in pairs.items():
        if count > 1:
            yield Finding("crossing.twice", f"{count} crossings join {' and '.join(sorted(sides))}")
    names = Counter(name.casefold() for place in facts.places.values() for name in (place.name, *place.also))
    for name, count in names.items():
        if count > 1:
            yield Finding("place.twice", f"{count} places are called {name}")


def _contradicting(facts: Facts) -> Iterator[Finding]:
    for about in facts.statuses_of:
        for one, other in contradictions(facts, about):
            yield Finding(
                "status.contradiction",
                f"{about} is {one.status} ({one.source}) and {other.status} ({other.source}) at one time",
            )


def _without_source(facts: Facts) -> Iterator[Finding]:
    told: list[tuple[str, str]] = [
        *((status.source, f"{status.about} is {status.status}") for status in facts.statuses),
        *((rule.source, rule.says) for rule in facts.rules),
        *((queue.source, f"the wait at {queue.crossing}") for queue in facts.queues),
        *((airspace.source, airspace.says) for airspace in facts.airspaces),
    ]
    yield from (Finding("source.missing", f"nobody is named who says: {says}") for source, says in told if not source)
    for leg in facts.legs:
        if leg.hours and not leg.source:
            yield Finding("source.missing", f"the hours from {leg.origin} to {leg.destination} have no source")
        if not leg.hours:
            says = f"{leg.origin} to {leg.destination} by {leg.mode}: the time is an estimate by distance"
            yield Finding("leg.estimated", says, grave=False)


def _gaps(facts: Facts) -> Iterator[Finding]:
    """Days between two spans of one crossing and mode of which nobody tells anything."""
    for about, rows in facts.statuses_of.items():
        for mode in sorted({mode for row in rows for mode in row.modes if mode != "all"}):
            told = sorted((row for row in rows if row.covers(mode)), key=lambda row: row.span)
            yield from _gaps_between(about, mode, told)


def _gaps_between(about: str, mode: str, told: list[Status]) -> Iterator[Finding]:
    for one, other in pairwise(told):
        if one.span.end < other.span.start:
            says = f"{about} by {mode}: nothing is told from {day_of(one.span.end)} to {day_of(other.span.start)}"
            yield Finding("status.gap", says, grave=False)


def _untold(facts: Facts) -> Iterator[Finding]:
    for crossing in facts.crossings.values():
        if crossing.name not in facts.statuses_of:
            yield Finding("status.none", f"nothing is told of {crossing.name}; it is never offered", grave=False)


def _unreachable(facts: Facts) -> Iterator[Finding]:
    if any(finding.code == "place.unknown" for finding in _unknown_names(facts)):
        return
    towns = {place.name for place in facts.places.values() if place.kind == "town"}
    groups = list(nx.weakly_connected_components(graph(facts)))
    largest: set[str] = max(groups, key=len, default=set())
    for town in sorted(towns - largest):
        yield Finding("place.unreachable", f"no leg joins {town} to the rest")
