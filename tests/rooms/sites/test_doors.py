"""Settings, headers, logs, keys and exits keep what the security notes ask."""

import io
import json
import logging
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import brotli
import pytest
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, connection
from django.http import HttpResponse
from django.test import RequestFactory
from typer.main import get_command

from kinline import keys
from kinline.sites import cli, compression, database, headers, records, sessions, sign_in, upkeep
from kinline.sites.exits import Exit, Stop, stop_for
from kinline.sites.sqlite.base import wal_is_safe
from kinrules.refusal import Refused
from tests.servers import environment


class TestDatabase:
    @pytest.mark.django_db
    def test_a_commit_is_on_disk_before_it_is_acknowledged(self):
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                pragmas = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in SAFE}
                assert pragmas == SAFE
            else:
                cursor.execute("SHOW synchronous_commit")
                assert cursor.fetchone()[0] == "on"

    @pytest.mark.parametrize("version", [(3, 40, 1), (3, 44, 5), (3, 50, 6), (3, 51, 2), (3, 45, 0)])
    def test_an_affected_library_gets_no_write_ahead_log(self, version):
        assert not wal_is_safe(version)

    @pytest.mark.parametrize("version", [(3, 44, 6), (3, 50, 7), (3, 51, 3), (3, 53, 4), (4, 0, 0)])
    def test_a_mended_library_gets_one(self, version):
        assert wal_is_safe(version)

    def test_an_address_of_another_engine_is_refused(self):
        with pytest.raises(ValueError, match="Kinline runs on postgresql: and sqlite:"):
            database.from_url("mysql://host/name", folder=Path("/x"), zone="")

    def test_a_socket_and_a_name_with_signs_are_understood(self):
        stated = database.from_url("postgresql:///bureau%20one?host=/run/pg&user=kin", folder=Path("/x"), zone="public")

        assert (stated["NAME"], stated["HOST"]) == ("bureau one", "/run/pg")
        assert stated["OPTIONS"] == {"user": "kin", "zone": "public"}


SAFE = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "secure_delete": 1,
    "cell_size_check": 1,
    "busy_timeout": 20_000,
}


class TestKeys:
    @pytest.fixture(autouse=True)
    def _elsewhere(self, tmp_path):
        real = keys.folder()
        keys.keep_in(tmp_path / "keys")
        yield
        keys.keep_in(real)

    def test_new_keys_can_be_read_by_their_owner_alone(self):
        made = keys.make_missing()

        assert made == ["pages", "pepper", "letters", "evidence"]
        assert {stat.S_IMODE((keys.folder() / name).stat().st_mode) for name in made} == {0o600}
        assert stat.S_IMODE(keys.folder().stat().st_mode) == 0o700

    def test_keys_are_made_once(self):
        keys.make_missing()
        pepper = keys.pepper()

        assert keys.make_missing() == []
        assert keys.pepper() == pepper

    def test_a_lost_pepper_is_said_and_never_made_anew_in_silence(self):
        with pytest.raises(keys.MissingKey, match="Copy it back from the backup"):
            keys.pepper()

    def test_a_key_cut_short_is_refused(self):
        keys.make_missing()
        (keys.folder() / "pepper").write_bytes(b"short")
        keys.keep_in(keys.folder())

        with pytest.raises(keys.MissingKey, match="holds 5 bytes"):
            keys.pepper()

    @pytest.mark.django_db
    def test_migrating_a_database_in_use_without_its_keys_is_refused(self):
        with pytest.raises(Stop) as stop:
            list(upkeep.migrate())

        assert stop.value.code == "keys.gone"


class TestHeaders:
    def test_the_families_page_runs_no_script_and_loads_nothing(self):
        policy = headers.content_policy(is_desk=False)

        assert "default-src 'none'" in policy
        assert "script-src" not in policy
        assert "unsafe" not in policy

    def test_telephone_links_work_from_the_sandbox(self):
        assert "allow-top-navigation-to-custom-protocols" in headers.content_policy(is_desk=False)

    @pytest.mark.parametrize(
        "name", ["Content-Security-Policy", "Referrer-Policy", "X-Frame-Options", "Permissions-Policy"]
    )
    def test_every_response_has_them_also_an_error(self, name):
        respond = headers.SecurityHeaders(lambda request: HttpResponse("x", status=500))

        response = respond(RequestFactory().get("/"))

        assert response[name]

    def test_nothing_is_kept_by_the_browser_unless_a_view_says_so(self):
        respond = headers.SecurityHeaders(lambda request: HttpResponse("x"))

        assert respond(RequestFactory().get("/"))["Cache-Control"] == "no-store"

    def test_a_page_is_compressed_as_the_browser_asks(self):
        compress = compression.Compress(lambda request: HttpResponse("слово " * 200))

        response = compress(RequestFactory().get("/", headers={"accept-encoding": "gzip, br"}))

        assert response["Content-Encoding"] == "br"
        assert brotli.decompress(response.content).decode() == "слово " * 200
        assert int(response["Content-Length"]) == len(response.content)


class TestSessions:
    def test_a_working_day_ends_after_eight_hours(self, rf, officer_session):
        morning = datetime(2026, 3, 1, 8, tzinfo=UTC)
        sessions.keep_or_end(officer_session, at=morning)

        sessions.keep_or_end(officer_session, at=morning + timedelta(hours=8, minutes=1))

        assert sessions.BEGAN not in officer_session.session

    def test_a_page_within_the_minute_writes_nothing(self, officer_session):
        morning = datetime(2026, 3, 1, 8, tzinfo=UTC)
        sessions.keep_or_end(officer_session, at=morning)
        officer_session.session.modified = False

        sessions.keep_or_end(officer_session, at=morning + timedelta(seconds=30))

        assert not officer_session.session.modified

    def test_the_cookie_is_for_our_own_pages_alone(self):
        assert settings.SESSION_COOKIE_SAMESITE == "Strict"
        assert settings.SESSION_COOKIE_HTTPONLY
        assert settings.SESSION_COOKIE_AGE == 15 * 60

    def test_nobody_makes_an_account_for_himself(self, rf):
        assert not sign_in.ByInvitation().is_open_for_signup(rf.get("/"))

    @pytest.fixture
    def officer_session(self, rf, db):
        request = rf.get("/")
        request.session = SessionStore()
        return request


class TestLogs:
    def test_a_record_keeps_the_sentence_and_drops_what_was_filled_in(self):
        line = _logged("kinline.x", "case %s of %s was read", ("17", "Ковальчук Тарас"), extra={"reference": "case:17"})

        assert line["event"] == "case %s of %s was read"
        assert line["reference"] == "case:17"
        assert "Ковальчук" not in str(line)

    def test_an_exception_keeps_its_kind_and_place_and_drops_its_words(self):
        try:
            raise ValueError("Ковальчук Тарас, 050 123 45 67")
        except ValueError:
            line = _logged("kinline.x", "it failed", (), exc_info=True)

        assert line["exception"] == "ValueError"
        assert "test_doors.py" in line["places"][0]
        assert "Ковальчук" not in str(line)

    def test_a_library_that_writes_freely_is_named_and_not_quoted(self):
        line = _logged("some.library", "GET /uk/status?name=Ковальчук", ())

        assert "event" not in line
        assert line["logger"] == "some.library"

    def test_fields_that_are_not_on_the_list_are_dropped(self):
        assert "address" not in _logged("kinline.x", "sent", (), extra={"address": "mother@example.org"})


def _logged(name, sentence, arguments, **options):
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(records.OneLine())
    logger = logging.getLogger(name)
    logger.addHandler(handler)
    try:
        logger.error(sentence, *arguments, **options)
    finally:
        logger.removeHandler(handler)
    return json.loads(out.getvalue())


class TestExits:
    @pytest.mark.parametrize(
        ("error", "exit_code"),
        [
            (Refused("permission.match_confirm", "not permitted"), Exit.NOT_ALLOWED),
            (Refused("machine.wrong-state", "not now"), Exit.CONFLICT),
            (Refused("match.confirm.no-evidence", "attach"), Exit.GATE),
            (Refused("two-people.same-human", "one human"), Exit.GATE),
            (Refused("table.empty", "no rows", name="list.csv"), Exit.FAILED),
            (OperationalError("database is locked"), Exit.TRY_LATER),
            (OperationalError("no such table: jobs_job"), Exit.FAILED),
            (OperationalError("database or disk is full"), Exit.TRY_LATER),
            (OSError(28, "No space left on device"), Exit.TRY_LATER),
            (KeyboardInterrupt(), Exit.STOPPED),
            (ZeroDivisionError(), Exit.FAILED),
        ],
    )
    def test_whatever_goes_wrong_has_its_exit_code(self, error, exit_code):
        assert stop_for(error).exit_code == exit_code

    @pytest.mark.parametrize("error", [OSError(28, "x"), ZeroDivisionError("Ковальчук"), OperationalError("locked")])
    def test_whatever_goes_wrong_is_a_whole_sentence(self, error):
        sentence = stop_for(error).sentence

        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "Ковальчук" not in sentence


class TestCommandLine:
    def test_the_verbs_that_begin_quickly_are_all_verbs_without_a_noun(self):
        without_nouns = get_command(cli.application("no such noun")).commands

        assert set(without_nouns) == cli.VERBS

    def test_a_noun_brings_its_own_verbs_and_no_others(self):
        nouns = set(get_command(cli.application("job")).commands) - cli.VERBS

        assert nouns == {"job"}

    @pytest.mark.once  # about the shell
    @pytest.mark.parametrize(("typed", "exit_code"), [("version", 0), ("nonsense", 2), ("job retry 987654", 3)])
    def test_the_shell_gets_the_exit_code_and_the_person_a_sentence(self, typed, exit_code, transactional_db):
        done = subprocess.run(
            [sys.executable, "-m", "kinline.sites.cli", *typed.split()],
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )

        assert done.returncode == exit_code, done.stderr
        assert "Traceback" not in done.stderr
        assert bool(done.stdout) == (exit_code == 0)
