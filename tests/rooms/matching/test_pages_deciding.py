"""Deciding on the page: the second reader blind, nothing typed lost, every reading written down first."""

import re

import pytest
from django.urls import reverse

from kinline.ledger.models import Entry
from kinline.matching import actions
from kinline.matching.models import Reading
from tests import people
from tests.bureau import NOON, acting, signed_in
from tests.reading import words
from tests.rooms.matching import pages
from tests.rooms.matching.conftest import case_of


def test_the_second_reader_sees_what_the_first_saw(proposal, at_taras, at_petro):
    first = pages.seen(at_petro, pages.page_of(proposal))
    listed = pages.seen(at_petro, pages.LIST)

    pages.send(at_taras, proposal, decision="same")

    proposal.refresh_from_db()
    assert proposal.state == "read_once"
    assert pages.seen(at_petro, pages.page_of(proposal)) == first
    assert pages.seen(at_petro, pages.LIST) == listed


def test_who_opened_the_page_before_the_first_reading_still_decides_blind(proposal, at_taras, at_petro):
    version = at_petro.get(pages.page_of(proposal)).context["form"].initial["version"]
    pages.send(at_taras, proposal, decision="same")

    answer = at_petro.post(pages.deciding(proposal), {"version": version, "decision": "same"})

    proposal.refresh_from_db()
    assert (answer.status_code, proposal.state) == (302, "confirmed")


def test_two_readers_of_the_page_confirm_one_person(proposal, at_taras, at_petro):
    pages.send(at_taras, proposal, decision="same")
    answer = pages.send(at_petro, proposal, decision="same")

    proposal.refresh_from_db()
    assert (answer.status_code, answer.url, proposal.state) == (302, pages.LIST, "confirmed")
    assert "Two officers confirmed" in words(at_petro.get(pages.page_of(proposal)).content)


def test_a_reader_is_asked_no_second_time(proposal, at_taras):
    pages.send(at_taras, proposal, decision="same")

    page = at_taras.get(pages.page_of(proposal)).content

    assert b'name="decision"' not in page
    assert "You have read this proposal" in words(page)


def test_not_the_same_without_any_reason_is_asked_for_one(proposal, at_taras):
    page = pages.send(at_taras, proposal, decision="not_same", ask="unit")

    assert page.status_code == 409
    assert "Write the reason in a few words" in words(page.content)
    assert b'<option value="unit" selected>' in page.content
    assert not Reading.objects.exists()


def test_a_proposal_that_changed_comes_back_with_the_words_and_can_be_decided(proposal, at_taras, at_petro):
    pages.send(at_petro, proposal, decision="cannot_tell")
    typed = {"decision": "not_same", "reason": "relative", "words": "Його брат <b>Богдан</b>"}

    page = at_taras.post(pages.deciding(proposal), {"version": "1", **typed})

    assert page.status_code == 409
    assert "Another officer or the engine changed this proposal" in words(page.content)
    assert "Його брат &lt;b&gt;Богдан&lt;/b&gt;" in page.content.decode()
    version = re.search(r'name="version" value="(\d+)"', page.content.decode())[1]
    again = at_taras.post(pages.deciding(proposal), {"version": version, **typed})
    assert again.status_code == 302


def test_words_too_long_to_keep_come_back_whole(proposal, at_taras):
    page = pages.send(at_taras, proposal, decision="cannot_tell", words="ї" * 2001)

    assert page.status_code == 422
    assert "ї" * 2001 in page.content.decode()


@pytest.mark.parametrize("sent", [{}, {"decision": "marry", "version": "1"}, {"decision": "same", "version": "x"}])
def test_a_form_from_an_old_page_changes_nothing(proposal, at_taras, sent):
    page = at_taras.post(pages.deciding(proposal), sent)

    assert page.status_code == 422
    assert "This page is out of date. Open it again." in words(page.content)
    assert not Reading.objects.exists()


def test_taking_back_needs_a_reason_and_keeps_the_page(proposal, at_taras):
    pages.send(at_taras, proposal, decision="same")

    without = at_taras.post(reverse("matching_undo", args=[proposal.pk]), {"words": ""})
    long = at_taras.post(reverse("matching_undo", args=[proposal.pk]), {"words": "я" * 501})
    with_one = at_taras.post(reverse("matching_undo", args=[proposal.pk]), {"words": "хибний рядок"})

    assert [without.status_code, long.status_code, with_one.status_code] == [422, 422, 302]
    assert "я" * 501 in long.content.decode()


def test_a_record_withdrawn_since_is_not_confirmed(proposal, at_taras):
    type(proposal.record).objects.filter(pk=proposal.record_id).update(state="withdrawn")

    page = pages.send(at_taras, proposal, decision="same")

    assert page.status_code == 409
    assert "This record was withdrawn" in words(page.content)


def test_reading_a_proposal_is_written_down_before_it_is_shown(proposal, at_taras, taras):
    before = Entry.objects.count()

    at_taras.get(pages.page_of(proposal))

    entry = Entry.objects.get(seq=before + 1)
    assert (entry.kind, entry.subject, entry.actor) == ("viewed", f"match:{proposal.pk}", taras.reference)


def test_a_form_that_comes_back_is_a_reading_too(proposal, at_taras):
    at_taras.post(pages.deciding(proposal), {})

    assert Entry.objects.filter(kind="viewed", subject=f"match:{proposal.pk}").exists()


def test_laying_a_record_beside_a_case_is_a_reading_of_both(andriy, case, at_taras):
    at_taras.get(pages.case_page_of(case), {"number": andriy.number})

    read = set(Entry.objects.filter(kind="viewed").values_list("subject", flat=True))
    assert read == {f"tracing_case:{case.pk}", f"captive_record:{andriy.pk}"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_reading_that_cannot_be_written_down_is_not_shown(proposal, at_taras, method):
    pages.close_ledger()
    address = pages.page_of(proposal) if method == "get" else pages.deciding(proposal)

    page = getattr(at_taras, method)(address)

    shown = words(page.content)
    assert page.status_code == 503
    assert ("This page cannot be shown now" if method == "get" else "This could not be kept") in shown
    assert not [name for name in ("Koval", "Коваль", "Андрей", "2001", proposal.record.number) if name in shown]


def test_an_officer_off_duty_is_led_to_the_start(proposal):
    answer = signed_in(people.TARAS, on_duty=False).get(pages.page_of(proposal))

    assert (answer.status_code, answer.url) == (302, "/")


def test_who_has_no_part_in_matching_sees_no_proposal(proposal):
    page = signed_in(people.OLHA).get(pages.page_of(proposal))

    assert page.status_code == 403
    assert "Коваль" not in page.content.decode()


NAUGHTY = [
    "Ко\u202eваль Андрій",
    "<script>alert(1)</script> Коваль",
    "Коваль\u200b' OR 1=1 --",
    "{{ settings.SECRET_KEY }}{% load i18n %}",
    "Коваль\x07 \U0001f600",
    "\u0651\u064eКоваль" + "\u0301" * 30,
]


@pytest.mark.parametrize("name", NAUGHTY)
def test_naughty_names_come_back_escaped_with_hidden_signs_shown(andriy, at_taras, name):
    case = case_of(name, born=people.ANDRIY.born, birth_place=name)
    proposal = actions.propose_record(case, andriy, actor=acting(people.TARAS), at=NOON)

    shown = [
        at_taras.get(pages.page_of(proposal)).content.decode(),
        at_taras.get(pages.case_page_of(case), {"number": andriy.number}).content.decode(),
    ]

    for page in shown:
        assert "<script>alert" not in page
        assert not {"\u202e", "\u200b", "\x07"}.intersection(page)
        assert all(f"U+{ord(sign):04X}" in page for sign in ("\u202e", "\u200b", "\x07") if sign in name)
    assert ("{{ settings.SECRET_KEY }}" in shown[1]) == ("SECRET_KEY" in name)
