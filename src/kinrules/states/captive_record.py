"""A record of a person who fell into the hands of a party, who is missing, or who died.

Source: Geneva Convention III, Art. 4, 17, 118 and 122, paragraphs 4 and 5; Geneva Convention IV, Art. 136.
"""

from kinrules.machine import Machine, Move
from kinrules.permissions import Permission as P
from kinrules.terms import EvidenceKind as E
from kinrules.words import sentence as _

REPORTED = "reported"
CAPTURED = "captured"
IN_EVACUATION = "in_evacuation"
REGISTERED = "registered"
INTERNED = "interned"
HOSPITALISED = "hospitalised"
IN_TRANSFER = "in_transfer"
ESCAPED = "escaped"
ESCAPE_FINAL = "escape_final"
PROCEEDINGS = "proceedings"
SELECTED = "selected"
IN_TRANSIT_OUT = "in_transit_out"
RELEASED = "released"
REPATRIATED = "repatriated"
EXCHANGED = "exchanged"
NEUTRAL_ACCOMMODATION = "neutral_accommodation"
PAROLE = "parole"
OTHER_POWER = "other_power"
DEAD = "dead"
WITHDRAWN = "withdrawn"

_HELD = (CAPTURED, IN_EVACUATION, REGISTERED, INTERNED, HOSPITALISED, IN_TRANSFER, PROCEEDINGS)
_ENDS = (RELEASED, REPATRIATED, EXCHANGED, NEUTRAL_ACCOMMODATION, PAROLE, OTHER_POWER)
_ANY = (REPORTED, *_HELD, ESCAPED, SELECTED, IN_TRANSIT_OUT, *_ENDS, ESCAPE_FINAL)
_OF_DEATH = (E.DEATH_CERTIFICATE, E.NIB_LIST, E.AGENCY_NOTICE, E.DNA, E.DENTAL, E.FINGERPRINT, E.UNIT_REPORT)
_OF_CAPTURE = (E.CAPTURE_CARD, E.UNIT_REPORT, E.NIB_LIST, E.AGENCY_NOTICE, E.REGISTER_FILE)

MACHINE = Machine(
    name="captive_record",
    initial=REPORTED,
    finals=frozenset({*_ENDS, ESCAPE_FINAL, DEAD, WITHDRAWN}),
    moves=(
        Move(verb="capture", sources=(REPORTED,), target=CAPTURED, who=P.RECORD_ADVANCE, needs_one_of=_OF_CAPTURE),
        Move(verb="evacuate", sources=(CAPTURED,), target=IN_EVACUATION, who=P.RECORD_ADVANCE),
        Move(
            verb="register",
            sources=(REPORTED, CAPTURED, IN_EVACUATION),
            target=REGISTERED,
            who=P.RECORD_ADVANCE,
            needs_one_of=_OF_CAPTURE,
        ),
        Move(verb="intern", sources=(REGISTERED,), target=INTERNED, who=P.RECORD_ADVANCE),
        Move(verb="admit_to_hospital", sources=_HELD[:4], target=HOSPITALISED, who=P.RECORD_ADVANCE),
        Move(verb="discharge_from_hospital", sources=(HOSPITALISED,), target=INTERNED, who=P.RECORD_ADVANCE),
        Move(verb="transfer_out", sources=(INTERNED, HOSPITALISED), target=IN_TRANSFER, who=P.RECORD_ADVANCE),
        Move(verb="transfer_in", sources=(IN_TRANSFER,), target=INTERNED, who=P.RECORD_ADVANCE),
        Move(verb="escape", sources=(*_HELD, SELECTED, IN_TRANSIT_OUT), target=ESCAPED, who=P.RECORD_ADVANCE),
        Move(verb="recapture", sources=(ESCAPED,), target=INTERNED, who=P.RECORD_ADVANCE),
        Move(verb="close_escape", sources=(ESCAPED,), target=ESCAPE_FINAL, who=P.RECORD_ADVANCE),
        Move(verb="start_proceedings", sources=(INTERNED,), target=PROCEEDINGS, who=P.RECORD_ADVANCE, needs=(E.ORDER,)),
        Move(verb="end_proceedings", sources=(PROCEEDINGS,), target=INTERNED, who=P.RECORD_ADVANCE),
        Move(verb="select", sources=(INTERNED, HOSPITALISED), target=SELECTED, who=P.RECORD_ORDER, needs=(E.CONSENT,)),
        Move(verb="unselect", sources=(SELECTED,), target=INTERNED, who=P.RECORD_ORDER),
        Move(verb="depart", sources=(SELECTED,), target=IN_TRANSIT_OUT, who=P.RECORD_ORDER, needs=(E.ORDER,)),
        Move(verb="release", sources=(IN_TRANSIT_OUT,), target=RELEASED, who=P.RECORD_ORDER, needs=(E.ORDER,)),
        Move(verb="repatriate", sources=(IN_TRANSIT_OUT,), target=REPATRIATED, who=P.RECORD_ORDER, needs=(E.ORDER,)),
        Move(verb="exchange", sources=(IN_TRANSIT_OUT,), target=EXCHANGED, who=P.RECORD_ORDER, needs=(E.ORDER,)),
        Move(
            verb="accommodate_in_neutral_country",
            sources=(IN_TRANSIT_OUT,),
            target=NEUTRAL_ACCOMMODATION,
            who=P.RECORD_ORDER,
            needs=(E.ORDER,),
        ),
        Move(verb="parole", sources=(IN_TRANSIT_OUT,), target=PAROLE, who=P.RECORD_ORDER, needs=(E.ORDER,)),
        Move(
            verb="transfer_to_other_power",
            sources=(IN_TRANSIT_OUT,),
            target=OTHER_POWER,
            who=P.RECORD_ORDER,
            needs=(E.ORDER,),
        ),
        Move(verb="record_death", sources=_ANY, target=DEAD, who=P.RECORD_ORDER, needs_one_of=_OF_DEATH),
        Move(
            verb="correct_death",
            sources=(DEAD,),
            target=REPORTED,
            who=P.RECORD_ORDER,
            needs=(E.REASON,),
        ),
        Move(verb="withdraw", sources=(*_ANY, DEAD), target=WITHDRAWN, who=P.IMPORT_UNDO, needs=(E.REASON,)),
        Move(verb="restore", sources=(WITHDRAWN,), target=REPORTED, who=P.IMPORT_ADD),
    ),
    words={
        REPORTED: _("reported"),
        CAPTURED: _("captured"),
        IN_EVACUATION: _("being evacuated"),
        REGISTERED: _("registered"),
        INTERNED: _("interned"),
        HOSPITALISED: _("in hospital"),
        IN_TRANSFER: _("in transfer"),
        ESCAPED: _("escaped"),
        ESCAPE_FINAL: _("escaped, record closed"),
        PROCEEDINGS: _("in judicial proceedings"),
        SELECTED: _("selected to leave"),
        IN_TRANSIT_OUT: _("on the way out"),
        RELEASED: _("released"),
        REPATRIATED: _("repatriated"),
        EXCHANGED: _("exchanged"),
        NEUTRAL_ACCOMMODATION: _("accommodated in a neutral country"),
        PAROLE: _("released on parole"),
        OTHER_POWER: _("transferred to another Power"),
        DEAD: _("dead"),
        WITHDRAWN: _("record withdrawn"),
        "capture": _("Record the capture"),
        "evacuate": _("Record the evacuation"),
        "register": _("Record registration"),
        "intern": _("Record internment"),
        "admit_to_hospital": _("Record admission to hospital"),
        "discharge_from_hospital": _("Record discharge from hospital"),
        "transfer_out": _("Record departure on transfer"),
        "transfer_in": _("Record arrival from transfer"),
        "escape": _("Record an escape"),
        "recapture": _("Record the recapture"),
        "close_escape": _("Close: escape succeeded"),
        "start_proceedings": _("Record judicial proceedings"),
        "end_proceedings": _("Record the end of proceedings"),
        "select": _("Select to leave, with consent"),
        "unselect": _("Take the selection back"),
        "depart": _("Record departure on the way out"),
        "release": _("Record release"),
        "repatriate": _("Record repatriation"),
        "exchange": _("Record exchange"),
        "accommodate_in_neutral_country": _("Record accommodation in a neutral country"),
        "parole": _("Record release on parole"),
        "transfer_to_other_power": _("Record transfer to another Power"),
        "record_death": _("Record the death"),
        "correct_death": _("Correct: the death was recorded in error"),
        "withdraw": _("Withdraw the record"),
        "restore": _("Restore the record"),
    },
)
