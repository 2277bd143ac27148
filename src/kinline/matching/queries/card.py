"""One proposal as the desk reads it: every fact for and against, what is missing, and what past pairs teach."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext

from kinline.enquiries.messages.families import partial_date
from kinline.enquiries.models import TracingCase
from kinline.matching import engine, messages, sought
from kinline.matching.models import Proposal
from kinline.registry import queries as registry
from kinline.registry.models import Record
from kinmatch import Hit, Person, WouldChange, compare
from kinrules.dates import PartialDate
from kinrules.refusal import Refused
from kinrules.states import match

ENOUGH_PAIRS = 30
"""Fewer past pairs than this say nothing about a band. Source: user experience study, 1.11."""

BANDS = ((0.9, "very_likely"), (0.5, "likely"), (0.1, "possible"), (0.0, "unlikely"))


@dataclass(frozen=True)
class Band:
    """In words how likely a proposal is, with how past pairs of this band ended here.

    ``same`` of ``pairs`` decided pairs were one person; ``enough`` says whether that teaches anything.
    """

    code: str
    pairs: int
    same: int

    @property
    def enough(self) -> bool:
        """Whether this bureau has decided enough pairs of this band."""
        return self.pairs >= ENOUGH_PAIRS

    @property
    def in_hundred(self) -> int:
        """How many of a hundred past pairs were one person; only said when ``enough``."""
        return round(100 * self.same / self.pairs) if self.pairs else 0


@dataclass(frozen=True)
class Row:
    """One fact: what the enquiry says, what the register says, how they compare, and the points that is worth."""

    what: Any
    enquiry: str
    register: str
    words: str
    points: float
    side: str = ""


@dataclass(frozen=True)
class Card:
    """All that a reader sees of one proposal. ``missing`` are facts given on neither or one side only."""

    proposal: Proposal
    band: Band
    rows: tuple[Row, ...]
    total: float
    widest: float
    missing: tuple[Any, ...]
    would_change: tuple[WouldChange, ...]
    relative: bool


def card(proposal: Proposal) -> Card:
    """Lay one proposal out for a reader."""
    rows = tuple(_row(fact) for fact in proposal.evidence)
    widest = max((abs(row.points) for row in rows), default=1.0) or 1.0
    missing = tuple(row.what for row, fact in zip(rows, proposal.evidence, strict=True) if fact["level"] == "missing")
    return Card(
        proposal=proposal,
        band=band_of(proposal.probability),
        rows=rows,
        total=round(sum(row.points for row in rows), 1),
        widest=widest,
        missing=missing,
        would_change=tuple(WouldChange(**change) for change in proposal.would_change[:2]),
        relative=proposal.relative > proposal.probability,
    )


def band_of(probability: float) -> Band:
    """The band of a probability, with how decided pairs of it ended."""
    least, above, code = _bounds(probability)
    decided = Proposal.objects.filter(
        probability__gte=least, probability__lt=above, state__in=(match.CONFIRMED, match.REJECTED)
    )
    return Band(code, decided.count(), decided.filter(state=match.CONFIRMED).count())


def band_code(probability: float) -> str:
    """The band of a probability alone, for lists."""
    return _bounds(probability)[2]


def in_hundred(probability: float) -> int:
    """The engine's estimate as so many in a hundred. It is never sure, so it never says none or all."""
    return min(max(round(100 * probability), 1), 99)


def dated(written: str) -> str:
    """A date with its month in words; what cannot be read as a date is left as it was written."""
    try:
        return partial_date(PartialDate.parse(written))
    except Refused:
        return written


def likely_same(person: Person, *, limit: int = 3) -> Sequence[Hit]:
    """Records that are probably this person already; cheap enough to ask for every row of a register."""
    return engine.index().likely_same(person, limit)


def why_not(case: TracingCase, record: Record) -> tuple[Row, ...]:
    """How any one record compares with the person sought, what speaks most against it first."""
    evidence = compare(sought.person(case), registry.person(record), weights=engine.in_force().weights).evidence
    return tuple(_row(asdict(fact)) for fact in sorted(evidence, key=lambda fact: fact.weight))


def _bounds(probability: float) -> tuple[float, float, str]:
    above = 1.01
    for least, code in BANDS:
        if probability >= least:
            return least, above, code
        above = least
    raise ValueError(f"a probability is at least 0, got {probability}")


def _shown(field: str, value: str) -> str:
    if field == "birth_date":
        return dated(value)
    return str(messages.SEXES.get(value, value)) if field == "sex" else value


def _row(fact: dict[str, Any]) -> Row:
    return Row(
        what=messages.FIELDS.get(fact["field"], fact["field"]),
        enquiry=_shown(fact["field"], fact["sought"]),
        register=_shown(fact["field"], fact["found"]),
        words=gettext(fact["says"]),
        points=round(fact["weight"], 1),
    )
