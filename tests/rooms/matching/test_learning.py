"""The bureau learns from what officers decided, and nothing learnt is in force until a reviewer accepts it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from kinline.jobs import worker
from kinline.ledger import queries as ledger
from kinline.matching import actions, engine, queries
from kinline.matching.actions import Decision
from kinline.matching.models import Acceptance, DecidedPair, LearntWeights, Proposal
from kinmatch.learn import Calibration, Written, digest_of, write
from kinmatch.weights import default_weights
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON
from tests.reading import english, words
from tests.rooms.matching import pages
from tests.rooms.matching.conftest import case_of

LATER = NOON + timedelta(hours=1)
PAGE = "/matching/learning/"
FEW_BANDS = [{"least": 0.8, "below": 0.9, "pairs": 40, "said": 0.85, "same": 0.6, "low": 0.44, "high": 0.74}]


def learnt_weights(*, slope: float = 0.5) -> LearntWeights:
    """Weights as a run leaves them: the usual table, and a curve that says less."""
    text = write(Written(default_weights(), Calibration("beta", (slope, slope, -0.5), 40), "2026-11-22", {}))
    figures = {"ece": 0.25, "brier": 0.2, "bands": FEW_BANDS}
    report = {"enquiries": 10, "confirmed": 24, "rejected": 16, "kin": 3, "too_little": ["enquiries"]}
    report |= {"before": figures, "after": figures | {"ece": 0.05}}
    return LearntWeights.objects.create(digest=digest_of(text), text=text, report=report, learnt_at=NOON)


def test_two_readers_who_confirm_leave_a_pair_to_learn_from(proposal, taras, petro):
    actions.decide(proposal, Decision.SAME, actor=taras, at=NOON, version=1)
    assert not DecidedPair.objects.exists()

    actions.decide(proposal, Decision.SAME, actor=petro, at=LATER, version=1)

    pair = DecidedPair.objects.get()
    assert (pair.same, pair.readers, pair.kin, pair.weights) == (True, 2, "", "default")
    assert pair.levels["surname"][0] == "same"
    assert 0 < pair.levels["surname"][1] < 1


def test_a_relative_who_is_rejected_is_kept_as_one(proposal, taras):
    actions.decide(proposal, Decision.NOT_SAME, actor=taras, at=NOON, version=1, reason="relative")

    pair = DecidedPair.objects.get()
    assert (pair.same, pair.readers, pair.kin) == (False, 1, "relative")


def test_a_pair_keeps_how_facts_agree_and_never_what_they_say(proposal, taras):
    actions.decide(proposal, Decision.NOT_SAME, actor=taras, at=NOON, version=1, reason="namesake")

    kept = str(DecidedPair.objects.values().get()["levels"])

    assert not [word for word in ("Koval", "Коваль", "Andrii", "2001", "Poltava") if word in kept]


def test_a_decision_taken_back_is_not_learnt_from(proposal, taras):
    actions.decide(proposal, Decision.NOT_SAME, actor=taras, at=NOON, version=1, reason="relative")

    actions.undo(proposal, actor=taras, at=LATER, words="read the wrong line")

    assert DecidedPair.objects.get().undone_at == LATER
    assert not queries.decided_pairs().exists()


def test_a_second_decision_takes_the_place_of_the_first(proposal, taras):
    actions.decide(proposal, Decision.NOT_SAME, actor=taras, at=NOON, version=1, reason="relative")
    actions.undo(proposal, actor=taras, at=LATER, words="read the wrong line")
    proposal.refresh_from_db()
    actions.decide(proposal, Decision.NOT_SAME, actor=taras, at=LATER, version=proposal.version, reason="namesake")

    assert [pair.kin for pair in queries.decided_pairs()] == ["namesake"]


def test_a_new_bureau_has_too_little_to_learn_from(proposal, petro):
    lesson = actions.learn(at=NOON)

    assert lesson.too_little == ("enquiries", "cases", "pairs")
    with pytest.raises(Refused) as refused:
        actions.keep_learnt(lesson, actor=petro, at=NOON)
    assert refused.value.code == "match.too-little-to-learn"
    assert not LearntWeights.objects.exists()


def test_thirty_decided_cases_teach_how_common_relatives_are(andriy, taras, petro):
    for number in range(32):
        case = case_of(born=people.ANDRIY.born, birth_place=f"Town {number}")
        actions.search_case(case, at=NOON)
        pair = Proposal.objects.get(case=case, record=andriy)
        actions.decide(pair, Decision.NOT_SAME, actor=taras, at=NOON, version=1, reason="relative")

    lesson = actions.learn(at=LATER)
    kept = actions.keep_learnt(lesson, actor=petro, at=LATER)

    assert lesson.report["prior"]["relative"] > default_weights().relative * 2
    assert lesson.report["kin"] == 32
    assert actions.keep_learnt(lesson, actor=petro, at=LATER) == kept
    assert engine.in_force().name == engine.DEFAULT


def test_accepted_weights_are_used_by_the_next_search(andriy, case, petro):
    kept = learnt_weights()

    actions.accept(kept, actor=petro, at=NOON)
    actions.search_case(case, at=LATER)

    proposal = Proposal.objects.get(case=case, record=andriy)
    assert proposal.weights == kept.digest
    assert proposal.probability == pytest.approx(engine.in_force().calibration(proposal.said))
    assert proposal.probability < proposal.said
    assert engine.index().weights == engine.in_force().weights


def test_accepting_is_written_down_and_taken_back_by_accepting_an_earlier_one(petro, db):
    one, other = learnt_weights(), learnt_weights(slope=0.7)
    actions.accept(one, actor=petro, at=NOON)
    actions.accept(other, actor=petro, at=NOON)

    actions.accept(one, actor=petro, at=LATER)
    assert engine.in_force().name == one.digest
    actions.accept(None, actor=petro, at=LATER)

    entry = ledger.last()
    assert engine.in_force().name == engine.DEFAULT
    assert (entry.kind, entry.facts) == ("weights.accept", {"digest": "default", "before": one.digest})
    assert Acceptance.objects.count() == 4


def test_what_is_in_force_cannot_be_accepted_again(petro, db):
    with pytest.raises(Refused) as refused:
        actions.accept(None, actor=petro, at=NOON)

    assert refused.value.code == "match.weights-in-force"


def test_weights_changed_after_they_were_written_are_refused(petro, db):
    kept = learnt_weights()
    LearntWeights.objects.filter(pk=kept.pk).update(text=kept.text.replace("present = 0.7", "present = 0.9"))
    kept.refresh_from_db()

    with pytest.raises(Refused) as refused:
        actions.accept(kept, actor=petro, at=NOON)

    assert refused.value.code == "match.weights-damaged"


@pytest.mark.parametrize("who", ["taras", "daryna"])
def test_only_a_reviewer_puts_weights_in_force(who, request, db):
    actor = request.getfixturevalue(who)

    with pytest.raises(Refused) as refused:
        actions.accept(learnt_weights(), actor=actor, at=NOON)

    assert refused.value.code == "permission.match.learn"


def test_the_page_shows_the_report_and_its_picture(at_petro):
    learnt_weights()

    page = at_petro.get(PAGE)

    shown = words(page.content)
    assert page.status_code == 200
    assert "0.250" in shown
    assert "0.050" in shown
    assert page.content.count(b"<circle") == 2
    assert "Accept: put this in force" in shown
    assert "Too few enquiries" in shown


def test_the_page_of_a_new_bureau_says_how_much_is_needed(at_petro):
    shown = words(at_petro.get(PAGE).content)

    assert "Nothing was learnt yet" in shown
    assert "until 30 pairs are decided" in shown


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_the_page_is_whole_in_each_language_and_light(at_petro, language):
    learnt_weights()
    pages.speaks(people.PETRO, language)

    page = at_petro.get(PAGE)

    assert not english(page.content, besides=people.PETRO.name)
    assert len(page.content) < 30 * 1024


def test_a_reviewer_accepts_on_the_page_and_goes_back(at_petro):
    kept = learnt_weights()

    accepted = at_petro.post(reverse("matching_accept"), {"weights": kept.digest})
    assert (accepted.status_code, engine.in_force().name) == (302, kept.digest)
    assert "In force now." in words(at_petro.get(PAGE).content)
    at_petro.post(reverse("matching_accept"), {"weights": "default"})

    assert engine.in_force().name == engine.DEFAULT


@pytest.mark.parametrize(("sent", "status"), [("", 422), ("0123456789", 422), ("default", 409)])
def test_a_wrong_choice_is_answered_with_a_sentence(at_petro, sent, status):
    page = at_petro.post(reverse("matching_accept"), {"weights": sent})

    assert page.status_code == status
    assert b'id="problem"' in page.content


def test_learning_is_asked_of_the_worker(at_petro, proposal):
    answer = at_petro.post(reverse("matching_learn"))
    worker.drain(worker="test", clock=lambda: LATER + timedelta(days=365))

    assert answer.status_code == 302
    assert not LearntWeights.objects.exists()


def test_a_tracing_officer_finds_no_such_page(at_taras, proposal):
    assert at_taras.get(PAGE).status_code == 403
    assert PAGE not in at_taras.get(pages.LIST).content.decode()
