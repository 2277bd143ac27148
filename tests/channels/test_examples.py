"""The examples in what reads and writes for the channels are true."""

import doctest
from importlib import import_module
from pkgutil import iter_modules

import pytest

from kinline.channels import email, languages, sms, text

pytestmark = pytest.mark.once  # nothing here touches a database

MODULES = [languages.__name__, text.__name__] + [
    f"{channel.__name__}.{found.name}" for channel in (email, sms) for found in iter_modules(channel.__path__)
]


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name: str):
    failed, _tried = doctest.testmod(import_module(name))

    assert failed == 0
