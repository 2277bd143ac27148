"""That the stories of telling can fail: with any gate planted open, or two humans no longer asked for, one is found."""

from importlib import import_module

import pytest
from django.db import connection

from kinline.disclosure.queries import gates
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.rules import two_people
from kinrules.states import captive_record
from tests.rooms.disclosure import acts
from tests.rooms.disclosure.acts import Bureau
from tests.rooms.disclosure.stories import Broken, Stories

BITES = (
    ("match", "the match is undone"),
    ("record", "the record changes"),
    ("record", "proposed as released"),
    ("kin", "kinship falls"),
    ("kin", "kinship has expired"),
    ("kin_first", "proposed to other kin"),
    ("detriment", "proposed with detriment"),
    ("detriment", "revised with detriment"),
    ("wish", "proposed against the wish"),
    ("wish", "proposed with the wish unasked"),
    ("agency", "proposed before the Agency"),
    ("channel", "the phone is doubted"),
    ("approval", "the words are changed"),
    ("approval", "the phone is another"),
    ("approval", "the family takes another name"),
    ("two_staff", "Sofiia begins at once"),
    ("two_staff", "Sofiia sits beside Marko"),
    ("hours", "night falls"),
    ("care", "two deaths are told today"),
)
"""Which departure finds which gate open. Each is among those that test_no_path tells, so that test would find it too."""

HELD_BY_DATABASE = (
    ("disclosure_disclosure", "disclosure_approved_by_another"),
    ("disclosure_disclosure", "disclosure_caller_is_accompanied_by_another"),
    ("matching_proposal", "two_readers_are_two_humans"),
)

ONE_HUMAN = {name: acts.EVERY[name] for name in ("Sofiia approves", "Petro reads first")}


def forget_in_permissions(monkeypatch) -> None:
    """Plant a table of permissions in which no predicate asks for another human."""
    about_another = {permissions.not_proposer, permissions.not_first_reader}
    for permission in (Permission.DISCLOSURE_APPROVE, Permission.MATCH_CONFIRM):
        ways = tuple(
            tuple(each for each in way if each not in about_another) for way in permissions.PERMISSIONS[permission]
        )
        monkeypatch.setitem(permissions.PERMISSIONS, permission, ways)


def forget_in_rules(monkeypatch) -> None:
    """Plant a rule of two people to whom one is enough."""
    monkeypatch.setattr(two_people, "refusal", lambda *_humans: None)


def first_broken(bureau: Bureau, departure: str) -> str:
    """The law that the stories with one departure find broken first; empty if none is."""
    try:
        Stories(bureau).tell_all({departure: acts.EVERY[departure]})
    except Broken as broken:
        return str(broken).partition(":")[0]
    return ""


@pytest.fixture
def _without_checks(db):
    """A database that does not hold two humans apart, so that what lies above it is seen alone."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA ignore_check_constraints = ON")
        else:  # rolled back with the test
            for table, constraint in HELD_BY_DATABASE:
                cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {constraint}")
    yield
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA ignore_check_constraints = OFF")


def test_no_gate_is_left_without_a_story_that_would_find_it_open():
    assert {code for code, _departure in BITES} == set(gates._RULES)


@pytest.mark.once  # the gates stand above the database
@pytest.mark.usefixtures("_without_checks")
def test_every_gate_that_always_stands_open_is_found(monkeypatch):
    bureau = Bureau(captive_record.DEAD)
    found = {}

    for code, departure in BITES:
        with monkeypatch.context() as planted:
            planted.setitem(gates._RULES, code, lambda _asked: None)
            found[code, departure] = first_broken(bureau, departure)

    assert found == {(code, departure): code for code, departure in BITES}


def test_a_call_that_was_begun_before_anybody_approved_is_found(db, monkeypatch):
    bureau = Bureau(captive_record.INTERNED)  # of a death, the second officer would be missing too
    monkeypatch.setitem(gates._RULES, "approval", lambda _asked: None)

    assert first_broken(bureau, "Sofiia begins at once") == "approval"


def test_gates_that_are_not_asked_again_when_the_telling_is_recorded_are_found(db, monkeypatch):
    bureau = Bureau(captive_record.INTERNED)
    monkeypatch.setattr(import_module("kinline.disclosure.actions.tell"), "_LASTING", frozenset())

    assert first_broken(bureau, "kinship falls") == "kin"


@pytest.mark.parametrize(("departure", "code"), [("Sofiia approves", "approval"), ("Petro reads first", "match")])
@pytest.mark.usefixtures("_without_checks")
def test_one_human_who_counts_twice_is_found(monkeypatch, departure, code):
    stories = Stories(Bureau(captive_record.INTERNED))
    forget_in_permissions(monkeypatch)
    forget_in_rules(monkeypatch)

    with pytest.raises(Broken, match=f"^{code}: .*{departure}"):
        stories.tell_all({departure: acts.EVERY[departure]})


def test_a_rule_that_only_the_database_still_holds_is_found(db, monkeypatch):
    stories = Stories(Bureau(captive_record.INTERNED))
    forget_in_permissions(monkeypatch)
    forget_in_rules(monkeypatch)

    with pytest.raises(Broken, match=r"^only the database: "):
        stories.tell_all(ONE_HUMAN)


@pytest.mark.usefixtures("_without_checks")
def test_the_rule_of_two_people_holds_alone_where_permissions_forget_it(monkeypatch):
    stories = Stories(Bureau(captive_record.INTERNED))
    forget_in_permissions(monkeypatch)

    stories.tell_all(ONE_HUMAN)

    assert stories.taken["Sofiia approves"] == 0


@pytest.mark.usefixtures("_without_checks")
def test_permissions_hold_alone_where_the_rule_of_two_people_forgets(monkeypatch):
    stories = Stories(Bureau(captive_record.INTERNED))
    forget_in_rules(monkeypatch)

    stories.tell_all(ONE_HUMAN)

    assert stories.taken["Sofiia approves"] == 0
