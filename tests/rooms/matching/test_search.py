"""The right record is proposed whatever alphabet the family used, and nobody else's."""

from datetime import timedelta
from uuid import uuid4

import pytest

from kinline.enquiries.models import TracingCase
from kinline.ledger.models import Entry
from kinline.matching import actions, engine, queries
from kinline.matching.models import CaseSearch, Proposal
from kinline.registry import actions as registry
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON
from tests.rooms.matching.conftest import case_of
from tests.rooms.registry.conftest import LIST, draft_of

LATER = NOON + timedelta(hours=1)


@pytest.mark.parametrize(
    "name",
    ["Koval Andrii Petrovych", "Андрій Петрович Коваль", "Коваль Андрей Петрович", "Andrey Koval", "Kowal Andrij"],
)
def test_a_family_finds_him_in_any_alphabet(andriy, name):
    case = case_of(name, born=people.ANDRIY.born)

    actions.search_case(case, at=NOON)

    likeliest = Proposal.objects.filter(case=case).first()
    assert likeliest.record == andriy
    assert case.state == "candidates"


def test_a_brother_is_not_taken_for_him(register, case):
    actions.search_case(case, at=NOON)

    assert all(each.probability < 0.5 for each in Proposal.objects.filter(case=case))


def test_a_proposal_never_travels_without_its_evidence(proposal):
    assert {fact["field"] for fact in proposal.evidence} >= {"surname", "given", "birth_date", "birth_place"}
    assert all(fact["says"] for fact in proposal.evidence)
    assert proposal.engine


def test_nothing_like_this_is_recorded_as_a_search(register):
    case = case_of("Zzyzx Unheardofsson", born="1955")

    actions.search_case(case, at=NOON)

    assert not Proposal.objects.filter(case=case).exists()
    assert CaseSearch.objects.get(case=case).records == len(register)
    assert case.state == "searching"


def test_every_open_case_is_searched_again_when_the_registry_grows(daryna, register, case):
    actions.search_due(at=LATER)
    assert not queries.cases_to_search().exists()

    registry.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=LATER + timedelta(hours=1))
    searched = actions.search_due(at=LATER + timedelta(hours=2))

    assert searched.cases == 1
    assert Proposal.objects.filter(case=case).first().probability > 0.9


def test_a_case_is_searched_again_when_the_family_adds_a_fact(andriy, case):
    actions.search_due(at=LATER)
    TracingCase.objects.filter(pk=case.pk).update(unit="TEST-0042", facts_changed_at=LATER + timedelta(minutes=1))

    assert list(queries.cases_to_search()) == [case]


def test_a_rejected_pair_stays_away_until_a_fact_changes(proposal, case, taras):
    actions.decide(proposal, actions.Decision.NOT_SAME, actor=taras, at=NOON, version=1, reason="namesake")
    actions.search_case(case, at=LATER)
    proposal.refresh_from_db()
    assert proposal.state == "rejected"

    case.refresh_from_db()
    case.father_given_name = "Петро"
    case.save()
    actions.search_case(case, at=LATER)

    proposal.refresh_from_db()
    assert proposal.state == "proposed"


def test_a_withdrawn_record_is_no_longer_proposed(daryna, andriy):
    batch = uuid4()
    (twice,) = registry.record_many([draft_of(people.ANDRIY)], report=LIST, actor=daryna, at=NOON, batch=batch)
    assert str(twice.pk) in engine.index()
    registry.withdraw_batch(batch, reason="recorded twice", actor=daryna, at=LATER)
    case = case_of(born=people.ANDRIY.born)

    actions.search_case(case, at=LATER)

    assert Proposal.objects.filter(case=case, record=andriy).exists()
    assert not Proposal.objects.filter(case=case, record=twice).exists()


def test_the_ledger_learns_references_and_never_a_name(proposal):
    entry = Entry.objects.get(kind="match.propose", subject=f"match:{proposal.pk}")

    assert set(entry.facts) == {"case", "record", "engine"}


def test_a_record_can_be_proposed_by_hand_once(andriy, taras):
    case = case_of("Somebody Else Entirely")

    proposal = actions.propose_record(case, andriy, actor=taras, at=NOON)

    assert proposal.state == "proposed"
    assert case.state == "candidates"
    with pytest.raises(Refused) as refused:
        actions.propose_record(case, andriy, actor=taras, at=NOON)
    assert refused.value.code == "match.proposed-already"


def test_a_record_that_was_not_offered_says_why(register, case):
    rows = queries.why_not(case, register[0])

    assert rows[0].points < 0
    assert rows[0].words
