"""What must hold for any text: symmetry, independence of order and script, and that nothing crashes."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch import Index, Person, compare
from kinmatch.bench.spell import HABITS, latin
from kinmatch.bench.world import frequent_surnames, lot
from kinmatch.compare import comparators
from kinmatch.dates import parse
from kinmatch.form import FIELDS, asked_forms, forms, name
from kinmatch.given import looks_like_patronymic
from kinmatch.keys import coarse, coarse_readings, fine_readings
from kinmatch.nearness import FAR, letters_apart
from kinmatch.script import fold

SHARED = Path(__file__).parents[3] / "shared" / "data"
ANY_TEXT = st.text(max_size=60)
SURNAMES = st.sampled_from([row["uk"] for row in frequent_surnames().values])
GIVEN = st.sampled_from([row["uk"] for row in lot("given").values])
PATRONYMICS = st.sampled_from([row["son_uk"] for row in lot("fathers").values])
DATES = st.builds(lambda day, rough: day.isoformat()[: (10, 7, 4)[rough]], st.dates(), st.integers(0, 2)).filter(parse)
PLAIN_WORDS = st.text(st.sampled_from("абвгґдеєжзиіїйклмнопрстуфхцчшщьюяыэёў'"), min_size=1, max_size=14) | st.text(
    st.sampled_from("abcdefghijklmnopqrstuvwxyzčšžłïéĭ"), min_size=1, max_size=14
)
PEOPLE = st.builds(
    Person,
    id=st.just(""),
    surname=SURNAMES,
    given=GIVEN,
    patronymic=PATRONYMICS | st.just(""),
    birth_date=DATES | st.just(""),
)


@given(PLAIN_WORDS)
def test_a_plain_word_is_read_as_any_other_text(word):
    # A joiner that folding takes away keeps the word from being plain.
    assert fine_readings(word) == fine_readings(word[:1] + "\u200d" + word[1:])
    assert coarse_readings(word) == coarse_readings(word.upper() + "\u200d")


@given(PEOPLE, PEOPLE)
def test_comparing_is_the_same_both_ways_round(one, other):
    forward, backward = compare(one, other), compare(other, one)

    assert forward.score == backward.score
    assert [fact.level for fact in forward.evidence] == [fact.level for fact in backward.evidence]


@given(SURNAMES, GIVEN, PATRONYMICS)
def test_the_order_of_the_parts_does_not_matter(surname, given_name, patronymic):
    usual = forms(Person("", full_name=f"{surname} {given_name} {patronymic}"))[0]
    western = forms(Person("", full_name=f"{given_name} {patronymic} {surname}"))[0]

    assert usual.values == western.values


@given(SURNAMES.filter(lambda text: not looks_like_patronymic(text)), GIVEN, PATRONYMICS, st.sampled_from(HABITS))
def test_the_parts_of_a_name_are_found_in_any_habit_of_latin_letters(surname, given_name, patronymic, habit):
    written = [latin(part, habit, "uk") for part in (surname, given_name, patronymic)]

    sought = asked_forms(Person("", full_name=" ".join(written)))

    assert any(form.values[:3] == tuple(map(name, written)) for form in sought)


@given(PEOPLE)
def test_canonical_forms_are_idempotent(person):
    form = forms(person)[0]

    again = forms(Person("", **dict(zip(FIELDS, form.values, strict=True))))[0]

    assert again.values == form.values


@given(SURNAMES, st.sampled_from(HABITS))
def test_a_family_name_is_found_in_any_habit_of_latin_letters(surname, habit):
    written = latin(surname, habit, "uk")

    level = comparators()["surname"].level(fold(surname), fold(written))

    assert level != "different"


@given(ANY_TEXT, ANY_TEXT)
def test_every_level_is_one_the_comparator_names(one, other):
    sought, found = forms(Person("", **_everywhere(one)))[0], forms(Person("", **_everywhere(other)))[0]
    for field, comparator in comparators().items():
        if sought[field] and found[field]:
            assert comparator.level(sought[field], found[field]) in comparator.LEVELS


@pytest.mark.parametrize("field", ["surname", "given", "patronymic"])
@settings(max_examples=150)
@given(data=st.data())
def test_keys_find_the_row_that_the_level_of_a_pair_belongs_to(field, data):
    names = {"surname": SURNAMES, "given": GIVEN, "patronymic": PATRONYMICS}[field]
    sought, found = (name(data.draw(_spelt(names))) for _side in range(2))
    comparator = comparators()[field]

    rows = {row for key, row in comparator.asked(sought) if key in comparator.filed(found)}
    apart = letters_apart(comparator.skeletons(sought), comparator.skeletons(found))
    if apart < FAR and not (comparator.settled(sought) and comparator.settled(found)):
        rows.add(comparator.NEAR.get(apart, "different"))

    ranked = list(dict.fromkeys(row for row, _says in comparator.LEVELS.values()))
    best = min(rows, key=ranked.index, default="different")
    assert best == comparator.LEVELS[comparator.level(sought, found)][0]


def _spelt(names):
    """A name as it is, in Latin letters, in a woman's form, with a slip, or as an initial."""
    written = st.builds(lambda text, habit: latin(text, habit, "uk"), names, st.sampled_from(HABITS))
    slipped = st.builds(lambda text, at: text[: at % len(text)] + text[at % len(text) + 1 :], names, st.integers(1, 9))
    womens = names.map(lambda text: text.replace("ський", "ська") if "ський" in text else f"{text}а")
    return names | written | slipped.filter(name) | womens | names.map(lambda text: text[:1])


@settings(max_examples=20, deadline=None)
@given(st.lists(ANY_TEXT, min_size=1, max_size=6), ANY_TEXT)
def test_any_registry_answers_any_question_and_shares_one_whole(names, asked):
    index = Index.build(Person(str(number), **_everywhere(text)) for number, text in enumerate(names))

    answer = index.answer(Person("", **_everywhere(asked)))

    whole = answer.absent + answer.rest + sum(hit.probability + hit.relative for hit in answer.hits)
    assert whole == pytest.approx(1, abs=1e-4)


@pytest.mark.skipif(not (SHARED / "hostile").exists(), reason="the shared hostile strings are not here")
def test_hostile_strings_neither_crash_nor_match():
    strings = json.loads((SHARED / "hostile" / "blns" / "blns.json").read_text(encoding="utf-8"))
    index = Index.build(Person(str(number), **_everywhere(text)) for number, text in enumerate(strings))

    answers = [index.answer(Person("", full_name=text)) for text in strings]

    assert len(answers) == len(strings)
    assert all(0 <= answer.absent <= 1 for answer in answers)


@pytest.mark.parametrize("length", [1, 10_000])
def test_very_short_and_very_long_names_are_answered(length):
    index = Index.build([Person("1", full_name="Коваль Андрій"), Person("2", full_name="щ" * length)])

    assert index.search(Person("", full_name="щ" * length))
    assert coarse_readings("щ" * length)
    assert coarse("") == ""


def _everywhere(text: str) -> dict[str, str]:
    return {field: text for field in ("full_name", *FIELDS) if field not in ("surname", "given", "patronymic")}
