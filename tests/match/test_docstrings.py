"""Examples in docstrings are true."""

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import kinmatch
from kinmatch.bench import peers

# Engines of the benchmark whose packages are not installed cannot be imported.
LEFT_OUT = {"kinmatch.__main__", *(f"kinmatch.bench.peers.{name}" for name in peers.find(peers.names()).left_out)}
MODULES = [found.name for found in walk_packages(kinmatch.__path__, "kinmatch.") if found.name not in LEFT_OUT]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name):
    module = import_module(name)

    outcome = doctest.testmod(module)

    assert outcome.failed == 0
