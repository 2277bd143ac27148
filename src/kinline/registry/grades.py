"""The Admiralty grade of one assertion, and which of several is shown first. The others always stand beside it.

Source and information are judged apart. "Cannot be judged" (F, 6) ranks before what is known to be doubtful, for it is
no judgement against anybody. Credibility weighs first: what others confirm is shown before a good source's guess.

Source: the Admiralty code (NATO AJP-2.1).

>>> sorted([Grade("F", "6"), Grade("A", "4"), Grade("B", "2")], key=rank)[0]
Grade(reliability='B', credibility='2')
"""

from typing import NamedTuple

_RELIABILITY = "ABCFDE"
_CREDIBILITY = "123645"


class Grade(NamedTuple):
    """Reliability of the source, A to F, and credibility of what it says, 1 to 6."""

    reliability: str
    credibility: str

    def __str__(self) -> str:
        return f"{self.reliability}{self.credibility}"


def rank(grade: Grade) -> tuple[int, int]:
    """Lower is shown first.

    Raises:
        ValueError: a letter or digit outside the code.
    """
    return _CREDIBILITY.index(grade.credibility), _RELIABILITY.index(grade.reliability)
