"""An enquiry: one family asks once about one person.

Every enquiry gets a recorded answer; "nothing known yet" is one, with a day for the next look.

Source: Geneva Convention III, Art. 122, paragraph 7.
"""

from kinrules.machine import Machine, Move
from kinrules.permissions import Permission as P
from kinrules.terms import EvidenceKind as E
from kinrules.terms import PublicState
from kinrules.words import sentence as _

RECEIVED = "received"
ACCEPTED = "accepted"
AWAITING_FAMILY = "awaiting_family"
AWAITING_CALL = "awaiting_call"
STILL_LOOKING = "still_looking"
ANSWERED = "answered"
SET_ASIDE = "set_aside"
WITHDRAWN = "withdrawn"
CLOSED = "closed"

_OPEN = (RECEIVED, ACCEPTED, AWAITING_FAMILY, AWAITING_CALL, STILL_LOOKING)
OWED: frozenset[str] = frozenset(_OPEN)
"""States in which the family is owed an answer, and holds a promise for a day."""

_IN_WORK = (ACCEPTED, AWAITING_FAMILY, AWAITING_CALL, STILL_LOOKING)

MACHINE = Machine(
    name="enquiry",
    initial=RECEIVED,
    finals=frozenset({CLOSED}),
    moves=(
        Move(verb="accept", sources=(RECEIVED,), target=ACCEPTED, who=P.ENQUIRY_WORK),
        Move(verb="ask_family", sources=_IN_WORK, target=AWAITING_FAMILY, who=P.ENQUIRY_WORK),
        Move(
            verb="resume", sources=(AWAITING_FAMILY, AWAITING_CALL, STILL_LOOKING), target=ACCEPTED, who=P.ENQUIRY_WORK
        ),
        Move(verb="offer_call", sources=_IN_WORK, target=AWAITING_CALL, who=P.ENQUIRY_ANSWER),
        Move(
            verb="answer_for_now",
            sources=(RECEIVED, *_IN_WORK),
            target=STILL_LOOKING,
            who=P.ENQUIRY_ANSWER,
            needs=(E.ANSWER,),
        ),
        Move(verb="answer", sources=_IN_WORK, target=ANSWERED, who=P.ENQUIRY_ANSWER, needs=(E.ANSWER,)),
        Move(verb="set_aside", sources=(RECEIVED, ACCEPTED), target=SET_ASIDE, who=P.ENQUIRY_WORK, needs=(E.REASON,)),
        Move(verb="withdraw", sources=_OPEN, target=WITHDRAWN, who=P.ENQUIRY_WORK, needs=(E.RELATIVE_STATEMENT,)),
        Move(verb="close", sources=(ANSWERED, WITHDRAWN), target=CLOSED, who=P.ENQUIRY_ANSWER),
        Move(verb="close_set_aside", sources=(SET_ASIDE,), target=CLOSED, who=P.ENQUIRY_CLOSE_ABUSIVE),
        Move(verb="reopen", sources=(ANSWERED, SET_ASIDE, WITHDRAWN, CLOSED), target=ACCEPTED, who=P.ENQUIRY_WORK),
    ),
    words={
        RECEIVED: _("received"),
        ACCEPTED: _("accepted"),
        AWAITING_FAMILY: _("waiting for the family"),
        AWAITING_CALL: _("a call is offered"),
        STILL_LOOKING: _("nothing known yet, next look is set"),
        ANSWERED: _("answered"),
        SET_ASIDE: _("set aside"),
        WITHDRAWN: _("withdrawn by the family"),
        CLOSED: _("closed"),
        "accept": _("Accept the enquiry"),
        "ask_family": _("Ask the family for something"),
        "resume": _("Go on looking"),
        "offer_call": _("Offer a call"),
        "answer_for_now": _("Answer: nothing known yet"),
        "answer": _("Record the answer"),
        "set_aside": _("Set aside: not an enquiry"),
        "withdraw": _("The family withdraws"),
        "close": _("Close"),
        "close_set_aside": _("Confirm: not an enquiry"),
        "reopen": _("Open again"),
    },
)

PUBLIC: dict[str, PublicState] = {
    RECEIVED: PublicState.RECEIVED,
    ACCEPTED: PublicState.BEING_LOOKED_FOR,
    AWAITING_FAMILY: PublicState.WE_NEED_SOMETHING,
    AWAITING_CALL: PublicState.WE_WOULD_LIKE_TO_TALK,
    STILL_LOOKING: PublicState.STILL_LOOKING,
    ANSWERED: PublicState.FINISHED,
    SET_ASIDE: PublicState.RECEIVED,
    WITHDRAWN: PublicState.FINISHED,
    CLOSED: PublicState.FINISHED,
}
"""What a family may read by machine in each state.

An enquiry set aside still reads "received" until a second officer agrees.
"""
