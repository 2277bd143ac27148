"""The database cannot grow: at every page at which it may stop, a thing is kept whole or not at all, and said so."""

import os
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from typer.testing import CliRunner

from kinline.enquiries import actions
from kinline.enquiries.intake import Intake
from kinline.enquiries.models import Addition, Enquirer, Enquiry, TracingCase
from kinline.imports.models import Batch, Row
from kinline.ledger import queries as ledger
from kinline.ledger.models import Entry, Exhibit
from kinline.registry.models import Record
from kinline.sites import cli, exits
from kinline.staff.queries import FAMILY
from tests import people
from tests.bureau import NOON, signed_in
from tests.hardship.straits import room_for, sentences
from tests.rooms.enquiries.conftest import families_site, family  # noqa: F401 - fixtures
from tests.rooms.enquiries.desk.conftest import asked
from tests.rooms.imports.conftest import GOOD, sheet

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        os.environ.get("KINLINE_TEST_ENGINE") == "postgresql", reason="the limit of pages is SQLite's own"
    ),
]
SAYS = {
    "en": "There is no room left on our computer. It is not your fault.",
    "uk": "На нашому комп’ютері немає вільного місця. Ви в цьому не винні.",
    "ru": "На нашем компьютере нет свободного места. Вы в этом не виноваты.",
}


def stranger(number: int) -> None:
    """Another family's enquiry."""
    actions.receive(
        Intake(name=people.STRANGER.name, language="uk"),
        actor=FAMILY,
        at=NOON,
        code="0" * 16,
        code_hash=f"{number:064d}",
    )


def of_the_family() -> tuple[int, ...]:
    """How many rows there are of everything that an enquiry makes."""
    return (Enquiry.objects.count(), Enquirer.objects.count(), TracingCase.objects.count(), Entry.objects.count())


def test_an_enquiry_is_received_whole_or_not_at_all_whatever_room_is_left(family):  # noqa: F811
    visit = family().ask()
    draft_code, stops = visit.code, []
    with room_for(0, brink=stranger) as grow:
        others = of_the_family()
        visit.go("send")
        while visit.page.status_code == 503:
            stops.append((of_the_family(), visit.code))
            grow()
            visit.post("enquiry", **visit.note)

    assert set(stops) == {(others, draft_code)}
    assert visit.page.status_code == 200
    assert visit.code == draft_code
    assert of_the_family() == tuple(count + 1 for count in others)
    assert ledger.first_broken() is None


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_the_family_reads_in_its_language_what_happened_and_one_button_sends_it_again(family, language):  # noqa: F811
    name = 'Коваль <b>"Андрій"'
    visit = family(language).ask(name=name)
    with room_for(0, brink=stranger):
        visit.go("send")
    refused = visit.page

    visit.post("enquiry", **visit.note)

    assert refused.status_code == 503
    assert SAYS[language] in sentences(refused.content)
    assert refused["Retry-After"]
    assert visit.page.status_code == 200
    assert Enquiry.objects.filter(case__sought_name=name).count() == 1


def test_what_a_family_typed_on_any_page_comes_back_with_the_page(family):  # noqa: F811
    visit = family()
    visit.client.raise_request_exception = False
    visit.ask().send()
    visit.post("case", **{"pass": visit.note["pass"], "kind": "unit", "go": "more"})
    said = ("TEST-0042 " * 180).strip()
    with room_for(0, brink=stranger):
        visit.post("case", **visit.note, words=said, go="save")
    kept = visit.note

    visit.post("case", **kept)

    assert kept["words"] == said
    assert Addition.objects.count() == 1


def test_the_first_page_gives_no_code_that_was_not_kept(family):  # noqa: F811
    visit = family()
    with room_for(0):
        answers = [visit.post("enquiry") for _time in range(40)]

    stopped = [answer for answer in answers if answer.status_code == 503]
    assert stopped
    assert not any(re.search(r'class="code"', answer.content.decode()) for answer in stopped)


@pytest.mark.urls("kinline.sites.desk")
def test_an_action_at_the_desk_is_done_whole_or_not_at_all(db):
    enquiry, browser = asked(), signed_in(people.OLHA)
    browser.raise_request_exception = False
    browser.get("/")
    stops = []
    said = {"words": "Двічі не відповіли. " * 200, "version": enquiry.version}
    with room_for(0, brink=stranger) as grow:
        before = Entry.objects.count()
        while (answer := browser.post(f"/enquiries/{enquiry.pk}/reason/set_aside/", said)).status_code == 503:
            enquiry.refresh_from_db()
            stops.append((enquiry.state, Exhibit.objects.count(), said["words"] in answer.content.decode()))
            grow()
    enquiry.refresh_from_db()

    assert set(stops) == {("received", 0, True)}
    assert (answer.status_code, enquiry.state) == (302, "set_aside")
    assert Entry.objects.exclude(kind="viewed").count() == before + 2
    assert ledger.first_broken() is None


@pytest.mark.urls("kinline.sites.desk")
def test_a_register_is_kept_whole_or_not_at_all_and_no_bytes_stay_behind(db, settings, tmp_path):
    settings.STORAGES = settings.STORAGES | {
        "exhibits": settings.STORAGES["exhibits"] | {"OPTIONS": {"location": tmp_path / "exhibits"}}
    }
    browser = signed_in(people.DARYNA)
    browser.raise_request_exception = False
    browser.get("/")
    with room_for(0):
        answers = [receive(browser, number) for number in range(12)]

    refused = [answer for answer in answers if answer.status_code == 503]
    kept = [path for path in (tmp_path / "exhibits").rglob("*") if path.is_file()]
    assert refused
    assert "choose the file again" in refused[0].content.decode()
    assert len(kept) == Batch.objects.count() == Exhibit.objects.count() == len(answers) - len(refused)


def test_a_register_by_command_stops_whole_and_the_same_command_goes_on(db, tmp_path):
    file = tmp_path / "register.xlsx"
    file.write_bytes(sheet(register(900)).content)
    said, counts = [], []
    for pages in (0, 100, 500, 900):
        with room_for(pages):
            stopped = command("registry", "import", str(file))
        said.append(stopped)
        counts.append((Row.objects.count(), Record.objects.count()))

    done = command("registry", "import", str(file))

    assert {type(each) for each in said} == {exits.Stop}
    assert {(each.exit_code, each.code) for each in said} == {(exits.Exit.TRY_LATER, "disk.full")}
    assert counts == sorted(counts)
    assert done is None
    assert (Batch.objects.count(), Row.objects.count(), Record.objects.count()) == (1, 900, 900)
    assert ledger.first_broken() is None


def command(*words: str) -> exits.Stop | None:
    """Run a command in this process; what it would have answered the shell."""
    answer = CliRunner().invoke(cli.application(words[0]), list(words))
    return None if answer.exception is None else exits.stop_for(answer.exception)


def register(count: int) -> list[list[object]]:
    """So many invented persons, no two alike."""
    return [
        [each, f"Вигадько{each}", "Степан", "Ілліч", "14.03.1990", "солдат", f"АА-{200000 + each}", "примітка " * 20]
        for each in range(count)
    ]


def receive(browser, number: int):
    """Send a register of a few rows."""
    rows = [[row[0], f"{row[1]}{number}", *row[2:]] for row in GOOD]
    upload = SimpleUploadedFile("register.xlsx", sheet(rows).content)
    about = {"file": upload, "category": "PW", "detaining_power": "ru", "power_of_origin": "ua", "reliability": "B"}
    return browser.post("/imports/receive/", about)
