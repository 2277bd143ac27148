"""The whole line in a browser without JavaScript, on a phone for the family: in three languages, with pictures.

``KINLINE_PICTURES=docs/pictures`` keeps what the pages looked like.
"""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone, translation
from playwright.sync_api import Locator, Page

from kinline.disclosure.models import Disclosure
from kinline.enquiries.models import Enquiry
from kinline.matching import actions as matching
from kinline.matching import engine
from kinline.staff import actions as staff
from kinline.staff.models import Officer
from kinline.staff.queries import ENGINE
from kinrules.states import captive_record
from kinrules.terms import EvidenceKind
from tests import people
from tests.bureau import NOON, enrolled
from tests.rooms.disclosure.conftest import with_record

PASSWORD = "long enough to be one"
PICTURES = os.environ.get("KINLINE_PICTURES", "")


class Walk:
    """One family and the officers who work for it, each in a browser of their own."""

    def __init__(self, sites, visitor, language: str) -> None:
        self.sites, self.visitor, self.language = sites, visitor, language
        self.desks: dict[str, Page] = {}

    def family(self) -> Page:
        """The mother's phone."""
        page = self.visitor(language=self.language).new_page()
        page.goto(f"{self.sites.public}/{self.language}/")
        return page

    def desk(self, invented: people.InventedOfficer) -> Page:
        """The officer's screen, signed in and on duty."""
        if invented.sign_in not in self.desks:
            officer = enrolled(invented, on_duty=False)
            Officer.objects.filter(pk=officer.pk).update(language=self.language)
            staff.open_account(officer, invented.sign_in, PASSWORD, actor=ENGINE, at=NOON)
            page = self.visitor(language=self.language, phone=False).new_page()
            page.goto(self.sites.desk)
            page.fill("[name=login]", invented.sign_in)
            page.fill("[name=password]", PASSWORD)
            press(page.locator("main button").first)
            press(page.locator("form[action$='duty/begin/'] button"))
            self.desks[invented.sign_in] = page
        return self.desks[invented.sign_in]

    def at(self, invented: people.InventedOfficer, address: str) -> Page:
        """The officer's screen on a page."""
        page = self.desk(invented)
        page.goto(f"{self.sites.desk}{address}")
        return page

    def picture(self, page: Page, name: str) -> None:
        """Keep what the page looks like, where pictures are wanted."""
        if PICTURES:
            folder = Path(PICTURES) / self.language
            folder.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=folder / f"{name}.png", full_page=True, caret="initial")


def press(button: Locator) -> None:
    """Press a button and wait for the page it leads to: what comes next must never overtake it."""
    with button.page.expect_navigation():
        button.click()


def on(page: Page) -> None:
    """Press the page's main button."""
    press(page.locator("main button.button").first)


def ask(walk: Walk) -> tuple[str, str]:
    """Seven pages from the start to the code and the safe word."""
    page = walk.family()
    walk.picture(page, "1-start")
    on(page)
    walk.picture(page, "2-who")
    page.fill("[name=name]", people.ANDRIY.latin)
    on(page)
    walk.picture(page, "3-born")
    for part, value in zip(("day", "month", "year"), ("14", "3", "2001"), strict=True):
        page.fill(f"[name={part}]", value)
    on(page)
    walk.picture(page, "4-relation")
    page.locator("[name=relation]").first.check()
    on(page)
    walk.picture(page, "5-contact")
    page.fill("[name=phone]", people.MARIA.telephone)
    on(page)
    walk.picture(page, "6-check")
    on(page)
    walk.picture(page, "7-done")
    code = page.locator(".code").first.inner_text().replace("\n", " ")
    safe_word = Enquiry.objects.get().safe_word
    assert safe_word in page.locator("main").inner_text()
    return code, safe_word


def accept(walk: Walk, enquiry: Enquiry) -> None:
    """The enquiries desk takes it."""
    page = walk.at(people.OLHA, "/inbox/unclaimed/")
    walk.picture(page, "desk-1-inbox")
    page.goto(f"{walk.sites.desk}/enquiries/{enquiry.pk}/")
    press(page.locator("form[action$='move/accept/'] button"))
    walk.picture(page, "desk-2-enquiry")


def confirm(walk: Walk) -> None:
    """The register is searched; two officers read the likeliest proposal."""
    matching.search_due(at=timezone.now())
    for number, reader in enumerate((people.TARAS, people.PETRO), start=1):
        page = walk.at(reader, "/matching/")
        press(page.locator("main tbody th a").first)
        walk.picture(page, f"desk-3-match-reader-{number}")
        press(page.locator("button[name=decision][value=same]"))


def show_kinship(walk: Walk, enquiry: Enquiry) -> None:
    """The ladder: the phone, a paper of identity, the prisoner's own word."""
    address = f"/enquiries/{enquiry.pk}/kinship/"
    page = walk.at(people.IRYNA, address)
    page.locator("input[id^=check_]").first.fill("called back")
    press(page.locator("form[action*='kinship/contact/'] button").first)
    for level, way in (("2", EvidenceKind.IDENTITY_DOCUMENT), ("3", EvidenceKind.NAMED_BY_PRISONER)):
        page.goto(f"{walk.sites.desk}{address}")
        shown = page.locator("form[action$='kinship/shown/']")
        shown.locator("[name=way]").select_option(way.value)
        shown.locator("[name=words]").fill("seen")
        press(shown.locator("button"))
        page.goto(f"{walk.sites.desk}{address}")
        walk.picture(page, f"desk-4-kinship-{level}")
        judged = page.locator("form[action*='kinship/judge/']").first
        judged.locator("[name=level]").select_option(level)
        press(judged.locator("button[value=accept]"))


def propose_and_approve(walk: Walk) -> Disclosure:
    """One officer proposes what is told, another approves it."""
    page = walk.at(people.SOFIIA, "/disclosure/")
    press(page.locator("main a[href*='/disclosure/propose/']").first)
    chosen = {"fate": "alive_in_custody", "recipient": "next_of_kin", "wish": "named_this_kin", "agency": "made"}
    for name, value in (chosen | {"means": "voice"}).items():
        page.locator(f"[name={name}][value={value}]").check()
    page.fill("[name=agency_words]", "TEST-17")
    page.locator("[name=contact]").select_option(index=1)
    page.locator("select[name=language]").select_option(walk.language)
    walk.picture(page, "desk-5-propose")
    on(page)
    disclosure = Disclosure.objects.get()
    page = walk.at(people.MARKO, f"/disclosure/{disclosure.pk}/")
    press(page.locator("form[action$='/approve/'] button"))
    return disclosure


def tell(walk: Walk, disclosure: Disclosure) -> None:
    """Every gate is open; the words are read aloud, and what came of the call is recorded."""
    page = walk.at(people.SOFIIA, f"/disclosure/{disclosure.pk}/")
    walk.picture(page, "desk-6-gate")
    press(page.locator("form[action$='/begin/'] button"))
    walk.picture(page, "desk-7-aloud")
    while "/outcome/" not in page.url:
        press(page.locator("form[action$='/said/'] button"))
    page.locator("[name=told][value=yes]").check()
    page.fill("[name=next_day]", (timezone.localdate() + timedelta(days=2)).isoformat())
    page.fill("[name=next_hour]", "10:00")
    walk.picture(page, "desk-8-outcome")
    on(page)
    walk.picture(page, "desk-9-told")


def look(walk: Walk, code: str, check: str) -> str:
    """What the family's page says."""
    page = walk.family()
    page.goto(f"{walk.sites.public}/{walk.language}/case/")
    page.fill("[name=code]", code)
    page.fill("[name=check]", check)
    on(page)
    walk.picture(page, "8-status")
    return page.locator("main").inner_text()


def at_noon_somewhere(enquiry: Enquiry) -> None:
    """Families are called by day where they are; put this one where it is about noon now."""
    ahead = 12 - datetime.now(UTC).hour
    enquiry.enquirer.time_zone = f"Etc/GMT{'-' if ahead >= 0 else '+'}{abs(ahead)}"
    enquiry.enquirer.save()


# Another language changes the words on the pages, not what is asked of the database: one on each engine, all on one.
@pytest.mark.parametrize(
    "language", ["uk", pytest.param("ru", marks=pytest.mark.once), pytest.param("en", marks=pytest.mark.once)]
)
def test_a_mother_asks_and_a_person_tells_her(sites, visitor, language):
    engine.forget()
    with_record(captive_record.INTERNED)
    walk = Walk(sites, visitor, language)

    code, safe_word = ask(walk)
    enquiry = Enquiry.objects.get()
    at_noon_somewhere(enquiry)
    before = look(walk, code, safe_word)
    accept(walk, enquiry)
    confirm(walk)
    show_kinship(walk, enquiry)
    tell(walk, propose_and_approve(walk))
    after = look(walk, code, safe_word)

    enquiry.refresh_from_db()
    assert (enquiry.state, enquiry.case.state) == ("answered", "informed")
    with translation.override(language):
        spoken = (before + after).casefold()
    for hint in ("alive", "captur", "prison", "камп", "табор", "лагер", "полон", "плен", "жив", "загин", "погиб"):
        assert hint not in spoken
