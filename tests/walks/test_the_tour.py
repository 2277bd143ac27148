"""The five minutes of the README, walked as they stand there: each name, sign-in and label is read from its page.

``KINLINE_TOUR="http://localhost:8000 http://localhost:8001"`` walks a demonstration that `make` serves in place of a
small one of its own. ``KINLINE_PICTURES`` names a folder for what the pages looked like.
"""

import os
import re
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from kinline.demo import load, officers
from kinline.enquiries.models import Enquiry
from kinline.matching import actions as matching
from kinline.matching import engine
from tests.servers import Sites
from tests.walks.test_in_a_browser import at_noon_somewhere, on, press

README = Path(__file__).parents[2] / "README.md"
SERVED = os.environ.get("KINLINE_TOUR", "").split()
PICTURES = os.environ.get("KINLINE_PICTURES", "")
PERSONS = 250
"""As many as it takes until the named one is among them."""

SEARCHED_WITHIN_SECONDS = 200
"""The worker looks every two minutes."""


class Tour:
    """What the README says, and who follows it. A label it does not name cannot be followed."""

    def __init__(self, sites: Sites, visitor) -> None:
        words = README.read_text(encoding="utf-8")
        self.text = " ".join(words.partition("## Five minutes")[2].partition("\n## ")[0].split())
        self.unused = set(re.findall(r"(?<!\*)\*([^*]+)\*(?!\*)", self.text))
        self.typed = re.findall(r"`([^`]+)`", self.text)
        self.sites, self.visitor, self.pictures = sites, visitor, 0

    def says(self, label: str) -> str:
        assert f"*{label}*" in self.text, f"the README's tour does not name {label!r}"
        self.unused.discard(label)
        return label

    def follow(self, page: Page, label: str) -> None:
        """Press the button or follow the link that bears this label."""
        self.says(label)
        links = page.get_by_role("link", name=label, exact=True)
        press(page.get_by_role("button", name=label, exact=True).or_(links).first)
        self.picture(page, label)

    def officer(self, sign_in: str) -> Page:
        """The officer's screen, signed in and on duty."""
        assert sign_in in self.typed
        page = self.visitor(language="en", phone=False).new_page()
        page.goto(self.sites.desk)
        page.fill("[name=login]", sign_in)
        page.fill("[name=password]", officers.PASSWORD)
        press(page.locator("main button").first)
        if page.get_by_role("button", name="Begin duty", exact=True).count():
            self.follow(page, "Begin duty")
        return page

    def search(self, page: Page, code: str) -> None:
        """Put the code into the search, and say why."""
        page.fill("form.seek [name=q]", code)
        press(page.locator("form.seek").get_by_role("button", name=self.says("Search"), exact=True))
        page.locator("[name=purpose]").first.check()
        on(page)
        self.picture(page, "Search")

    def find(self, sign_in: str, code: str) -> Page:
        """The enquiry on an officer's screen, found by its code."""
        page = self.officer(sign_in)
        self.search(page, code)
        press(page.locator("main tbody a").first)
        return page

    def picture(self, page: Page, name: str) -> None:
        if PICTURES:
            self.pictures += 1
            page.screenshot(path=Path(PICTURES) / f"{self.pictures:02}-{name}.png", full_page=True)


@pytest.fixture
def tour(sites, visitor) -> Tour:
    """The README's reader before a demonstration: the served one, or a small one in the test's database."""
    if SERVED:
        return Tour(Sites(*SERVED), visitor)
    engine.forget()
    load.load(at=timezone.now(), on=timezone.localdate(), persons=PERSONS, asking=0)
    return Tour(sites, visitor)


def ask(tour: Tour) -> tuple[str, str]:
    """The family's pages, to the code and the safe word."""
    name, born = re.search(r"ask about `([^`]+)`, born `([\d ]+)`", tour.text).groups()
    page = tour.visitor(language="en").new_page()
    page.goto(tour.sites.public)
    tour.follow(page, "Українська")
    on(page)
    page.fill("[name=name]", name)
    on(page)
    for part, value in zip(("day", "month", "year"), born.split(), strict=True):
        page.fill(f"[name={part}]", value)
    on(page)
    page.locator("[name=relation]").first.check()
    on(page)
    page.fill("[name=phone]", "+380670000017")
    on(page)
    on(page)
    tour.picture(page, "code")
    code, word = (page.locator(place).first.inner_text() for place in (".code", ".word"))
    return " ".join(code.split()), word.strip()


def look_at_the_matches(tour: Tour, page: Page, code: str) -> None:
    """Wait for the register to be searched, and open the likeliest proposal."""
    deadline = time.monotonic() + SEARCHED_WITHIN_SECONDS
    tour.search(page, code)
    tour.follow(page, "Look at the matches")
    while not page.locator("main ul a").count() and time.monotonic() < deadline:
        time.sleep(2)
        page.reload()
    press(page.locator("main ul a").first)


def read_twice(tour: Tour, code: str) -> None:
    """Two officers, one after the other."""
    if not SERVED:
        matching.search_due(at=timezone.now())
    for sign_in in ("taras", "petro"):
        page = tour.officer(sign_in)
        look_at_the_matches(tour, page, code)
        tour.follow(page, "Same person")


def show_kinship(tour: Tour, code: str) -> None:
    """The ladder: the phone, a paper of identity, the prisoner's own word."""
    page = tour.find("iryna", code)
    tour.follow(page, "Papers and answers")
    address = page.url
    page.locator("input[id^=check_]").first.fill("called back")
    tour.follow(page, "It was checked like this")
    for level, way in (("2", "Identity document"), ("3", "Named by the prisoner")):
        page.goto(address)
        page.locator("form[action$='kinship/shown/'] [name=way]").select_option(label=tour.says(way))
        page.locator("form[action$='kinship/shown/'] [name=words]").fill("seen")
        tour.follow(page, "Keep it")
        page.goto(address)
        page.locator("[name=level]").first.select_option(level)
        tour.follow(page, "Accept")
    page.goto(address)
    tour.picture(page, "ladder")
    assert tour.says("3. Kin shown") in page.locator(".ladder .reached").last.inner_text()


def propose(tour: Tour) -> Page:
    """What is told, to whom and how."""
    page = tour.officer("sofiia")
    tour.follow(page, "Telling families")
    press(page.locator("main a[href*='/disclosure/propose/']").first)
    page.get_by_label(tour.says("Alive and held"), exact=True).check()
    chosen = {"recipient": "next_of_kin", "wish": "named_this_kin", "agency": "made"}
    for name, value in (chosen | {"means": "voice"}).items():
        page.locator(f"[name={name}][value={value}]").check()
    page.fill("[name=agency_words]", "TEST-17")
    page.locator("[name=contact]").select_option(index=1)
    tour.follow(page, "Propose")
    return page


def tell(tour: Tour, page: Page) -> None:
    """The words, line by line, and what came of the call."""
    page.reload()
    tour.picture(page, "gates")
    tour.follow(page, "Begin the call")
    while "/outcome/" not in page.url:
        tour.follow(page, "Said")
    page.locator("[name=told][value=yes]").check()
    page.fill("[name=next_day]", (timezone.localdate() + timedelta(days=2)).isoformat())
    page.fill("[name=next_hour]", "10:00")
    tour.follow(page, "Record the call")


def look(tour: Tour, code: str, word: str) -> str:
    """What the family's page says in English."""
    page = tour.visitor(language="en").new_page()
    page.goto(f"{tour.sites.public}/en/")
    tour.follow(page, "I have a case code")
    page.fill("[name=code]", code)
    page.fill("[name=check]", word)
    on(page)
    tour.picture(page, "status")
    return page.locator("main").inner_text()


@pytest.mark.once  # the same line is walked on each engine by test_in_a_browser; this one is about the words
def test_the_tour_of_the_readme_can_be_walked_as_it_stands(tour):
    code, word = ask(tour)
    if not SERVED:
        at_noon_somewhere(Enquiry.objects.get())
    tour.follow(tour.find("olha", code), "Accept the enquiry")
    read_twice(tour, code)
    show_kinship(tour, code)
    page = propose(tour)
    head = tour.officer("marko")
    head.goto(page.url)
    tour.follow(head, "Approve")
    tell(tour, page)
    status = look(tour, code, word)

    assert not re.search(r"alive|captur|prison|camp|dead", status.casefold())
    assert tour.unused == set(), "named in the README and never met"
