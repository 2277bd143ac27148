"""Invented people: the same for a seed, of both sides, marked as invented, and spelt as people are spelt."""

import time
from collections import Counter
from datetime import date
from itertools import islice, pairwise

import pytest

from kinline.demo.custody import Situation
from kinline.demo.families import Noise, Truth, enquiries
from kinline.demo.people import COUNT, people
from kinline.demo.pools import Word, patronymic, surnames
from kinline.demo.spelling import habits, latin
from kinrules.dates import PartialDate
from kinrules.terms import Category

pytestmark = pytest.mark.once  # inventing people needs no database

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def everybody():
    return list(people(on=TODAY))


@pytest.fixture(scope="module")
def asking(everybody):
    return list(enquiries(everybody, on=TODAY))


def test_twenty_thousand_persons_take_less_than_three_seconds_of_work():
    next(people(on=TODAY))
    begun = time.process_time()

    made = sum(1 for _ in people(on=TODAY))

    assert made == COUNT
    assert time.process_time() - begun < 3


def test_the_same_seed_gives_the_same_people_and_another_seed_gives_others(everybody):
    assert list(people(on=TODAY, count=200)) == everybody[:200]
    assert list(people(on=TODAY, count=200, seed=7)) != everybody[:200]


def test_another_day_changes_captures_but_no_name_and_no_birth_date(everybody):
    later = list(people(on=date(2027, 2, 1), count=300))

    assert [person.names for person in later] == [person.names for person in everybody[:300]]
    assert [person.born for person in later] == [person.born for person in everybody[:300]]


def test_everybody_is_marked_as_invented(everybody):
    assert all(person.mark.startswith("DEMO-") for person in everybody)
    assert all(person.unit.startswith("DEMO-") for person in everybody if person.unit)
    assert all(person.service_number.startswith("DEMO-") for person in everybody if person.service_number)
    assert all(event.place.startswith("DEMO-") for person in everybody for event in person.events)


def test_both_sides_are_there_in_like_numbers_and_none_is_held_by_their_own(everybody):
    powers = Counter(person.power for person in everybody)

    assert set(powers) == {"UA", "RU"}
    assert max(powers.values()) < 0.55 * COUNT
    assert all(person.power != person.detaining_power for person in everybody)


def test_every_kind_of_person_the_bureau_knows_is_among_them(everybody):
    assert set(Category) - {person.category for person in everybody} == {
        Category.NEUTRAL_INTERNEE,
        Category.UNIDENTIFIED_REMAINS,
    }
    assert {person.situation for person in everybody} == set(Situation)


def test_the_commonest_ukrainian_surname_is_borne_by_few_and_the_tail_is_long():
    pool = surnames("ua")

    assert len(pool.things) > 3_000
    assert len({name.man for name in pool.things}) > 3_000


def test_birth_dates_are_known_in_full_in_part_or_not_at_all(everybody):
    known = [person.born for person in everybody if person.born]

    precisions = Counter(PartialDate.parse(text).precision for text in known)

    assert len(known) < COUNT
    assert len(precisions) == 3


def test_histories_run_forward_and_end_by_today(everybody):
    for person in everybody:
        days = [event.on for event in person.events]
        assert all(earlier <= later for earlier, later in pairwise(days))
        assert not days or days[-1] <= TODAY


def test_brothers_share_a_patronymic_and_namesakes_all_three_names(everybody):
    by_mark = {person.mark: person.truth for person in everybody}
    kin = [(person.truth, by_mark[person.kin_of], person.kin_as) for person in everybody if person.kin_of]

    siblings = [(who, of) for who, of, kind in kin if kind == "sibling"]
    namesakes = [(who, of) for who, of, kind in kin if kind == "namesake"]

    assert len(siblings) > 500
    assert len(namesakes) > 200
    assert all(who.patronymic == of.patronymic and who.given.name != of.given.name for who, of in siblings)
    assert all(who.given == of.given and who.born.year != of.born.year for who, of in namesakes)


@pytest.mark.parametrize(
    ("father", "son", "daughter"),
    [
        (Word("Андрій", "Андрей"), Word("Андрійович", "Андреевич"), Word("Андріївна", "Андреевна")),
        (Word("Микола", "Николай"), Word("Миколайович", "Николаевич"), Word("Миколаївна", "Николаевна")),
        (Word("Ілля", "Илья"), Word("Ілліч", "Ильич"), Word("Іллівна", "Ильинична")),
        (Word("Олег", "Олег"), Word("Олегович", "Олегович"), Word("Олегівна", "Олеговна")),
        (Word("Василь", "Василий"), Word("Васильович", "Васильевич"), Word("Василівна", "Васильевна")),
        (Word("Ігор", "Игорь"), Word("Ігорович", "Игоревич"), Word("Ігорівна", "Игоревна")),
        (Word("Юрій", "Юрий"), Word("Юрійович", "Юрьевич"), Word("Юріївна", "Юрьевна")),
        (Word("Данило", "Данила"), Word("Данилович", "Данилович"), Word("Данилівна", "Даниловна")),
    ],
)
def test_patronymics_follow_the_rule_of_each_language(father, son, daughter):
    assert patronymic(father, "m") == son
    assert patronymic(father, "f") == daughter


@pytest.mark.parametrize(
    ("habit", "language", "cyrillic", "written"),
    [
        ("passport", "uk", "Згурський", "Zghurskyi"),
        ("passport", "uk", "Їжакевич", "Yizhakevych"),
        ("passport", "ru", "Щукин", "Shchukin"),
        ("german", "ru", "Хрущёв", "Chruschtschjow"),
        ("polish", "uk", "Ковальчук", "Kowalczuk"),
        ("french", "ru", "Пушкин", "Pouchkine"),
        ("library", "uk", "Шевченко", "Ševčenko"),
        ("atlas", "ru", "Егоров", "Yegorov"),
        ("telegraph", "ru", "Жуков", "Zhukov"),
        ("plain", "uk", "Андрій", "Andriy"),
    ],
)
def test_names_are_spelt_by_every_habit(habit, language, cyrillic, written):
    assert latin(cyrillic, habit=habit, language=language) == written


def test_there_are_eight_habits_of_spelling():
    assert len(habits()) == 8


def test_seven_in_ten_enquiries_have_a_record_two_none_and_one_a_relative(asking):
    shares = Counter(one.truth for one in asking)

    assert shares[Truth.RECORDED] / len(asking) == pytest.approx(0.7, abs=0.03)
    assert shares[Truth.ABSENT] / len(asking) == pytest.approx(0.2, abs=0.03)
    assert shares[Truth.RELATIVE] / len(asking) == pytest.approx(0.1, abs=0.03)


def test_every_kind_of_noise_befalls_some_enquiries_and_none_befalls_all(asking):
    for kind in Noise:
        assert 0.02 < sum(kind in one.noise for one in asking) / len(asking) < 0.4


def test_nobody_can_be_reached_by_chance(asking):
    assert all(one.telephone.startswith("+000 ") for one in asking if one.telephone)
    assert all(one.email.endswith("@example.org") for one in asking if one.email)


def test_enquiries_are_the_same_for_a_seed(everybody, asking):
    again = list(islice(enquiries(everybody, on=TODAY), 100))

    assert again == asking[:100]
