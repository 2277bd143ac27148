"""Whatever anybody writes, in whatever order: nothing raises, something is said or done, nothing said is lost."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinline.enquiries import sms
from kinline.intake import answers, scripts, words
from kinline.intake.conversation import (
    Abilities,
    Adding,
    Deleting,
    Finished,
    Joining,
    Manner,
    Opening,
    Said,
    State,
    Telling,
    Turn,
    Waiting,
    begin,
    closing,
    joined,
    opened,
    standing,
    step,
)
from kinline.intake.scripts import ENQUIRY, LANGUAGES
from kinrules.terms import PublicState
from tests.rooms.intake.family import CODE, ON, PROMISE, SMS, WAYS, sealed

NAUGHTY = Path(__file__).parents[4] / "shared/data/hostile/blns"
EVERY_COMMAND = sorted(
    {said for language in LANGUAGES for every in scripts.words(language).commands.values() for said in every}
)
TYPICAL = [
    "Коваль Андрій",
    "14.03.2001",
    "21",
    "син",
    "+380501234567",
    CODE,
    "липа",
    "2001",
    "",
    " ",
    "1",
    "2",
    "3",
    "0",
]
texts = st.one_of(
    st.sampled_from(TYPICAL), st.sampled_from(EVERY_COMMAND), st.text(max_size=400), st.just("слово " * 900)
)
keys = st.one_of(
    st.just(""), st.sampled_from(["0", "1", "*", "#", "check:send", "relation:child", "open:more", "born:skip", ":"])
)
said = st.builds(
    Said,
    text=texts,
    answer=keys,
    attachments_count=st.integers(0, 2),
    contact=st.sampled_from(["", "+380501234567"]),
    subject=st.sampled_from(["", f"Re: [{CODE}] x"]),
)


def answered(turn: Turn) -> Turn:
    """What the keeper of the conversation does with an outcome, with no database behind it."""
    state = turn.state
    if isinstance(turn.outcome, Finished):
        state, says = closing(state, code=CODE, safe_word="липа", promise_on=PROMISE)
        return Turn(state, says, Waiting())
    if isinstance(turn.outcome, Opening):
        state, says = opened(state, code=CODE, code_hash=sealed(CODE), promise_on=PROMISE)
        return Turn(state, says, Waiting())
    if isinstance(turn.outcome, Joining):
        return joined(state, is_open=turn.outcome.check == "липа", must_wait=turn.outcome.check == "2001", on=ON)
    if isinstance(turn.outcome, Telling):
        return Turn(state, standing(state, public=PublicState.RECEIVED, promise_on=PROMISE), Waiting())
    return turn


@given(st.sampled_from(WAYS), st.sampled_from([*LANGUAGES, ""]), said, st.lists(said, max_size=8))
def test_any_texts_in_any_order_are_answered(abilities: Abilities, language: str, first: Said, later: list[Said]):
    turn = begin(ENQUIRY, abilities, language=language, on=ON, first=first, seal=sealed)
    for each in [None, *later]:
        if each is not None:
            turn = step(turn.state, each, on=ON, seal=sealed)
        assert turn.says or not isinstance(turn.outcome, Waiting)
        turn = answered(turn)
        assert turn.says or isinstance(turn.outcome, Adding | Deleting)
        assert all(0 < len(say.text) <= abilities.longest for say in turn.says)
        assert State.read(json.loads(json.dumps(turn.state.written()))) == turn.state
        assert CODE not in json.dumps(turn.state.written())


@given(st.lists(said, min_size=1, max_size=8))
def test_an_sms_conversation_never_says_more_than_one_part_at_once(later: list[Said]):
    turn = begin(ENQUIRY, SMS, language="uk", on=ON, seal=sealed)
    for each in later:
        turn = answered(step(turn.state, each, on=ON, seal=sealed))

        assert all(sms.parts(say.text) == 1 for say in turn.says)


@given(st.text(min_size=1, max_size=300))
def test_what_was_written_before_the_end_is_an_answer_a_note_or_a_word_of_command(text: str):
    turn = begin(ENQUIRY, WAYS[0], language="uk", on=ON, seal=sealed)
    turn = step(turn.state, Said(text="1"), on=ON, seal=sealed)
    turn = step(turn.state, Said(text=text), on=ON, seal=sealed)

    written = text.replace("\x00", "").strip()
    kept = {*turn.state.notes, turn.state.answers.get("name", "")}
    is_kept = written in kept or " ".join(written.split()) in kept
    assert is_kept or not written or words.command(written) or answers.code(written).understood


def test_every_naughty_string_is_survived_at_every_question():
    if not NAUGHTY.exists():
        pytest.skip("the shared data for tests is not on this machine")
    strings = [
        line for path in sorted(NAUGHTY.rglob("*.txt")) for line in path.read_text("utf-8", "replace").split("\n")
    ]

    for abilities in WAYS:
        turn = begin(ENQUIRY, abilities, language="uk", on=ON, seal=sealed)
        for text in strings:
            turn = answered(step(turn.state, Said(text=text), on=ON, seal=sealed))
            assert turn.says or isinstance(turn.outcome, Adding)


def test_a_conversation_kept_by_an_older_version_still_goes_on():
    turn = begin(ENQUIRY, WAYS[0], language="uk", on=ON, seal=sealed)
    kept = turn.state.written() | {"step": "a question that is gone", "something": "else"}

    later = step(State.read(kept), Said(text="14.03.2001"), on=ON, seal=sealed)

    assert later.state.step == "who"
    assert later.state.notes == ("14.03.2001",)


def test_every_manner_has_a_way_in_the_tests():
    assert {way.manner for way in WAYS} == set(Manner)
