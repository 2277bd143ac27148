"""Every state and every verb has its words in each language, as the application's merged catalogues speak them."""

import pytest
from django.utils import translation
from django.utils.translation import gettext

from kinrules.states import MACHINES

machines = pytest.mark.parametrize("machine", MACHINES.values(), ids=MACHINES)
languages = pytest.mark.parametrize("language", ["uk", "ru"])


@languages
@machines
def test_every_state_and_verb_is_translated(machine, language):
    with translation.override(language):
        spoken = {code: gettext(words) for code, words in machine.words.items()}

    assert not {code for code, words in spoken.items() if words == machine.words[code]}


@languages
@machines
def test_no_two_states_of_a_machine_read_alike(machine, language):
    with translation.override(language):
        spoken = [gettext(machine.words[state]) for state in machine.states]

    assert len(spoken) == len(set(spoken))


@languages
@machines
def test_no_two_verbs_possible_in_one_state_read_alike(machine, language):
    with translation.override(language):
        buttons = {
            state: [gettext(machine.words[move.verb]) for move in machine.after(state)] for state in machine.states
        }

    assert not {state for state, words in buttons.items() if len(words) != len(set(words))}


@languages
@machines
def test_words_hold_letters_of_their_own_language_only(machine, language):
    foreign = set("abcdefghijklmnopqrstuvwxyz") | (set("ыэёъ") if language == "uk" else set("іїєґ"))

    with translation.override(language):
        spoken = {code: gettext(words).lower() for code, words in machine.words.items()}

    assert not {code for code, words in spoken.items() if foreign.intersection(words)}
