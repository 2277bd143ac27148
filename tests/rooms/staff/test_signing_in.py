"""Signing in: guessed passwords are throttled, a second factor is a must, and a working day ends."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from kinline.ledger.models import Entry
from kinline.sites import sessions
from kinline.staff import actions, queries
from kinline.staff.models import Account, Officer
from tests import people
from tests.bureau import NOON, enrolled, signed_in

SIGN_IN = "/sign-in/login/"
PASSWORD = "long enough to be one"


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def taras(db):
    officer = enrolled(people.TARAS)
    actions.open_account(officer, "taras", PASSWORD, actor=queries.ENGINE, at=NOON)
    return officer


def sign_in(browser: Client, *, name: str = "taras", password: str = PASSWORD, **options: str):
    """Send the form of the sign-in page."""
    return browser.post(SIGN_IN, {"login": name, "password": password}, **options)


def is_in(browser: Client) -> bool:
    """Whether the browser is let on to a page of the desk."""
    return browser.get("/matching/").status_code == 200


def test_the_right_password_lets_in_and_a_wrong_one_does_not(taras):
    wrong, right = Client(), Client()

    sign_in(wrong, password="not this one at all")
    sign_in(right)

    assert [is_in(wrong), is_in(right)] == [False, True]


def test_five_wrong_passwords_close_the_door_for_the_right_one_too(taras):
    browser = Client()
    for number in range(5):
        sign_in(browser, password=f"guess number {number}", REMOTE_ADDR=f"192.0.2.{number}")

    sign_in(browser, REMOTE_ADDR="192.0.2.99")

    assert not is_in(browser)


def test_another_port_in_the_host_header_is_no_new_count(taras):
    browser = Client()
    for number in range(5):
        sign_in(browser, password=f"guess number {number}", HTTP_HOST=f"localhost:{8000 + number}")

    sign_in(browser, HTTP_HOST="127.0.0.1")

    assert not is_in(browser)


def test_four_wrong_passwords_do_not_yet(taras):
    browser = Client()
    for number in range(4):
        sign_in(browser, password=f"guess number {number}")

    sign_in(browser)

    assert is_in(browser)


def test_guessing_at_one_name_leaves_others_free(taras):
    iryna = enrolled(people.PETRO)
    actions.open_account(iryna, "petro", PASSWORD, actor=queries.ENGINE, at=NOON)
    for number in range(6):
        sign_in(Client(), password=f"guess number {number}")
    browser = Client()

    sign_in(browser, name="petro")

    assert is_in(browser)


def test_an_unknown_name_is_answered_like_a_wrong_password(taras):
    answers = [sign_in(Client(), name=name, password="not this one at all") for name in ("taras", "nobody")]

    said = [[error for errors in each.context["form"].errors.values() for error in errors] for each in answers]
    assert said[0] == said[1]
    assert answers[0].status_code == answers[1].status_code


def test_nobody_makes_an_account_for_himself(db):
    Client().post("/sign-in/signup/", {"username": "me", "password1": PASSWORD})

    assert not Officer.objects.exists()


# --- A second factor ---


def test_outside_the_demonstration_no_page_opens_without_a_second_factor(taras, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    browser = Client()
    sign_in(browser)

    led = [browser.get(address) for address in ("/", "/matching/", "/search/")]

    assert [(answer.status_code, answer.url) for answer in led] == [(302, reverse("mfa_index"))] * 3


def test_the_page_where_a_second_factor_is_set_up_is_open(taras, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    browser = Client()
    sign_in(browser)

    assert browser.get(reverse("mfa_index")).status_code == 200


def test_what_is_sent_without_a_second_factor_changes_nothing(taras, settings):
    actions.end_duty(taras, at=NOON)
    settings.SECOND_FACTOR_REQUIRED = True
    browser = Client()
    sign_in(browser)

    answer = browser.post(reverse("duty_begin"))

    assert answer.url == reverse("mfa_index")
    assert queries.open_duty(taras) is None


def test_the_demonstration_does_without(taras, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    browser = Client()
    sign_in(browser)

    assert is_in(browser)


# --- A given password ---


def test_a_given_password_opens_nothing_but_its_own_change(taras):
    Account.objects.update(must_change_password=True)
    browser = Client()
    sign_in(browser)

    led = [browser.get(address) for address in ("/", "/matching/", reverse("mfa_index"))]

    assert [(answer.status_code, answer.url) for answer in led] == [(302, reverse("account_change_password"))] * 3


def test_the_change_opens_the_desk_and_is_written_down(taras):
    Account.objects.update(must_change_password=True)
    browser = Client()
    sign_in(browser)
    new = "four words of my own"

    browser.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    assert is_in(browser)
    assert Entry.objects.filter(kind="officer.change_password").count() == 1


# --- A working day ---


def test_a_session_ends_with_the_working_day(db, rf, settings):
    browser = signed_in(people.TARAS)
    browser.get("/matching/")
    request = rf.get("/")
    request.session, request.user = browser.session, object()
    begun = request.session[sessions.BEGAN]
    late = timezone.now() + timedelta(seconds=settings.SESSION_WHOLE_DAY_SECONDS + 60)

    sessions.keep_or_end(request, at=late)

    assert begun
    assert sessions.BEGAN not in request.session


def test_who_is_not_signed_in_is_led_to_the_door_and_back(db):
    answer = Client().get("/matching/?view=later")

    assert answer.status_code == 302
    assert answer.url.startswith("/sign-in/login/?next=/matching/")
