"""From a confirmed match to a family that was told by a person."""

from datetime import timedelta

import pytest

from kinline.disclosure import actions, queries
from kinline.disclosure.models import Disclosure
from kinline.enquiries.models import Answer, ContactLog, Enquiry, TracingCase
from kinrules.refusal import Refused
from kinrules.rules.consent import Wish
from kinrules.states import disclosure as states
from kinrules.states import enquiry as enquiry_states
from kinrules.states import tracing_case
from kinrules.terms import AnswerKind
from tests import people
from tests.bureau import NOON, acting
from tests.rooms.disclosure.conftest import choice_for, show_kinship, tell_now


def shut(disclosure, caller, at=NOON) -> set[str]:
    return {gate.code for gate in queries.gate(disclosure, caller=caller, at=at) if not gate.open}


def test_a_told_family_leaves_a_told_case_and_an_answered_enquiry(told, sofiia):
    enquiry = Enquiry.objects.get(pk=told.enquiry_id)

    assert told.state == states.TOLD
    assert enquiry.state == enquiry_states.ANSWERED
    assert TracingCase.objects.get(pk=enquiry.case_id).state == tracing_case.INFORMED
    assert Answer.objects.get(enquiry=enquiry).kind == AnswerKind.TOLD_BY_A_PERSON
    assert ContactLog.objects.get(enquiry=enquiry).by_officer_id is not None


def test_approving_offers_the_family_a_call(approved):
    enquiry = Enquiry.objects.get(pk=approved.enquiry_id)

    assert enquiry.state == enquiry_states.AWAITING_CALL


def test_with_everything_in_order_every_gate_is_open(approved, sofiia):
    gates = queries.gate(approved, caller=sofiia, at=NOON)

    assert queries.all_open(gates)
    assert [gate.why for gate in gates] == [""] * len(gates)


def test_a_shut_gate_says_why_and_what_next(proposal, enquiry, sofiia):
    disclosure = actions.propose(proposal, enquiry=enquiry, choice=choice_for(enquiry), actor=sofiia, at=NOON)

    gates = {gate.code: gate for gate in queries.gate(disclosure, caller=sofiia, at=NOON)}

    assert gates["kin"].why.startswith("Kinship is not shown yet")
    assert "Ask the kinship desk" in gates["kin"].why
    assert gates["match"].open


def test_who_proposed_does_not_approve(proposed, sofiia):
    with pytest.raises(Refused) as refused:
        actions.approve(proposed, seen=queries.digest(proposed), actor=sofiia, at=NOON)

    assert refused.value.code == "two-people.same-human"


def test_a_second_account_of_the_proposer_does_not_approve(proposed):
    same_human = acting(people.SOFIIA)

    with pytest.raises(Refused) as refused:
        actions.approve(proposed, seen=queries.digest(proposed), actor=same_human, at=NOON)

    assert refused.value.code == "two-people.same-human"


def test_nothing_is_approved_that_was_not_read(proposed, sofiia, marko):
    read = queries.digest(proposed)
    changed = choice_for(proposed.enquiry, may_say="Інше.")
    actions.revise(proposed, changed, actor=sofiia, at=NOON, version=proposed.version)

    with pytest.raises(Refused) as refused:
        actions.approve(proposed, seen=read, actor=marko, at=NOON)

    assert refused.value.code == "disclosure.changed-since-read"


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        ("enquiry", "safe_word", "other"),
        ("enquiry", "relation", "spouse"),
        ("enquiry.enquirer", "name", "Інша Людина"),
        ("enquiry.case", "sought_name", "Інше Ім'я"),
        ("enquiry.case", "sex", "f"),
        ("contact", "value", "+000 555 00 66"),
        ("proposal.record", "version", 99),
        ("proposal", "version", 99),
        ("", "lines", [{"say": "Інше.", "label": "", "blank": "", "value": "", "note": ""}]),
        ("", "wish", Wish.AGREES),
        ("", "agency_words", "T-0"),
        ("", "language", "ru"),
        ("", "detriment_words", "new"),
    ],
)
def test_any_change_after_approval_voids_it(approved, sofiia, row, column, value):
    changed = approved
    for name in filter(None, row.split(".")):
        changed = getattr(changed, name)
    type(changed).objects.filter(pk=changed.pk).update(**{column: value})
    again = Disclosure.objects.get(pk=approved.pk)

    assert not queries.stands(again)
    assert "approval" in shut(again, sofiia)
    with pytest.raises(Refused):
        actions.begin_call(again, actor=sofiia, at=NOON)


def test_revising_takes_the_approval_back(approved, sofiia):
    chosen = choice_for(approved.enquiry, may_say="Інше.")

    actions.revise(approved, chosen, actor=sofiia, at=NOON, version=approved.version)

    again = Disclosure.objects.get(pk=approved.pk)
    assert (again.state, again.approved_by, again.approved_digest) == (states.PROPOSED, None, "")


def test_who_revises_counts_as_the_proposer(approved, marko, sofiia):
    chosen = choice_for(approved.enquiry, may_say="Інше.")

    actions.revise(approved, chosen, actor=marko, at=NOON, version=approved.version)

    with pytest.raises(Refused):
        actions.approve(approved, seen=queries.digest(approved), actor=marko, at=NOON)


def test_nothing_changes_while_somebody_speaks(approved, sofiia, marko):
    actions.begin_call(approved, actor=sofiia, at=NOON)
    chosen = choice_for(approved.enquiry, may_say="Інше.")

    with pytest.raises(Refused) as refused:
        actions.revise(approved, chosen, actor=marko, at=NOON, version=approved.version)

    assert refused.value.code == "disclosure.call-going-on"


def test_two_officers_do_not_call_the_same_family(approved, sofiia, marko):
    actions.begin_call(approved, actor=sofiia, at=NOON)

    with pytest.raises(Refused) as refused:
        actions.begin_call(approved, actor=marko, at=NOON)

    assert refused.value.code == "disclosure.call-going-on"


def test_a_call_nobody_began_is_not_recorded_as_told(approved, sofiia):
    with pytest.raises(Refused) as refused:
        actions.tell(approved, actions.Outcome(next_call_at=NOON + timedelta(days=1)), actor=sofiia, at=NOON)

    assert refused.value.code == "disclosure.no-call-begun"


def test_nobody_is_left_without_a_next_call(approved, sofiia):
    actions.begin_call(approved, actor=sofiia, at=NOON)

    with pytest.raises(Refused) as refused:
        actions.tell(approved, actions.Outcome(), actor=sofiia, at=NOON)

    assert refused.value.code == "disclosure.no-next-call"


def test_a_call_that_runs_past_the_hour_is_still_recorded(approved, sofiia):
    before_eight = NOON.replace(hour=17, minute=50)
    actions.begin_call(approved, actor=sofiia, at=before_eight)
    after_eight = before_eight + timedelta(minutes=40)

    actions.tell(approved, actions.Outcome(next_call_at=after_eight + timedelta(days=1)), actor=sofiia, at=after_eight)

    assert Disclosure.objects.get(pk=approved.pk).state == states.TOLD


def test_not_told_keeps_the_enquiry_waiting_and_the_next_call(approved, sofiia):
    actions.begin_call(approved, actor=sofiia, at=NOON)
    later = NOON + timedelta(hours=22)

    actions.could_not_tell(approved, actions.Outcome(next_call_at=later), actor=sofiia, at=NOON)

    again = Disclosure.objects.get(pk=approved.pk)
    assert again.state == states.NOT_TOLD
    assert Enquiry.objects.get(pk=again.enquiry_id).state == enquiry_states.AWAITING_CALL
    assert [call.at for call in queries.next_calls(at=NOON)] == [later]
    assert queries.to_tell_now(at=NOON) == []
    assert [row.disclosure for row in queries.to_tell_now(at=later)] == [again]


def test_a_family_is_proposed_once(proposed, sofiia):
    again = choice_for(proposed.enquiry)

    with pytest.raises(Refused) as refused:
        actions.propose(proposed.proposal, enquiry=proposed.enquiry, choice=again, actor=sofiia, at=NOON)

    assert refused.value.code == "disclosure.already-proposed"


def test_the_desk_sees_who_waits_and_for_how_long(proposal, kin, sofiia, marko):
    assert [row.enquiry for row in queries.awaiting_proposal()] == [kin]
    assert queries.overdue(at=NOON + timedelta(hours=23)) == []
    assert [row.enquiry for row in queries.overdue(at=NOON + timedelta(hours=25))] == [kin]

    disclosure = actions.propose(proposal, enquiry=kin, choice=choice_for(kin), actor=sofiia, at=NOON)

    assert queries.awaiting_proposal() == []
    assert list(queries.awaiting_approval()) == [disclosure]

    actions.approve(disclosure, seen=queries.digest(disclosure), actor=marko, at=NOON)

    assert [row.stands for row in queries.to_tell_now(at=NOON)] == [True]

    tell_now(disclosure, sofiia)

    assert queries.to_tell_now(at=NOON) == []
    assert [call.at for call in queries.next_calls(at=NOON)] == [NOON + timedelta(days=1)]


def test_kinship_shown_after_the_proposal_opens_the_gate(proposal, enquiry, sofiia):
    disclosure = actions.propose(proposal, enquiry=enquiry, choice=choice_for(enquiry), actor=sofiia, at=NOON)
    before = shut(disclosure, sofiia)
    show_kinship(enquiry)
    again = Disclosure.objects.get(pk=disclosure.pk)

    assert "kin" in before
    assert shut(again, sofiia) == {"approval"}
