"""The families' site as it is served: without scripts, on a narrow phone, in three languages, over a bad line."""

import re
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route

from kinline.enquiries.models import Enquiry
from tests import people
from tests.servers import Sites

HEAVIEST = 14 * 1024
LANGUAGES = ("uk", "ru", "en")
Visitor = Callable[..., BrowserContext]


class Watched:
    """A page whose requests are counted and weighed."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.address = address
        self.requests: list[Request] = []
        self.page.on("request", lambda request: self.requests.append(request))

    def settled(self) -> None:
        """This page came as one request of at most 14 KB, and fits the phone."""
        assert [request.resource_type for request in self.requests] == ["document"]
        assert self.requests[0].sizes()["responseBodySize"] <= HEAVIEST
        assert self.page.evaluate("document.documentElement.scrollWidth") <= 360
        self.requests.clear()

    def open(self, path: str) -> None:
        """Go to an address."""
        self.page.goto(self.address + path)
        self.settled()

    def press(self, value: str, name: str = "go") -> None:
        """Press a button of the page's main part."""
        with self.page.expect_navigation():
            self.page.locator(f"main button[name={name}][value={value}]").first.click()
        self.settled()

    def start(self) -> None:
        """Press the one button of the first page."""
        with self.page.expect_navigation():
            self.page.locator("main button").click()
        self.settled()


@pytest.mark.browser
@pytest.mark.parametrize(
    "language", [LANGUAGES[0], *(pytest.param(one, marks=pytest.mark.once) for one in LANGUAGES[1:])]
)
def test_a_mother_asks_and_comes_back_without_any_script(sites: Sites, visitor: Visitor, language: str) -> None:
    phone = Watched(visitor(language=language), sites.public)
    phone.open(f"/{language}/")
    phone.start()
    phone.page.fill("[name=name]", people.ANDRIY.latin)
    with phone.page.expect_navigation():
        phone.page.keyboard.press("Enter")
    phone.settled()
    phone.page.fill("[name=year]", "2001")
    phone.press("on")
    phone.page.check("[name=relation][value=child]")
    phone.press("on")
    phone.page.fill("[name=phone]", "+380 50 123 45 67")
    phone.press("on")
    phone.press("send")
    code, word = phone.page.locator(".code").inner_text(), phone.page.locator(".word").inner_text()
    phone.press("unit", name="kind")
    phone.page.fill("textarea", "TEST-0042")
    phone.press("save")

    phone.open(f"/{language}/case/")
    phone.page.fill("[name=code]", code)
    phone.page.fill("[name=check]", word)
    phone.press("open")

    assert phone.page.locator("ol.time li").count() == 2
    assert people.ANDRIY.latin not in phone.page.content()
    assert not phone.page.context.cookies()
    enquiry = Enquiry.objects.get()
    assert (enquiry.language, enquiry.safe_word, enquiry.relation) == (language, word, "child")


@pytest.mark.browser
def test_the_back_button_and_a_second_sending_make_one_case(sites: Sites, visitor: Visitor) -> None:
    phone = Watched(visitor(language="en"), sites.public)
    ask(phone)
    code = phone.page.locator(".code").inner_text()

    phone.page.go_back()
    assert "Check your answers" in phone.page.title()
    phone.page.locator("main button[value=send]").click()

    assert phone.page.locator(".code").inner_text() == code
    assert Enquiry.objects.count() == 1


@pytest.mark.browser
def test_a_line_that_drops_while_sending_loses_nothing(sites: Sites, visitor: Visitor) -> None:
    phone = Watched(visitor(language="en"), sites.public)
    ask(phone, send=False)
    dropped: list[int] = []

    def drop(route: Route) -> None:
        dropped.append(route.fetch().status)
        route.abort("connectionreset")

    phone.page.route("**/enquiry/", drop)
    with phone.page.expect_event("requestfailed", lambda request: request.method == "POST"):
        phone.page.locator("main button[value=send]").click(no_wait_after=True)
    assert dropped == [200]
    assert Enquiry.objects.count() == 1
    phone.page.unroute("**/enquiry/")

    phone.page.reload()

    assert phone.page.locator(".word").inner_text() == Enquiry.objects.get().safe_word


@pytest.mark.browser
def test_the_focus_goes_to_the_problem_without_any_script(sites: Sites, visitor: Visitor) -> None:
    phone = Watched(visitor(language="en"), sites.public)
    phone.open("/en/")
    phone.start()

    phone.press("on")

    assert phone.page.locator("#problem:focus").count() == 1
    assert phone.page.title().startswith("Error: ")


@pytest.mark.browser
def test_code_and_word_print_on_one_sheet(sites: Sites, visitor: Visitor) -> None:
    phone = Watched(visitor(language="uk"), sites.public)
    ask(phone)

    sheet = phone.page.pdf(format="A4")

    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def ask(phone: Watched, *, send: bool = True) -> None:
    """From Start to the checked answers, or to the code."""
    phone.open("/en/")
    phone.start()
    phone.page.fill("[name=name]", people.ANDRIY.latin)
    for _question in range(3):
        phone.press("on")
    phone.page.check("[name=page_only]")
    phone.press("on")
    if send:
        phone.press("send")


@pytest.mark.parametrize("path", ["/uk/", "/ru/case/", "/en/is-it-us/", "/uk/help/", "/ru/privacy/", "/en/no/such/"])
def test_every_answer_carries_the_headers(sites: Sites, path: str) -> None:
    try:
        answer = urllib.request.urlopen(sites.public + path, timeout=60)
    except urllib.error.HTTPError as error:
        answer = error

    with answer:
        headers = answer.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox allow-forms" in policy
    assert "'unsafe-inline'" not in policy
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Robots-Tag"] == "noindex, noarchive"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


def test_the_first_address_leads_to_a_language(sites: Sites) -> None:
    asked = urllib.request.Request(f"{sites.public}/", headers={"Accept-Language": "ru,uk;q=0.5"})

    with urllib.request.urlopen(asked, timeout=60) as answer:
        assert answer.url.endswith("/ru/")
