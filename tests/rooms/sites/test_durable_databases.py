"""A database that could forget what it acknowledged is refused, in words that say what to change."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from kinline.sites import database
from kinline.sites.postgresql.base import DURABLE, refuse_to_forget

GOOD = {"synchronous_commit": "on", "fsync": "on", "full_page_writes": "on"}


@pytest.mark.once  # nothing of a database is in it
def test_a_server_that_forgets_nothing_is_taken():
    assert refuse_to_forget(GOOD, is_scratch=False) is None


@pytest.mark.once  # nothing of a database is in it
@pytest.mark.parametrize("name", sorted(DURABLE))
@pytest.mark.parametrize("value", ["off", "local", None])
def test_a_server_that_may_forget_is_refused_and_the_setting_named(name, value):
    with pytest.raises(ImproperlyConfigured, match=f"{name}={value}"):
        refuse_to_forget(GOOD | {name: value}, is_scratch=False)


@pytest.mark.once  # nothing of a database is in it
def test_a_throw_away_server_may_forget_its_disk_but_never_acknowledge_early():
    refuse_to_forget(GOOD | {"fsync": "off", "full_page_writes": "off"}, is_scratch=True)

    with pytest.raises(ImproperlyConfigured):
        refuse_to_forget(GOOD | {"synchronous_commit": "off"}, is_scratch=True)


@pytest.mark.once  # nothing of a database is in it
def test_an_installation_is_no_throw_away_database_unless_it_says_so():
    stated = database.from_url("postgresql:///bureau", folder=Path("/x"), zone="")

    assert "scratch" not in stated["OPTIONS"]
