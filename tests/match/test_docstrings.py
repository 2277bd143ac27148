"""Examples in docstrings are true."""

import doctest
from importlib import import_module
from importlib.util import find_spec
from pkgutil import walk_packages

import pytest

import kinmatch
from kinmatch.bench import peers

# Engines of the benchmark and extras whose packages are not installed cannot be imported.
LEFT_OUT = {"kinmatch.__main__", *(f"kinmatch.bench.peers.{name}" for name in peers.find(peers.names()).left_out)}
LEFT_OUT |= set() if find_spec("pyarrow") else {"kinmatch.parquet", "kinmatch.spark"}
MODULES = [found.name for found in walk_packages(kinmatch.__path__, "kinmatch.") if found.name not in LEFT_OUT]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name):
    module = import_module(name)

    outcome = doctest.testmod(module)

    assert outcome.failed == 0
