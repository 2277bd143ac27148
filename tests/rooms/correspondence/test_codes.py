"""Letter codes as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinline.correspondence import codes


def test_a_drawn_code_is_read_back():
    code = codes.draw()

    assert codes.read(codes.grouped(code)) == code


@pytest.mark.parametrize(
    "typed",
    ["4821093756123474", " 4821 0937 5612 3474 ", "4821-0937-5612-3474", "4821.0937.5612.3474", "٤٨٢١ ٠٩٣٧ ٥٦١٢ ٣٤٧٤"],
)
def test_any_grouping_and_any_digits_are_read(typed):
    assert codes.read(typed) == "4821093756123474"


@pytest.mark.parametrize(
    "typed", ["", "4821", "4821 0937 5612 3475", "4821O93756123474", "48210937561234740", "²" * 16]
)
def test_what_is_no_code_is_none(typed):
    assert codes.read(typed) is None


@given(st.integers(0, 15), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(place, shift):
    code = "4821093756123474"
    wrong = f"{code[:place]}{(int(code[place]) + shift) % 10}{code[place + 1 :]}"

    assert codes.read(wrong) is None
