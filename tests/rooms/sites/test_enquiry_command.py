"""``kinline enquiry``: received from another program, looked up by its code; bad input gets a sentence and a code."""

import json

import pytest
from typer.testing import CliRunner

from kinline.enquiries.models import Enquiry
from kinline.sites import exits
from kinline.sites.commands.enquiry import app
from tests import people

ANDRIY = {
    "sought": {"name": people.ANDRIY.latin, "born": "14.03.2001", "relation": "child", "unit": "TEST-0042"},
    "contact": {"name": people.MARIA.name, "phone": people.MARIA.telephone, "leave_message": True},
    "language": "uk",
}


def run(*words, said=b""):
    """Run the command; the answer's exit code is what a shell would see."""
    document = said if isinstance(said, bytes) else json.dumps(said, ensure_ascii=False).encode()
    result = CliRunner().invoke(app, list(words), input=document)
    stop = exits.stop_for(result.exception) if isinstance(result.exception, Exception) else None
    return result, stop


@pytest.mark.parametrize("words", [("receive",), ("receive", "--json")])
def test_an_enquiry_is_received_and_its_code_and_word_are_printed(db, words):
    result, stop = run(*words, said=ANDRIY)

    printed = json.loads(result.stdout)
    enquiry = Enquiry.objects.get()
    assert stop is None
    assert set(printed) == {"code", "safe_word", "enquiry"}
    assert (printed["enquiry"], printed["safe_word"]) == (str(enquiry.pk), enquiry.safe_word)
    assert len(printed["code"]) == 16
    assert (enquiry.case.born, enquiry.case.unit, enquiry.relation) == ("2001-03-14", "TEST-0042", "child")


def test_the_state_of_an_enquiry_is_neutral_and_names_the_day(db):
    code = json.loads(run("receive", said=ANDRIY)[0].stdout)["code"]

    spoken = run("status", f"{code[:4]} {code[4:8]}-{code[8:]}")[0].stdout
    document = json.loads(run("status", code, "--json")[0].stdout)

    assert spoken == f"Received. {Enquiry.objects.get().promise_on.isoformat()}\n"
    assert document == {"state": "received", "promise_on": Enquiry.objects.get().promise_on.isoformat()}


def test_a_name_alone_is_enough(db):
    _result, stop = run("receive", said={"sought": {"name": "Коваль"}})

    assert stop is None


def test_the_same_ticket_twice_makes_one_enquiry(db):
    said = {**ANDRIY, "ticket": "import-7"}

    run("receive", said=said)
    again, _stop = run("receive", said=said)

    assert Enquiry.objects.count() == 1
    assert "was received before" in again.stderr


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (b"", "What came on standard input is not JSON in UTF-8. Nothing was received."),
        (b"{", "What came on standard input is not JSON in UTF-8. Nothing was received."),
        ("Коваль".encode("cp1251"), "What came on standard input is not JSON in UTF-8. Nothing was received."),
        (b"[" * 100_000, "What came on standard input is not JSON in UTF-8. Nothing was received."),
        (b"[]", 'Standard input must hold one JSON object, such as {"sought": {"name": "…"}}.'),
        (b"{}", "The enquiry needs sought.name: the name of the person who is sought, in any alphabet."),
        ({"sought": {"name": " \x00 "}}, "The enquiry needs sought.name: the name of the person who is sought, in any alphabet."),
        ({"sought": "Коваль"}, "sought must be a JSON object."),
        ({"sought": {"name": ["Коваль"]}}, "name must be text."),
        ({"sought": {"name": "К" * 301}}, "name is longer than 300 signs."),
        ({"sought": {"name": "К", "born": "2999"}}, "sought.born must lie in the past."),
        ({"sought": {"name": "К", "colour": "red"}}, "Not known here: sought.colour."),
        ({"sought": {"name": "К"}, "language": "xx"}, "language must be one of: uk, ru, en."),
        (b'{"sought": {"name": "\\ud800"}}', "name holds half a sign (a lone surrogate). Send it again as UTF-8."),
    ],
)  # fmt: skip
def test_what_cannot_be_received_is_refused_with_a_sentence(db, said, sentence):
    result, stop = run("receive", "--json", said=said)

    assert stop.exit_code == exits.Exit.USAGE
    assert stop.sentence.startswith(sentence)
    assert result.stdout == ""
    assert not Enquiry.objects.exists()


def test_words_of_birth_that_cannot_be_read_are_kept_for_an_officer(db):
    run("receive", said={"sought": {"name": "Коваль", "born": "десь перед Паскою"}})

    case = Enquiry.objects.get().case
    assert (case.born, case.born_words) == ("", "десь перед Паскою")


@pytest.mark.parametrize(
    ("code", "exit_code"),
    [
        ("4821093756123474", exits.Exit.NOT_FOUND),
        ("4821093756123475", exits.Exit.USAGE),
        ("482109", exits.Exit.USAGE),
        ("код", exits.Exit.USAGE),
        ("", exits.Exit.USAGE),
    ],
)
def test_a_code_that_opens_nothing_says_what_is_the_matter(db, code, exit_code):
    result, stop = run("status", code)

    assert stop.exit_code == exit_code
    assert stop.sentence.endswith(".")
    assert result.stdout == ""
