"""Places joined by legs and crossings, and what each costs on a day for a traveller: first risks, then hours."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

import networkx as nx

from kinroute.distance import estimated_hours
from kinroute.facts import Crossing, Facts, Leg, Queue
from kinroute.standing import Standing, standing
from kinroute.traveller import Traveller

A_RISK = 10_000.0
"""Hours that a risk weighs: more than any journey takes, so that no time saved makes up for one."""
WAIT_NOT_TOLD = 12.0
"""Hours that a wait of which nobody tells weighs in choosing; it is never shown as a figure."""
BY_CROSSING = ("foot", "bus", "car", "train", "ferry")
Cost = float


class Option(NamedTuple):
    """One means of getting from a place to the next: a leg, a crossing, or a leg that leads over a crossing."""

    mode: str
    leg: Leg | None
    crossing: Crossing | None


@dataclass(frozen=True)
class Step:
    """One part of a journey.

    Attributes:
        hours: least and most, the wait at the border with them where one is known.
        estimated: whether the hours are no source's, but reckoned from the distance.
        queue: how long people waited at the crossing that day, where a source tells it.
        standing: how the crossing stands, where there is one.
        source, checked: of the leg; "" and None where nothing but an estimate tells of it.
    """

    origin: str
    destination: str
    mode: str
    hours: tuple[float, float]
    estimated: bool
    crossing: str = ""
    standing: Standing | None = None
    queue: Queue | None = None
    source: str = ""
    checked: date | None = None

    @property
    def confirmed(self) -> date | None:
        """The day on which what this part rests on was last checked: the older of leg and crossing."""
        known = [day for day in (self.checked, self.standing.confirmed if self.standing else None) if day]
        return min(known, default=None)

    @property
    def passable(self) -> bool:
        """Whether the traveller may try this part."""
        return self.standing is None or self.standing.passable

    @property
    def cost(self) -> Cost:
        """What choosing weighs: risks before time."""
        if self.standing is None:
            return self.hours[1]
        return self.standing.risks * A_RISK + self.hours[1] + (0.0 if self.queue else WAIT_NOT_TOLD)


@lru_cache(maxsize=8)
def graph(facts: Facts) -> "nx.DiGraph[str]":
    """Return all places joined by all options, whatever is open."""
    joined: nx.DiGraph[str] = nx.DiGraph()
    joined.add_nodes_from(facts.places)
    for origin, destination, option in _options(facts):
        if joined.has_edge(origin, destination):
            joined[origin][destination]["options"].append(option)
        else:
            joined.add_edge(origin, destination, options=[option])
    return joined


def _options(facts: Facts) -> Iterator[tuple[str, str, Option]]:
    for leg in facts.legs:
        option = Option(leg.mode, leg, facts.crossings.get(leg.crossing))
        yield leg.origin, leg.destination, option
        yield leg.destination, leg.origin, option
    for crossing in facts.crossings.values():
        for mode in BY_CROSSING:
            yield crossing.one, crossing.other, Option(mode, None, crossing)
            yield crossing.other, crossing.one, Option(mode, None, crossing)


@dataclass
class Day:
    """The network on one day for one traveller. What it finds out about a border it remembers."""

    facts: Facts
    on: date
    traveller: Traveller
    _standings: dict[tuple[str, str, str], Standing] = field(default_factory=dict)
    _queues: dict[str, Queue | None] = field(default_factory=dict)

    def best(self, origin: str, destination: str, options: list[Option], *, even_shut: bool = False) -> Step | None:
        """Return the step of least cost by one of ``options``; None where none is passable that day."""
        steps = [step for option in options if (step := self.step(origin, destination, option))]
        return min((step for step in steps if even_shut or step.passable), key=_shut_last, default=None)

    def step(self, origin: str, destination: str, option: Option) -> Step | None:
        """Return one step as it is that day; None where nothing is known of its leg that day."""
        mode, leg, crossing = option
        if leg is not None and not leg.span.touches(self.on):
            return None
        standing_there = self.standing(crossing, mode, origin=origin) if crossing else None
        known = leg.hours if leg else None
        places = self.facts.places
        if known is None:
            hours = estimated_hours(places[origin], places[destination], mode, km=leg.km if leg else None)
            known = (hours, hours)
        queue = self.queue(crossing.name) if crossing else None
        wait = queue.hours if queue else (0.0, 0.0)
        return Step(
            origin,
            destination,
            mode,
            (known[0] + wait[0], known[1] + wait[1]),
            estimated=not (leg and leg.hours),
            crossing=crossing.name if crossing else "",
            standing=standing_there,
            queue=queue,
            source=leg.source if leg else "",
            checked=leg.checked if leg else None,
        )

    def standing(self, crossing: Crossing, mode: str, *, origin: str) -> Standing:
        """Return how a crossing stands for whoever comes from the side on which ``origin`` lies."""
        places = self.facts.places
        sides = [places[crossing.one].country, places[crossing.other].country]
        out_of, into = sides if self._first_side(origin, sides) else sides[::-1]
        key = crossing.name, mode, into
        if key not in self._standings:
            self._standings[key] = standing(
                self.facts, crossing, mode, out_of=out_of, into=into, on=self.on, traveller=self.traveller
            )
        return self._standings[key]

    def _first_side(self, origin: str, sides: list[str]) -> bool:
        return self.facts.places[origin].country == sides[0]

    def queue(self, crossing: str) -> Queue | None:
        """Return what is known of the wait at a crossing that day."""
        if crossing not in self._queues:
            told = (one for one in self.facts.queues if one.crossing == crossing and one.span.touches(self.on))
            self._queues[crossing] = next(told, None)
        return self._queues[crossing]

    def weight(self, *, backwards: bool = False) -> Callable[[str, str, dict[str, Any]], Cost | None]:
        """Return what an edge costs, or None where it is shut, as the search asks for it."""

        def cost(start: str, end: str, edge: dict[str, Any]) -> Cost | None:
            origin, destination = (end, start) if backwards else (start, end)
            step = self.best(origin, destination, edge["options"])
            return step.cost if step else None

        return cost

    def weight_even_shut(self, start: str, end: str, edge: dict[str, Any]) -> Cost | None:
        """The same for a search that asks what would have to open: a shut part costs more than any risks."""
        step = self.best(start, end, edge["options"], even_shut=True)
        return None if step is None else step.cost + (0.0 if step.passable else 100 * A_RISK)


def _shut_last(step: Step) -> tuple[bool, Cost]:
    return not step.passable, step.cost
