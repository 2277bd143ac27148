"""``kinline channel``: what was received is read and printed as other programs rely on, and nothing is kept."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kinline.channels import CHANNELS
from kinline.demo.bot_api.server import serving
from kinline.sites import exits
from kinline.sites.commands.channel import app
from tests import people
from tests.channels.email.letters import coded, in_parts, letter

pytestmark = pytest.mark.once  # no database is opened

KEYS = ["kind", "wire_id", "from", "subject", "text", "attachments", "language", "authenticated"]
POST = b'{"id": "g-1", "from": "+0005000001", "text": "2"}'


def run(*words: str, said: bytes = b"") -> tuple[str, exits.Stop | None]:
    """What is printed, and what a shell would be answered instead."""
    result = CliRunner().invoke(app, list(words), input=said)
    stop = exits.stop_for(result.exception) if isinstance(result.exception, Exception) else None
    return result.stdout, stop


def test_a_mail_is_printed_as_one_object_with_the_names_others_rely_on(tmp_path: Path):
    file = tmp_path / "letter.eml"
    file.write_bytes(
        in_parts(
            ("Content-Type: text/plain; charset=utf-8", "Шукаю сина."),
            ("Content-Type: application/pdf; name=p.pdf\nContent-Transfer-Encoding: base64", coded(b"%PDF")),
        )
    )

    printed, stop = run("read", "email", str(file), "--json")

    [line] = printed.splitlines()
    assert stop is None
    assert list(json.loads(line)) == KEYS
    assert json.loads(line) == {
        "kind": "message",
        "wire_id": "<letter@example.org>",
        "from": people.MARIA.email,
        "subject": "",
        "text": "Шукаю сина.",
        "attachments": [{"name": "p.pdf", "type": "application/pdf", "size": 4}],
        "language": "uk",
        "authenticated": False,
    }


def test_standard_input_is_read_where_the_file_is_a_dash():
    printed, _stop = run("read", "sms", "-", "--json", said=POST)

    assert json.loads(printed)["wire_id"] == "id:g-1"


def test_without_json_the_words_are_printed_for_a_person():
    printed, _stop = run("read", "email", "-", said=letter())

    assert f"from: {people.MARIA.email}\n" in printed
    assert printed.endswith("\nШукаю сина.\n\n")


def test_a_channel_that_is_not_there_gets_the_names_of_those_that_are(tmp_path: Path):
    _printed, stop = run("read", "pigeon", "-")

    assert stop is not None
    assert (stop.code, stop.exit_code) == ("channel.not-found", exits.Exit.NOT_FOUND)
    assert all(name in stop.sentence for name in CHANNELS)


def test_a_file_that_is_not_there_is_named_as_the_trouble(tmp_path: Path):
    _printed, stop = run("read", "email", str(tmp_path / "nothing.eml"))

    assert stop is not None
    assert stop.code == "file.not-found"


def test_the_list_says_what_each_channel_can_carry():
    printed, _stop = run("list", "--json")
    spoken, _stop = run("list")

    assert [json.loads(line)["name"] for line in printed.splitlines()] == list(CHANNELS)
    assert len(spoken.splitlines()) == len(CHANNELS)


def test_no_database_is_needed_and_none_is_made(tmp_path: Path):
    environment = {
        **os.environ,
        "KINLINE_DATA": str(tmp_path / "data"),
        "KINLINE_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing",
    }

    done = subprocess.run(
        [sys.executable, "-m", "kinline.sites.cli", "channel", "read", "email", "-", "--json"],
        input=letter(),
        env=environment,
        capture_output=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr.decode()
    assert json.loads(done.stdout)["text"] == "Шукаю сина."
    assert list(tmp_path.rglob("*.sqlite3")) == []


def test_a_bot_is_tried_without_a_word_to_anybody(monkeypatch):
    with serving("4242:invented-Token_of-nobody", clock=lambda: 0.0) as (servers, address):
        servers.updates.append({"update_id": 1})
        bot = {"token": "4242:invented-Token_of-nobody", "api": address}
        monkeypatch.setattr("django.conf.settings.TELEGRAM", bot)

        printed, stop = run("test", "telegram", "--json")

    assert stop is None
    assert json.loads(printed) == {
        "bot": "@demo_bot (4242)",
        "webhook": "none: we ask for messages",
        "waiting at Telegram": "1",
    }


def test_a_channel_that_is_not_set_up_or_not_there_says_so(monkeypatch):
    monkeypatch.setattr("django.conf.settings.TELEGRAM", {"token": ""})

    assert run("test", "telegram")[1].exit_code == exits.Exit.NOT_FOUND
    assert run("test", "email")[1].code == "channel.not-set-up"
    assert run("test", "web-of-lies")[1].code == "channel.not-found"
