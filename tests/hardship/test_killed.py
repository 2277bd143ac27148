"""A real process is killed in the middle: what was acknowledged is there, and what is there is whole and not doubled."""

import json
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection

from kinline.enquiries.models import Enquirer, Enquiry, TracingCase
from kinline.imports.models import Batch, Doubt, Row
from kinline.jobs import worker
from kinline.ledger import queries as ledger
from kinline.ledger.models import Entry
from kinline.registry.models import Record
from kinline.sites import doctoring
from tests import people
from tests.bureau import signed_in
from tests.hardship.served import COMMAND, NO_ANSWER, Browser, served
from tests.rooms.imports.conftest import sheet
from tests.servers import environment, open_zones

pytestmark = pytest.mark.django_db(transaction=True)
WRITTEN, CHAINED, ANSWERED = 'INSERT INTO "enquiries_enquiry":1', 'INSERT INTO "ledger_entry":1', "answer:1"
SECOND_PIECE, FIRST_RECORD = 'UPDATE "imports_batch" SET "checked_rows":2', 'INSERT INTO "registry_record":1'
ROWS = 420
EXAMINED = {"keys", "tables", "ledger triggers", "jobs"}
KILLED = -signal.SIGKILL


def test_an_enquiry_is_there_and_acknowledged_on_resending_or_it_is_not_there(tmp_path):
    open_zones()
    browser, after = Browser(""), []
    for kill_at in (WRITTEN, CHAINED, ANSWERED):
        with served(tmp_path / "log", KILL_AT=kill_at) as (address, process):
            browser.address = address
            if not browser.text:
                browser.ask()
                draft_code, page = browser.code, browser.hidden
            browser.post(**page, go="send")
            after.append((browser.status, process.wait(timeout=10), Enquiry.objects.count()))
    with served(tmp_path / "log") as (address, _process):
        browser.address = address
        browser.post(**page, go="send")

    assert after == [(NO_ANSWER, KILLED, 0), (NO_ANSWER, KILLED, 0), (NO_ANSWER, KILLED, 1)]
    assert (browser.status, browser.code) == (200, draft_code)
    assert (Enquiry.objects.count(), Enquirer.objects.count(), TracingCase.objects.count()) == (1, 1, 1)
    assert ledger.first_broken() is None


def test_a_register_killed_while_checked_and_while_added_goes_on_by_the_same_command(tmp_path):
    file = register(tmp_path)
    checking = kinline("registry", "import", file, KILL_AT=SECOND_PIECE)
    while_checking = (Row.objects.count(), Record.objects.count(), Batch.objects.get().state)
    adding = kinline("registry", "import", file, KILL_AT=FIRST_RECORD)
    while_adding = (Row.objects.count(), Record.objects.count(), Batch.objects.get().state)
    seen_whole = (kinline("audit", "verify").returncode, unwell())

    done = kinline("registry", "import", file, "--json")
    again = kinline("registry", "import", file, "--json")

    assert (checking.returncode, adding.returncode) == (KILLED, KILLED)
    assert while_checking == (200, 0, "checking")
    assert while_adding == (ROWS, 0, "adding")
    assert (seen_whole, done.returncode, again.returncode) == ((0, []), 0, 0)
    assert json.loads(done.stdout)["added"] == ROWS
    assert (Batch.objects.count(), Row.objects.count(), Record.objects.count()) == (1, ROWS, ROWS)
    assert is_whole()


@pytest.mark.urls("kinline.sites.desk")
@pytest.mark.once  # about what the page says
def test_the_officer_sees_that_the_work_was_cut_off_and_goes_on_at_the_desk(tmp_path):
    kinline("registry", "import", register(tmp_path), KILL_AT=FIRST_RECORD)
    batch, browser = Batch.objects.get(), signed_in(people.DARYNA)
    browser.get("/")
    before = browser.get(f"/imports/{batch.pk}/").content.decode()

    browser.post(f"/imports/{batch.pk}/resume/")
    meanwhile = browser.get(f"/imports/{batch.pk}/").content.decode()
    browser.post(f"/imports/{batch.pk}/resume/")
    worker.drain(worker="next", clock=lambda: datetime.now(UTC))

    batch.refresh_from_db()
    assert "Nobody at the desk is working on this register now." in before
    assert "Go on where it stopped" in before
    assert "Nobody at the desk" not in meanwhile
    assert (batch.state, Row.objects.filter(outcome="added").count(), Record.objects.count()) == ("added", ROWS, ROWS)
    assert Entry.objects.filter(kind="import_batch.finish_adding").count() == 1
    assert is_whole()


def unwell() -> list[str]:
    """What `kinline doctor` finds, but for the machine that the tests run on."""
    return [found.subject for found in doctoring.examine() if not found.is_well and found.subject in EXAMINED]


def is_whole() -> bool:
    """The chain of the ledger, the database's own examination, and no doubt that is named twice."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            assert cursor.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
            assert cursor.execute("PRAGMA foreign_key_check").fetchall() == []
    named = list(Doubt.objects.values_list("row", "kind", "field"))
    return ledger.first_broken() is None and len(named) == len(set(named))


def register(folder: Path) -> str:
    """A register of invented persons as a file."""
    rows: list[list[object]] = [
        [each, f"Вигадько{each}", "Степан", "Ілліч", "14.03.1990", "солдат", f"АА-{200000 + each}", None]
        for each in range(ROWS)
    ]
    path = folder / "register.xlsx"
    path.write_bytes(sheet(rows).content)
    return str(path)


def kinline(*words: str, **changes: str) -> "subprocess.CompletedProcess[str]":
    """Run the command as a process of its own."""
    command = [sys.executable, "-c", COMMAND, *words]
    return subprocess.run(command, env=environment(**changes), capture_output=True, text=True, check=False)
