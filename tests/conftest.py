"""What every test may ask for: an emptied database, the two sites as they are served, a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import translation
from hypothesis import HealthCheck, settings

from kinline import keys
from kinline.ledger import triggers
from tests import thrift

pytest_plugins = ["tests.browsers", "tests.servers"]

# How long one example takes says what else the machine does; what must be fast is measured where that is said.
settings.register_profile("kinline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kinline")

HERE = Path(__file__).parent
# Packages that may not know a database (the contract "pure" of .importlinter), and the channels' reading and writing:
# what they do depends on none, but for the tests that ask for one.
PURE = (HERE / "rules", HERE / "match", HERE / "route", HERE / "rooms/tables", HERE / "channels")
# What these ask for takes long, so it begins first, and no processor waits for another at the end.
SLOW = {"browser", "sites", "guarded_desk", "copy"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what need not run on two databases, and put first the files that take longest."""
    slow: dict[Path, int] = {}
    for item in items:
        if any(folder in item.path.parents for folder in PURE) and not item.get_closest_marker("django_db"):
            item.add_marker("once")
        slow[item.path] = slow.get(item.path, 0) + bool(SLOW.intersection(getattr(item, "fixturenames", ())))
    items.sort(key=lambda item: (HERE / "walks" not in item.path.parents, not slow[item.path]))


@pytest.fixture(scope="session", autouse=True)
def _keys() -> None:
    keys.make_missing()


@pytest.fixture(scope="session", autouse=True)
def _hashes_of_nobodys_secrets_cost_little() -> None:
    """Hundreds of invented officers sign in, and a thousand invented families get a code."""
    thrift.begin()


@pytest.fixture(scope="session", autouse=True)
def _ledger_may_be_emptied_between_tests() -> Iterator[None]:
    """Emptying a throw-away database deletes from the ledger, which its triggers refuse; they are lifted around it.

    Django's own names of models and permissions, which nothing here reads, are not written anew each time.
    """
    empty = TransactionTestCase._fixture_teardown

    def empty_with_triggers_lifted(case: TransactionTestCase) -> None:
        with transaction.atomic(), triggers.lifted(connection):
            call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)

    TransactionTestCase._fixture_teardown = empty_with_triggers_lifted
    yield
    TransactionTestCase._fixture_teardown = empty


@pytest.fixture(autouse=True)
def _language() -> Iterator[None]:
    """Tests read English unless they say otherwise, whatever ran before them."""
    with translation.override("en"):
        yield


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that were left out for want of a browser: silence would look like success."""
    left_out = [
        report.nodeid for report in terminalreporter.stats.get("skipped", []) if "no browser" in str(report.longrepr)
    ]
    if left_out:
        terminalreporter.section("left out: no browser on this machine")
        terminalreporter.write_line("\n".join(left_out))
