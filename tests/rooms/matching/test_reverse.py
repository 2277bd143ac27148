"""A new list is searched the other way round, and finds what searching every case would find."""

from dataclasses import replace
from datetime import timedelta

import pytest

from kinline.ledger import actions as ledger
from kinline.matching import actions, engine, queries, reverse
from kinline.matching.actions import due
from kinline.matching.models import CaseSearch, Proposal, Sweep
from kinline.registry import actions as registry
from kinmatch import Index, Person
from kinmatch.bench.generate import enquiries
from kinmatch.bench.generate import registry as invented
from kinmatch.weights import default_weights
from kinrules.terms import EvidenceKind
from tests import people
from tests.bureau import NOON
from tests.rooms.matching.conftest import case_of
from tests.rooms.registry.conftest import LIST, draft_of

LATER, LAST = NOON + timedelta(hours=1), NOON + timedelta(hours=2)


@pytest.fixture(scope="module")
def world():
    """4,000 invented records, the last 400 of them new, and 3,000 enquiries about all of them."""
    known = invented(4_000, 5)
    asked = list(enquiries(known, 3_000, 6).table)
    records = list(known.table)
    return Index.build(records), asked, records[-400:]


def test_the_search_the_other_way_round_finds_what_searching_every_case_finds(world):
    register, asked, fresh = world
    new = {person.id for person in fresh}
    cases = Index.build([reverse.every_reading(person) for person in asked])

    near = reverse.near(cases, fresh, weights=default_weights(), records=len(register), progress=lambda *_: None)

    proposed = {
        (person.id, hit.record)
        for person in asked
        for hit in register.search(person, limit=5)
        if hit.record in new and hit.probability >= reverse.LEAST_LIKELY
    }
    assert len(proposed) > 150
    assert {case for case, _record in proposed} <= near
    assert len(near) < len(asked) / 2


def test_more_is_asked_for_until_the_last_one_is_too_far():
    andriy = Person("andriy", full_name="Коваль Андрій Петрович", birth_date="2001-03-14")
    crowd = Index.build([replace(andriy, id=str(number)) for number in range(300)])

    near = reverse.near(crowd, [andriy], weights=default_weights(), records=300, progress=lambda *_: None)

    assert len(near) == 300


def test_only_the_cases_a_new_record_comes_near_are_searched_in_full(register, daryna, case):
    far = case_of("Zzyzx Unheardofsson", born="1955")
    actions.search_due(at=NOON)
    andriy = registry.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=LATER)

    searched = actions.search_due(at=LAST)

    assert (searched.cases, searched.fresh) == (1, 1)
    assert Proposal.objects.filter(case=case).first().record == andriy
    assert CaseSearch.objects.filter(case=far).count() == 1
    assert Sweep.objects.first().found == searched.proposals >= 1


def test_nothing_new_is_nothing_to_do(register, case):
    actions.search_due(at=NOON)
    sweeps = Sweep.objects.count()

    searched = actions.search_due(at=LATER)

    assert (searched.cases, searched.fresh) == (0, 0)
    assert Sweep.objects.count() == sweeps


def test_a_new_case_is_searched_in_full_at_once(andriy, case):
    actions.search_due(at=NOON)
    other = case_of(people.STRANGER.latin, born=people.STRANGER.born)

    searched = actions.search_due(at=LATER)

    assert searched.cases == 1
    assert Proposal.objects.filter(case=other, probability__gt=0.9).exists()


def test_a_reopened_case_is_searched_for_what_came_while_it_was_closed(register, daryna, taras, case):
    actions.search_due(at=NOON)
    for proposal in Proposal.objects.filter(case=case):
        actions.decide(proposal, actions.Decision.NOT_SAME, actor=taras, at=NOON, version=1, reason="relative")
    case.refresh_from_db()
    reason = ledger.attest(EvidenceKind.REASON, "came home", subject=case, actor=taras, at=NOON)
    ledger.advance(case, "close", actor=taras, at=NOON, evidence=[reason])
    andriy = registry.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=LATER)
    assert actions.search_due(at=LATER).cases == 0

    ledger.advance(case, "reopen", actor=taras, at=LAST)
    actions.search_due(at=LAST)

    assert Proposal.objects.filter(case=case, record=andriy).exists()


def test_a_run_that_was_stopped_is_made_up_for(register, daryna, case, monkeypatch):
    actions.search_due(at=NOON)
    registry.record(draft_of(people.ANDRIY), report=LIST, actor=daryna, at=LATER)

    def stopped(*_arguments, **_named):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(due, "_search_in_full", stopped)
        with pytest.raises(KeyboardInterrupt):
            actions.search_due(at=LATER)

    assert actions.search_due(at=LAST).proposals >= 1


def test_each_night_every_open_case_is_searched_and_nothing_is_noted_twice(andriy, case):
    case_of("Zzyzx Unheardofsson", born="1955")
    actions.search_due(at=NOON)
    noted = CaseSearch.objects.count()

    searched = actions.search_all(at=LATER)

    assert searched.cases == 2
    assert searched.proposals == 0
    assert CaseSearch.objects.count() == noted
    assert queries.last_sweep().whole


def test_a_list_larger_than_all_cases_has_every_case_searched(register, daryna, case, monkeypatch):
    actions.search_due(at=NOON)
    monkeypatch.setattr(due, "PIECE", 1)
    drafts = [draft_of(people.ANDRIY), draft_of(people.STRANGER)]
    registry.record_many(drafts, report=LIST, actor=daryna, at=LATER)

    searched = actions.search_due(at=LAST)

    assert searched.cases == 1
    assert Sweep.objects.first().whole


def test_every_proposal_says_with_which_weights_it_was_made(proposal):
    assert proposal.weights == engine.DEFAULT
    assert proposal.said == pytest.approx(proposal.probability)
