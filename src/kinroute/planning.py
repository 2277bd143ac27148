"""The best few journeys, why other ways are shut, and, where there is none, what would have to open.

A journey is best that has the fewest risks, then the least time. For every crossing the best journey over it is found
from two searches, one from each end; so the answer offers ways that differ at a border, not ways that differ in a stop.

Source: E. W. Dijkstra, A note on two problems in connexion with graphs, Numerische Mathematik 1 (1959), by networkx.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import lru_cache
from itertools import pairwise

import networkx as nx

from kinroute.distance import great_circle_km
from kinroute.facts import Airspace, Crossing, Facts, shipped
from kinroute.faults import OutsideFacts, UnknownPlace
from kinroute.network import BY_CROSSING, Day, Step, graph
from kinroute.standing import REFUSED, Standing
from kinroute.traveller import Traveller

MOST_JOURNEYS = 4
NEAR_DETOUR, NEAR_KM = 1.5, 120.0
"""A shut crossing is named where the way over it is at most so many times the direct line, and so far more."""


@dataclass(frozen=True)
class Journey:
    """A way from beginning to end."""

    steps: tuple[Step, ...]

    @property
    def crossings(self) -> tuple[str, ...]:
        """The crossings on the way, in their order."""
        return tuple(step.crossing for step in self.steps if step.crossing)

    @property
    def hours(self) -> tuple[float, float]:
        """Least and most hours of all parts; waits that nobody tells of, and changes, not counted."""
        return sum(step.hours[0] for step in self.steps), sum(step.hours[1] for step in self.steps)

    @property
    def risks(self) -> int:
        """How many things may go wrong beyond what may on any way."""
        return sum(step.standing.risks for step in self.steps if step.standing)

    @property
    def needs(self) -> tuple[str, ...]:
        """The papers to be brought."""
        return tuple(dict.fromkeys(paper for step in self.steps if step.standing for paper in step.standing.needs))


@dataclass(frozen=True)
class Answer:
    """What can be said of a journey on a day.

    Attributes:
        journeys: the best few, best first, each over other crossings; empty where there is no way.
        shut: crossings near the way that are not open to the traveller by any means, each with its standing.
        airspaces: countries on the way over which no passengers fly.
        would_open: the crossings that would have to open for a way, where there is none.
    """

    origin: str
    destination: str
    on: date
    traveller: Traveller
    journeys: tuple[Journey, ...]
    shut: tuple[Standing, ...]
    airspaces: tuple[Airspace, ...]
    would_open: tuple[str, ...] = ()


def plan(
    origin: str,
    destination: str,
    *,
    on: date,
    traveller: Traveller,
    facts: Facts | None = None,
    most: int = MOST_JOURNEYS,
) -> Answer:
    """Return the best journeys of ``traveller`` on the day ``on``.

    Raises:
        UnknownPlace: a place is not in the facts; the nearest names are told, and nothing is planned.
        OutsideFacts: the day lies before anything the facts tell of.
        Contradiction: two rows say different things of one crossing that day.
    """
    known = facts or shipped()
    start, end = find_place(origin, known), find_place(destination, known)
    _require_day(known, on)
    day = Day(known, on, traveller)
    journeys = tuple(_best_over_each_crossing(day, start, end))[:most]
    countries = {known.places[start].country, known.places[end].country}
    airspaces = tuple(one for one in known.airspaces if one.country in countries and one.span.touches(on))
    would_open = () if journeys else _would_open(day, start, end)
    shut = tuple(sorted(_shut_on_the_way(day, start, end, also=would_open), key=lambda one: one.crossing))
    return Answer(start, end, on, traveller, journeys, shut, airspaces, would_open)


def find_place(name: str, facts: Facts) -> str:
    """Return the place of this name, in any language the facts know.

    Raises:
        UnknownPlace: there is none.
    """
    known = _names(facts)
    if (found := known.get(name.strip().casefold())) is not None:
        return found
    alike = get_close_matches(name.strip().casefold(), known, n=3, cutoff=0.6)
    raise UnknownPlace(name, tuple(dict.fromkeys(known[one] for one in alike)))


@lru_cache(maxsize=8)
def _names(facts: Facts) -> dict[str, str]:
    return {name.casefold(): place.name for place in facts.places.values() for name in (*place.also, place.name)}


def _require_day(facts: Facts, on: date) -> None:
    first = facts.first_day
    if first is not None and on < first:
        raise OutsideFacts(f"the facts tell of crossings from {first} on; {on} lies before. Add what was known then.")


def _best_over_each_crossing(day: Day, start: str, end: str) -> Iterator[Journey]:
    """The best journey over each crossing, best first; the one best journey where none is crossed."""
    joined = graph(day.facts)
    before, dist = nx.dijkstra_predecessor_and_distance(joined, start, weight=day.weight())
    if end not in dist:
        return
    after, _left = nx.dijkstra_predecessor_and_distance(
        joined.reverse(copy=False), end, weight=day.weight(backwards=True)
    )
    found: dict[tuple[str, ...], tuple[float, Journey]] = {}
    for places in [_back(before, start, end), *_over_crossings(day, joined, before, after, start=start, end=end)]:
        if len(set(places)) < len(places):
            continue
        journey = _journey(day, joined, places)
        cost = sum(step.cost for step in journey.steps)
        if journey.crossings not in found or cost < found[journey.crossings][0]:
            found[journey.crossings] = cost, journey
    for _cost, journey in sorted(found.values(), key=lambda one: one[0]):
        yield journey


def _over_crossings(
    day: Day,
    joined: "nx.DiGraph[str]",
    before: dict[str, list[str]],
    after: dict[str, list[str]],
    *,
    start: str,
    end: str,
) -> Iterator[list[str]]:
    for one, other in _border_edges(day.facts):
        if one not in before or other not in after:
            continue
        if day.best(one, other, joined[one][other]["options"]) is not None:
            yield [*_back(before, start, one), *reversed(_back(after, end, other))]


@lru_cache(maxsize=8)
def _border_edges(facts: Facts) -> tuple[tuple[str, str], ...]:
    """Every pair of places between which a border is crossed, in both directions."""
    edges = {(leg.origin, leg.destination) for leg in facts.legs if leg.crossing}
    edges |= {(crossing.one, crossing.other) for crossing in facts.crossings.values()}
    return tuple(sorted(edges | {(other, one) for one, other in edges}))


def _back(before: dict[str, list[str]], start: str, end: str) -> list[str]:
    """The places from ``start`` to ``end`` as the search reached them."""
    places = [end]
    while places[-1] != start:
        places.append(before[places[-1]][0])
    return places[::-1]


def _journey(day: Day, joined: "nx.DiGraph[str]", places: list[str]) -> Journey:
    steps = (day.best(one, other, joined[one][other]["options"]) for one, other in pairwise(places))
    return Journey(tuple(step for step in steps if step is not None))


def _shut_on_the_way(day: Day, start: str, end: str, *, also: tuple[str, ...]) -> Iterator[Standing]:
    """Crossings near the direct line, or of those ``also`` named, that are open to this traveller by no means."""
    places = day.facts.places
    direct = great_circle_km(places[start], places[end])
    for crossing in day.facts.crossings.values():
        near, far = sorted(
            (places[crossing.one], places[crossing.other]), key=lambda p: great_circle_km(places[start], p)
        )
        around = great_circle_km(places[start], near) + great_circle_km(far, places[end])
        if around <= direct * NEAR_DETOUR + NEAR_KM or crossing.name in also:
            stands = _by_any_means(day, crossing, near.name)
            if not any(one.passable for one in stands):
                yield max(stands, key=lambda one: len(one.rows))


def _by_any_means(day: Day, crossing: Crossing, origin: str) -> list[Standing]:
    return [day.standing(crossing, mode, origin=origin) for mode in BY_CROSSING]


def _would_open(day: Day, start: str, end: str) -> tuple[str, ...]:
    """The shut crossings each of which alone would open a way; where one is not enough, those of the best way."""
    joined = graph(day.facts)
    before = nx.dijkstra_predecessor_and_distance(joined, start, weight=day.weight())[1]
    after = nx.dijkstra_predecessor_and_distance(joined.reverse(copy=False), end, weight=day.weight(backwards=True))[1]
    alone = {
        step.crossing
        for one, other in _border_edges(day.facts)
        if one in before and other in after
        if (step := day.best(one, other, joined[one][other]["options"], even_shut=True)) and not _refused(step)
    }
    return tuple(sorted(alone)) or _all_shut_on_the_best_way(day, start, end)


def _refused(step: Step) -> bool:
    """Whether a crossing is shut to this traveller alone: it would not help that it opened."""
    return step.standing is not None and step.standing.status == REFUSED


def _all_shut_on_the_best_way(day: Day, start: str, end: str) -> tuple[str, ...]:
    joined = graph(day.facts)
    before, dist = nx.dijkstra_predecessor_and_distance(joined, start, weight=day.weight_even_shut)
    if end not in dist:
        return ()
    steps = (
        day.best(one, other, joined[one][other]["options"], even_shut=True)
        for one, other in pairwise(_back(before, start, end))
    )
    return tuple(step.crossing for step in steps if step is not None and not step.passable)
