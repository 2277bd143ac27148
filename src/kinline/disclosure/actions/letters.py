"""The letter to the family after a person told them."""

from datetime import date, datetime

from django.db import transaction

from kinline.correspondence import actions as correspondence
from kinline.correspondence.models import Letter
from kinline.disclosure import queries
from kinline.disclosure.models import Disclosure
from kinline.staff.queries import Acting
from kinrules.refusal import Refused
from kinrules.states import disclosure as states
from kinrules.terms import Fate

_KINDS = {
    Fate.DEAD: "after_we_told_you",
    Fate.ALIVE_IN_CUSTODY: "alive_after_we_told_you",
    Fate.IN_HOSPITAL: "alive_after_we_told_you",
}


def kind_of_letter(disclosure: Disclosure) -> str:
    """The kind of letter that follows this disclosure: after a mistake, after a telling, or that nothing is shared."""
    if disclosure.state == states.RETRACTED:
        return "mistake"
    if disclosure.state == states.WITHHELD:
        return "cannot_share"
    return _KINDS.get(Fate(disclosure.fate), "after_we_talked")


@transaction.atomic
def draft_letter(disclosure: Disclosure, words: dict[str, str], *, actor: Acting, at: datetime, on: date) -> Letter:
    """Draft the letter that follows. It is about the enquiry, as every letter to this family is.

    Raises:
        Refused: not permitted, a blank is empty, or the family was not told by a person yet.
    """
    if disclosure.state not in (states.TOLD, states.RETRACTED, states.WITHHELD):
        raise Refused("disclosure.not-told-yet", "the family has not been told")
    if disclosure.state == states.RETRACTED and not queries.mistake_is_told(disclosure):
        raise Refused("disclosure.not-told-yet", "the family has not been told of the mistake")
    wording = correspondence.Wording(kind_of_letter(disclosure), disclosure.language, words)
    told = queries.call_record(disclosure)
    return correspondence.draft(wording, about=disclosure.enquiry, actor=actor, at=at, on=on, told=told)
