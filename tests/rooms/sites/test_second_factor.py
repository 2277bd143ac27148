"""Signing in as officers do it, outside the demonstration: password, app, recovery codes, passkey; in a browser."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core.cache import cache
from playwright.sync_api import Page, expect

from kinline.ledger.models import Entry
from kinline.staff import actions, queries
from kinline.staff.models import Account, Officer
from tests import people
from tests.bureau import NOON, enrolled

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = pytest.mark.once  # what a page shows and a key answers; what is kept is tried on both engines
PASSWORD, OWN = "long enough to be one", "four words of my own"
CLOSED = "Too many wrong tries in a short time. So that nobody can guess, this is closed for five minutes."


@pytest.fixture(autouse=True)
def _no_tries_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def taras(guarded_desk):
    officer = enrolled(people.TARAS)
    return actions.open_account(officer, "taras", PASSWORD, actor=queries.ENGINE, at=NOON)


class Desk:
    """An officer's browser before a guarded desk."""

    def __init__(self, address: str, page: Page) -> None:
        self.address, self.page = address, page
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.address}{path}")
        return self.page

    @property
    def path(self) -> str:
        return self.page.url.removeprefix(self.address).partition("?")[0].partition("#")[0]

    def sign_in(self, *, name: str = "taras", password: str = PASSWORD) -> Page:
        page = self.go("/sign-in/login/")
        page.fill("[name=login]", name)
        page.fill("[name=password]", password)
        page.locator("form[action^='/sign-in/login/'] button").click()
        return page

    def press(self, words: str) -> None:
        self.page.locator("main").get_by_role("button", name=words, exact=True).click()

    def send_code(self, code: str, button: str) -> None:
        self.page.fill("[name=code]", code)
        self.press(button)

    def show_again(self, path: str) -> Page:
        """Open a page that asks for the password once more."""
        page = self.go(path)
        assert self.path == "/sign-in/reauthenticate/"
        page.fill("[name=password]", PASSWORD)
        self.press("Continue")
        return page

    def set_up_app(self) -> str:
        """Read the letters below the picture, and enter the code an app would show."""
        self.show_again("/second-factor/totp/activate/")
        secret = self.page.locator("main code").inner_text()
        self.send_code(code_of(secret), "Set up the app")
        return secret

    def sign_out(self) -> None:
        self.page.context.clear_cookies()


@pytest.fixture
def desk(guarded_desk, visitor):
    """A browser with scripts before the first of the two processes."""
    return Desk(guarded_desk[0], opened(visitor))


def opened(visitor, *, javascript: bool = True, language: str = "en") -> Page:
    return visitor(language=language, javascript=javascript, phone=False, ignore_https_errors=True).new_page()


def code_of(secret: str) -> str:
    """What an app shows now.

    Source: RFC 6238 (time-based one-time passwords).
    """
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def virtual_key(page: Page) -> None:
    """A key that knows its owner by finger, as a telephone or a laptop has it."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options | {"isUserVerified": True}})


# --- The first sign-in ---


def test_the_first_sign_in_leads_to_the_second_factor_and_nowhere_else(desk, taras):
    desk.sign_in()

    led = [desk.path]
    for address in ("/", "/matching/", "/search/", "/preferences/"):
        desk.go(address)
        led.append(desk.path)
    assert set(led) == {"/second-factor/"}
    assert "Without it no page of the desk opens." in desk.page.locator("main").inner_text()


def test_the_cookie_is_bound_to_this_site_and_closed_to_scripts(desk, taras):
    desk.sign_in()

    cookie = next(each for each in desk.page.context.cookies() if each["name"] == "__Host-kl")
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (True, True, "Strict", "/")


def test_a_given_password_is_changed_before_anything_else(desk, guarded_desk):
    officer = enrolled(people.TARAS)
    actions.open_account(officer, "taras", PASSWORD, actor=queries.ENGINE, at=NOON, temporary=True)
    page = desk.sign_in()
    led = {desk.go(address) and desk.path for address in ("/", "/second-factor/", "/second-factor/totp/activate/")}

    page.fill("[name=oldpassword]", PASSWORD)
    page.fill("[name=password1]", OWN)
    page.fill("[name=password2]", OWN)
    desk.press("Change password")

    assert led == {"/sign-in/password/change/"}
    assert desk.path == "/second-factor/"
    assert "Your password is changed." in page.locator("main").inner_text()
    account = Account.objects.get()
    assert account.check_password(OWN)
    assert not account.must_change_password
    assert Entry.objects.filter(kind="officer.change_password", actor=f"officer:{officer.pk}").count() == 1


# --- The app ---


@PAGES
def test_the_app_is_set_up_with_its_picture_and_asked_for_from_then_on(desk, taras):
    desk.sign_in()
    desk.show_again("/second-factor/totp/activate/")
    drawn = desk.page.locator("main img").evaluate("picture => picture.complete && picture.naturalWidth > 100")
    secret = desk.page.locator("main code").inner_text()
    desk.send_code(code_of(secret), "Set up the app")
    desk.sign_out()

    desk.sign_in()
    asked = desk.path
    desk.send_code(code_of(secret), "Sign in")

    assert drawn
    assert asked == "/second-factor/authenticate/"
    assert desk.path == "/"
    assert desk.complaints == []


def test_a_wrong_code_is_answered_kindly_and_lets_nobody_in(desk, taras):
    desk.sign_in()
    desk.set_up_app()
    desk.sign_out()
    desk.sign_in()

    desk.send_code("000000", "Sign in")

    assert "This code or key does not fit." in desk.page.locator("main").inner_text()
    desk.go("/matching/")
    assert desk.path == "/second-factor/authenticate/"


def test_a_recovery_code_lets_in_once(desk, taras):
    desk.sign_in()
    desk.set_up_app()
    codes = desk.page.locator("main code").all_inner_texts()
    desk.sign_out()
    led = []

    for _time in range(2):
        desk.sign_in()
        desk.send_code(codes[0], "Sign in")
        led.append(desk.path)
        desk.sign_out()

    assert len(codes) == 10
    assert led == ["/", "/second-factor/authenticate/"]


@PAGES
def test_the_app_works_in_a_browser_without_scripts(guarded_desk, visitor, taras):
    plain = Desk(guarded_desk[0], opened(visitor, javascript=False))
    plain.sign_in()

    plain.set_up_app()

    assert plain.path == "/second-factor/recovery-codes/"


# --- The passkey ---


@PAGES
def test_a_passkey_is_added_and_signs_in_alone(desk, taras):
    virtual_key(desk.page)
    desk.sign_in()
    desk.show_again("/second-factor/webauthn/add/")
    desk.page.fill("[name=name]", "Laptop")
    desk.page.check("[name=passwordless]")
    desk.press("Add a key")
    desk.page.wait_for_url(lambda url: "/webauthn/add" not in url)
    desk.sign_out()

    desk.go("/sign-in/login/")
    desk.press("Sign in with a passkey")
    desk.page.wait_for_url(lambda url: url.partition("#")[0] == f"{desk.address}/")

    assert desk.path == "/"
    assert desk.complaints == []


@PAGES
def test_a_security_key_goes_with_the_password(desk, taras):
    virtual_key(desk.page)
    desk.sign_in()
    desk.show_again("/second-factor/webauthn/add/")
    desk.press("Add a key")
    desk.page.wait_for_url(lambda url: "/webauthn/add" not in url)
    desk.sign_out()

    desk.sign_in()
    asked = desk.path
    desk.press("Use a passkey or security key")
    desk.page.wait_for_url(lambda url: url.partition("#")[0] == f"{desk.address}/")

    assert asked == "/second-factor/authenticate/"
    assert desk.complaints == []


@PAGES
def test_a_key_that_does_not_answer_is_spoken_of_on_the_page(desk):
    desk.go("/sign-in/login/")
    alert = desk.page.get_by_role("alert")
    before = alert.count()

    desk.page.evaluate("document.dispatchEvent(new CustomEvent('allauth.error', {cancelable: true}))")

    assert before == 0
    expect(alert).to_contain_text("The key did not answer, or you stopped it.")


# --- Guessing ---


def test_wrong_passwords_are_counted_by_both_processes_together(guarded_desk, visitor, taras):
    desks = [Desk(address, opened(visitor, javascript=False)) for address in guarded_desk]
    for number in range(5):
        desks[number % 2].sign_in(password=f"guess number {number}")

    said = [each.sign_in().locator("main").inner_text() for each in desks]

    assert [CLOSED in words for words in said] == [True, True]
    assert [each.path for each in desks] == ["/sign-in/login/", "/sign-in/login/"]


@PAGES
def test_a_name_that_nobody_has_is_answered_word_for_word_alike(guarded_desk, visitor, taras):
    said: dict[str, list[str]] = {"taras": [], "nobody": []}

    for name, heard in said.items():
        desk = Desk(guarded_desk[0], opened(visitor, javascript=False))
        heard += [desk.sign_in(name=name, password="not this one").locator("main").inner_text() for _time in range(7)]

    assert said["taras"] == said["nobody"]
    assert CLOSED in said["nobody"][-1]


@PAGES
@pytest.mark.parametrize(("language", "heading"), [("uk", "Другий фактор"), ("ru", "Второй фактор")])
def test_the_pages_speak_the_officers_language_whatever_the_browser_says(desk, taras, language, heading):
    Officer.objects.update(language=language)

    desk.sign_in()

    assert desk.page.locator("h1").inner_text() == heading
    assert desk.page.locator("html").get_attribute("lang") == language
