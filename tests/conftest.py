"""What every test may ask for: an emptied database, the two sites as they are served, a browser."""

from collections.abc import Iterator

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.utils import translation

from kinline import keys
from kinline.ledger import triggers

pytest_plugins = ["tests.browsers", "tests.servers"]


@pytest.fixture(scope="session", autouse=True)
def _keys() -> None:
    keys.make_missing()


@pytest.fixture(scope="session", autouse=True)
def _passwords_of_nobody_cost_little() -> Iterator[None]:
    """Hundreds of invented officers sign in; each real hash takes half a second. Served sites hash as ever."""
    real = (Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism)
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = 1, 8, 1
    yield
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost, Argon2PasswordHasher.parallelism = real


@pytest.fixture(scope="session", autouse=True)
def _ledger_may_be_emptied_between_tests() -> Iterator[None]:
    """Emptying a throw-away database deletes from the ledger, which its triggers refuse; they are lifted around it."""
    empty = TransactionTestCase._fixture_teardown

    def empty_with_triggers_lifted(case: TransactionTestCase) -> None:
        with transaction.atomic(), triggers.lifted(connection):
            empty(case)

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
