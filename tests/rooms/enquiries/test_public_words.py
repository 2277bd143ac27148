"""Codes that survive voices and pens, and words that are not misheard."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from kinline.enquiries import codes, safe_words

LANGUAGES = ("uk", "ru", "en")
PEPPER = b"p" * 32


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_list_holds_at_least_256_short_words_that_sound_apart(language: str) -> None:
    words = safe_words.words(language)

    assert len(words) >= 256
    assert all(3 <= len(word) <= 10 and word.isalpha() and word == word.casefold() for word in words)
    near = [
        (a, b) for i, a in enumerate(words) for b in words[i + 1 :] if Levenshtein.distance(a, b, score_cutoff=1) < 2
    ]
    assert near == []


def test_a_language_without_a_list_gets_english_words() -> None:
    assert safe_words.words("ka") == safe_words.words("en")


def test_a_word_is_known_however_it_is_typed() -> None:
    assert safe_words.same("  ЁЖИК ", "ёжик")
    assert safe_words.same("ежик", "ёжик")
    assert not safe_words.same("", "")
    assert not safe_words.same("еж", "ёжик")


@given(st.integers(0, 10**14 - 1), st.sampled_from(" .-/\u00a0"), st.integers(1, 8))
def test_a_code_reads_back_however_it_is_parted(number: int, between: str, size: int) -> None:
    code = codes.check_digits.with_mod_97_10(f"{number:014d}")

    parted = between.join(code[start : start + size] for start in range(0, 16, size))

    assert codes.read(parted).digits == code


@given(st.integers(0, 10**14 - 1), st.integers(0, 14))
def test_two_digits_changed_over_are_noticed(number: int, place: int) -> None:
    code = codes.check_digits.with_mod_97_10(f"{number:014d}")
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    typed = codes.read(swapped)

    assert swapped == code or typed.flaw is codes.Flaw.MISTYPED


@given(st.text(max_size=40))
def test_whatever_is_typed_is_read_or_asked_about(text: str) -> None:
    typed = codes.read(text)

    assert bool(typed.digits) != bool(typed.flaw)


def test_the_hash_is_the_same_each_time_and_rests_on_the_pepper() -> None:
    code = codes.new()

    assert codes.hashed(code, pepper=PEPPER) == codes.hashed(code, pepper=PEPPER)
    assert codes.hashed(code, pepper=PEPPER) != codes.hashed(code, pepper=b"q" * 32)
    assert code not in codes.hashed(code, pepper=PEPPER)
