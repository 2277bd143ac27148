"""What must hold when a family is told, said once more and apart from the house's own gate.

The house asks its gate; the stories of telling ask this. Nothing here calls a gate, a rule or a digest of the house: what
both got wrong together would be seen by neither.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from kinline.disclosure.models import Disclosure, Telling
from kinline.matching.models import Reading
from tests.bureau import NOON, TODAY

KYIV = ZoneInfo("Europe/Kyiv")
ALLOWING = ("named_this_kin", "agrees", "cannot_be_asked")
HELD = ("registered", "interned")
DEATHS_A_DAY = 2


@dataclass(frozen=True)
class Memory:
    """What the teller of a story remembers, so that the house need not be asked: who did it, and what they had read."""

    at: datetime = NOON
    story: tuple[str, ...] = ()
    proposer: str = ""
    approver: str = ""
    read_by_approver: Mapping[str, Any] = field(default_factory=dict)
    calling: bool = False
    told: bool = False


@dataclass(frozen=True, kw_only=True)
class Moment:
    """A family hears something: what, from whom, with whom beside, and what came before."""

    disclosure: Disclosure
    caller: object
    beside: object
    memory: Memory

    @property
    def is_death(self) -> bool:
        """Whether a death is told."""
        return self.disclosure.fate == "dead"


def words_of(disclosure: Disclosure) -> dict[str, Any]:
    """What an approver reads, in the words on the page: to whom, by which way, of whom, and every line."""
    enquirer = disclosure.enquiry.enquirer
    return {
        "to": [enquirer.name, disclosure.enquiry.safe_word, disclosure.contact.value],
        "of": [disclosure.enquiry.case.sought_name, disclosure.proposal.record.state],
        "what": [disclosure.fate, disclosure.recipient, disclosure.wish, disclosure.detriment, disclosure.agency],
        "lines": disclosure.lines,
    }


def _match(moment: Moment) -> bool:
    proposal = moment.disclosure.proposal
    standing = Reading.objects.filter(proposal=proposal, decision="same", undone_at=None)
    readers = {proposal.first_reader_id, proposal.second_reader_id}
    both_read = readers == set(standing.values_list("officer_id", flat=True))
    return proposal.state == "confirmed" and len(readers) == 2 and both_read


def _record(moment: Moment) -> bool:
    state = moment.disclosure.proposal.record.state
    return state == "dead" if moment.is_death else state in HELD


def _kin(moment: Moment) -> bool:
    enquiry = moment.disclosure.enquiry
    return enquiry.kin_level == "3" and enquiry.kin_until >= TODAY


def _kin_first(moment: Moment) -> bool:
    return moment.disclosure.recipient == "next_of_kin"  # nobody was told before in these stories


def _detriment(moment: Moment) -> bool:
    return not moment.disclosure.detriment


def _wish(moment: Moment) -> bool:
    return moment.disclosure.wish == "dead" if moment.is_death else moment.disclosure.wish in ALLOWING


def _agency(moment: Moment) -> bool:
    return moment.disclosure.agency == "made"


def _channel(moment: Moment) -> bool:
    contact = moment.disclosure.contact
    is_family_s = contact.enquirer_id == moment.disclosure.enquiry.enquirer_id
    return is_family_s and contact.channel == "telephone" and contact.checked_at is not None


def _approval(moment: Moment) -> bool:
    memory = moment.memory
    two = bool(memory.approver) and memory.approver != memory.proposer
    return two and memory.read_by_approver == words_of(moment.disclosure)


def _two_staff(moment: Moment) -> bool:
    return moment.beside != moment.caller and (moment.beside is not None or not moment.is_death)


def _hours(moment: Moment) -> bool:
    return 8 <= moment.memory.at.astimezone(KYIV).hour < 20


def _care(moment: Moment) -> bool:
    told = Telling.objects.filter(by_officer=moment.caller, told=True, told_at__date=TODAY)
    return not moment.is_death or told.filter(disclosure__fate="dead").count() < DEATHS_A_DAY


BEGINNING: Mapping[str, Callable[[Moment], bool]] = {
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
"""What must hold when the family's number appears, under the name of the gate that keeps it."""

TELLING = {code: law for code, law in BEGINNING.items() if code not in {"channel", "hours", "care"}}
"""What must still hold when it is recorded that they were told: the hour may pass while somebody speaks."""
