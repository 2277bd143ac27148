"""Fate is told by a person; a death in person or by voice, with two staff. A machine tells neither.

Source: Geneva Convention III, Art. 122; practice of casualty notification (user experience study, 1.7).

>>> refusal(Means.AUTOMATIC, fate=Fate.ALIVE_IN_CUSTODY, staff=1).code
'disclosure.never-by-machine'
>>> refusal(Means.LETTER, fate=Fate.DEAD, staff=2).code
'disclosure.death-by-voice'
>>> refusal(Means.VOICE, fate=Fate.DEAD, staff=1).code
'disclosure.death-two-staff'
>>> refusal(Means.VOICE, fate=Fate.DEAD, staff=2) is None
True
"""

from enum import StrEnum

from kinrules.refusal import Refused
from kinrules.terms import Fate


class Means(StrEnum):
    """How somebody is told."""

    IN_PERSON = "in_person"
    VOICE = "voice"
    LETTER = "letter"
    MESSAGE = "message"
    AUTOMATIC = "automatic"


_LIVE = (Means.IN_PERSON, Means.VOICE)


def refusal(means: Means, *, fate: Fate, staff: int) -> Refused | None:
    """Return why ``fate`` may not be told by ``means`` with ``staff`` officers present, or None if it may."""
    if fate is Fate.NOTHING_KNOWN:
        return None
    if means in (Means.AUTOMATIC, Means.MESSAGE):
        return Refused("disclosure.never-by-machine", f"fate is never told by {means.value}")
    if fate is Fate.DEAD and means not in _LIVE:
        return Refused("disclosure.death-by-voice", "a death is told in person or by voice")
    if fate is Fate.DEAD and staff < 2:
        return Refused("disclosure.death-two-staff", "a death is told with two staff")
    return None
