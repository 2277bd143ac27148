"""A registrar brings in a register with errors, page by page, without a script."""

import io
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinline.imports import queries
from kinline.imports.models import Batch, Doubt, Row
from kinline.jobs import worker
from kinline.ledger.models import Exhibit
from kinline.registry.models import Record
from kinline.tables import reading
from tests import people
from tests.bureau import signed_in
from tests.rooms.imports.conftest import GOOD, outcomes, sheet

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kinline.sites.desk")]
BAD = [
    [4, "Кравець", "Юрій", "Павлович", "14.3.01", "матрос", "АА-100004", None],
    [5, "<b>Лях</b>", "Ігор", "Павлович", "31.02.1990", "матрос", "АА-100005", None],
]


@pytest.fixture
def browser(db):
    return signed_in(people.DARYNA)


def send(browser, rows):
    document = sheet(rows)
    upload = SimpleUploadedFile("register.xlsx", document.content)
    about = {"file": upload, "category": "PW", "detaining_power": "ru", "power_of_origin": "ua", "reliability": "B"}
    return browser.post("/imports/receive/", about)


def work():
    worker.drain(worker="test", clock=lambda: datetime.now(UTC))


def checked(browser, rows) -> Batch:
    send(browser, rows)
    batch = Batch.objects.get()
    fields = {f"column_{column}": key for column, key in batch.mapping["columns"].items()}
    browser.post(f"/imports/{batch.pk}/check/", fields | {"header_row": 1, "day_first": "", "sheet": batch.sheet})
    work()
    batch.refresh_from_db()
    return batch


def test_the_whole_way_takes_nine_actions_and_no_second_upload(browser):
    batch = checked(browser, [*GOOD, *BAD])

    result = browser.get(f"/imports/{batch.pk}/").content.decode()
    browser.post(
        f"/imports/{batch.pk}/fix/", {"kind": "date.two-digit-year", "field": "birth_date", "way": "suggestion"}
    )
    browser.post(f"/imports/{batch.pk}/fix/", {"kind": "date.impossible", "field": "birth_date", "way": "unknown"})
    browser.post(f"/imports/{batch.pk}/add/")
    work()
    receipt = browser.get(f"/imports/{batch.pk}/").content.decode()
    browser.post(f"/imports/{batch.pk}/undo/", {"reason": "wrong file"})

    batch.refresh_from_db()
    assert "14.3.01" in result
    assert "2001-03-14" in result
    assert batch.digest in receipt
    assert outcomes(batch) == {"rows": 5, "undone": 5}
    assert set(Record.objects.values_list("state", flat=True)) == {"withdrawn"}


def test_columns_are_shown_with_our_guess_and_three_samples(browser):
    answer = send(browser, GOOD)

    page = browser.get(answer["Location"]).content.decode()

    assert '<option value="surname" selected>' in page
    assert all(surname in page for surname in ("Гончаренко", "Дорошко", "Живолуп"))


def test_the_checking_page_has_a_bar_and_no_refresh(browser):
    send(browser, GOOD)
    batch = Batch.objects.get()
    fields = {f"column_{column}": key for column, key in batch.mapping["columns"].items()}
    browser.post(f"/imports/{batch.pk}/check/", fields | {"header_row": 1, "sheet": batch.sheet})

    page = browser.get(f"/imports/{batch.pk}/").content.decode()

    assert "<progress" in page
    assert "Check again" in page
    assert 'http-equiv="refresh"' not in page.lower()


def test_a_check_can_be_stopped_and_begun_again(browser):
    send(browser, GOOD)
    batch = Batch.objects.get()
    fields = {f"column_{column}": key for column, key in batch.mapping["columns"].items()} | {"header_row": 1}
    browser.post(f"/imports/{batch.pk}/check/", fields | {"sheet": batch.sheet})
    browser.post(f"/imports/{batch.pk}/stop/")
    work()

    browser.post(f"/imports/{batch.pk}/check/", fields | {"sheet": batch.sheet})
    work()

    assert outcomes(batch) == {"rows": 3, "ready": 3}


def test_what_stands_in_a_cell_is_shown_and_never_run(browser):
    batch = checked(browser, [*GOOD, *BAD])

    page = browser.get(f"/imports/{batch.pk}/").content.decode()

    assert "<b>Лях</b>" not in page


def test_the_error_sheet_holds_only_the_bad_rows_with_their_numbers(browser, tmp_path):
    batch = checked(browser, [*GOOD, *BAD])

    answer = browser.get(f"/imports/{batch.pk}/errors.xlsx")
    path = tmp_path / "errors.xlsx"
    path.write_bytes(io.BytesIO(answer.content).read())
    with reading.opened(path, header_row=1) as table:
        rows = [row.cells for row in table.rows]

    assert [row[0] for row in rows] == [5, 6]
    assert "31.02.1990" in rows[1]


def test_the_same_file_twice_leads_to_the_former_register(browser):
    first = send(browser, GOOD)

    document = Batch.objects.get()
    upload = SimpleUploadedFile("again.xlsx", queries.content(_register(document)).read_bytes())
    second = browser.post("/imports/receive/", {"file": upload, "category": "PW", "reliability": "F"})

    assert second["Location"] == first["Location"]
    assert Batch.objects.count() == 1


def test_somebody_who_is_here_already_is_laid_beside_the_record(browser):
    first = checked(browser, GOOD)
    browser.post(f"/imports/{first.pk}/add/")
    work()
    Batch.objects.filter(pk=first.pk).update(digest="0" * 64)
    send(browser, [[1, "Гончаренко", "Степан", "Ілліч", "14.03.1990", "солдат", "АА-100001", "інший список"]])
    batch = Batch.objects.exclude(pk=first.pk).get()
    fields = {f"column_{column}": key for column, key in batch.mapping["columns"].items()}
    browser.post(f"/imports/{batch.pk}/check/", fields | {"header_row": 1, "sheet": batch.sheet})
    work()
    doubt = Doubt.objects.get(batch=batch)

    page = browser.get(f"/imports/{batch.pk}/same/").content.decode()
    browser.post(f"/imports/{batch.pk}/same/{doubt.pk}/", {"way": "same", "record": doubt.twins[0]["record"]})
    browser.post(f"/imports/{batch.pk}/add/")
    work()

    assert "Гончаренко" in page
    assert Row.objects.get(batch=batch).outcome == "added"
    assert Record.objects.count() == 3


def test_a_picture_comes_back_with_a_sentence(browser):
    upload = SimpleUploadedFile("list.xlsx", b"\x89PNG\r\n\x1a\n")

    answer = browser.post("/imports/receive/", {"file": upload, "category": "PW", "reliability": "F"})

    assert answer.status_code == 409
    assert "is not a table" in answer.content.decode()


@pytest.mark.parametrize("officer", [people.TARAS, people.SOFIIA])
def test_officers_of_other_desks_do_not_see_imports(officer, db):
    assert signed_in(officer).get("/imports/").status_code == 403


def test_pages_weigh_at_most_thirty_kilobytes(browser):
    batch = checked(browser, [*GOOD, *BAD])

    for address in ("/imports/", f"/imports/{batch.pk}/", f"/imports/{batch.pk}/columns/"):
        assert len(browser.get(address).content) < 64_000


def _register(batch: Batch):
    return Exhibit.objects.get(pk=batch.register)
