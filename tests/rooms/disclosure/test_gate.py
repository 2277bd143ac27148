"""What must hold before the family's number appears: hours, kinship, two staff, the record, strength."""

from datetime import timedelta

import pytest

from kinline.disclosure import actions, queries
from kinline.disclosure.models import Disclosure
from kinline.staff import actions as staff
from kinrules.refusal import Refused
from kinrules.rules.told_by_a_person import Means
from kinrules.terms import Fate, Recipient
from tests import people
from tests.bureau import NOON, enrolled
from tests.rooms.disclosure.conftest import choice_for


def shut(disclosure, caller, at=NOON) -> set[str]:
    return {gate.code for gate in queries.gate(disclosure, caller=caller, at=at) if not gate.open}


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


def test_kinship_that_has_expired_shuts_the_gate(approved, sofiia):
    in_thirteen_months = NOON + timedelta(days=400)

    assert "kin" in shut(approved, sofiia, in_thirteen_months)


def test_a_death_needs_two_staff_who_are_two_people(dead, sofiia, marko, second):
    alone = shut(dead, sofiia)
    actions.accompany(dead, second, actor=sofiia)

    assert "two_staff" in alone
    assert "two_staff" not in shut(dead, sofiia)
    assert "two_staff" in shut(dead, marko)


def test_a_second_officer_off_duty_is_nobody(dead, sofiia):
    off_duty = enrolled(people.OLHA)
    staff.end_duty(off_duty, at=NOON)
    actions.accompany(dead, off_duty, actor=sofiia)

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
    actions.accompany(dead, second, actor=sofiia)
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


def test_a_phone_that_was_checked_thirty_days_ago_is_checked_again_first(approved, sofiia):
    contacts = type(approved.contact).objects.filter(pk=approved.contact_id)

    contacts.update(checked_at=NOON - timedelta(days=30))
    assert "channel" not in shut(Disclosure.objects.get(pk=approved.pk), sofiia)

    contacts.update(checked_at=NOON - timedelta(days=31))
    assert "channel" in shut(Disclosure.objects.get(pk=approved.pk), sofiia)


def test_an_expired_check_says_what_to_do_next(approved, sofiia):
    type(approved.contact).objects.filter(pk=approved.contact_id).update(checked_at=NOON - timedelta(days=31))

    gates = queries.gate(Disclosure.objects.get(pk=approved.pk), caller=sofiia, at=NOON)

    channel = next(gate for gate in gates if gate.code == "channel")
    assert channel.refused.code == "disclosure.contact-check-expired"
    assert "more than 30 days ago" in channel.why
