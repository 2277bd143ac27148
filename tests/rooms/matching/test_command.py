"""The commands of the matching desk: search, build the index, learn, accept with a password."""

import json

import pytest
from django.utils import timezone
from typer.testing import CliRunner, Result

from kinline.matching import engine
from kinline.matching.models import Acceptance, Proposal
from kinline.sites.commands.matching import app
from kinline.staff import actions as staff
from kinline.staff.queries import ENGINE
from kinrules.refusal import Refused
from tests import people
from tests.bureau import enrolled
from tests.rooms.matching.test_learning import learnt_weights

PASSWORD = "long enough to be one"


@pytest.fixture
def petros_account(db):
    return staff.open_account(enrolled(people.PETRO), "petro", PASSWORD, actor=ENGINE, at=timezone.now())


def run(*words: str, typed: str = "") -> Result:
    return CliRunner().invoke(app, list(words), input=typed)


def test_what_is_due_is_searched(andriy, case):
    told = json.loads(run("run", "--json").stdout)

    assert told["cases"] == 1
    assert Proposal.objects.filter(case=case, record=andriy).exists()


def test_the_index_is_built_from_the_command_line(andriy):
    result = run("index")

    assert result.exit_code == 0
    assert "records and 0 open cases can be searched" in result.stderr


def test_a_report_is_printed_and_nothing_is_kept(andriy, case):
    told = json.loads(run("learn", "--json").stdout)
    spoken = run("learn")

    assert told["too_little"] == ["enquiries", "cases", "pairs"]
    assert "ECE" in spoken.stdout
    assert "Too few enquiries" in spoken.stderr
    assert not Acceptance.objects.exists()


def test_a_reviewer_accepts_with_a_password(petros_account):
    kept = learnt_weights()

    result = run("accept", kept.digest[:12], "--officer", "petro", typed=f"{PASSWORD}\n")

    assert result.exit_code == 0
    assert engine.in_force().name == kept.digest
    assert json.loads(run("weights", "--json").stdout)["in_force"] == kept.digest
    assert run("accept", "default", "--officer", "petro", typed=f"{PASSWORD}\n").exit_code == 0
    assert engine.in_force().name == engine.DEFAULT


@pytest.mark.parametrize(("name", "password"), [("petro", "another long one"), ("nobody", PASSWORD)])
def test_a_wrong_password_accepts_nothing(petros_account, name, password):
    kept = learnt_weights()

    result = run("accept", kept.digest, "--officer", name, typed=f"{password}\n")

    assert isinstance(result.exception, Refused)
    assert not Acceptance.objects.exists()


def test_weights_that_are_not_there_are_named_so(petros_account):
    result = run("accept", "0" * 12, "--officer", "petro", typed=f"{PASSWORD}\n")

    assert isinstance(result.exception, Refused)
    assert result.exception.code == "match.no-such-weights"
