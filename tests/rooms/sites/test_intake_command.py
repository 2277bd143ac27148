"""``kinline intake``: the durable core by hand."""

import json

import pytest
from typer.testing import CliRunner

from kinline.intake.models import Item
from kinline.sites import cli, exits

pytestmark = pytest.mark.django_db


def run(*words: str, given: bytes | None = None):
    return CliRunner().invoke(cli.application(words[0]), list(words), input=given)


def test_a_letter_is_kept_once_and_its_number_printed(tmp_path):
    letter = tmp_path / "letter.eml"
    letter.write_bytes(b"From: a@example.org\n\nwords")

    first, again = (run("intake", "deliver", "email", str(letter), "--json") for _each in range(2))

    number = Item.objects.get().pk
    assert (first.exit_code, json.loads(first.stdout)) == (0, {"number": number, "again": False, "conflict": False})
    assert (again.exit_code, json.loads(again.stdout)) == (0, {"number": number, "again": True, "conflict": False})


def test_a_conflict_is_kept_and_seen_by_its_exit(tmp_path):
    run("intake", "deliver", "telegram", "-", "--id", "7", given=b"one")

    other = run("intake", "deliver", "telegram", "-", "--id", "7", given=b"two")
    listed = run("intake", "list", "--json")

    assert (other.exit_code, Item.objects.count()) == (exits.Exit.CONFLICT, 2)
    assert [line["state"] for line in json.loads(listed.stdout)] == ["conflict"]


@pytest.mark.parametrize(
    ("channel", "raw", "code"),
    [("pigeon", b"words", "intake.unknown-channel"), ("email", b"\0" * (26 * 2**20), "intake.too-long")],
    ids=["unknown channel", "too long"],
)
def test_what_is_not_taken_is_said_so(channel, raw, code):
    answer = run("intake", "deliver", channel, "-", given=raw)

    stop = exits.stop_for(answer.exception)
    assert (stop.code, Item.objects.count()) == (code, 0)
    assert stop.exit_code != 0


def test_what_no_channel_reads_waits_for_a_person():
    run("intake", "deliver", "letter", "-", given=b"words")

    read = run("intake", "read", "--json")

    assert (read.exit_code, json.loads(read.stdout)) == (0, {"readings": 1})
