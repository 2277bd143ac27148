"""Which custody event each move of a record stands for, and which events bring somebody to a place of internment."""

from collections.abc import Mapping

from kinrules.terms import CustodyEventKind as Kind

EVENTS: Mapping[str, Kind] = {
    "capture": Kind.CAPTURE,
    "evacuate": Kind.EVACUATION,
    "register": Kind.REGISTRATION,
    "intern": Kind.INTERNMENT,
    "admit_to_hospital": Kind.HOSPITAL_IN,
    "discharge_from_hospital": Kind.HOSPITAL_OUT,
    "transfer_out": Kind.TRANSFER_OUT,
    "transfer_in": Kind.TRANSFER_IN,
    "escape": Kind.ESCAPE,
    "recapture": Kind.RECAPTURE,
    "start_proceedings": Kind.PROCEEDINGS_START,
    "end_proceedings": Kind.PROCEEDINGS_END,
    "release": Kind.RELEASE,
    "repatriate": Kind.REPATRIATION,
    "exchange": Kind.EXCHANGE,
    "accommodate_in_neutral_country": Kind.NEUTRAL_ACCOMMODATION,
    "parole": Kind.PAROLE,
    "transfer_to_other_power": Kind.TRANSFER_OTHER_POWER,
    "record_death": Kind.DEATH,
}
"""The event that each move stands for; the other moves are decisions of the bureau and happen nowhere else."""

ARRIVALS = frozenset({Kind.INTERNMENT, Kind.TRANSFER_IN, Kind.HOSPITAL_IN, Kind.RECAPTURE})
"""After each of these the person may send a card anew (Geneva Convention III, Art. 70; Convention IV, Art. 106)."""
