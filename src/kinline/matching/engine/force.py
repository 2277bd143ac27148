"""Which weights and calibration are in force: those an officer accepted last, or the default of the package."""

from dataclasses import dataclass

from kinline.matching.models import Acceptance
from kinmatch.learn import IDENTITY, Calibration, read
from kinmatch.weights import Weights, default_weights

DEFAULT = "default"


@dataclass(frozen=True)
class Force:
    """What is in force. ``name`` is the digest of the learnt weights, or "default"; it is kept with every proposal."""

    name: str
    weights: Weights
    calibration: Calibration = IDENTITY


_READ: dict[str, Force] = {}


def in_force() -> Force:
    """The weights and calibration accepted last; a bureau that accepted none has the package's, left as they are."""
    newest = Acceptance.objects.order_by("-pk").values_list("learnt__digest", flat=True).first()
    if newest is None:
        return Force(DEFAULT, default_weights())
    if newest not in _READ:
        text = Acceptance.objects.filter(learnt__digest=newest).values_list("learnt__text", flat=True)[0]
        learnt = read(text)
        _READ[newest] = Force(newest, learnt.weights, learnt.calibration)
    return _READ[newest]
