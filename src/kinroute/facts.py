"""The facts a plan rests on: places, crossings and what is known of them, legs, rules of entry, closed airspace.

Each is a CSV file; every row that says something of the world has its source and the day it was last checked. Legs
without a sourced time are reckoned by great circle times 1.25 and marked as estimates.
"""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TypeVar

from kinroute.faults import FaultyFacts
from kinroute.spans import ALWAYS, Span, day_of

MODES = ("foot", "bus", "car", "train", "ferry", "air", "truck")
STATUSES = ("open", "restricted", "humanitarian", "suspended", "closed")
PASSABLE = frozenset({"open", "restricted", "humanitarian"})
EFFECTS = ("exceptional", "refused", "visa")
ALL = "all"
Row = Mapping[str, str]
Fact = TypeVar("Fact")


@dataclass(frozen=True)
class Place:
    """A town, or one side of a crossing. ``also`` are its names in other languages."""

    name: str
    kind: str
    country: str
    latitude: float
    longitude: float
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Crossing:
    """Two sides of a border that face each other."""

    name: str
    one: str
    other: str


@dataclass(frozen=True)
class Status:
    """What a source says of one crossing, or of every crossing of one border, for some modes and a span of time.

    ``who`` are the citizens for whom alone it is passable, none where it is for all; ``toward`` is the country into
    which alone it holds, or "".
    """

    about: str
    modes: tuple[str, ...]
    status: str
    who: tuple[str, ...]
    toward: str
    span: Span
    hours: str
    papers: str
    source: str
    checked: date
    note: str

    def covers(self, mode: str) -> bool:
        """Return whether the row says anything of ``mode``."""
        return ALL in self.modes or mode in self.modes


@dataclass(frozen=True)
class Rule:
    """What a country asks of citizens of another who enter it, anywhere (``UA``) or from one neighbour (``PL-RU``)."""

    citizens: str
    where: str
    span: Span
    effect: str
    exceptions: frozenset[str]
    papers: str
    source: str
    checked: date
    says: str

    def concerns(self, *, citizenship: str, out_of: str, into: str) -> bool:
        """Return whether the rule is asked of such a traveller on such a border."""
        return citizenship == self.citizens and citizenship != into and self.where in (into, f"{into}-{out_of}")


@dataclass(frozen=True)
class Leg:
    """A part of a way in one vehicle, or on foot; with ``crossing`` it leads over a border. Goes both ways.

    ``hours`` (least, most) is None where no source tells them.
    """

    origin: str
    destination: str
    mode: str
    crossing: str
    hours: tuple[float, float] | None
    km: float | None
    span: Span
    source: str
    checked: date | None


@dataclass(frozen=True)
class Queue:
    """How long people waited at a crossing."""

    crossing: str
    span: Span
    hours: tuple[float, float]
    source: str


@dataclass(frozen=True)
class Airspace:
    """A country over which no passengers fly."""

    country: str
    span: Span
    source: str
    checked: date
    says: str


@dataclass(frozen=True, eq=False)
class Facts:
    """All facts of one folder."""

    places: Mapping[str, Place]
    crossings: Mapping[str, Crossing]
    statuses: tuple[Status, ...]
    rules: tuple[Rule, ...]
    legs: tuple[Leg, ...]
    queues: tuple[Queue, ...]
    airspaces: tuple[Airspace, ...]

    @classmethod
    def read(cls, folder: Traversable) -> "Facts":
        """Read the seven files of a folder.

        Raises:
            FaultyFacts: a file or a column is missing, or a row cannot be used.
        """
        places = {place.name: place for place in _rows(folder, "places", _place)}
        crossings = {crossing.name: crossing for crossing in _rows(folder, "crossings", _crossing)}
        return cls(
            places,
            crossings,
            tuple(_rows(folder, "statuses", _status)),
            tuple(_rows(folder, "rules", _rule)),
            tuple(_rows(folder, "legs", _leg)),
            tuple(_rows(folder, "queues", _queue)),
            tuple(_rows(folder, "airspaces", _airspace)),
        )

    @cached_property
    def statuses_of(self) -> Mapping[str, tuple[Status, ...]]:
        """What is said of each crossing or border, by its name."""
        found: dict[str, tuple[Status, ...]] = {}
        for status in self.statuses:
            found[status.about] = (*found.get(status.about, ()), status)
        return found

    @cached_property
    def first_day(self) -> date | None:
        """The first day of which a source tells anything of a crossing; None where all spans are open."""
        begun = [status.span.start for status in self.statuses if status.span.start != ALWAYS]
        return day_of(min(begun)) if begun else None

    def border_of(self, crossing: Crossing) -> str:
        """Return the two countries of a crossing in the order of the alphabet, as ``PL-RU``; "" if one is unknown."""
        sides = [self.places[side].country for side in (crossing.one, crossing.other) if side in self.places]
        return "-".join(sorted(sides)) if len(sides) == len({crossing.one, crossing.other}) else ""


@cache
def shipped() -> Facts:
    """Return the facts that come with this package."""
    return Facts.read(resources.files("kinroute") / "data")


def _rows(folder: Traversable, name: str, made: Callable[[Row], Fact]) -> Iterator[Fact]:
    file = f"{name}.csv"
    try:
        text = (folder / file).read_text(encoding="utf-8")
    except OSError as error:
        raise FaultyFacts(file, 0, f"cannot be read ({error}); the folder needs all seven files") from error
    for line, row in enumerate(csv.DictReader(text.splitlines()), 2):
        try:
            yield made(row)
        except (KeyError, ValueError, AttributeError) as error:
            raise FaultyFacts(file, line, f"{error}; mend the row or take it out") from error


def _place(row: Row) -> Place:
    also = tuple(name for name in row["also"].split(";") if name)
    return Place(row["place"], row["kind"], row["country"], float(row["latitude"]), float(row["longitude"]), also)


def _crossing(row: Row) -> Crossing:
    return Crossing(row["crossing"], row["one"], row["other"])


def _status(row: Row) -> Status:
    modes = tuple(_one_of(mode, (*MODES, ALL)) for mode in row["modes"].split(";"))
    return Status(
        row["crossing"],
        modes,
        _one_of(row["status"], STATUSES),
        tuple(country for country in row["who"].split(";") if country),
        row["toward"],
        Span.read(row["from"], row["to"]),
        row["hours"],
        row["papers"],
        row["source"],
        date.fromisoformat(row["checked"]),
        row["note"],
    )


def _rule(row: Row) -> Rule:
    return Rule(
        row["citizens"],
        row["where"],
        Span.read(row["from"], row["to"]),
        _one_of(row["effect"], EFFECTS),
        frozenset(word for word in row["exceptions"].split(";") if word),
        row["papers"],
        row["source"],
        date.fromisoformat(row["checked"]),
        row["says"],
    )


def _leg(row: Row) -> Leg:
    return Leg(
        row["origin"],
        row["destination"],
        _one_of(row["mode"], MODES),
        row["crossing"],
        _hours(row["hours_least"], row["hours_most"]),
        float(row["km"]) if row["km"] else None,
        Span.read(row["from"], row["to"]),
        row["source"],
        date.fromisoformat(row["checked"]) if row["checked"] else None,
    )


def _queue(row: Row) -> Queue:
    hours = _hours(row["hours_least"], row["hours_most"])
    if hours is None:
        raise ValueError("a queue without hours says nothing")
    return Queue(row["crossing"], Span.read(row["from"], row["to"]), hours, row["source"])


def _airspace(row: Row) -> Airspace:
    span = Span.read(row["from"], row["to"])
    return Airspace(row["country"], span, row["source"], date.fromisoformat(row["checked"]), row["says"])


def _hours(least: str, most: str) -> tuple[float, float] | None:
    """Two figures; where only the most is known, it is both."""
    if not most:
        return None
    longest = float(most)
    shortest = float(least) if least else longest
    if not 0 <= shortest <= longest:
        raise ValueError(f"hours from {least} to {most} are none")
    return shortest, longest


def _one_of(word: str, known: tuple[str, ...]) -> str:
    if word not in known:
        raise ValueError(f"{word!r} is none of {', '.join(known)}")
    return word
