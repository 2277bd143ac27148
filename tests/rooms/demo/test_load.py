"""The demonstration: loaded through the real actions, once, marked, resumable; and the walk through the whole line."""

import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.test import Client

from kinline.demo import load, officers, papers
from kinline.demo.walk import walk
from kinline.enquiries.models import Enquiry
from kinline.ledger import queries as ledger
from kinline.ledger.models import Entry
from kinline.matching import engine
from kinline.registry import queries as registry
from kinline.registry.models import AssertedName, Record, Report
from kinline.staff import queries as staff
from kinline.staff.models import Officer
from kinrules.refusal import Refused
from kinrules.terms import EvidenceKind
from tests import people
from tests.bureau import NOON, TODAY, enrolled

PERSONS, ASKING = 250, 40


@pytest.fixture(autouse=True)
def _fresh_index():
    engine.forget()
    yield
    engine.forget()


@pytest.fixture
def loaded(db):
    return load.load(at=NOON, on=TODAY, persons=PERSONS, asking=ASKING)


def test_everybody_is_there_and_the_ledger_holds(loaded):
    assert loaded == load.Loaded(PERSONS, ASKING)
    assert Record.objects.count() == PERSONS
    assert Enquiry.objects.count() == ASKING
    assert ledger.first_broken() is None


def test_what_is_there_is_not_loaded_twice(loaded):
    again = load.load(at=NOON + timedelta(days=1), on=TODAY, persons=PERSONS, asking=ASKING)

    assert again == load.Loaded(PERSONS, ASKING, already=True)
    assert Record.objects.count() == PERSONS


def test_a_load_that_was_stopped_goes_on_where_it_stopped(db):
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load.load(at=NOON, on=TODAY, persons=PERSONS, asking=ASKING, progress=stop)
    assert not load.is_loaded()

    load.load(at=NOON, on=TODAY, persons=PERSONS, asking=ASKING)

    assert (Record.objects.count(), Enquiry.objects.count()) == (PERSONS, ASKING)


def test_nothing_invented_is_loaded_beside_what_is_not(db):
    enrolled(people.OLHA)

    with pytest.raises(Refused, match=r"demo\.not-empty"):
        load.load(at=NOON, on=TODAY, persons=PERSONS, asking=ASKING)

    assert Record.objects.count() == 0


def test_every_report_bears_the_mark(loaded):
    assert Report.objects.exists()
    assert not Report.objects.exclude(reference__startswith="DEMO-").exists()


def test_a_card_stands_beside_the_list_in_the_persons_own_language(loaded):
    card = AssertedName.objects.filter(report__kind=EvidenceKind.CAPTURE_CARD).first()

    kinds = [report.kind for report in registry.sheet(card.record).reports]
    assert EvidenceKind.CAPTURE_CARD in kinds
    assert EvidenceKind.NIB_LIST in kinds


def test_some_cards_are_due(loaded):
    due = registry.due_cards(on=TODAY)

    assert due
    assert len(due) < PERSONS / 2


def test_every_officer_can_sign_in_and_is_off_duty(loaded):
    for one in officers.OFFICERS:
        assert Client().login(username=one.sign_in, password=officers.PASSWORD)
    assert all(staff.open_duty(officer) is None for officer in Officer.objects.all())


def test_the_lines_for_signing_in_name_every_officer_and_the_password():
    lines = officers.sign_ins()

    assert len(lines) == len(officers.OFFICERS) + 1
    assert all(officers.PASSWORD in line for line in lines)


def test_an_invented_paper_is_a_pdf_that_says_so():
    paper = papers.kinship("DEMO-E00007")

    assert paper.content.startswith(b"%PDF-1.7")
    assert b"INVENTED DOCUMENT" in paper.content
    assert b"DEMO-E00007" in paper.content


def test_the_walk_goes_from_the_question_to_the_telling(loaded):
    steps = list(walk(at=NOON - timedelta(hours=3), on=TODAY))

    kinds = [entry.kind for step in steps for entry in step.entries]
    assert kinds[0] == "enquiry.receive"
    assert kinds.index("match.read_same") < kinds.index("match.confirm") < kinds.index("disclosure.propose")
    assert kinds.index("disclosure.approve") < kinds.index("disclosure.tell")
    assert kinds[-1] == "enquiry.answer"
    assert all(step.entries for step in steps)
    assert ledger.first_broken() is None


def test_two_walks_are_two_families(loaded):
    for _number in range(2):
        list(walk(at=NOON - timedelta(hours=3), on=TODAY))

    assert Entry.objects.filter(kind="disclosure.tell").count() == 2
    assert Entry.objects.filter(kind="demo.walk").values("subject").distinct().count() == 2


def test_nobody_walks_where_nothing_is_loaded(db):
    with pytest.raises(Refused, match=r"demo\.not-loaded"):
        list(walk(at=NOON, on=TODAY))


@pytest.mark.parametrize("verb", ["load", "walk"])
def test_outside_a_demonstration_both_commands_refuse(verb, tmp_path):
    around = {name: value for name, value in os.environ.items() if not name.startswith("KINLINE_")}

    refused = subprocess.run(
        [sys.executable, "-m", "kinline.sites.cli", "demo", verb, "--json"],
        env=around | {"KINLINE_DATA": str(tmp_path), "LANG": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert refused.returncode == 1
    assert json.loads(refused.stderr)["error"]["code"] == "demo.not-a-demonstration"
