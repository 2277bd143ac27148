"""The start page and the inbox name who needs a person, to those who may act on it."""

import pytest

from kinline.staff.models import Officer
from tests import people
from tests.bureau import signed_in
from tests.reading import words
from tests.rooms.intake.desk import hears

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_olha(db):
    """The browser of an enquiry operator."""
    return signed_in(people.OLHA)


def test_the_start_page_names_who_needs_a_person_and_how_long_they_wait(at_olha):
    hears(minutes_ago=30)

    start, inbox = words(at_olha.get("/").content), words(at_olha.get("/inbox/mine/").content)

    assert "1 conversation needs a person · 1 overdue · Longest wait:" in start
    assert "0 pieces of post no machine could read" in start
    assert "0 messages could not be sent" in start
    assert "Needs a person (1)" in inbox


def test_who_may_not_act_on_them_is_shown_no_counts(db):
    hears()

    assert "needs a person" not in words(signed_in(people.DARYNA).get("/").content)


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_the_lists_are_in_the_officers_language(at_olha, language):
    hears(minutes_ago=30)
    Officer.objects.update(language=language)

    shown = words(at_olha.get("/conversations/").content)

    assert {"uk": "Комусь потрібна людина", "ru": "Кому-то нужен человек"}[language] in shown
