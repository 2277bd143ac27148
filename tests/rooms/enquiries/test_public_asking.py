"""Asking on seven pages: nothing is lost, nothing is sent twice, nothing is told."""

import re
from collections.abc import Callable

import pytest

from kinline.enquiries.models import Draft, EnquirerContact, Enquiry, TicketConflict, TracingCase
from kinline.ledger.models import Entry
from tests import people
from tests.rooms.enquiries.family import Family

Families = Callable[..., Family]
pytestmark = pytest.mark.usefixtures("stranger_asks")


def own_cases() -> list[TracingCase]:
    return list(TracingCase.objects.exclude(sought_name=people.STRANGER.name))


def test_seven_pages_lead_from_start_to_the_code(family: Families) -> None:
    mother = family()
    assert mother.get().status_code == 200

    mother.ask().send()

    assert mother.page.status_code == 200
    assert len(mother.code) == 16
    enquiry = Enquiry.objects.get(case__sought_name=people.ANDRIY.latin)
    assert enquiry.safe_word == mother.word
    assert (enquiry.state, enquiry.relation, enquiry.case.born) == ("received", "child", "2001")
    assert Entry.objects.filter(kind="enquiry.receive", subject=f"enquiry:{enquiry.pk}").count() == 1


def test_a_name_and_one_way_are_all_that_is_required(family: Families) -> None:
    mother = family()
    mother.post("enquiry")
    mother.go(name=people.ANDRIY.name)
    mother.go()
    mother.go()

    mother.go(page_only="on")
    mother.send()

    assert [case.sought_name for case in own_cases()] == [people.ANDRIY.name]
    assert len(mother.code) == 16


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [({}, "Write the name of the person you are looking for"), ({"name": " \u200b\u202e "}, "Write the name")],
)
def test_a_missing_name_is_asked_for_in_a_sentence(family: Families, fields: dict[str, str], sentence: str) -> None:
    mother = family()
    mother.post("enquiry")

    mother.go(**fields)

    assert mother.page.status_code == 422
    assert sentence in mother.text
    assert "<title>Error: " in mother.text
    assert 'href="#id_name"' in mother.text


def test_no_way_to_be_reached_is_asked_for(family: Families) -> None:
    mother = family()
    mother.post("enquiry")
    mother.go(name="Koval")
    mother.go()
    mother.go()

    mother.go()

    assert "Write a phone number or an e-mail" in mother.text


@pytest.mark.parametrize(
    ("written", "born", "read_back"),
    [
        ({"day": "14", "month": "3", "year": "01"}, "2001-03-14", "14 March 2001"),
        ({"day": "14.3.01"}, "2001-03-14", "14 March 2001"),
        ({"year": "14/03/2001"}, "2001-03-14", "14 March 2001"),
        ({"month": "March", "year": "2001"}, "2001-03", "March 2001"),
        ({"day": "14", "month": "березня", "year": "2001"}, "2001-03-14", "14 March 2001"),
        ({"year": "2001"}, "2001", "2001"),
        ({"day": "١٤", "month": "٣", "year": "٢٠٠١"}, "2001-03-14", "14 March 2001"),
        ({}, "", "Not given"),
    ],
)
def test_dates_are_read_as_people_write_them(
    family: Families, written: dict[str, str], born: str, read_back: str
) -> None:
    mother = family().ask(**({"year": ""} | written))

    assert read_back in mother.text
    mother.send()
    assert [case.born for case in own_cases()] == [born]


@pytest.mark.parametrize("said", ["21", "21 years", "21 рік"])
def test_about_how_old_is_a_year_of_birth_marked_about(family: Families, said: str) -> None:
    mother = family().ask(year="", age=said)

    mother.send()

    assert own_cases()[0].born.endswith("~")
    assert own_cases()[0].born_words == said


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ({"day": "14", "month": "3", "year": "2999"}, "must be in the past"),
        ({"day": "31", "month": "2", "year": "2001"}, "no such day"),
        ({"day": "14", "month": "3"}, "Write the year of birth"),
        ({"year": "a long time ago"}, "could not read this date"),
    ],
)
def test_a_date_that_cannot_be_is_said_so_and_kept_in_its_field(
    family: Families, written: dict[str, str], sentence: str
) -> None:
    mother = family()
    mother.post("enquiry")
    mother.go(name="Koval")

    mother.go(**written)

    assert mother.page.status_code == 422
    assert sentence in mother.text
    assert all(f'value="{value}"' in mother.text for value in written.values())


def test_a_double_tap_makes_one_case_and_the_same_page(family: Families) -> None:
    mother = family().ask()
    checked = mother.note

    first = mother.post("enquiry", **checked, go="send").content
    second = mother.post("enquiry", **checked, go="send").content

    assert masked(first) == masked(second)
    assert len(own_cases()) == 1


def test_going_back_and_on_without_a_change_shows_the_same_code(family: Families) -> None:
    mother = family()
    mother.post("enquiry")
    asked = mother.note
    mother.go(name="Koval")
    mother.go(year="2001")
    mother.go(relation="child")
    mother.go(page_only="on")
    code = mother.send().code

    mother.post("enquiry", **asked, name="Koval", go="on")

    assert mother.page.status_code == 200
    assert mother.code == code
    assert len(own_cases()) == 1


def test_going_back_and_sending_other_words_keeps_both_and_says_so(family: Families) -> None:
    mother = family()
    mother.post("enquiry")
    asked = mother.note
    mother.go(name="Koval")
    mother.go()
    mother.go()
    mother.go(page_only="on")
    mother.send()

    mother.post("enquiry", **asked, name="Kowal", go="on")

    assert mother.page.status_code == 409
    assert "Nothing is lost, and there is only one case" in mother.text
    assert [case.sought_name for case in own_cases()] == ["Koval"]
    assert [conflict.body["name"] for conflict in TicketConflict.objects.all()] == ["Kowal"]


def test_words_of_a_conflict_can_be_added_to_the_case(family: Families) -> None:
    mother = family()
    mother.post("enquiry")
    asked = mother.note
    mother.go(name="Koval")
    mother.go()
    mother.go()
    mother.go(page_only="on")
    mother.send()
    mother.post("enquiry", **asked, name="Kowal", go="on")

    mother.post("case", **mother.note, go="save")

    assert "We added this to your case" in mother.text


def test_a_dropped_line_loses_nothing(family: Families) -> None:
    mother = family("en")
    mother.post("enquiry")
    mother.go(name=people.ANDRIY.name)
    code = mother.code

    later = family("en")
    later.post("case", code=code, check="", go="draft")

    assert "When was he or she born?" in later.text
    later.go(year="2001")
    later.go()
    later.go(page_only="on")
    assert people.ANDRIY.name in later.text
    assert later.send().code == code


def test_a_change_from_the_checked_answers_returns_to_them(family: Families) -> None:
    mother = family().ask()

    mother.go("born")
    assert 'value="2001"' in mother.text
    mother.go(year="1999")

    assert "Check your answers" in mother.text
    assert "1999" in mother.text


def test_a_change_of_language_keeps_what_is_written(family: Families) -> None:
    mother = family("en")
    mother.post("enquiry")
    note = mother.note

    mother.language = "uk"
    mother.post("enquiry", **note, name="Коваль недопис", go="again")

    assert 'lang="uk"' in mother.text
    assert 'value="Коваль недопис"' in mother.text
    assert mother.page.status_code == 200


def test_what_is_sent_is_what_stood_on_the_checked_page(family: Families) -> None:
    mother = family().ask(name="Koval")
    checked = mother.note
    mother.go("who")
    mother.go(name="Somebody else")

    mother.post("enquiry", **checked, go="send")

    assert [case.sought_name for case in own_cases()] == ["Koval"]


def test_a_forged_or_old_ticket_is_refused_kindly(family: Families) -> None:
    mother = family()

    mother.post("enquiry", ticket="forged:ticket", step="who", name="Koval")

    assert mother.page.status_code == 400
    assert "This page is too old" in mother.text
    assert not own_cases()


def test_a_known_and_an_unknown_name_get_the_same_bytes(family: Families) -> None:
    known, unknown = family(), family()

    known.ask(name=people.STRANGER.name).send()
    unknown.ask(name=people.STRANGER.name[::-1]).send()

    assert masked(known.page.content) == masked(unknown.page.content)
    assert sorted(known.page.headers) == sorted(unknown.page.headers)


def test_ways_are_kept_as_given_and_for_searching(family: Families) -> None:
    family().ask(phone="+380 (50) 123-45-67", sms="on", email="Maria@Example.org").send()

    ways = EnquirerContact.objects.filter(canonical__contains="50123")
    assert [(way.channel, way.value, way.canonical) for way in ways] == [
        ("telephone", "+380 (50) 123-45-67", "+380501234567"),
        ("sms", "+380 (50) 123-45-67", "+380501234567"),
    ]
    assert EnquirerContact.objects.filter(canonical="maria@example.org").exists()


def test_the_code_is_kept_nowhere(family: Families) -> None:
    mother = family().ask().send()

    code = mother.code

    rows = [*Enquiry.objects.values(), *Draft.objects.values(), *Entry.objects.values()]
    assert not any(code in str(row) for row in rows)


def test_a_get_of_the_conversation_leads_to_the_start(family: Families) -> None:
    mother = family()

    mother.get("enquiry/")

    assert (mother.page.status_code, mother.page["Location"]) == (302, "/en/")


def masked(page: bytes) -> str:
    """The page without what differs for each sending: tickets, passes, code, word."""
    text = re.sub(r'value="[^"]{30,}"', "value=X", page.decode())
    text = re.sub(r'class="code">.*?</p>', "CODE", text)
    return re.sub(r'class="word">.*?</p>', "WORD", text)
