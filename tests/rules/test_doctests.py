"""The examples in the law library are true."""

import doctest
import importlib
import pkgutil

import pytest

import kinrules

MODULES = [module.name for module in pkgutil.walk_packages(kinrules.__path__, "kinrules.")]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_rule_are_true(name):
    failed, _tried = doctest.testmod(importlib.import_module(name))

    assert failed == 0


@pytest.mark.parametrize("name", [name for name in MODULES if name.startswith("kinrules.rules.")])
def test_every_rule_has_an_example(name):
    _failed, tried = doctest.testmod(importlib.import_module(name))

    assert tried > 0
