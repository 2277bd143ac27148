"""No path leads to a family that was told without two humans, a confirmed match, shown kinship, and nobody harmed.

That this can fail is shown in test_no_path_bites.
"""

import pytest

from kinrules.states import captive_record
from tests.rooms.disclosure import acts
from tests.rooms.disclosure.acts import Bureau
from tests.rooms.disclosure.stories import Stories

# The gates are asked alike on both engines, so of the second only what it must hold: rows, constraints, undoing.
REGISTERS = pytest.mark.parametrize(
    "state", [captive_record.INTERNED, pytest.param(captive_record.DEAD, marks=pytest.mark.once)]
)


NEVER_TAKEN = {"Sofiia approves", "Olha approves", "Marko tells"}
"""Refused at every moment: the proposer's approval, that of an officer of another desk, another's call."""

NEVER_TOLD = {
    "proposed with detriment",
    "proposed against the wish",
    "proposed with the wish unasked",
    "proposed before the Agency",
    "proposed to other kin",
    "proposed as released",
    "revised with detriment",
    "kinship falls",
    "kinship has expired",
    "the record changes",
    "the match is undone",
    "withheld",
}
"""After these nobody is told, whatever an officer in a hurry does then."""


@REGISTERS
def test_no_departure_from_the_right_way_tells_a_family_wrongly(db, state):
    stories = Stories(Bureau(state))

    stories.tell_all(acts.EVERY)

    assert {name for name in acts.EVERY if not stories.taken[name]} == NEVER_TAKEN
    assert not NEVER_TOLD & set(stories.told)
    assert stories.told[""] >= 30, "stories that end in refusals show nothing"
