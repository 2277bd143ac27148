"""What an approval binds: everything that would be told, to whom, by which way, and what it rests on."""

import json
from hashlib import sha256

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override

from kinline.disclosure import wording
from kinline.disclosure.models import Disclosure
from kinrules.rules.consent import Wish
from kinrules.terms import Category

_CIVIL = frozenset({Category.CIVILIAN_INTERNEE, Category.OTHER_PROTECTED, Category.NEUTRAL_INTERNEE})
_MILITARY = frozenset({Category.PRISONER_OF_WAR, Category.RETAINED_PERSONNEL})


def digest(disclosure: Disclosure) -> str:
    """SHA-256 over all that is approved, read anew from every row it comes from: any change gives another digest.

    It covers the family's name, phone and safe word, and the version of the match and of the record, so that an
    approval does not outlive a change anywhere.
    """
    proposal, enquiry, contact = disclosure.proposal, disclosure.enquiry, disclosure.contact
    whole = {
        "enquiry": str(enquiry.pk),
        "enquirer": [str(enquiry.enquirer_id), enquiry.enquirer.name, enquiry.relation, enquiry.safe_word],
        "sought": [str(enquiry.case_id), enquiry.case.sought_name, enquiry.case.sex],
        "match": [str(proposal.pk), proposal.state, proposal.version],
        "record": [str(proposal.record_id), proposal.record.state, proposal.record.category, proposal.record.version],
        "contact": [contact.pk, contact.channel, contact.value] if contact else [],
        "what": [disclosure.fate, disclosure.recipient, disclosure.wish, disclosure.means, disclosure.language],
        "detriment": [disclosure.detriment, disclosure.detriment_words],
        "agency": [disclosure.agency, disclosure.agency_words],
        "lines": disclosure.lines,
    }
    text = json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8")).hexdigest()


def stands(disclosure: Disclosure) -> bool:
    """Whether it was approved, and nothing has changed since."""
    return bool(disclosure.approved_digest) and disclosure.approved_digest == digest(disclosure)


def lines_for(disclosure: Disclosure, *, script: str) -> list[wording.Line]:
    """The lines of a script for this family, every blank filled but the caller's own name.

    Raises:
        Refused: there is no such script in the language of the call.
    """
    enquiry = disclosure.enquiry
    blanks = wording.Blanks(
        relation=enquiry.relation,
        sex=enquiry.case.sex,
        single={
            "safe_word": enquiry.safe_word,
            "enquirer": enquiry.enquirer.name,
            "sought": enquiry.case.sought_name,
            "told_on": _told_on(disclosure),
        },
        own_lines={
            "may_say": _lines(disclosure.may_say),
            "what_was_wrong": _lines(disclosure.what_was_wrong),
        },
        conditions=_conditions(disclosure),
    )
    return wording.filled(script, disclosure.language, blanks=blanks)


def _conditions(disclosure: Disclosure) -> frozenset[str]:
    category = Category(disclosure.proposal.record.category)
    holding = {
        "named_this_kin": disclosure.wish == Wish.NAMED_THIS_KIN,
        "prisoner_of_war": category in _MILITARY,
        "civilian": category in _CIVIL,
    }
    return frozenset(name for name, holds in holding.items() if holds)


def _told_on(disclosure: Disclosure) -> str:
    if disclosure.told_at is None:
        return ""
    with override(disclosure.language):
        return date_format(localtime(disclosure.told_at), "j E Y, H:i")


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())
