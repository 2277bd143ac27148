"""How a crossing stands on a day: by one means, in one direction, for one traveller. Unknown is not open."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from kinroute.facts import PASSABLE, STATUSES, Crossing, Facts, Rule, Status
from kinroute.faults import Contradiction
from kinroute.traveller import Traveller

UNKNOWN = "unknown"
REFUSED = "refused"
STANDS_OVER_BORDER = frozenset({"restricted", "humanitarian"})
"""What is said of one crossing so stands although its whole border is closed: it was made an exception."""


@dataclass(frozen=True)
class Standing:
    """How a crossing stands.

    Attributes:
        status: one of ``facts.STATUSES``, ``unknown``, or ``refused`` where it is open but not to this traveller.
        rows: what was said of it that day.
        rules: what is asked of this traveller there.
        needs: papers that the traveller must bring and is not known to have.
    """

    crossing: str
    mode: str
    into: str
    status: str
    rows: tuple[Status, ...] = ()
    rules: tuple[Rule, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def passable(self) -> bool:
        """Whether this traveller may try it that day."""
        return self.status in PASSABLE

    @property
    def risks(self) -> int:
        """How many things may go wrong here that do not on a crossing which is plainly open."""
        return int(self.status != "open") + len(self.rules)

    @property
    def confirmed(self) -> date | None:
        """The day on which this was last checked; None where nothing is known."""
        return max((row.checked for row in self.rows), default=None)


def standing(
    facts: Facts, crossing: Crossing, mode: str, *, out_of: str, into: str, on: date, traveller: Traveller
) -> Standing:
    """Return how ``crossing`` stands on a day for going from the country ``out_of`` to ``into``.

    Raises:
        Contradiction: two rows say different things of the same moment.
    """
    rows = _rows(facts, crossing, mode, into=into, on=on)
    if not rows:
        return Standing(crossing.name, mode, into, UNKNOWN)
    status = max((row.status for row in rows), key=STATUSES.index)
    rules = tuple(
        rule
        for rule in facts.rules
        if rule.span.touches(on) and rule.concerns(citizenship=traveller.citizenship, out_of=out_of, into=into)
    )
    unmet = tuple(rule for rule in rules if rule.effect != "visa" or f"visa:{into}" not in traveller.papers)
    for_others = any(row.who and traveller.citizenship not in row.who for row in rows)
    if status in PASSABLE and (for_others or any(_shuts_out(rule, traveller) for rule in unmet)):
        status = REFUSED
    needs = tuple(
        dict.fromkeys([rule.papers for rule in unmet if rule.papers] + [row.papers for row in rows if row.papers])
    )
    return Standing(crossing.name, mode, into, status, rows, unmet, needs)


def contradictions(facts: Facts, about: str) -> list[tuple[Status, Status]]:
    """Return the pairs of rows of one crossing or border that say different things of one mode and moment."""
    return [
        (one, other)
        for one, other in combinations(facts.statuses_of.get(about, ()), 2)
        if one.status != other.status and one.span.overlaps(other.span) and _same_way(one, other)
    ]


def _same_way(one: Status, other: Status) -> bool:
    shared = any(other.covers(mode) for mode in one.modes) or any(one.covers(mode) for mode in other.modes)
    return shared and (not one.toward or not other.toward or one.toward == other.toward)


def _shuts_out(rule: Rule, traveller: Traveller) -> bool:
    """A visa can still be asked for; who is not admitted for this purpose cannot."""
    return rule.effect != "visa" and traveller.purpose not in rule.exceptions


def _rows(facts: Facts, crossing: Crossing, mode: str, *, into: str, on: date) -> tuple[Status, ...]:
    """What was said of the crossing, or of its whole border where that is closed and nothing excepts the crossing."""
    own = _said(facts, crossing.name, mode, into=into, on=on)
    border = _said(facts, facts.border_of(crossing), mode, into=into, on=on)
    if border and not any(row.status in STANDS_OVER_BORDER for row in own):
        return border
    return own


def _said(facts: Facts, about: str, mode: str, *, into: str, on: date) -> tuple[Status, ...]:
    rows = tuple(
        row
        for row in facts.statuses_of.get(about, ())
        if row.covers(mode) and row.toward in ("", into) and row.span.touches(on)
    )
    for one, other in combinations(rows, 2):
        if one.status != other.status and one.span.overlaps(other.span):
            raise Contradiction(
                f"{about} is said to be {one.status} ({one.source}) and {other.status} ({other.source}) on {on}. "
                "Correct one of the rows; until then no way over it is named."
            )
    return rows
