"""How many letters apart two names are, once both stand in the coarse alphabet."""

from collections.abc import Iterable

from rapidfuzz.distance import OSA

FAR = 9
LONGEST = 15  # symbols of a skeleton that are compared: what fits into one number, see kinmatch.kernels.skeletons


def allowed(key: str) -> int:
    """Return how many letters may differ in a key of this length before it is another name: 0, 1 or 2."""
    return 0 if len(key) < 4 else 1 if len(key) < 7 else 2


def letters_apart(sought: Iterable[str], found: Iterable[str]) -> int:
    """Return the least distance of any reading of one name to any reading of the other, or ``FAR``.

    Letters left out, put in, changed, or two neighbours changing places count one each.
    """
    best = FAR
    others = tuple(key[:LONGEST] for key in found)
    for key in (key[:LONGEST] for key in sought):
        for other in others:
            reach = min(allowed(key), allowed(other), best)
            apart = OSA.distance(key, other, score_cutoff=reach)
            best = min(best, apart if apart <= reach else FAR)
    return best
