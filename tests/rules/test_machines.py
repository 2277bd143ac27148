"""Every state machine holds together: all states are reached, only finals are ends, every word is there."""

import pytest

from kinrules.machine import Machine, Move
from kinrules.permissions import PERMISSIONS, Permission
from kinrules.refusal import Refused
from kinrules.states import MACHINES
from kinrules.states.enquiry import PUBLIC
from kinrules.terms import EvidenceKind, Fate

machines = pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)


def reached(machine: Machine) -> set[str]:
    """States that can be reached from the initial one."""
    found, ahead = set(), {machine.initial}
    while ahead:
        state = ahead.pop()
        found.add(state)
        ahead |= {move.target for move in machine.after(state)} - found
    return found


@machines
def test_every_state_can_be_reached(machine):
    assert reached(machine) == set(machine.states)


@machines
def test_only_final_states_are_dead_ends(machine):
    ends = {state for state in machine.states if not machine.after(state)}

    assert ends <= machine.finals


@machines
def test_every_open_state_leads_to_a_final_one(machine):
    for state in machine.open_states:
        from_here = Machine(
            name=machine.name, initial=state, finals=machine.finals, moves=machine.moves, words=machine.words
        )
        assert reached(from_here) & machine.finals


@machines
def test_every_state_and_verb_has_its_words(machine):
    assert set(machine.words) == {*machine.states, *machine.verbs}


@machines
def test_a_verb_means_one_move_in_each_state(machine):
    for state in machine.states:
        verbs = [move.verb for move in machine.after(state)]
        assert len(verbs) == len(set(verbs))


@machines
def test_every_move_asks_for_a_permission_that_the_table_knows(machine):
    assert {move.who for move in machine.moves} <= set(PERMISSIONS)


@machines
def test_the_diagram_shows_every_move(machine):
    drawn = machine.mermaid()

    assert all(f"--> {move.target}: {move.verb}" in drawn for move in machine.moves)


def test_a_move_without_its_document_is_refused_in_words():
    with pytest.raises(Refused) as refused:
        MACHINES["enquiry"].check("answer", state="accepted", evidence=())

    assert refused.value.code == "enquiry.answer.no-evidence"
    assert refused.value.says == "'answer' rests on answer; attach it and try again"


def test_one_of_several_documents_is_enough():
    machine = MACHINES["captive_record"]

    move = machine.check("capture", state="reported", evidence=[EvidenceKind.UNIT_REPORT])

    assert move.target == "captured"


def test_a_move_from_the_wrong_state_is_refused():
    with pytest.raises(Refused) as refused:
        MACHINES["match"].check("confirm", state="proposed", evidence=[EvidenceKind.SECOND_READER])

    assert refused.value.code == "machine.wrong-state"


def test_an_unknown_verb_is_refused():
    with pytest.raises(Refused) as refused:
        MACHINES["match"].move("marry", state="proposed")

    assert refused.value.code == "machine.unknown-verb"


def test_two_moves_of_one_verb_are_told_apart_by_the_state():
    moves = (
        Move(verb="go", sources=("a",), target="b", who=Permission.CASE_WORK),
        Move(verb="go", sources=("b",), target="c", who=Permission.CASE_WORK),
    )
    machine = Machine(name="m", initial="a", finals=frozenset({"c"}), moves=moves, words={})

    assert [machine.move("go", state=state).target for state in ("a", "b")] == ["b", "c"]


def test_every_state_of_an_enquiry_has_a_neutral_public_state():
    assert set(PUBLIC) == set(MACHINES["enquiry"].states)


def test_no_public_state_carries_fate():
    spoken = {state.value for state in PUBLIC.values()}

    assert not spoken & {fate.value for fate in Fate}


def test_nobody_is_told_before_two_humans_confirmed():
    machine = MACHINES["tracing_case"]
    without = tuple(move for move in machine.moves if move.verb != "confirm_match")
    unconfirmed = Machine(name="x", initial="open", finals=machine.finals, moves=without, words={})

    assert "informed" not in reached(unconfirmed)


def test_no_disclosure_is_told_without_an_approval():
    machine = MACHINES["disclosure"]
    without = tuple(move for move in machine.moves if move.verb != "approve")
    unapproved = Machine(name="x", initial="proposed", finals=machine.finals, moves=without, words={})

    assert "told" not in reached(unapproved)
