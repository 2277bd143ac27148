"""What an officer reads before a call: words and no codes, and nothing that hints at a death in the ledger."""

import re

import pytest

from kinline.disclosure import actions, queries
from kinline.ledger.models import Entry
from tests import people
from tests.bureau import signed_in
from tests.reading import words

pytestmark = [pytest.mark.django_db, pytest.mark.urls("kinline.sites.desk")]


def page_of(disclosure) -> str:
    return words(signed_in(people.SOFIIA).get(f"/disclosure/{disclosure.pk}/").content)


def test_the_language_is_named_and_the_clock_of_the_family_is_shown(approved):
    enquirer = approved.enquiry.enquirer
    enquirer.time_zone = "Etc/GMT+5"
    enquirer.save(update_fields=["time_zone"])

    said = page_of(approved)

    assert "Українська" in said
    assert re.search(r"The family's clock shows \d\d:\d\d \(UTC-05:00\)", said)
    assert "Etc/GMT" not in said


def test_a_label_with_nothing_behind_it_is_not_read_aloud(approved):
    enquirer = approved.enquiry.enquirer
    enquirer.name = ""
    enquirer.save(update_fields=["name"])
    approved.refresh_from_db()

    lines = queries.lines_for(approved, script=approved.fate)

    asked = next(line for line in lines if line["blank"] == "enquirer")
    assert (asked["label"], asked["value"]) == ("", "")
    assert asked["say"]
    assert all(line["value"] or not line["label"] for line in lines if line["blank"] != "caller")


def test_who_sits_beside_the_caller_leaves_no_entry_since_a_death_alone_needs_two(dead, sofiia, second):
    before = Entry.objects.count()

    actions.accompany(dead, second, actor=sofiia)

    assert Entry.objects.count() == before
    dead.refresh_from_db()
    assert dead.accompanied_by == second
