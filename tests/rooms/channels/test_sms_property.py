"""Whatever is said by SMS has one part, no name, no fate and no link; whoever says what, in whatever language."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinline.channels.base import Outbound
from kinline.channels.sms import CHANNEL
from kinline.channels.sms.conversation import ABILITIES
from kinline.channels.sms.writing import size
from kinline.enquiries import fate
from kinline.intake import messages
from kinline.intake.conversation import Say, State, added, begin, joined, reminded, standing, step
from kinline.intake.scripts import ENQUIRY, LANGUAGES
from kinrules.terms import PublicState
from tests import people
from tests.rooms.intake.family import ON, PROMISE, sealed
from tests.rooms.intake.test_conversation_properties import Said, answered, said

pytestmark = pytest.mark.once
NUMBER = "+0005000001"
NAMED = Said(text=f"{people.ANDRIY.name}, {people.ANDRIY.birth_place}")
NAMES = frozenset(part.casefold() for part in people.ANDRIY.name.split())


def goes_out(say: Say) -> str:
    """The one part as it goes to the wire; written by the channel itself, which refuses links and what is too long."""
    [parcel] = CHANNEL.write(Outbound(number="1", address=NUMBER, text=say.text, choices=say.choices))
    text = str(parcel.body["text"])
    taken, most = size(text)
    assert 0 < taken <= most
    return text


def is_permitted(text: str) -> bool:
    return not fate.may_be_told_by(text) and not [name for name in NAMES if name in text.casefold()]


@given(st.sampled_from([*LANGUAGES, ""]), st.lists(st.one_of(said, st.just(NAMED)), min_size=1, max_size=8))
def test_whatever_is_answered_by_sms_is_one_part_without_name_fate_or_link(language: str, later: list[Said]):
    turn = begin(ENQUIRY, ABILITIES, language=language, on=ON, seal=sealed)
    for each in [None, *later]:
        if each is not None:
            turn = answered(step(turn.state, each, on=ON, seal=sealed))

        assert all(is_permitted(goes_out(say)) for say in turn.says)


def open_case(language: str) -> State:
    return joined(begin(ENQUIRY, ABILITIES, language=language, on=ON, seal=sealed).state, is_open=True, on=ON).state


@pytest.mark.parametrize(("language", "public"), list(product(LANGUAGES, PublicState)))
def test_how_a_case_stands_is_said_in_one_part_each(language: str, public: PublicState):
    says = standing(open_case(language), public=public, promise_on=PROMISE)

    assert all(is_permitted(goes_out(say)) for say in says)


@pytest.mark.parametrize("language", LANGUAGES)
def test_reminders_and_receipts_fit_one_part(language: str):
    silent = begin(ENQUIRY, ABILITIES, language=language, on=ON, seal=sealed).state
    _state, reminder = reminded(silent, hours=10_000, on=ON)
    receipt = messages.received(number="1234567890", language=language, short=True)

    says = [*reminder, *added(open_case(language), read_by=PROMISE), Say(text=receipt.text, language=language)]

    assert all(is_permitted(goes_out(say)) for say in says)
