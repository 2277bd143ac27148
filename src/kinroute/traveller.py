"""Who travels, as far as the rules of borders ask."""

import re
from dataclasses import dataclass, field

from kinroute.faults import UnknownTraveller

PURPOSES = ("family", "humanitarian", "residence", "tourism", "other")


@dataclass(frozen=True)
class Traveller:
    """A traveller.

    Attributes:
        citizenship: the country whose citizen the traveller is, as ISO 3166-1 alpha-2.
        purpose: one of ``PURPOSES``; a visit for a release to family is ``family``.
        papers: visas and permits held, each as ``visa:UA``.
        sex: "f", "m" or "" where it is not told.
        age: in years, or None where it is not told.

    Raises:
        UnknownTraveller: the citizenship or the purpose is none that a rule could know.
    """

    citizenship: str
    purpose: str = "family"
    papers: frozenset[str] = field(default_factory=frozenset)
    sex: str = ""
    age: int | None = None

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Z]{2}", self.citizenship):
            raise UnknownTraveller(
                f"citizenship {self.citizenship!r} is no country of ISO 3166-1; rules of entry depend on it. "
                "Ask the traveller, and give two capital letters, such as RU."
            )
        if self.purpose not in PURPOSES:
            raise UnknownTraveller(f"purpose {self.purpose!r} is unknown; known are {', '.join(PURPOSES)}.")
