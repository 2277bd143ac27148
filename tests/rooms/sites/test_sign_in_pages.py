"""The pages of signing in: nothing for axe to say in any light or direction, and no sentence left in English."""

import re
from pathlib import Path

import pytest
from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client

from kinline.sites import second_factor
from kinline.staff.models import Account, Officer
from tests import people
from tests.bureau import signed_in
from tests.rooms.ui import pseudo
from tests.walks.test_every_desk_page import found_by_axe

pytestmark = [pytest.mark.house, pytest.mark.django_db]
SOURCES = Path(second_factor.__file__).parents[1]
WHILE_SIGNED_IN = {
    "second factor, none yet": "/second-factor/",
    "password": "/sign-in/password/change/",
    "sign out": "/sign-in/logout/",
    "again by password": "/sign-in/reauthenticate/",
}
PROVED = {
    "app": "/second-factor/totp/activate/",
    "key": "/second-factor/webauthn/add/",
}
WITH_APP = {
    "second factor": "/second-factor/",
    "codes": "/second-factor/recovery-codes/",
    "new codes": "/second-factor/recovery-codes/generate/",
    "app away": "/second-factor/totp/deactivate/",
    "keys": "/second-factor/webauthn/",
    "again by code": "/second-factor/reauthenticate/",
}


def drawn(language: str) -> dict[str, str]:
    """Each page as it is sent, in one language."""
    officer = signed_in(people.TARAS)
    Officer.objects.update(language=language)
    outside = Client(headers={"accept-language": language})
    pages = {"sign in": outside.get("/sign-in/login/")}
    pages["sign in, refused"] = outside.post("/sign-in/login/", {"login": "taras", "password": "not this one"})
    pages |= {name: officer.get(address) for name, address in WHILE_SIGNED_IN.items()}
    prove(officer)
    pages |= {name: officer.get(address) for name, address in PROVED.items()}
    account = Account.objects.get()
    TOTP.activate(account, generate_totp_secret())
    RecoveryCodes.activate(account)
    pages |= {name: officer.get(address) for name, address in WITH_APP.items()}
    outside.post("/sign-in/login/", {"login": "taras", "password": "long enough to be one"})
    pages["asked for the second factor"] = outside.get("/second-factor/authenticate/")
    assert {name: page.status_code for name, page in pages.items() if page.status_code != 200} == {}
    return {name: page.content.decode() for name, page in pages.items()}


def prove(browser: Client) -> None:
    """Give the password once more, as the pages that change something ask for."""
    browser.post("/sign-in/reauthenticate/", {"password": "long enough to be one"})
    assert AUTHENTICATION_METHODS_SESSION_KEY in browser.session


@pytest.fixture
def mirrored(settings, tmp_path) -> dict[str, str]:
    """All pages in the pseudo-language, from right to left."""
    settings.LOCALE_PATHS = [pseudo.catalogue(SOURCES, tmp_path), *settings.LOCALE_PATHS]
    settings.LANGUAGES = [*settings.LANGUAGES, (pseudo.CODE, "Pseudo")]
    return drawn(pseudo.CODE)


@pytest.mark.browser
def test_axe_has_nothing_to_say_of_signing_in_in_light_and_dark(browser):
    assert found_by_axe(browser, drawn("en")) == {}


@pytest.mark.browser
def test_axe_has_nothing_to_say_of_signing_in_from_right_to_left(browser, mirrored):
    assert found_by_axe(browser, mirrored) == {}


def test_every_sentence_is_marked_for_translation(mirrored):
    left = {name: latin(markup) for name, markup in mirrored.items()}

    assert {name: words for name, words in left.items() if words} == {}


def latin(markup: str) -> list[str]:
    """Words in Latin letters that a person would read on the page, but for names of people and languages."""
    seen = re.sub(r"<(script|style|code|bdi|title)\b.*?</\1>|<nav\b.*?</nav>|<[^>]+>", " ", markup, flags=re.DOTALL)
    return re.findall(r"[A-Za-z]{3,}", re.sub(r"&\w+;", " ", seen))
