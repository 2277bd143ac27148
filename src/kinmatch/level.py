"""What the engine says of a pair: a level for each fact, with its words and its weight."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from kinmatch.person import Person

MISSING = "missing"


def sentence(text: str) -> str:
    """Return ``text`` unchanged: marks a whole sentence for an application's catalogue of translations."""
    return text


def no_keys(_value: str) -> tuple[str, ...]:
    """Return no key: for facts whose values are found in another way."""
    return ()


def never(_value: str) -> bool:
    """Return False: for facts whose values no table knows."""
    return False


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


@dataclass(frozen=True, eq=False)
class Hit:
    """A record proposed for a person sought. A score never travels without its reasons.

    ``probability`` that it is the same person and ``relative`` that it is a relative or namesake share one whole with
    all other records and with "not in the registry". ``score`` is the sum of the weights, in log2 units. The person
    and the evidence are put together when they are first asked for.
    """

    record: str
    probability: float
    relative: float
    score: float
    read_person: Callable[[], Person] = field(repr=False)
    read_evidence: Callable[[Person], tuple[Evidence, ...]] = field(repr=False)

    @cached_property
    def person(self) -> Person:
        """The person as recorded."""
        return self.read_person()

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """The evidence for every fact that at least one side gives."""
        return self.read_evidence(self.person)


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
