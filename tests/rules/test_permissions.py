"""The policy: what each role may do, which pairs one human never holds, and how the table is printed."""

from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinrules import permissions
from kinrules.permissions import CONFLICTS, DESKS, HUMAN_ROLES, PERMISSIONS, Permission, Role
from kinrules.refusal import Refused


@dataclass(frozen=True)
class Someone:
    """An actor for tests."""

    roles: frozenset[Role]
    human: str = "one"
    on_duty: bool = True


@dataclass(frozen=True)
class Subject:
    """A subject with everything a predicate may read."""

    first_reader_human: str = "another"
    proposed_by_human: str = "another"
    notes: list[str] = field(default_factory=list)


OPEN_OFF_DUTY = {Permission.DESK_SIGN_IN}


def test_every_permission_has_a_way_and_no_way_is_empty():
    assert set(PERMISSIONS) == set(Permission)
    assert all(ways and all(ways) for ways in PERMISSIONS.values())


@pytest.mark.parametrize("permission", sorted(set(Permission) - OPEN_OFF_DUTY))
def test_no_officer_may_do_anything_off_duty(permission):
    for role in HUMAN_ROLES:
        assert not permissions.allowed(permission, Someone(frozenset({role}), on_duty=False), Subject())


@pytest.mark.parametrize("permission", sorted(Permission))
def test_nobody_without_a_role_may_do_anything(permission):
    assert not permissions.allowed(permission, Someone(frozenset()), Subject())


def test_the_engine_searches_proposes_reads_post_and_nothing_else():
    engine = Someone(frozenset({Role.ENGINE}), human="", on_duty=False)

    may = {each for each in Permission if permissions.allowed(each, engine, Subject())}

    assert may == {Permission.CASE_SEARCH, Permission.MATCH_PROPOSE, Permission.INTAKE_READ}


def test_the_family_asks_and_nothing_else():
    family = Someone(frozenset({Role.FAMILY}), human="", on_duty=False)

    may = {each for each in Permission if permissions.allowed(each, family, Subject())}

    assert may == {Permission.ENQUIRY_RECEIVE}


def test_who_read_first_may_not_confirm():
    reviewer = Someone(frozenset({Role.MATCH_REVIEWER}), human="one")

    assert permissions.allowed(Permission.MATCH_CONFIRM, reviewer, Subject(first_reader_human="another"))
    assert not permissions.allowed(Permission.MATCH_CONFIRM, reviewer, Subject(first_reader_human="one"))


def test_who_proposed_may_not_approve():
    officer = Someone(frozenset({Role.DISCLOSURE_OFFICER}), human="one")

    assert not permissions.allowed(Permission.DISCLOSURE_APPROVE, officer, Subject(proposed_by_human="one"))


def test_a_subject_that_lacks_what_a_predicate_reads_is_an_error_and_never_allowed():
    reviewer = Someone(frozenset({Role.MATCH_REVIEWER}))

    with pytest.raises(AttributeError):
        permissions.allowed(Permission.MATCH_CONFIRM, reviewer, object())


def test_a_refusal_names_the_permission_and_nobody():
    with pytest.raises(Refused) as refused:
        permissions.require(Permission.RECORD_WRITE, Someone(frozenset({Role.AUDITOR})), Subject())

    assert str(refused.value) == "permission.record.write: not permitted: record.write"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.SYSTEM_ADMINISTRATOR])
def test_who_watches_and_who_runs_the_machines_holds_nothing_else(role):
    others = [other for other in HUMAN_ROLES if other is not role]

    assert all(permissions.conflicts_among({role, other}) for other in others)


def test_who_runs_the_machines_sees_no_person():
    administrator = Someone(frozenset({Role.SYSTEM_ADMINISTRATOR}))

    may = {each for each in Permission if permissions.allowed(each, administrator, Subject())}

    assert may == {Permission.DESK_SIGN_IN, Permission.OFFICER_APPOINT}


@given(st.sets(st.sampled_from(HUMAN_ROLES)))
def test_a_conflict_is_found_however_many_roles_are_held(roles):
    clashes = permissions.conflicts_among(roles)

    assert clashes == {pair for pair in CONFLICTS if pair <= roles}


@given(st.sets(st.sampled_from(HUMAN_ROLES)))
def test_one_human_alone_never_judges_kin_and_tells_them(roles):
    if permissions.conflicts_among(roles):
        return
    someone = Someone(frozenset(roles))

    shows = permissions.allowed(Permission.KINSHIP_SHOW, someone, Subject())
    approves = permissions.allowed(Permission.DISCLOSURE_APPROVE, someone, Subject())

    assert not (shows and approves)


def test_every_human_role_has_a_desk():
    assert set(DESKS) == set(HUMAN_ROLES)


def test_the_printed_table_names_every_permission():
    printed = permissions.table()

    assert all(f"`{permission}`" in printed for permission in Permission)
