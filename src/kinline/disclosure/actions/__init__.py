"""Everything that decides what a family is told, and keeps what they were told."""

from kinline.disclosure.actions.letters import draft_letter, kind_of_letter
from kinline.disclosure.actions.propose import Choice, accompany, approve, propose, revise, void
from kinline.disclosure.actions.retract import mistake_told, retract
from kinline.disclosure.actions.tell import Outcome, begin_call, could_not_tell, follow_up, tell
from kinline.disclosure.actions.withhold import Withholding, withhold

__all__ = [
    "Choice",
    "Outcome",
    "Withholding",
    "accompany",
    "approve",
    "begin_call",
    "could_not_tell",
    "draft_letter",
    "follow_up",
    "kind_of_letter",
    "mistake_told",
    "propose",
    "retract",
    "revise",
    "tell",
    "void",
    "withhold",
]
