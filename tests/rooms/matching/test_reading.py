"""Two humans read a proposal; one human, two accounts, or too little evidence never confirm it."""

import pytest
from django.db import IntegrityError, transaction

from kinline.matching import actions, queries
from kinline.matching.actions import Decision
from kinline.matching.models import Proposal, Reading
from kinline.staff import actions as staff
from kinline.staff import queries as officers
from kinline.staff.models import Appointment
from kinrules.permissions import Role
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON, TODAY, enrolled
from tests.rooms.matching.conftest import case_of


def read(proposal: Proposal, decision: Decision, actor, **said: str) -> Proposal:
    """One reading at noon of the proposal as it stands."""
    proposal.refresh_from_db()
    return actions.decide(proposal, decision, actor=actor, at=NOON, version=proposal.version, **said)


def test_two_officers_confirm_one_person(proposal, case, taras, petro):
    read(proposal, Decision.SAME, taras)
    read(proposal, Decision.SAME, petro)

    case.refresh_from_db()
    assert (proposal.state, case.state) == ("confirmed", "match_confirmed")
    assert (str(proposal.first_reader_id), str(proposal.second_reader_id)) == (taras.human, petro.human)


def test_who_read_first_does_not_confirm(proposal, petro):
    read(proposal, Decision.SAME, petro)

    with pytest.raises(Refused) as refused:
        read(proposal, Decision.SAME, petro)

    assert refused.value.code == "two-people.same-human"
    assert Proposal.objects.get(pk=proposal.pk).state == "read_once"


def test_two_accounts_of_one_human_count_as_one(proposal, petro):
    read(proposal, Decision.SAME, petro)
    officer = enrolled(people.PETRO)
    second = staff.open_account(officer, "petro-again", "long enough to be one", actor=officers.ENGINE, at=NOON)

    with pytest.raises(Refused):
        read(proposal, Decision.SAME, officers.behind(second, on=TODAY))


def test_the_database_itself_refuses_one_human_twice(proposal, petro):
    with pytest.raises(IntegrityError), transaction.atomic():
        Proposal.objects.filter(pk=proposal.pk).update(first_reader=petro.human, second_reader=petro.human)


def test_a_tracing_officer_alone_cannot_be_the_second_reader(proposal, taras, petro):
    read(proposal, Decision.SAME, petro)

    with pytest.raises(Refused) as refused:
        read(proposal, Decision.SAME, taras)

    assert refused.value.code == "permission.match.confirm"


def test_the_second_reader_is_blind_to_the_first(proposal, taras, petro):
    before = [(each.pk, queries.card(each).rows) for each in queries.to_read(petro)]
    read(proposal, Decision.SAME, taras)

    after = [(each.pk, queries.card(each).rows) for each in queries.to_read(petro)]

    assert after == before
    assert proposal.pk not in [each.pk for each in queries.to_read(taras)]


def test_readers_who_disagree_are_a_dispute_and_not_a_rejection(proposal, taras, petro):
    read(proposal, Decision.SAME, taras)
    read(proposal, Decision.NOT_SAME, petro, reason="other_parents")

    assert proposal.state == "disputed"


def test_not_the_same_needs_a_reason(proposal, taras):
    with pytest.raises(Refused) as refused:
        read(proposal, Decision.NOT_SAME, taras)

    assert refused.value.code == "match.no-reason"
    assert not Reading.objects.exists()


def test_a_name_alone_never_confirms(andriy, taras):
    case = case_of("Коваль Андрій Петрович")
    proposal = actions.propose_record(case, andriy, actor=taras, at=NOON)

    with pytest.raises(Refused) as refused:
        read(proposal, Decision.SAME, taras)

    assert refused.value.code == "match.too-little"


def test_a_proposal_that_changed_while_it_was_read_is_read_again(proposal, taras, petro):
    read(proposal, Decision.CANNOT_TELL, taras)

    with pytest.raises(Refused) as refused:
        actions.decide(proposal, Decision.SAME, actor=petro, at=NOON, version=1)

    assert refused.value.code == "match.changed"


def test_a_reading_is_taken_back_and_kept(proposal, case, taras, petro):
    read(proposal, Decision.SAME, taras)
    read(proposal, Decision.SAME, petro)

    actions.undo(proposal, actor=petro, at=NOON, words="wrong line of the list")

    case.refresh_from_db()
    assert (proposal.state, case.state) == ("proposed", "review")
    assert proposal.first_reader is None
    assert Reading.objects.filter(undone_at=NOON).count() == 2


@pytest.mark.parametrize("state", ["disclosure_decision", "withheld_agency_only", "searching"])
def test_a_confirmation_is_taken_back_until_the_family_was_told(proposal, case, taras, petro, state):
    read(proposal, Decision.SAME, taras)
    read(proposal, Decision.SAME, petro)
    type(case).objects.filter(pk=case.pk).update(state=state)

    actions.undo(proposal, actor=petro, at=NOON, words="wrong line of the list")

    assert proposal.state == "proposed"


def test_nothing_is_taken_back_once_the_family_was_told(proposal, case, taras, petro):
    read(proposal, Decision.SAME, taras)
    read(proposal, Decision.SAME, petro)
    type(case).objects.filter(pk=case.pk).update(state="informed")

    with pytest.raises(Refused) as refused:
        actions.undo(proposal, actor=petro, at=NOON, words="too late")

    assert refused.value.code == "match.gone-on"


def test_an_officer_off_duty_reads_nothing(proposal):
    off_duty = officers.Acting(reference="officer:x", human="x", roles=frozenset({Role.TRACING_OFFICER}), on_duty=False)

    with pytest.raises(Refused) as refused:
        read(proposal, Decision.SAME, off_duty)

    assert refused.value.code == "permission.match.read_first"


def test_an_appointment_that_ended_gives_no_right(proposal, taras):
    Appointment.objects.filter(officer_id=taras.human).update(until_on=people_left_on())

    with pytest.raises(Refused):
        read(proposal, Decision.SAME, officers.acting(enrolled(people.TARAS), on=TODAY))


def people_left_on():
    """The day before today."""
    return TODAY.replace(day=TODAY.day - 1)


def test_the_state_of_the_case_does_not_tell_that_somebody_has_read(proposal, case, taras):
    before = case.state

    read(proposal, Decision.SAME, taras)

    case.refresh_from_db()
    assert case.state == before


def test_a_reading_of_other_facts_does_not_count(proposal, case, taras, petro):
    read(proposal, Decision.SAME, taras)
    case.refresh_from_db()
    case.father_given_name = "Іван"
    case.save()

    actions.search_case(case, at=NOON)

    proposal.refresh_from_db()
    assert (proposal.state, proposal.first_reader) == ("proposed", None)
    assert Reading.objects.get().undone_at == NOON
