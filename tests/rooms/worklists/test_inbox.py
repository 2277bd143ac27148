"""The inbox: what waits, for whom, in which order, and how it is said."""

from datetime import timedelta

import brotli
import pytest

from kinline.enquiries import actions
from kinline.enquiries.intake import Intake
from kinline.enquiries.queries import Sort
from kinline.staff.queries import FAMILY
from kinline.ui import messages
from kinline.worklists import queries
from kinline.worklists.queries import View
from tests import people
from tests.bureau import NOON, TODAY, acting, signed_in
from tests.rooms.enquiries.desk.conftest import asked


def references(view, officer, sort=Sort.DANGER):
    """The references of one list, in its order."""
    return [line.reference for line in queries.lines(view, officer, at=NOON, sort=sort)]


def test_danger_comes_first_then_the_nearest_promise(enquiry, noise, olha):
    dangerous = asked(people.OKSANA, last_contact="Вимагають викуп.")

    order = references(View.UNCLAIMED, olha)

    assert order == [dangerous.short, noise[0].short, noise[1].short, enquiry.short]


def test_a_list_can_be_read_by_promise_or_by_age(enquiry, noise, olha):
    actions.hold_until(enquiry, TODAY + timedelta(days=1), actor=olha, at=NOON)

    by_promise = references(View.UNCLAIMED, olha, Sort.PROMISE)
    by_age = references(View.UNCLAIMED, olha, Sort.AGE)

    assert by_promise == [enquiry.short, noise[0].short, noise[1].short]
    assert by_age == [noise[0].short, noise[1].short, enquiry.short]


def test_what_is_held_or_waits_for_the_family_leaves_the_work_at_hand(enquiry, noise, olha):
    actions.accept(enquiry, actor=olha, at=NOON)
    actions.claim(enquiry, actor=olha, at=NOON)
    actions.ask_family(enquiry, actor=olha, at=NOON)
    actions.hold_until(noise[0], TODAY + timedelta(days=9), actor=olha, at=NOON)

    assert references(View.MINE, olha) == []
    assert references(View.LATER, olha) == [enquiry.short]
    assert references(View.WAITING, olha) == [enquiry.short]
    assert references(View.UNCLAIMED, olha) == [noise[1].short]


def test_new_words_of_a_family_bring_it_back_to_hand(enquiry, olha):
    actions.accept(enquiry, actor=olha, at=NOON)
    actions.claim(enquiry, actor=olha, at=NOON)
    actions.ask_family(enquiry, actor=olha, at=NOON)

    actions.add(enquiry, "father_given_name", "Петро", actor=FAMILY, at=NOON)

    line = queries.lines(View.MINE, olha, at=NOON, sort=Sort.DANGER)[0]
    assert (line.reference, line.says) == (enquiry.short, "news")


def test_what_was_set_aside_asks_a_second_officer_only(enquiry, olha):
    actions.set_aside(enquiry, reason="An advertisement.", actor=olha, at=NOON)

    marko = acting(people.MARKO)

    assert references(View.SECOND, olha) == []
    assert references(View.SECOND, marko) == [enquiry.short]


def test_each_list_says_how_much_it_holds(enquiry, olha):
    counts = queries.counts(olha, at=NOON)

    assert counts[View.UNCLAIMED] == 3
    assert View.MATCHES not in counts


def test_no_line_of_the_inbox_names_a_person(enquiry, desk):
    page = desk.get("/inbox/unclaimed/").content.decode()

    assert enquiry.short in page
    assert not [word for word in ("Коваль", "Koval", "555 00") if word in page]
    assert "New. Nobody has looked yet." in page


def test_fifty_lines_are_one_light_page(desk, olha):
    for number in range(55):
        intake = Intake(name=f"Коваль {number}", language="uk")
        actions.receive(intake, actor=FAMILY, at=NOON, code=f"{number:016d}", code_hash=f"{number:064d}")

    first, second = desk.get("/inbox/unclaimed/"), desk.get("/inbox/unclaimed/?page=2")

    assert len(brotli.compress(first.content, quality=5)) < 30 * 1024
    assert len(first.context["rows"]) == 50
    assert len(second.context["rows"]) == 5
    assert 'rel="next"' in first.content.decode()


@pytest.mark.parametrize("page", ["0", "-3", "99999999999999999999", "x", "٣"])
def test_a_page_that_is_not_there_is_the_nearest_one(enquiry, desk, page):
    assert len(desk.get(f"/inbox/unclaimed/?page={page}").context["rows"]) == 3


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=2, minutes=10), "Due in 2 h 10 min"),
        (timedelta(minutes=9), "Due in 9 min"),
        (timedelta(days=1, hours=3), "Due in 1 day"),
        (timedelta(days=4), "Due in 4 days"),
        (timedelta(minutes=-5), "Overdue by 5 min"),
        (timedelta(hours=-3), "Overdue by 3 h 0 min"),
        (timedelta(days=-2), "Overdue by 2 days"),
    ],
)
def test_due_is_said_in_words(left, words):
    assert messages.due(NOON + left, at=NOON) == words


def test_claim_next_opens_the_right_one(enquiry, noise, desk):
    response = desk.post("/inbox/claim-next/")

    assert response["Location"] == f"/enquiries/{noise[0].pk}/"


def test_claim_next_says_so_when_nothing_waits(desk):
    page = desk.post("/inbox/claim-next/", follow=True).content.decode()

    assert "Nothing is waiting for anybody." in page


def test_a_registry_officer_sees_no_list_of_families(enquiry):
    response = signed_in(people.DARYNA).get("/inbox/")

    assert response.status_code == 403


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_the_day_s_pages_open_in_every_language(enquiry, desk, language):
    desk.post("/preferences/", {"language": language})

    for address in ("/", "/inbox/", "/inbox/calls/", "/inbox/second/", "/search/", "/duty/end/", "/preferences/"):
        response = desk.get(address)
        assert response.status_code == 200
        assert f'lang="{language}"' in response.content.decode()
