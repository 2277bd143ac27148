"""Adding and removing a second factor are entries in the ledger, and happen with their entry or not at all."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.db.models import QuerySet

from kinline.ledger.models import Entry
from kinline.staff.models import Account
from tests import people
from tests.bureau import signed_in
from tests.hardship.straits import somebody_writes

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kinline.sites.desk")]
ACTIVATE = "/second-factor/totp/activate/"


@pytest.fixture
def browser(db):
    browser = signed_in(people.TARAS)
    browser.raise_request_exception = False
    browser.post("/sign-in/reauthenticate/", {"password": "long enough to be one"})
    return browser


def letters_of_app(browser) -> str:
    return re.search(r"<code[^>]*>([A-Z2-7]+)</code>", browser.get(ACTIVATE).content.decode())[1]


def set_up_app(browser, secret: str):
    counter = next(iter(yield_hotp_counters_from_time()))
    return browser.post(ACTIVATE, {"code": format_hotp_value(hotp_value(secret, counter))})


def entries() -> QuerySet[Entry]:
    return Entry.objects.filter(kind__endswith="second_factor").order_by("seq")


def written() -> list[tuple[str, str]]:
    return [(entry.kind, entry.facts["kind"]) for entry in entries()]


def test_whoever_sets_up_and_takes_away_an_app_is_in_the_ledger(browser):
    set_up_app(browser, letters_of_app(browser))
    added = written()
    browser.post("/second-factor/recovery-codes/generate/")
    browser.post("/second-factor/totp/deactivate/")

    assert ("officer.add_second_factor", "totp") in added
    assert ("officer.add_second_factor", "recovery_codes") in written()
    assert ("officer.remove_second_factor", "totp") in written()
    assert {entry.actor for entry in entries()} == {f"officer:{Account.objects.get().officer_id}"}


@pytest.mark.django_db(transaction=True)
def test_no_second_factor_is_added_that_cannot_be_written_down(browser):
    secret = letters_of_app(browser)
    with somebody_writes():
        answer = set_up_app(browser, secret)

    assert answer.status_code == 503
    assert not Authenticator.objects.exists()
