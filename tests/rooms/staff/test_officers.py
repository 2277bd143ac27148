"""Officers are humans: two accounts are one, roles that collide are refused, and what has ended gives no right."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from kinline.ledger.models import Entry
from kinline.staff import actions, queries
from kinline.staff.models import Account, Appointment, DutySession, Officer
from kinrules.permissions import CONFLICTS, Role
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON, TODAY, acting, enrolled

TOMORROW = TODAY + timedelta(days=1)
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def roman(db):
    """The system administrator, who appoints."""
    return acting(people.ROMAN)


@pytest.fixture
def officer(roman):
    """Somebody new, without any role."""
    return actions.enrol("Ґалаґан", actor=roman, at=NOON)


def give(officer: Officer, role: Role, actor: queries.Acting) -> Appointment:
    """Appoint from today."""
    return actions.appoint(officer, role, actor=actor, at=NOON, on=TODAY)


# --- Roles ---


def test_who_has_no_role_may_do_nothing(officer):
    somebody = queries.acting(officer, on=TODAY)

    assert (somebody.roles, somebody.desks) == (frozenset(), frozenset())


@pytest.mark.parametrize("pair", sorted(CONFLICTS, key=sorted), ids=lambda pair: "-".join(sorted(pair)))
def test_roles_that_collide_are_refused_whichever_comes_first(roman, officer, pair):
    for first, second in (sorted(pair), sorted(pair, reverse=True)):
        given = give(officer, first, roman)

        with pytest.raises(Refused) as refused:
            give(officer, second, roman)

        assert refused.value.code == "staff.conflicting-roles"
        Appointment.objects.filter(pk=given.pk).delete()


def test_roles_that_do_not_collide_are_held_together(roman, officer):
    give(officer, Role.TRACING_OFFICER, roman)
    give(officer, Role.ENQUIRY_OPERATOR, roman)

    assert queries.roles(officer, on=TODAY) == {Role.TRACING_OFFICER, Role.ENQUIRY_OPERATOR}


@pytest.mark.parametrize("role", [Role.ENGINE, Role.FAMILY])
def test_nobody_is_appointed_engine_or_family(roman, officer, role):
    with pytest.raises(Refused) as refused:
        give(officer, role, roman)

    assert refused.value.code == "staff.not-a-human-role"


@pytest.mark.parametrize("invented", [each for each in people.OFFICERS if each is not people.ROMAN])
def test_only_the_administrator_appoints_and_ends(roman, officer, invented):
    appointed = give(officer, Role.KIN_VERIFIER, roman)
    other = acting(invented)

    for attempt in (
        lambda: give(officer, Role.ENQUIRY_OPERATOR, other),
        lambda: actions.dismiss(appointed, actor=other, at=NOON, on=TODAY),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "permission.officer.appoint"


def test_the_administrator_off_duty_appoints_nobody(officer):
    off_duty = queries.Acting(
        reference="officer:x", human="x", roles=frozenset({Role.SYSTEM_ADMINISTRATOR}), on_duty=False
    )

    with pytest.raises(Refused):
        give(officer, Role.KIN_VERIFIER, off_duty)


def test_a_role_is_given_once(roman, officer):
    give(officer, Role.KIN_VERIFIER, roman)

    with pytest.raises(Refused) as refused:
        give(officer, Role.KIN_VERIFIER, roman)

    assert refused.value.code == "staff.role-held"


def test_an_ended_role_gives_no_right_from_the_next_day(roman, officer):
    appointed = give(officer, Role.KIN_VERIFIER, roman)

    actions.dismiss(appointed, actor=roman, at=NOON, on=TODAY)

    held = [queries.roles(officer, on=day) for day in (YESTERDAY, TODAY, TOMORROW)]
    assert held == [frozenset(), {Role.KIN_VERIFIER}, frozenset()]
    assert officer not in queries.holders(Role.KIN_VERIFIER, on=TOMORROW)


def test_a_role_that_ended_can_be_given_again(roman, officer):
    actions.dismiss(give(officer, Role.KIN_VERIFIER, roman), actor=roman, at=NOON, on=TODAY)

    actions.appoint(officer, Role.KIN_VERIFIER, actor=roman, at=NOON, on=TOMORROW)

    assert queries.roles(officer, on=TOMORROW) == {Role.KIN_VERIFIER}


def test_an_appointment_cannot_end_before_it_begins(roman, officer):
    appointed = give(officer, Role.KIN_VERIFIER, roman)

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.dismiss(appointed, actor=roman, at=NOON, on=YESTERDAY)


def test_who_left_the_bureau_holds_nothing(roman, officer):
    give(officer, Role.KIN_VERIFIER, roman)
    actions.begin_duty(officer, at=NOON)
    Officer.objects.filter(pk=officer.pk).update(active=False)
    officer.refresh_from_db()

    somebody = queries.acting(officer, on=TODAY)

    assert (somebody.roles, somebody.on_duty) == (frozenset(), False)
    assert officer not in queries.officers()


def test_each_step_is_in_the_ledger_and_names_nobody(roman, officer):
    actions.dismiss(give(officer, Role.KIN_VERIFIER, roman), actor=roman, at=NOON, on=TODAY)
    actions.open_account(officer, "galagan", "twelve signs and more", actor=roman, at=NOON)

    entries = Entry.objects.filter(subject=f"officer:{officer.pk}")
    kinds = ["officer.enrol", "officer.appoint", "officer.dismiss", "officer.open_account"]
    assert [entry.kind for entry in entries] == kinds
    assert {entry.actor for entry in entries} == {roman.reference}
    spoken = str([entry.facts for entry in entries])
    assert not [word for word in ("Ґалаґан", "galagan", "twelve") if word in spoken]


# --- The first officer ---


def test_a_bureau_is_founded_once(db):
    first = actions.found_bureau("Roman", roles=[Role.SYSTEM_ADMINISTRATOR], at=NOON, on=TODAY)

    with pytest.raises(Refused) as refused:
        actions.found_bureau("Somebody", roles=[Role.SYSTEM_ADMINISTRATOR], at=NOON, on=TODAY)

    assert refused.value.code == "staff.already-founded"
    assert queries.roles(first, on=TODAY) == {Role.SYSTEM_ADMINISTRATOR}


def test_a_bureau_is_not_founded_on_roles_that_collide(db):
    with pytest.raises(Refused):
        actions.found_bureau("Roman", roles=[Role.SYSTEM_ADMINISTRATOR, Role.AUDITOR], at=NOON, on=TODAY)

    assert not Officer.objects.exists()


# --- Accounts ---


def test_two_accounts_are_one_human_with_the_same_roles(roman, officer):
    give(officer, Role.MATCH_REVIEWER, roman)
    accounts = [
        actions.open_account(officer, name, "twelve signs and more", actor=roman, at=NOON) for name in ("one", "two")
    ]

    first, second = (queries.behind(account, on=TODAY) for account in accounts)

    assert first == second
    assert first.human == str(officer.pk)


def test_a_sign_in_name_is_given_once(roman, officer):
    actions.open_account(officer, "galagan", "twelve signs and more", actor=roman, at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        actions.open_account(officer, "galagan", "another long enough", actor=roman, at=NOON)


def test_a_password_is_kept_only_as_argon2(roman, officer):
    actions.open_account(officer, "galagan", "twelve signs and more", actor=roman, at=NOON)

    assert Account.objects.get(username="galagan").password.startswith("argon2$argon2id$")


# --- Duty ---


def test_duty_begins_once_and_ends_once(officer):
    first = actions.begin_duty(officer, at=NOON)
    again = actions.begin_duty(officer, at=NOON + timedelta(hours=1))
    assert first == again
    assert queries.acting(officer, on=TODAY).on_duty

    actions.end_duty(officer, at=NOON + timedelta(hours=8), handed_over="Two calls wait for noon.")
    actions.end_duty(officer, at=NOON + timedelta(hours=9))

    assert not queries.acting(officer, on=TODAY).on_duty
    kinds = Entry.objects.filter(subject=f"officer:{officer.pk}", kind__startswith="duty").values_list(
        "kind", flat=True
    )
    assert list(kinds) == ["duty.begin", "duty.end"]


def test_the_database_itself_keeps_one_open_duty_an_officer(officer):
    actions.begin_duty(officer, at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        DutySession.objects.create(officer=officer, begun_at=NOON)


def test_the_next_shift_reads_the_newest_note(officer):
    other = enrolled(people.OLHA)
    actions.begin_duty(officer, at=NOON)
    actions.end_duty(officer, at=NOON + timedelta(hours=1), handed_over="first")
    actions.end_duty(other, at=NOON + timedelta(hours=2), handed_over="second")
    actions.begin_duty(officer, at=NOON + timedelta(hours=3))
    actions.end_duty(officer, at=NOON + timedelta(hours=4))

    note = queries.last_hand_over(before=NOON + timedelta(hours=5))

    assert note.handed_over == "second"
    assert queries.last_hand_over(before=NOON) is None
