"""A tracing case: the search for one person, however many families ask.

Source: Geneva Convention III, Art. 122, paragraph 7; Additional Protocol I, Art. 33.
"""

from kinrules.machine import Machine, Move
from kinrules.permissions import Permission as P
from kinrules.terms import EvidenceKind as E
from kinrules.words import sentence as _

OPEN = "open"
EVIDENCE_NEEDED = "evidence_needed"
SEARCHING = "searching"
CANDIDATES = "candidates"
REVIEW = "review"
MATCH_CONFIRMED = "match_confirmed"
DISCLOSURE_DECISION = "disclosure_decision"
INFORMED = "informed"
WITHHELD = "withheld_agency_only"
DEFERRED = "deferred_contact_in_person"
MONITORING = "monitoring"
CLOSED = "closed"

_DECIDED = (DISCLOSURE_DECISION, DEFERRED)

MACHINE = Machine(
    name="tracing_case",
    initial=OPEN,
    finals=frozenset({CLOSED}),
    moves=(
        Move(verb="search", sources=(OPEN, EVIDENCE_NEEDED), target=SEARCHING, who=P.CASE_SEARCH),
        Move(verb="ask_evidence", sources=(SEARCHING, CANDIDATES, REVIEW), target=EVIDENCE_NEEDED, who=P.CASE_WORK),
        Move(verb="find_candidates", sources=(SEARCHING,), target=CANDIDATES, who=P.CASE_SEARCH),
        Move(verb="review", sources=(CANDIDATES, EVIDENCE_NEEDED), target=REVIEW, who=P.MATCH_READ_FIRST),
        Move(verb="reject_candidates", sources=(CANDIDATES, REVIEW), target=SEARCHING, who=P.CASE_SEARCH),
        Move(
            verb="confirm_match",
            sources=(CANDIDATES, REVIEW, EVIDENCE_NEEDED),
            target=MATCH_CONFIRMED,
            who=P.MATCH_READ_FIRST,
            needs=(E.SECOND_READER,),
        ),
        Move(
            verb="undo_match",
            sources=(MATCH_CONFIRMED, DISCLOSURE_DECISION, DEFERRED, WITHHELD),
            target=REVIEW,
            who=P.MATCH_UNDO,
            needs=(E.REASON,),
        ),
        Move(verb="decide_disclosure", sources=(MATCH_CONFIRMED,), target=DISCLOSURE_DECISION, who=P.CASE_DECIDE),
        Move(verb="inform", sources=_DECIDED, target=INFORMED, who=P.CASE_DECIDE, needs=(E.CALL_RECORD,)),
        Move(verb="withhold", sources=_DECIDED, target=WITHHELD, who=P.CASE_DECIDE, needs=(E.REASON,)),
        Move(verb="defer", sources=(DISCLOSURE_DECISION,), target=DEFERRED, who=P.CASE_DECIDE, needs=(E.REASON,)),
        Move(verb="reconsider", sources=(WITHHELD, MONITORING), target=DISCLOSURE_DECISION, who=P.CASE_DECIDE),
        Move(
            verb="retract",
            sources=(INFORMED, MONITORING),
            target=SEARCHING,
            who=P.DISCLOSURE_RETRACT,
            needs=(E.REASON,),
        ),
        Move(verb="monitor", sources=(INFORMED, WITHHELD), target=MONITORING, who=P.CASE_WORK),
        Move(verb="close", sources=(MONITORING, OPEN, SEARCHING), target=CLOSED, who=P.CASE_WORK, needs=(E.REASON,)),
        Move(verb="reopen", sources=(CLOSED,), target=SEARCHING, who=P.CASE_WORK),
    ),
    words={
        OPEN: _("opened"),
        EVIDENCE_NEEDED: _("a detail is needed"),
        SEARCHING: _("being searched"),
        CANDIDATES: _("proposals to read"),
        REVIEW: _("being read"),
        MATCH_CONFIRMED: _("the record is confirmed"),
        DISCLOSURE_DECISION: _("what may be told is being decided"),
        INFORMED: _("the family was told by a person"),
        WITHHELD: _("withheld; the Central Tracing Agency only"),
        DEFERRED: _("to be told in person"),
        MONITORING: _("kept under watch"),
        CLOSED: _("closed"),
        "search": _("Search the register"),
        "ask_evidence": _("Ask for a detail"),
        "find_candidates": _("Note proposals"),
        "review": _("Begin to read"),
        "reject_candidates": _("No proposal fits: search on"),
        "confirm_match": _("Confirm the record"),
        "undo_match": _("Undo the confirmation"),
        "decide_disclosure": _("Decide what may be told"),
        "inform": _("Record that the family was told"),
        "withhold": _("Withhold; tell the Central Tracing Agency"),
        "defer": _("Tell in person"),
        "reconsider": _("Reconsider what may be told"),
        "retract": _("Retract what was told"),
        "monitor": _("Keep under watch"),
        "close": _("Close the case"),
        "reopen": _("Open the case again"),
    },
)
