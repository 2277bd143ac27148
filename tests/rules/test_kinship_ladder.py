"""The four steps by which kinship is shown."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from kinrules.rules import kinship_ladder
from kinrules.terms import KinLevel

CONTACT = ("1", "contact_check")
IDENTITY = ("2", "identity_document")
PAPER = ("3", "kinship_document")
FACT = ("3", "family_answers")
VIDEO = ("3", "video_call")


@pytest.mark.parametrize(
    ("steps", "level"),
    [
        ([], "0"),
        ([CONTACT], "1"),
        ([IDENTITY], "0"),
        ([CONTACT, IDENTITY], "2"),
        ([CONTACT, ("2", "video_call")], "2"),
        ([CONTACT, IDENTITY, PAPER], "3"),
        ([CONTACT, IDENTITY, ("3", "named_by_prisoner")], "3"),
        ([CONTACT, IDENTITY, FACT, FACT, VIDEO], "3"),
        ([CONTACT, IDENTITY, FACT, VIDEO], "2"),
        ([CONTACT, IDENTITY, FACT, FACT], "2"),
        ([CONTACT, PAPER], "1"),
        ([CONTACT, IDENTITY, ("3", "press")], "2"),
    ],
)
def test_the_level_is_the_highest_with_every_step_below_it(steps, level):
    assert kinship_ladder.reached(steps) is KinLevel(level)


def test_a_paper_of_somebody_whose_identity_was_not_seen_shows_nothing():
    refused = kinship_ladder.refusal([CONTACT, PAPER], level=KinLevel.KIN_SHOWN)

    assert refused is not None
    assert refused.code == "kinship.earlier-step"


steps = some.lists(
    some.tuples(
        some.sampled_from("123"), some.sampled_from([way for _, way in (CONTACT, IDENTITY, PAPER, FACT, VIDEO)])
    )
)


@given(steps, steps)
def test_showing_more_never_lowers_the_level(shown, more):
    assert kinship_ladder.reached(shown + more) >= kinship_ladder.reached(shown)
