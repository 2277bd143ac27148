"""Telegram brings updates to the families' process as it is served: kept under its few rights, and never read there."""

import json
import subprocess
import sys
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor

import pytest

from kinline.intake.models import Item, Raw
from kinline.sites import settings
from tests.channels.telegram import updates
from tests.servers import SECRET, environment, open_zones

pytestmark = pytest.mark.django_db(transaction=True)

# Runs as the families' process: what it may not read of what it has taken.
TRY = """
import json, django
django.setup()
from django.db import DatabaseError, connection, transaction

def tried(statement):
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)
    except DatabaseError:
        return "refused"
    return "done"

print(json.dumps([tried(statement) for statement in (
    "SELECT content FROM intake_raw",
    "SELECT text FROM correspondence_outgoing",
    "SELECT address FROM correspondence_outgoing",
    "UPDATE correspondence_outgoing SET kind = 'message'",
    "UPDATE intake_item SET digest = 'other'",
    "DELETE FROM intake_item",
    "SELECT text FROM intake_heard",
)]))
"""


def brings(site: str, raw: bytes, *, secret: str = SECRET, path: str = "/hooks/telegram/") -> int:
    """What Telegram is answered."""
    headers = {"Content-Type": "application/json", "X-Telegram-Bot-Api-Secret-Token": secret}
    request = urllib.request.Request(f"{site}{path}", data=raw, headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=120) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_an_update_is_kept_whole_once_it_is_answered_with_200(sites):
    raw = updates.message(text="Коваль Андрій")

    statuses = [brings(sites.public, raw), brings(sites.public, raw)]

    item = Item.objects.get()
    assert statuses == [200, 200]
    assert (item.channel, item.account, item.external_id) == ("telegram", "4242", "4242:500")
    assert bytes(Raw.objects.get().content) == raw


def test_another_body_under_the_same_number_is_set_apart_for_a_person(sites):
    statuses = [brings(sites.public, updates.message(text=text)) for text in ("перше", "друге")]

    assert statuses == [200, 200]
    assert sorted(Item.objects.values_list("state", flat=True)) == ["conflict", "waiting"]


def test_many_at_once_are_all_kept(sites):
    raws = [json.dumps({"update_id": number}).encode() for number in range(700, 712)]

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda raw: brings(sites.public, raw), raws))

    assert statuses == [200] * 12
    assert Item.objects.count() == 12


def test_whoever_does_not_know_the_secret_changes_nothing(sites):
    assert brings(sites.public, updates.message(text="x"), secret="guessed") == 403
    assert Item.objects.count() == 0


def test_what_is_larger_than_any_update_is_turned_away(sites):
    assert brings(sites.public, b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)) == 413
    assert Item.objects.count() == 0


def test_the_staffs_site_has_no_such_door(sites):
    brings(sites.desk, updates.message(text="x"))

    assert Item.objects.count() == 0


def test_what_was_taken_cannot_be_read_back_or_changed(sites):
    open_zones()
    brings(sites.public, updates.message(text="Коваль Андрій"))

    tried = subprocess.run(
        [sys.executable, "-c", TRY],
        env=environment(KINLINE_SITE="public", DJANGO_SETTINGS_MODULE="kinline.sites.settings"),
        capture_output=True,
        text=True,
        check=True,
    )

    assert json.loads(tried.stdout) == ["refused"] * 7
