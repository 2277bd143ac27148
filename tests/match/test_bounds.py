"""Lists as nobody wishes for are answered in bounded time: ids that repeat, endless names, one name a hundred thousand times."""

import time

import pytest

from kinmatch import Index, Person, RepeatedId, Table, doubles, link
from kinmatch.bench.generate import registry

CROWD = registry(200, 41).table
MANY = 100_000


def _cpu_of(work) -> float:
    """CPU seconds, the least of three: the first may still read machine code."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


@pytest.fixture(scope="module")
def equal() -> Index:
    names = {"surname": ["Коваль"] * MANY, "given": ["Андрій"] * MANY, "birth_date": ["1990"] * MANY}
    return Index.build(Table([str(number) for number in range(MANY)], names))


def test_ids_that_repeat_are_refused_and_nothing_is_added():
    index = Index.build(CROWD)

    with pytest.raises(RepeatedId, match="'twice'"):
        index.add([Person("twice", surname="Коваль"), Person("once"), Person("twice", surname="Бондар")])
    with pytest.raises(RepeatedId, match="'twice'"):
        list(link(CROWD, [Person("twice", surname="Коваль"), Person("twice", surname="Бондар")]))

    assert len(index) == len(CROWD)
    assert "once" not in index


@pytest.mark.parametrize("field", ["full_name", "surname", "given", "birth_place", "unit", "service_number"])
def test_ten_thousand_letters_in_any_box_are_recorded_and_sought_in_bounded_time(field):
    endless = Person("endless", **{field: ("Шовкопляс" * 1200)[:10_000]})
    index = Index.build([*CROWD, endless])

    assert _cpu_of(lambda: index.answer(endless)) < 0.5
    assert len(index) == len(CROWD) + 1


def test_one_name_a_hundred_thousand_times_is_answered_in_bounded_time(equal):
    sought = Person("", full_name="Koval Andrii", birth_date="1990")

    hits = equal.search(sought, limit=3)

    assert _cpu_of(lambda: equal.search(sought)) < 0.5
    assert len(hits) == 3
    assert sum(hit.probability for hit in hits) < 0.01


def test_one_name_a_hundred_thousand_times_is_linked_and_compared_in_bounded_time(equal):
    sought = [Person(f"q{number}", full_name="Коваль Андрій") for number in range(5)]
    same = [Person(str(number), surname="Коваль", given="Андрій") for number in range(2000)]

    assert _cpu_of(lambda: list(link(sought, equal, top=2))) < 2.5
    assert _cpu_of(lambda: list(doubles(same, least=0.9))) < 5
