"""Examples in docstrings are true."""

import doctest
from importlib import import_module
from pkgutil import walk_packages

import pytest

import kinmatch

MODULES = [found.name for found in walk_packages(kinmatch.__path__, "kinmatch.") if not found.name.endswith("__main__")]


@pytest.mark.parametrize("name", MODULES)
def test_examples_in_docstrings_are_true(name):
    module = import_module(name)

    outcome = doctest.testmod(module)

    assert outcome.failed == 0
