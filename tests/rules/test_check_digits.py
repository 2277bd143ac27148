"""Check digits catch what telephones and pens do: one wrong digit, two swapped, a block swapped."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kinrules.check_digits import holds_mod_97_10, mod_37_2, with_mod_97_10

digits = st.text("0123456789", min_size=14, max_size=14)


@given(digits)
def test_a_number_with_its_check_digits_holds(number):
    assert holds_mod_97_10(with_mod_97_10(number))


@given(digits, st.integers(0, 15), st.sampled_from("0123456789"))
def test_one_wrong_digit_is_always_caught(number, place, wrong):
    code = with_mod_97_10(number)
    assume(code[place] != wrong)

    assert not holds_mod_97_10(code[:place] + wrong + code[place + 1 :])


@given(digits, st.integers(0, 14))
def test_two_swapped_neighbours_are_always_caught(number, place):
    code = with_mod_97_10(number)
    assume(code[place] != code[place + 1])

    assert not holds_mod_97_10(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@pytest.mark.parametrize("text", ["", "1", "12", "abc", "４８２１０９３７５６１２３４７４", "4821 0937 5612 3474"])
def test_what_is_no_number_never_holds(text):
    assert not holds_mod_97_10(text)


def test_letters_are_given_no_check_digits():
    with pytest.raises(ValueError, match="only the digits"):
        with_mod_97_10("12a4")


@given(st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=14), st.data())
def test_one_wrong_sign_of_a_record_number_is_always_caught(text, drawn):
    place = drawn.draw(st.integers(0, len(text) - 1))
    wrong = drawn.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    assume(text[place] != wrong)

    assert mod_37_2(text) != mod_37_2(text[:place] + wrong + text[place + 1 :])


def test_a_sign_outside_the_alphabet_is_named():
    with pytest.raises(ValueError, match="'é'"):
        mod_37_2("UAé")
