"""Invented histories in custody: what befell an invented person, in the order of the captive record's moves."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from random import Random

from kinline.demo.pools import Pool
from kinrules.terms import CustodyEventKind as Kind


class Situation(StrEnum):
    """How the generator means a history to end. The registry never sees this word, only the events."""

    REPORTED = "reported"
    INTERNED = "interned"
    HOSPITALISED = "hospitalised"
    RETURNED = "returned"
    DIED_IN_CUSTODY = "died_in_custody"
    DEAD = "dead"
    MISSING = "missing"


SHARES = {
    Situation.INTERNED: 56,
    Situation.REPORTED: 9,
    Situation.HOSPITALISED: 3,
    Situation.RETURNED: 14,
    Situation.DIED_IN_CUSTODY: 1,
    Situation.DEAD: 8,
    Situation.MISSING: 9,
}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: its kind, its day, and where."""

    kind: Kind
    on: date
    place: str


@cache
def situations() -> Pool[Situation]:
    """Situations by their shares."""
    return Pool(SHARES.items())


def history(rng: Random, situation: Situation, *, on: date, civilian: bool) -> tuple[Event, ...]:
    """What happened until ``on``, oldest first; nothing is known to have happened to somebody missing."""
    if situation in {Situation.MISSING, Situation.DEAD}:
        return ()
    captured = on - timedelta(days=_days_ago(rng))
    start = Event(Kind.CAPTURE, captured, f"DEMO-{'district' if civilian else 'sector'} {rng.randrange(1, 30)}")
    if situation is Situation.REPORTED:
        return (start,)
    steps = [start, *_into_camp(rng, captured, on)]
    steps.extend(_ending(rng, situation, last=steps[-1], on=on))
    return tuple(steps)


def card_on(rng: Random, events: tuple[Event, ...], *, on: date) -> date | None:
    """When the capture card of the person came; some never come, and some are not due yet."""
    arrivals = [event.on for event in events if event.kind in {Kind.INTERNMENT, Kind.TRANSFER_IN, Kind.HOSPITAL_IN}]
    came = max(arrivals, default=on) + timedelta(days=int(rng.random() * 8))
    return came if arrivals and came < on and rng.random() < 0.985 else None


def _into_camp(rng: Random, captured: date, on: date) -> list[Event]:
    """Registration within days of the capture, then a camp; one in five has been moved since."""
    registered = min(captured + timedelta(days=rng.randrange(6)), on)
    interned = min(registered + timedelta(days=rng.randrange(9)), on)
    camp = _camp(rng)
    steps = [
        Event(Kind.REGISTRATION, registered, f"DEMO-transit camp {rng.randrange(1, 6)}"),
        Event(Kind.INTERNMENT, interned, camp),
    ]
    if rng.random() < 0.2:
        left = _between(rng, interned, on)
        steps += [Event(Kind.TRANSFER_OUT, left, camp), Event(Kind.TRANSFER_IN, left, _camp(rng))]
    return steps


def _ending(rng: Random, situation: Situation, *, last: Event, on: date) -> list[Event]:
    day = _between(rng, last.on, on)
    if situation is Situation.HOSPITALISED:
        return [Event(Kind.HOSPITAL_IN, day, f"DEMO-hospital {rng.randrange(1, 8)}")]
    if situation is Situation.DIED_IN_CUSTODY:
        return [Event(Kind.DEATH, day, last.place)]
    if situation is Situation.RETURNED:
        kind = rng.choice((Kind.EXCHANGE, Kind.EXCHANGE, Kind.EXCHANGE, Kind.REPATRIATION, Kind.RELEASE))
        return [Event(kind, day, f"DEMO-crossing {rng.randrange(1, 5)}")]
    return []


def _between(rng: Random, first: date, last: date) -> date:
    return first + timedelta(days=int(rng.random() * ((last - first).days + 1)))


def _days_ago(rng: Random) -> int:
    """Recent captures are the more numerous, so that some capture cards are due today."""
    return 1 + int(900 * rng.random() ** 2)


def _camp(rng: Random) -> str:
    return f"DEMO-camp {rng.randrange(1, 41)}"
