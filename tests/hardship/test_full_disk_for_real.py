"""A real file system with no room left, under a real process of the families' site and under PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection

from kinline.enquiries.models import Enquiry
from kinline.ledger import storing
from kinline.ledger.models import Entry
from tests.hardship.served import Browser, served
from tests.hardship.straits import empty, fill, small_disk
from tests.rooms.enquiries.conftest import families_site, family  # noqa: F401 - fixtures

pytestmark = pytest.mark.django_db(transaction=True)
ON_SQLITE = pytest.mark.skipif("os.environ.get('KINLINE_TEST_ENGINE') == 'postgresql'", reason="a file of SQLite")
ON_POSTGRESQL = pytest.mark.skipif("os.environ.get('KINLINE_TEST_ENGINE') != 'postgresql'", reason="a tablespace")
TABLES = ("enquiries_enquiry", "enquiries_enquirer", "enquiries_tracingcase", "ledger_entry")


@ON_SQLITE
def test_no_enquiry_is_acknowledged_that_a_full_disk_did_not_take(tmp_path):
    with small_disk(tmp_path / "disk", megabytes=8) as disk:
        database = disk / "kinline.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(database)])
        with served(tmp_path / "log", KINLINE_DATABASE_URL=f"sqlite://{database}") as (address, _process):
            browser = Browser(address).ask()
            draft_code = browser.code
            fill(disk)
            browser.press("send")
            refused, made = browser.status, rows(database)
            empty(disk)
            browser.press_again()

        assert (refused, made) == (503, 0)
        assert (browser.status, browser.code, rows(database)) == (200, draft_code, 1)


def test_a_document_that_a_full_disk_cut_short_is_not_taken_for_the_whole_one(tmp_path, settings):
    content = b"register " * 100_000
    digest = sha256(content).hexdigest()
    with small_disk(tmp_path / "disk", megabytes=1) as disk:
        settings.STORAGES = settings.STORAGES | {
            "exhibits": settings.STORAGES["exhibits"] | {"OPTIONS": {"location": disk}}
        }
        filler = disk / "half"
        filler.write_bytes(b"\0" * 500_000)
        with pytest.raises(OSError, match="No space left"):
            storing.keep(content, digest=digest)
        left = [path for path in disk.rglob("*") if path.is_file()]
        filler.unlink()
        stored = storing.keep(content, digest=digest)

        assert left == [filler]
        assert (disk / stored).read_bytes() == content


@ON_POSTGRESQL
def test_an_enquiry_is_whole_or_not_there_when_postgresql_has_no_room(family, tmp_path):  # noqa: F811
    outside = Path(connection.settings_dict["HOST"])
    visit = family("uk").ask()
    with small_disk(outside / "small-disk", megabytes=2, owner="nobody") as disk, on_small_disk(disk):
        fill(disk)
        visit.go("send")
        refused, kept = visit.page, visit.note
        made = (Enquiry.objects.count(), Entry.objects.count())
        empty(disk)
        visit.post("enquiry", **kept)

        assert (refused.status_code, made) == (503, (0, 0))
        assert "немає вільного місця" in refused.content.decode()
        assert (visit.page.status_code, Enquiry.objects.count(), Entry.objects.count()) == (200, 1, 1)


@contextmanager
def on_small_disk(disk: Path) -> Iterator[None]:
    """The tables that an enquiry is written to lie on ``disk``, and go back afterwards."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLESPACE small LOCATION '{disk}'")
        _move(cursor, "small")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            _move(cursor, "pg_default")
            cursor.execute("DROP TABLESPACE small")


def _move(cursor: object, place: str) -> None:
    for table in TABLES:
        cursor.execute(f"ALTER TABLE {table} SET TABLESPACE {place}")  # type: ignore[attr-defined]


def rows(database: Path) -> int:
    """How many enquiries the file holds."""
    with sqlite3.connect(database) as reader:
        return int(reader.execute("SELECT count(*) FROM enquiries_enquiry").fetchone()[0])
