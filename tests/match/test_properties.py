"""What must hold for any text: symmetry, independence of order and script, and that nothing crashes."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kinmatch import Index, Person, compare, romanise
from kinmatch.bench.spell import HABITS, latin
from kinmatch.bench.world import frequent_surnames, lot
from kinmatch.compare import comparators
from kinmatch.dates import parse
from kinmatch.form import FIELDS, forms
from kinmatch.keys import coarse, coarse_readings, fine_readings
from kinmatch.person import split
from kinmatch.script import fold

SHARED = Path(__file__).parents[3] / "shared" / "data"
ANY_TEXT = st.text(max_size=60)
SURNAMES = st.sampled_from([row["uk"] for row in frequent_surnames().values])
GIVEN = st.sampled_from([row["uk"] for row in lot("given").values])
PATRONYMICS = st.sampled_from([row["son_uk"] for row in lot("fathers").values])
DATES = st.builds(lambda day, rough: day.isoformat()[: (10, 7, 4)[rough]], st.dates(), st.integers(0, 2)).filter(parse)
PEOPLE = st.builds(
    Person,
    id=st.just(""),
    surname=SURNAMES,
    given=GIVEN,
    patronymic=PATRONYMICS | st.just(""),
    birth_date=DATES | st.just(""),
)


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(ANY_TEXT)
def test_any_text_can_be_a_name(text):
    split(text)
    romanise(text)
    for key in fine_readings(text):
        assert len(coarse(key)) <= len(key)


@given(PEOPLE, PEOPLE)
def test_comparing_is_the_same_both_ways_round(one, other):
    forward, backward = compare(one, other), compare(other, one)

    assert forward.score == backward.score
    assert [fact.level for fact in forward.evidence] == [fact.level for fact in backward.evidence]


@given(SURNAMES, GIVEN, PATRONYMICS)
def test_the_order_of_the_parts_does_not_matter(surname, given_name, patronymic):
    usual = forms(Person("", full_name=f"{surname} {given_name} {patronymic}"))[0]
    western = forms(Person("", full_name=f"{given_name} {patronymic} {surname}"))[0]

    assert (
        compare(
            Person("", full_name=" ".join(usual.values[:3])), Person("", full_name=" ".join(western.values[:3]))
        ).score
        > 10
    )


@given(SURNAMES, st.sampled_from(HABITS))
def test_a_family_name_is_found_in_any_habit_of_latin_letters(surname, habit):
    written = latin(surname, habit, "uk")

    level = comparators()["surname"].level(fold(surname), fold(written))

    assert level != "different"


@given(ANY_TEXT, ANY_TEXT)
def test_every_level_is_one_the_comparator_names_and_its_probes_reach_it(one, other):
    sought, found = forms(Person("", **_everywhere(one)))[0], forms(Person("", **_everywhere(other)))[0]
    for field, comparator in comparators().items():
        if sought[field] and found[field]:
            assert comparator.level(sought[field], found[field]) in comparator.LEVELS


@given(DATES, DATES)
def test_dates_settled_by_the_year_are_at_the_level_of_the_comparator(sought, found):
    comparator = comparators()["birth_date"]
    reached = set(comparator.probes(sought)) & set(comparator.keys(found))
    settled = [code for key, code in comparator.settled(sought).items() if key in comparator.keys(found)]

    expected = comparator.level(sought, found)

    assert reached or (settled or ["different"]) == [expected]


@settings(max_examples=20, deadline=None)
@given(st.lists(ANY_TEXT, min_size=1, max_size=6), ANY_TEXT)
def test_any_registry_answers_any_question_and_shares_one_whole(names, asked):
    index = Index.build(Person(str(number), **_everywhere(text)) for number, text in enumerate(names))

    answer = index.answer(Person("", **_everywhere(asked)))

    whole = answer.absent + answer.rest + sum(hit.probability + hit.relative for hit in answer.hits)
    assert whole == pytest.approx(1)


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


def _everywhere(text: str) -> dict[str, str]:
    return {field: text for field in ("full_name", *FIELDS) if field not in ("surname", "given", "patronymic")}
