"""From a confirmed match to a family that was told by a person."""

from datetime import timedelta

import pytest

from kinline.disclosure import actions, queries
from kinline.disclosure.models import Disclosure
from kinline.enquiries.models import Answer, ContactLog, Enquiry, TracingCase
from kinline.staff import actions as staff
from kinrules.refusal import Refused
from kinrules.rules.consent import Wish
from kinrules.rules.told_by_a_person import Means
from kinrules.states import disclosure as states
from kinrules.states import enquiry as enquiry_states
from kinrules.states import tracing_case
from kinrules.terms import AnswerKind, Fate, Recipient
from tests import people
from tests.bureau import NOON, acting, enrolled
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


@pytest.mark.parametrize(("hour", "is_open"), [(5, False), (6, True), (17, True), (18, False)])
def test_nobody_is_called_before_eight_or_after_twenty_where_they_are(approved, sofiia, hour, is_open):
    in_kyiv_two_hours_later = NOON.replace(hour=hour)

    assert ("hours" not in shut(approved, sofiia, in_kyiv_two_hours_later)) is is_open


def test_the_family_s_own_hours_narrow_ours(approved, sofiia):
    enquirer = approved.enquiry.enquirer
    enquirer.call_from_hour, enquirer.call_until_hour = 17, 23
    enquirer.save()

    assert "hours" in shut(approved, sofiia, NOON)
    assert "hours" not in shut(approved, sofiia, NOON.replace(hour=15))
    assert "hours" in shut(approved, sofiia, NOON.replace(hour=18))


def test_a_family_far_away_is_called_in_its_own_day(approved, sofiia):
    type(approved.enquiry.enquirer).objects.update(time_zone="America/Vancouver")
    again = Disclosure.objects.get(pk=approved.pk)

    assert "hours" in shut(again, sofiia, NOON)
    assert "hours" not in shut(again, sofiia, NOON.replace(hour=20))


def test_an_unknown_time_zone_is_no_reason_to_call_at_night(approved, sofiia):
    type(approved.enquiry.enquirer).objects.update(time_zone="Nowhere/Town")
    again = Disclosure.objects.get(pk=approved.pk)

    assert "hours" in shut(again, sofiia)


def test_kinship_expires(approved, sofiia):
    in_thirteen_months = NOON + timedelta(days=400)

    assert "kin" in shut(approved, sofiia, in_thirteen_months)


def test_a_death_needs_two_staff_who_are_two_people(dead, sofiia, marko, second):
    alone = shut(dead, sofiia)
    actions.accompany(dead, second, actor=sofiia, at=NOON)

    assert "two_staff" in alone
    assert "two_staff" not in shut(dead, sofiia)
    assert "two_staff" in shut(dead, marko)


def test_a_second_officer_off_duty_is_nobody(dead, sofiia):
    off_duty = enrolled(people.OLHA)
    staff.end_duty(off_duty, at=NOON)
    actions.accompany(dead, off_duty, actor=sofiia, at=NOON)

    assert "two_staff" in shut(dead, sofiia)


def test_a_death_is_not_told_in_writing(proposal, kin, sofiia):
    with pytest.raises(Refused) as refused:
        actions.propose(
            proposal, enquiry=kin, choice=choice_for(kin, Fate.DEAD, means=Means.LETTER), actor=sofiia, at=NOON
        )

    assert refused.value.code == "disclosure.death-by-voice"


def test_a_death_is_not_told_of_a_living_record(proposal, kin, sofiia, marko):
    disclosure = actions.propose(proposal, enquiry=kin, choice=choice_for(kin, Fate.DEAD), actor=sofiia, at=NOON)

    with pytest.raises(Refused) as refused:
        actions.approve(disclosure, seen=queries.digest(disclosure), actor=marko, at=NOON)

    assert refused.value.code == "disclosure.not-as-recorded"


def test_two_death_calls_a_day_are_enough(dead, sofiia, second):
    actions.accompany(dead, second, actor=sofiia, at=NOON)
    for _call in range(2):
        queries.tellings(dead).model.objects.create(
            disclosure=dead, by_officer_id=sofiia.human, told=True, told_at=NOON - timedelta(hours=1)
        )

    assert "care" in shut(dead, sofiia)
    assert "care" not in shut(dead, sofiia, NOON + timedelta(days=1))


def test_other_kin_wait_for_the_next_of_kin(proposal, kin, sofiia):
    chosen = choice_for(kin, recipient=Recipient.OTHER_KIN)

    disclosure = actions.propose(proposal, enquiry=kin, choice=chosen, actor=sofiia, at=NOON)

    assert "kin_first" in shut(disclosure, sofiia)


def test_a_phone_that_was_added_later_is_not_called(approved, sofiia):
    type(approved.contact).objects.filter(pk=approved.contact_id).update(checked_at=None)
    again = Disclosure.objects.get(pk=approved.pk)

    assert "channel" in shut(again, sofiia)


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
