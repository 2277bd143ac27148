"""What must hold for the next author's work."""

import doctest

import pytest

from kinline.sites import rooms
from tests.house import rules, sentences, shape, tree
from tests.house.guards import GUARDS, ROOT
from tools import reference

pytestmark = pytest.mark.house


@pytest.mark.parametrize("name", sorted(GUARDS))
def test_the_house_keeps(name):
    breaches = GUARDS[name](ROOT)

    assert not breaches, f"{GUARDS[name].__doc__}\n" + "\n".join(breaches)


@pytest.mark.parametrize("module", [tree, shape, rules, sentences], ids=lambda module: module.__name__)
def test_the_guards_own_examples_hold(module):
    assert doctest.testmod(module).failed == 0


def test_the_reference_pages_say_what_the_code_says():
    assert reference.stale() == [], "run make docs"


def test_every_room_with_rows_is_among_the_rooms():
    with_rows = {path.parent.name for path in (ROOT / "src/kinline").glob("*/migrations")}

    assert with_rows <= set(rooms.ROOMS)


def test_every_page_module_is_served():
    desks = {path.parent.name for path in (ROOT / "src/kinline").glob("*/desk*") if path.parent.name != "sites"}
    publics = {path.parent.name for path in (ROOT / "src/kinline").glob("*/public*") if path.parent.name != "sites"}

    assert desks - {"ui"} <= set(rooms.WITH_DESK)
    assert publics <= set(rooms.WITH_PUBLIC)
