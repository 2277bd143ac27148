"""No path leads to a family that was told without two humans, a confirmed match, shown kinship, and nobody harmed."""

from contextlib import suppress
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from kinline.disclosure import actions, queries
from kinline.disclosure.models import Disclosure, Telling
from kinline.enquiries.models import Enquirer, Enquiry
from kinline.matching import actions as matching
from kinline.matching.models import Proposal
from kinrules.refusal import Refused
from kinrules.rules.consent import Wish
from kinrules.states import captive_record, match
from kinrules.states import disclosure as states
from kinrules.terms import Category, Fate, Recipient, WithholdingReason
from tests import people
from tests.bureau import NOON, acting, enrolled
from tests.rooms.disclosure.conftest import choice_for, received, show_kinship, with_record

OFFICERS = (people.TARAS, people.PETRO, people.SOFIIA, people.MARKO, people.IRYNA, people.OLHA)
TELLERS = (people.SOFIIA, people.MARKO)
# Officers who may not do a thing are refused at once; those who may are drawn more often, so that stories go far.
anybody = st.sampled_from([*OFFICERS, people.SOFIIA, people.MARKO, people.SOFIIA, people.MARKO])
tellers = st.sampled_from(TELLERS)
MISHAPS = (
    "kinship_falls",
    "kinship_expires",
    "revise",
    "show",
    "take_back",
    "the_family_s_name_changes",
    "undo_reading",
    "withhold",
    "could_not_tell",
)


class Bureau(RuleBasedStateMachine):
    """Officers doing anything in any order; what the law forbids is refused, and refusals change nothing."""

    enquiry: Enquiry
    proposal_key: object
    fate: Fate

    def __init__(self) -> None:
        super().__init__()
        self.savepoint = transaction.savepoint()
        self.at = NOON
        self.told: set[object] = set()

    def teardown(self) -> None:
        transaction.savepoint_rollback(self.savepoint)

    @property
    def proposal(self) -> Proposal:
        return Proposal.objects.get(pk=self.proposal_key)

    @property
    def family(self) -> Enquiry:
        return Enquiry.objects.get(pk=self.enquiry.pk)

    @property
    def disclosure(self) -> Disclosure:
        found = Disclosure.objects.order_by("-proposed_at", "-pk").first()
        if found is None:
            raise Refused("test.nothing-yet", "nothing is proposed yet")
        return found

    @initialize(far=st.integers(0, 3), second=st.sampled_from([None, people.OLHA]))
    def half_way(self, far, second):
        """Most stories begin where the match is confirmed and kinship shown, or further; some from nothing."""
        if far:
            self.read(people.TARAS)
            self.read(people.PETRO)
            show_kinship(self.enquiry)
        if far > 1:
            self.propose(people.SOFIIA)
        if far > 2:
            self.approve(people.MARKO)
            if second:
                self.accompany(people.SOFIIA, second)

    @rule(steps=st.integers(1, 4), second=st.booleans())
    def go_on(self, steps, second):
        """What an officer in a hurry would do next, on the next day at noon if it is night."""
        if not 7 <= self.at.hour <= 16:
            self.at = self.at.replace(hour=12) + timedelta(days=1)
        for _step in range(steps):
            disclosure = Disclosure.objects.order_by("-proposed_at", "-pk").first()
            if disclosure is None:
                self.propose(people.SOFIIA)
            elif disclosure.state == states.PROPOSED:
                self.approve(people.MARKO)
            elif disclosure.call_begun_at is None:
                if second:
                    self.accompany(people.SOFIIA, people.OLHA)
                self.begin(people.SOFIIA)
            else:
                self.tell(people.SOFIIA)

    @rule(who=tellers, what=st.sampled_from(MISHAPS), value=st.booleans())
    def go_wrong(self, who, what, value):
        """Something that must stop a telling, or begin it anew."""
        if what == "kinship_falls":
            self.kinship_falls("2" if value else "0")
        elif what in ("kinship_expires", "the_family_s_name_changes", "show"):
            getattr(self, what)()
        elif what == "revise":
            self.revise(who, value)
        else:
            getattr(self, what)(people.TARAS if what == "undo_reading" else who)

    @rule(who=anybody, what=st.sampled_from(["read", "propose", "approve", "begin"]))
    def step(self, who, what):
        """Any officer tries any step."""
        getattr(self, what)(who)

    def read(self, who):
        with suppress(Refused), transaction.atomic():
            proposal = self.proposal
            same = matching.Decision.SAME
            matching.decide(proposal, same, actor=acting(who), at=self.at, version=proposal.version)

    def undo_reading(self, who):
        with suppress(Refused), transaction.atomic():
            matching.undo(self.proposal, actor=acting(who), at=self.at, words="doubt")

    def show(self):
        with suppress(Refused), transaction.atomic():
            show_kinship(self.enquiry)

    def kinship_falls(self, level):
        Enquiry.objects.filter(pk=self.enquiry.pk).update(kin_level=level)

    def kinship_expires(self):
        Enquiry.objects.filter(pk=self.enquiry.pk).update(kin_until=(self.at - timedelta(days=2)).date())

    @rule(
        who=anybody,
        wish=st.sampled_from(Wish),
        detriment=st.booleans(),
        agency=st.sampled_from(["made", "not_yet"]),
        fate=st.sampled_from([Fate.DEAD, Fate.ALIVE_IN_CUSTODY, Fate.RELEASED]),
        recipient=st.sampled_from([Recipient.NEXT_OF_KIN, Recipient.OTHER_KIN]),
    )
    def propose_anything(self, who, wish, detriment, agency, fate, recipient):
        changes = {"wish": wish, "detriment": detriment, "agency": agency, "recipient": recipient}
        with suppress(Refused), transaction.atomic():
            chosen = choice_for(self.family, fate, **changes)
            actions.propose(self.proposal, enquiry=self.family, choice=chosen, actor=acting(who), at=self.at)

    def propose(self, who):
        with suppress(Refused), transaction.atomic():
            chosen = choice_for(self.family, self.fate)
            actions.propose(self.proposal, enquiry=self.family, choice=chosen, actor=acting(who), at=self.at)

    def revise(self, who, detriment):
        with suppress(Refused), transaction.atomic():
            disclosure = self.disclosure
            chosen = choice_for(self.family, self.fate, detriment=detriment)
            actions.revise(disclosure, chosen, actor=acting(who), at=self.at, version=disclosure.version)

    def approve(self, who):
        with suppress(Refused), transaction.atomic():
            disclosure = self.disclosure
            actions.approve(disclosure, seen=queries.digest(disclosure), actor=acting(who), at=self.at)

    def the_family_s_name_changes(self):
        Enquirer.objects.filter(pk=self.enquiry.enquirer_id).update(name="Інша Людина")

    def take_back(self, who):
        with suppress(Refused), transaction.atomic():
            actions.void(self.disclosure, why="doubt", actor=acting(who), at=self.at)

    @rule(who=tellers, second=anybody)
    def accompany(self, who, second):
        with suppress(Refused), transaction.atomic():
            actions.accompany(self.disclosure, enrolled(second), actor=acting(who), at=self.at)

    def begin(self, who):
        with suppress(Refused), transaction.atomic():
            actions.begin_call(self.disclosure, actor=acting(who), at=self.at)

    @rule(who=anybody)
    def tell(self, who):
        with suppress(Refused), transaction.atomic():
            outcome = actions.Outcome(next_call_at=self.at + timedelta(days=1))
            actions.tell(self.disclosure, outcome, actor=acting(who), at=self.at)
            self.check_what_was_told()

    def could_not_tell(self, who):
        with suppress(Refused), transaction.atomic():
            outcome = actions.Outcome(next_call_at=self.at + timedelta(hours=1))
            actions.could_not_tell(self.disclosure, outcome, actor=acting(who), at=self.at)

    def withhold(self, who):
        because = WithholdingReason.DETRIMENT_TO_KIN
        review_on = (self.at + timedelta(days=30)).date()
        with suppress(Refused), transaction.atomic():
            withholding = actions.Withholding(because=because, words="x", review_on=review_on, agency_words="T")
            actions.withhold(self.disclosure, withholding, actor=acting(who), at=self.at)

    @rule(hours=st.integers(1, 20))
    def time_passes(self, hours):
        self.at += timedelta(hours=hours)

    def check_what_was_told(self):
        """Everything that must hold at the moment of telling."""
        disclosure = self.disclosure
        proposal, family = disclosure.proposal, Enquiry.objects.get(pk=disclosure.enquiry_id)
        assert proposal.state == match.CONFIRMED
        assert proposal.first_reader_id
        assert proposal.second_reader_id
        assert proposal.first_reader_id != proposal.second_reader_id
        assert disclosure.approved_by_id
        assert disclosure.approved_by_id != disclosure.proposed_by_id
        assert queries.stands(disclosure)
        assert family.kin_level == "3"
        assert family.kin_until >= self.at.date()
        assert not disclosure.detriment
        assert disclosure.wish not in (Wish.OBJECTS, Wish.NOT_ASKED)
        assert disclosure.agency != "not_yet"
        telling = Telling.objects.get(disclosure=disclosure, told=True)
        if disclosure.fate == Fate.DEAD:
            assert telling.with_officer_id
            assert telling.with_officer_id != telling.by_officer_id
            assert proposal.record.state == captive_record.DEAD
        self.told.add(disclosure.pk)

    @invariant()
    def nobody_was_told_otherwise(self):
        told = Disclosure.objects.filter(state__in=[states.TOLD, states.RETRACTED]).values_list("pk", flat=True)
        assert set(told) <= self.told


def bureau_with(state_of_record: str) -> type[Bureau]:
    """A bureau whose register holds Andriy in this state, and his mother's enquiry; every story begins here."""
    is_dead = state_of_record == captive_record.DEAD
    enquiry = received()
    record = with_record(state_of_record, category=Category.DEAD if is_dead else Category.PRISONER_OF_WAR)
    matching.search_case(enquiry.case, at=NOON)
    for officer in OFFICERS:
        enrolled(officer)
    found = {
        "enquiry": enquiry,
        "proposal_key": Proposal.objects.get(record=record).pk,
        "fate": Fate.DEAD if is_dead else Fate.ALIVE_IN_CUSTODY,
    }
    return type("BureauOfToday", (Bureau,), found)


ANY_ORDER = settings(
    max_examples=24,
    stateful_step_count=14,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)


REGISTERS = pytest.mark.parametrize("state", [captive_record.INTERNED, captive_record.DEAD])


@REGISTERS
def test_no_path_leads_to_a_family_wrongly_told(db, state):
    run_state_machine_as_test(bureau_with(state), settings=ANY_ORDER)


@REGISTERS
def test_the_right_path_leads_there(db, state):
    """Without this, the test above could pass by refusing everything."""
    bureau = bureau_with(state)()
    bureau.half_way(1, None)
    bureau.propose(people.SOFIIA)
    bureau.approve(people.MARKO)
    bureau.accompany(people.SOFIIA, people.OLHA)
    bureau.begin(people.SOFIIA)

    bureau.tell(people.SOFIIA)

    assert bureau.told
    bureau.nobody_was_told_otherwise()
