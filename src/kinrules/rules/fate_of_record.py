"""What is told agrees with what the record stands for: no death is told of a living record, no life of a dead one.

Source: Geneva Convention III, Art. 120 and 122, paragraph 5; the bureau's security study, T13 (false death notice).

>>> refusal(Fate.DEAD, record_state=captive_record.DEAD) is None
True
>>> refusal(Fate.DEAD, record_state=captive_record.INTERNED).code
'disclosure.not-as-recorded'
>>> refusal(Fate.ALIVE_IN_CUSTODY, record_state=captive_record.DEAD).code
'disclosure.not-as-recorded'
"""

from collections.abc import Mapping

from kinrules.refusal import Refused
from kinrules.states import captive_record
from kinrules.terms import Fate

_HELD = frozenset(
    {
        captive_record.CAPTURED,
        captive_record.IN_EVACUATION,
        captive_record.REGISTERED,
        captive_record.INTERNED,
        captive_record.HOSPITALISED,
        captive_record.IN_TRANSFER,
        captive_record.PROCEEDINGS,
        captive_record.SELECTED,
        captive_record.IN_TRANSIT_OUT,
    }
)
_FREE = frozenset(
    {
        captive_record.RELEASED,
        captive_record.REPATRIATED,
        captive_record.EXCHANGED,
        captive_record.NEUTRAL_ACCOMMODATION,
        captive_record.PAROLE,
        captive_record.OTHER_POWER,
    }
)

AGREEING: Mapping[Fate, frozenset[str]] = {
    Fate.ALIVE_IN_CUSTODY: _HELD,
    Fate.IN_HOSPITAL: frozenset({captive_record.HOSPITALISED}),
    Fate.RELEASED: _FREE,
    Fate.ESCAPED: frozenset({captive_record.ESCAPED, captive_record.ESCAPE_FINAL}),
    Fate.DEAD: frozenset({captive_record.DEAD}),
    Fate.MISSING: frozenset({captive_record.REPORTED}),
}
"""The states of a record with which each fate agrees. What a report alone says is told by nobody as a fact."""


def refusal(fate: Fate, *, record_state: str) -> Refused | None:
    """Return why ``fate`` may not be told of a record in ``record_state``, or None if it may."""
    if fate is not Fate.NOTHING_KNOWN and record_state not in AGREEING[fate]:
        return Refused("disclosure.not-as-recorded", "what would be told is not what the record stands for")
    return None
