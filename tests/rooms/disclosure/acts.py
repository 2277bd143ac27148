"""What may happen on the way to a telling: the right steps, and everything that could go wrong before each of them."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta

from kinline.disclosure import actions, queries
from kinline.disclosure.models import Disclosure, Telling
from kinline.enquiries.models import Enquirer, EnquirerContact, Enquiry
from kinline.matching import actions as matching
from kinline.matching.models import Proposal
from kinline.registry.models import Record
from kinrules.rules.consent import Wish
from kinrules.states import captive_record
from kinrules.terms import Category, Fate, Recipient, WithholdingReason
from tests.bureau import NOON, acting, enrolled
from tests.people import MARKO, OLHA, PETRO, SOFIIA, TARAS, InventedOfficer
from tests.rooms.disclosure.conftest import choice_for, received, show_kinship, with_record
from tests.rooms.disclosure.laws import Memory, words_of


class Bureau:
    """A bureau whose register holds Andriy in one state, and his mother's enquiry with kinship shown."""

    def __init__(self, state: str) -> None:
        self.is_dead = state == captive_record.DEAD
        self.fate = Fate.DEAD if self.is_dead else Fate.ALIVE_IN_CUSTODY
        category = Category.DEAD if self.is_dead else Category.PRISONER_OF_WAR
        self.enquiry_key = received().pk
        self.record_key = with_record(state, category=category).pk
        matching.search_case(self.enquiry.case, at=NOON)
        self.proposal_key = Proposal.objects.get(record=self.record_key).pk
        show_kinship(self.enquiry)
        self.officers = {who.sign_in: acting(who) for who in (TARAS, PETRO, SOFIIA, MARKO, OLHA)}
        self.memory = Memory()

    @property
    def enquiry(self) -> Enquiry:
        return Enquiry.objects.get(pk=self.enquiry_key)

    @property
    def proposal(self) -> Proposal:
        return Proposal.objects.get(pk=self.proposal_key)

    @property
    def disclosure(self) -> Disclosure | None:
        return Disclosure.objects.first()

    def remember(self, **what: object) -> None:
        self.memory = replace(self.memory, **what)


Act = Callable[[Bureau], None]


def reads(bureau: Bureau, who: InventedOfficer) -> None:
    proposal, same = bureau.proposal, matching.Decision.SAME
    actor = bureau.officers[who.sign_in]
    matching.decide(proposal, same, actor=actor, at=bureau.memory.at, version=proposal.version)


def proposes(bureau: Bureau, who: InventedOfficer = SOFIIA, fate: Fate | None = None, **changes: object) -> None:
    chosen = choice_for(bureau.enquiry, fate or bureau.fate, **changes)
    actor, at = bureau.officers[who.sign_in], bureau.memory.at
    actions.propose(bureau.proposal, enquiry=bureau.enquiry, choice=chosen, actor=actor, at=at)
    bureau.remember(proposer=actor.human)


def revises(bureau: Bureau, who: InventedOfficer, **changes: object) -> None:
    now, actor = bureau.disclosure, bureau.officers[who.sign_in]
    chosen = choice_for(bureau.enquiry, bureau.fate, **changes)
    actions.revise(now, chosen, actor=actor, at=bureau.memory.at, version=now.version)
    bureau.remember(proposer=actor.human, approver="", read_by_approver={})


def approves(bureau: Bureau, who: InventedOfficer) -> None:
    now, actor = bureau.disclosure, bureau.officers[who.sign_in]
    actions.approve(now, seen=queries.digest(now), actor=actor, at=bureau.memory.at)
    bureau.remember(approver=actor.human, read_by_approver=words_of(bureau.disclosure))


def accompanies(bureau: Bureau, caller: InventedOfficer, beside: InventedOfficer | None) -> None:
    second = enrolled(beside) if beside else None
    actions.accompany(bureau.disclosure, second, actor=bureau.officers[caller.sign_in])


def begins(bureau: Bureau, who: InventedOfficer) -> None:
    actions.begin_call(bureau.disclosure, actor=bureau.officers[who.sign_in], at=bureau.memory.at)


def tells(bureau: Bureau, who: InventedOfficer) -> None:
    at = bureau.memory.at
    outcome = actions.Outcome(next_call_at=at + timedelta(days=1))
    actions.tell(bureau.disclosure, outcome, actor=bureau.officers[who.sign_in], at=at)


def nobody_answers(bureau: Bureau) -> None:
    at = bureau.memory.at
    outcome = actions.Outcome(next_call_at=at + timedelta(hours=1))
    actions.could_not_tell(bureau.disclosure, outcome, actor=bureau.officers["sofiia"], at=at)


def takes_back(bureau: Bureau) -> None:
    actions.void(bureau.disclosure, why="doubt", actor=bureau.officers["marko"], at=bureau.memory.at)
    bureau.remember(approver="", read_by_approver={})


def withholds(bureau: Bureau) -> None:
    actor, at = bureau.officers["sofiia"], bureau.memory.at
    review_on = (at + timedelta(days=30)).date()
    because = WithholdingReason.DETRIMENT_TO_KIN
    withholding = actions.Withholding(because=because, words="x", review_on=review_on, agency_words="T")
    actions.withhold(bureau.disclosure, withholding, actor=actor, at=at)


def undo_match(bureau: Bureau) -> None:
    matching.undo(bureau.proposal, actor=bureau.officers["taras"], at=bureau.memory.at, words="doubt")


def read_match_anew(bureau: Bureau) -> None:
    undo_match(bureau)
    reads(bureau, TARAS)
    reads(bureau, PETRO)


def change_words(bureau: Bureau) -> None:
    changed = [{"say": "Інше.", "label": "", "blank": "", "value": "", "note": ""}]
    Disclosure.objects.update(lines=changed)


def record_changes(bureau: Bureau) -> None:
    other = captive_record.INTERNED if bureau.is_dead else captive_record.DEAD
    Record.objects.filter(pk=bureau.record_key).update(state=other)


def two_deaths_are_told(bureau: Bureau) -> None:
    """Sofiia tells two families of a death, elsewhere and earlier today."""
    sofiia = bureau.officers["sofiia"].human
    for _call in range(2):
        Telling.objects.create(disclosure=bureau.disclosure, by_officer_id=sofiia, told=True, told_at=bureau.memory.at)


def the_other_approves(bureau: Bureau) -> None:
    proposed_by_marko = bureau.memory.proposer == bureau.officers["marko"].human
    approves(bureau, SOFIIA if proposed_by_marko else MARKO)


def the_caller_tells(bureau: Bureau) -> None:
    is_marko_s = str(bureau.disclosure.call_begun_by_id) == bureau.officers["marko"].human
    tells(bureau, MARKO if is_marko_s else SOFIIA)


def next_step(bureau: Bureau) -> str:
    """What an officer in a hurry rightly does now; empty when the story is over."""
    now = bureau.disclosure
    if now is None:
        return {"proposed": "Taras reads", "read_once": "Petro reads"}.get(bureau.proposal.state, "Sofiia proposes")
    if now.state == "proposed":
        return "the other approves"
    if now.state not in {"approved", "not_told"}:
        return ""
    if now.call_begun_at is not None:
        return "the caller tells"
    return "Sofiia begins the call" if now.accompanied_by_id else "Olha sits beside Sofiia"


def mend(bureau: Bureau) -> str:
    """What an officer does whose right step was refused, once in a story: begin again with the approval."""
    now = bureau.disclosure
    may_be_voided = now is not None and now.state in {"approved", "not_told"} and now.call_begun_at is None
    return "taken back to mend" if may_be_voided and "taken back to mend" not in bureau.memory.story else ""


STEPS: Mapping[str, Act] = {
    "Taras reads": lambda bureau: reads(bureau, TARAS),
    "Petro reads": lambda bureau: reads(bureau, PETRO),
    "Sofiia proposes": proposes,
    "the other approves": the_other_approves,
    "Olha sits beside Sofiia": lambda bureau: accompanies(bureau, SOFIIA, OLHA),
    "Sofiia begins the call": lambda bureau: begins(bureau, SOFIIA),
    "the caller tells": the_caller_tells,
    "taken back to mend": takes_back,
}
"""The right way."""

PROPOSING: Mapping[str, Act] = {
    "Petro reads first": lambda bureau: reads(bureau, PETRO),
    "Marko proposes": lambda bureau: proposes(bureau, MARKO),
    "proposed with detriment": lambda bureau: proposes(bureau, detriment=True),
    "proposed against the wish": lambda bureau: proposes(bureau, wish=Wish.OBJECTS),
    "proposed with the wish unasked": lambda bureau: proposes(bureau, wish=Wish.NOT_ASKED),
    "proposed with another wish": lambda bureau: proposes(bureau, wish=Wish.AGREES),
    "proposed before the Agency": lambda bureau: proposes(bureau, agency="not_yet"),
    "proposed to other kin": lambda bureau: proposes(bureau, recipient=Recipient.OTHER_KIN),
    "proposed as released": lambda bureau: proposes(bureau, fate=Fate.RELEASED),
    "proposed as dead": lambda bureau: proposes(bureau, fate=Fate.DEAD),
}
"""Departures while nothing is proposed."""

WORLD: Mapping[str, Act] = {
    "kinship falls": lambda bureau: Enquiry.objects.update(kin_level="2"),
    "kinship has expired": lambda bureau: Enquiry.objects.update(kin_until=(NOON - timedelta(days=2)).date()),
    "the family takes another name": lambda bureau: Enquirer.objects.update(name="Інша Людина"),
    "the phone is doubted": lambda bureau: EnquirerContact.objects.update(checked_at=None),
    "the phone is another": lambda bureau: EnquirerContact.objects.update(value="+000 555 00 66"),
    "the words are changed": change_words,
    "the record changes": record_changes,
    "night falls": lambda bureau: bureau.remember(at=NOON.replace(hour=21)),
    "two deaths are told today": two_deaths_are_told,
    "the match is undone": undo_match,
    "the match is read anew": read_match_anew,
}
"""Departures that happen around a disclosure."""

OFFICERS: Mapping[str, Act] = {
    "revised by Marko": lambda bureau: revises(bureau, MARKO),
    "revised with detriment": lambda bureau: revises(bureau, SOFIIA, detriment=True),
    "Sofiia approves": lambda bureau: approves(bureau, SOFIIA),
    "Olha approves": lambda bureau: approves(bureau, OLHA),
    "taken back": takes_back,
    "withheld": withholds,
    "Sofiia sits beside Marko": lambda bureau: accompanies(bureau, MARKO, SOFIIA),
    "nobody sits beside": lambda bureau: accompanies(bureau, SOFIIA, None),
    "Sofiia begins at once": lambda bureau: begins(bureau, SOFIIA),
    "Marko begins": lambda bureau: begins(bureau, MARKO),
    "Marko tells": lambda bureau: tells(bureau, MARKO),
    "Sofiia tells at once": lambda bureau: tells(bureau, SOFIIA),
    "nobody answers": nobody_answers,
}
"""Departures of officers around a disclosure."""

EVERY: Mapping[str, Act] = PROPOSING | WORLD | OFFICERS


def possible(step: str) -> frozenset[str]:
    """The departures that mean something before ``step``."""
    if step in {"Taras reads", "Petro reads", "Sofiia proposes"}:
        return frozenset(PROPOSING)
    if step == "Olha sits beside Sofiia":  # what the world does now it may as well do before the next step
        return frozenset(OFFICERS)
    return frozenset([*WORLD, *OFFICERS])
