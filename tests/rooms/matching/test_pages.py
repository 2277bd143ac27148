"""The pages of the matching desk: the list, one proposal, one person sought; in every language, and light."""

import re

import pytest
from django.urls import reverse

from kinline.matching import actions
from kinline.matching.models import CaseSearch, Proposal
from tests import people
from tests.bureau import NOON
from tests.reading import english, words
from tests.rooms.matching import pages
from tests.rooms.matching.conftest import case_of

WIRE = 30 * 1024
languages = pytest.mark.parametrize("language", ["uk", "ru"])


def test_the_list_shows_numbers_and_no_names(proposal, at_taras):
    page = at_taras.get(pages.LIST)

    shown = words(page.content)
    assert proposal.record.number in shown
    assert not [name for name in ("Koval", "Коваль", "Andrii", "Андрій", "Андрей", "2001") if name in shown]


@pytest.mark.parametrize("view", ["read", "disputed", "asked", "later", "confirmed", "rejected", "no-such-view"])
def test_every_view_of_the_list_opens(proposal, at_taras, view):
    page = at_taras.get(pages.LIST, {"view": view})

    assert page.status_code == 200


def test_a_long_list_costs_no_more_questions_to_the_database(proposal, at_taras, django_assert_max_num_queries):
    for number in range(12):
        actions.search_case(case_of(born=people.ANDRIY.born, birth_place=f"Town {number}"), at=NOON)

    with django_assert_max_num_queries(25):
        page = at_taras.get(pages.LIST)

    assert len(page.context["rows"]) > 12


def test_a_proposal_shows_what_speaks_for_and_against(at_taras, andriy):
    case = case_of(born="1999-03-14", birth_place="Poltava")
    actions.search_case(case, at=NOON)
    proposal = Proposal.objects.get(case=case, record=andriy)

    page = at_taras.get(pages.page_of(proposal))

    shown = words(page.content)
    assert page.status_code == 200
    assert b'class="for"' in page.content
    assert b'class="against"' in page.content
    assert "14 March 1999" in shown
    assert "14 March 2001" in shown
    assert "Born two to five years apart" in shown
    assert "Same name, written in another alphabet" in shown


def test_a_proposal_names_what_is_missing_and_what_would_change_it_most(proposal, at_taras):
    shown = words(at_taras.get(pages.page_of(proposal)).content)

    assert "Not given on one side or both: Military unit, Service number." in shown
    assert re.search(r"What would change this most the service number · if it agrees: \+\d", shown)


def test_a_proposal_offers_four_decisions_with_their_keys(proposal, at_taras):
    page = at_taras.get(pages.page_of(proposal)).content.decode()

    buttons = re.findall(r'name="decision" value="(\w+)" data-key="(\w+)"', page)
    assert buttons == [("same", "KeyS"), ("not_same", "KeyN"), ("ask_family", "KeyA"), ("cannot_tell", "KeyL")]


def test_the_engine_never_says_it_is_sure(proposal, at_taras):
    shown = words(at_taras.get(pages.page_of(proposal)).content)

    assert proposal.probability > 0.995
    assert "99 in 100" in shown
    assert "100 in 100" not in shown


def test_too_few_past_pairs_are_said_to_teach_nothing(proposal, at_taras):
    shown = words(at_taras.get(pages.page_of(proposal)).content)

    assert "Not enough past pairs" in shown


def test_a_case_shows_its_proposals_and_its_searches(proposal, case, andriy, at_taras):
    shown = words(at_taras.get(pages.case_page_of(case)).content)

    assert andriy.number in shown
    assert "8 records searched. 1 new proposal." in shown
    assert "14 March 2001" in shown


def test_a_record_not_offered_says_what_speaks_against_it(register, case, at_taras):
    page = at_taras.get(pages.case_page_of(case), {"number": register[0].number})

    assert page.status_code == 200
    assert b'class="against"' in page.content


def test_a_number_nobody_has_is_said_and_kept(case, at_taras):
    page = at_taras.get(pages.case_page_of(case), {"number": "RU-PW-9999999-X"})

    assert "No record has this number" in words(page.content)
    assert b'value="RU-PW-9999999-X"' in page.content


def test_a_record_is_proposed_by_hand_once(register, case, at_taras):
    address = reverse("matching_propose", args=[case.pk])

    first = at_taras.post(address, {"number": register[0].number})
    second = at_taras.post(address, {"number": register[0].number})
    none = at_taras.post(address, {"number": "RU-PW-9999999-X"})

    assert [first.status_code, second.status_code, none.status_code] == [302, 409, 422]
    assert "already proposed for this person" in words(second.content)


def test_a_withdrawn_record_is_not_proposed_by_hand(register, case, at_taras):
    type(register[0]).objects.filter(pk=register[0].pk).update(state="withdrawn")

    page = at_taras.post(reverse("matching_propose", args=[case.pk]), {"number": register[0].number})

    assert page.status_code == 409
    assert "This record was withdrawn" in words(page.content)


@languages
def test_no_english_is_left_on_the_pages(proposal, case, andriy, at_taras, language):
    pages.speaks(people.TARAS, language)
    besides = " ".join([andriy.number, people.ANDRIY.latin, "Poltava TEST", people.TARAS.name])

    answers = [
        at_taras.get(pages.LIST),
        at_taras.get(pages.page_of(proposal)),
        at_taras.get(pages.case_page_of(case), {"number": andriy.number}),
        pages.send(at_taras, proposal, decision="not_same"),
        at_taras.post(pages.deciding(proposal), {}),
    ]

    assert [english(page.content, besides=besides) for page in answers] == [set()] * 5
    assert f'lang="{language}"' in answers[1].content.decode()


@pytest.mark.parametrize(("language", "month"), [("uk", "14 березня 2001"), ("ru", "14 марта 2001")])
def test_months_stand_in_words(proposal, at_taras, language, month):
    pages.speaks(people.TARAS, language)

    assert month in words(at_taras.get(pages.page_of(proposal)).content)


@pytest.mark.parametrize(
    ("language", "found", "sentence"),
    [
        ("uk", 1, "1 новий збіг."),
        ("uk", 3, "3 нові збіги."),
        ("uk", 5, "5 нових збігів."),
        ("ru", 21, "21 новое совпадение."),
        ("ru", 2, "2 новых совпадения."),
        ("ru", 11, "11 новых совпадений."),
    ],
)
def test_numbers_take_their_right_form(case, at_taras, language, found, sentence):
    pages.speaks(people.TARAS, language)
    CaseSearch.objects.create(case=case, searched_at=NOON, records=9, found=found)

    shown = words(at_taras.get(pages.case_page_of(case)).content)

    assert sentence in shown


@pytest.mark.parametrize("language", ["en", "uk", "ru"])
def test_pages_stay_light_on_the_wire(proposal, case, andriy, at_taras, language):
    pages.speaks(people.TARAS, language)
    for number in range(40):
        actions.search_case(case_of(born=people.ANDRIY.born, birth_place=f"Town {number}"), at=NOON)

    answers = [
        at_taras.get(address, headers={"accept-encoding": "gzip"})
        for address in (pages.LIST, pages.page_of(proposal), pages.case_page_of(case))
    ]

    assert all(page["Content-Encoding"] == "gzip" for page in answers)
    assert max(len(page.content) for page in answers) <= WIRE
