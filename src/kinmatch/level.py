"""What the engine says of a pair: a level for each fact, with its words and its weight."""

from dataclasses import dataclass

from kinmatch.person import Person

MISSING = "missing"


def sentence(text: str) -> str:
    """Return ``text`` unchanged: marks a whole sentence for an application's catalogue of translations."""
    return text


@dataclass(frozen=True)
class Level:
    """How far two values of one fact agree.

    ``weight`` is in log2 units: +1 makes "the same person" twice as likely against two people met by chance.
    """

    code: str
    says: str
    weight: float


@dataclass(frozen=True)
class Evidence:
    """One fact of a pair as the desk reads it: the two values, how they compare, and what that is worth.

    ``common`` is the share of records (0 to 1) that agree with the value sought this well by chance, or None where
    nothing was compared. Rarer agreement earns more.
    """

    field: str
    level: str
    weight: float
    says: str
    sought: str
    found: str
    common: float | None = None


@dataclass(frozen=True)
class Hit:
    """A record proposed for a person sought. A score never travels without its reasons.

    ``probability`` that it is the same person and ``relative`` that it is a relative or namesake share one whole with
    all other records and with "not in the registry". ``score`` is the sum of the weights, in log2 units.
    """

    record: str
    probability: float
    relative: float
    score: float
    evidence: tuple[Evidence, ...]
    person: Person


@dataclass(frozen=True)
class Answer:
    """All a search can say: the best hits, and the probability that nobody recorded is the person sought.

    ``absent`` is the chance that the registry holds neither the person nor a relative; ``rest`` is what all records
    below the last hit share. ``absent`` + ``rest`` + the sums of ``probability`` and ``relative`` over the hits make
    1.
    """

    hits: tuple[Hit, ...]
    absent: float
    rest: float


@dataclass(frozen=True)
class Comparison:
    """Two descriptions laid side by side, with no registry behind them.

    ``probability`` and ``relative`` start from even chances and from how common values are in the default tables.
    """

    probability: float
    relative: float
    score: float
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class WouldChange:
    """A fact not given on one side, and what it would be worth in log2 units if it agreed or if it did not."""

    field: str
    asks: str
    agrees: float
    differs: float
