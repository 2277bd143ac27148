"""The gate: everything that must hold before the family's number appears, each with why not and what next."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils.timezone import localdate

from kinline.disclosure import messages, wording
from kinline.disclosure.models import Disclosure, Telling
from kinline.disclosure.queries.whole import stands
from kinline.enquiries.queries import kinship
from kinline.staff import queries as staff
from kinline.staff.queries import Acting
from kinline.ui import refusals
from kinrules import limits
from kinrules.refusal import Refused
from kinrules.rules import (
    calling_hours,
    care_for_staff,
    consent,
    detriment,
    fate_of_record,
    next_of_kin_first,
    told_by_a_person,
    two_people,
)
from kinrules.rules.consent import Wish
from kinrules.rules.told_by_a_person import Means
from kinrules.states import disclosure as states
from kinrules.states import match
from kinrules.terms import Channel, Fate, KinLevel, Recipient

HARD = frozenset({"match", "record", "kin", "kin_first", "detriment", "wish"})
"""Gates without which nothing is even approved; the others may close and open with the hour or the officer."""

_AGENCY_SETTLED = frozenset({"made", "not_needed"})


@dataclass(frozen=True)
class Gate:
    """One condition: ``says`` what is asked, ``why`` it is shut and what to do next, in sentences for the officer."""

    code: str
    says: str
    open: bool
    why: str
    refused: Refused | None


@dataclass(frozen=True)
class _Asked:
    disclosure: Disclosure
    caller: Acting
    at: datetime

    @property
    def on(self) -> date:
        return localdate(self.at)

    @property
    def recipient(self) -> Recipient:
        return Recipient(self.disclosure.recipient)

    @property
    def fate(self) -> Fate:
        return Fate(self.disclosure.fate)


def gate(disclosure: Disclosure, *, caller: Acting, at: datetime) -> list[Gate]:
    """Every gate for ``caller`` to tell this family at this moment, in the order of the work."""
    asked = _Asked(disclosure, caller, at)
    return [_judge(code, rule(asked)) for code, rule in _RULES.items()]


def all_open(gates: Iterable[Gate], *, only: frozenset[str] | None = None) -> bool:
    """Whether every gate is open, or every one of those named in ``only``."""
    return all(each.open for each in gates if only is None or each.code in only)


def _judge(code: str, refused: Refused | None) -> Gate:
    why = "" if refused is None else refusals.sentence(refused)
    return Gate(code, str(messages.GATES[code]), refused is None, why, refused)


def _match(asked: _Asked) -> Refused | None:
    proposal = asked.disclosure.proposal
    if proposal.state != match.CONFIRMED:
        return Refused("disclosure.match-not-confirmed", "the match is not confirmed")
    return two_people.refusal(proposal.first_reader_human, str(proposal.second_reader_id or ""))


def _record(asked: _Asked) -> Refused | None:
    return fate_of_record.refusal(asked.fate, record_state=asked.disclosure.proposal.record.state)


def _kin(asked: _Asked) -> Refused | None:
    enquiry = asked.disclosure.enquiry
    shown = KinLevel(enquiry.kin_level)
    refused = next_of_kin_first.refusal(Recipient.NEXT_OF_KIN, kin_level=shown, kin_told=False)
    if refused is not None:
        return refused
    if enquiry.kin_until is None or enquiry.kin_until < asked.on:
        return Refused("disclosure.kin-expired", "the kinship that was shown has expired")
    return None


def _kin_first(asked: _Asked) -> Refused | None:
    case = asked.disclosure.enquiry.case_id
    told = Disclosure.objects.filter(enquiry__case=case, recipient=Recipient.NEXT_OF_KIN.value, state=states.TOLD)
    shown = KinLevel.KIN_SHOWN  # the level has a gate of its own
    return next_of_kin_first.refusal(asked.recipient, kin_level=shown, kin_told=told.exists())


def _detriment(asked: _Asked) -> Refused | None:
    return detriment.refusal(asked.recipient, detriment=asked.disclosure.detriment)


def _wish(asked: _Asked) -> Refused | None:
    wish = Wish(asked.disclosure.wish)
    if (wish is Wish.DEAD) != (asked.fate is Fate.DEAD):
        return Refused("disclosure.wish-does-not-fit", "the wish that was noted does not fit what would be told")
    return consent.refusal(asked.recipient, wish=wish)


def _agency(asked: _Asked) -> Refused | None:
    if asked.disclosure.agency not in _AGENCY_SETTLED or not asked.disclosure.agency_words.strip():
        return Refused("disclosure.agency-not-settled", "the Agency was not told, nor is it shown why not")
    return None


def _channel(asked: _Asked) -> Refused | None:
    disclosure = asked.disclosure
    if disclosure.language not in wording.languages():
        return Refused("disclosure.no-script", "there is no script for this call in this language")
    if disclosure.means == Means.IN_PERSON:
        return None
    contact = disclosure.contact
    if contact is None or contact.enquirer_id != disclosure.enquiry.enquirer_id:
        return Refused("disclosure.no-contact", "no phone of this family was chosen")
    if contact.channel != Channel.TELEPHONE:
        return Refused("disclosure.not-a-phone", "fate is told by voice, and this contact carries none")
    if contact.checked_at is None:
        return Refused("disclosure.contact-not-checked", "nobody has checked that the phone is this family's")
    if not kinship.contacts_checked(disclosure.enquiry, on=asked.on).filter(pk=contact.pk).exists():
        days = limits.on(asked.on, "contact_check_days")
        return Refused(
            "disclosure.contact-check-expired", f"the phone was checked over {days} days ago", days=str(days)
        )
    return None


def _two_staff(asked: _Asked) -> Refused | None:
    second = asked.disclosure.accompanied_by
    staff_there = 1
    if second is not None:
        refused = two_people.refusal(asked.caller.human, str(second.pk))
        if refused is not None:  # the caller was noted as their own second by another officer
            return refused
        staff_there += staff.acting(second, on=asked.on).on_duty
    return told_by_a_person.refusal(Means(asked.disclosure.means), fate=asked.fate, staff=staff_there)


def _hours(asked: _Asked) -> Refused | None:
    enquirer = asked.disclosure.enquiry.enquirer
    try:
        there = asked.at.astimezone(ZoneInfo(enquirer.time_zone))
    except (ZoneInfoNotFoundError, ValueError):
        return Refused("disclosure.time-zone-unknown", "the family's time zone is unknown")
    earliest, latest = limits.on(asked.on, "call_earliest_hour"), limits.on(asked.on, "call_latest_hour")
    if enquirer.call_from_hour is not None:
        earliest = max(earliest, enquirer.call_from_hour)
    if enquirer.call_until_hour is not None:
        latest = min(latest, enquirer.call_until_hour)
    refused = calling_hours.refusal(local_hour=there.hour, earliest=earliest, latest=latest)
    if refused is None:
        return None
    return Refused(refused.code, refused.says, now=f"{there:%H:%M}", earliest=f"{earliest}:00", latest=f"{latest}:00")


def _care(asked: _Asked) -> Refused | None:
    if asked.fate is not Fate.DEAD:
        return None
    made = Telling.objects.filter(
        by_officer__pk=asked.caller.human, told=True, purpose="tell", disclosure__fate=Fate.DEAD.value
    )
    today = [telling for telling in made if localdate(telling.told_at) == asked.on]
    return care_for_staff.refusal(made_today=len(today), most=limits.on(asked.on, "death_calls_per_day"))


def _approval(asked: _Asked) -> Refused | None:
    disclosure = asked.disclosure
    if disclosure.state not in (states.APPROVED, states.NOT_TOLD):
        return Refused("disclosure.not-approved", "no second officer has approved it")
    if not stands(disclosure):
        return Refused("disclosure.changed-since-approved", "something changed after it was approved")
    return two_people.refusal(str(disclosure.proposed_by_id), str(disclosure.approved_by_id or ""))


_RULES: dict[str, Callable[[_Asked], Refused | None]] = {
    "match": _match,
    "record": _record,
    "kin": _kin,
    "kin_first": _kin_first,
    "detriment": _detriment,
    "wish": _wish,
    "agency": _agency,
    "channel": _channel,
    "approval": _approval,
    "two_staff": _two_staff,
    "hours": _hours,
    "care": _care,
}
