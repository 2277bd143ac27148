"""Numbers of the law have a file, a date and a source, and are asked for by day."""

from datetime import date

import pytest

from kinrules import limits


def test_the_capture_card_is_due_within_a_week():
    assert limits.on(date(2026, 11, 22), "capture_card_days") == 7


def test_a_limit_is_unknown_before_its_first_day():
    with pytest.raises(LookupError) as unknown:
        limits.on(date(1949, 1, 1), "capture_card_days")

    assert str(unknown.value) == "limit 'capture_card_days' has no value before 1950-10-21; asked for 1949-01-01"


def test_an_unknown_limit_names_the_known_ones():
    with pytest.raises(LookupError, match="capture_card_days"):
        limits.on(date(2026, 1, 1), "patience")


def test_a_value_holds_until_the_next_one_begins():
    limit = limits.Limit("x", "X", "day", "test", ((date(2020, 1, 1), 4), (date(2025, 1, 1), 3)))

    assert [limit.on(date(2024, 12, 31)), limit.on(date(2025, 1, 1))] == [4, 3]


@pytest.mark.parametrize("limit", limits.every().values(), ids=limits.every())
def test_every_limit_says_what_it_is_and_where_it_is_written(limit):
    assert limit.title
    assert limit.unit
    assert limit.source
    assert [day for day, _ in limit.values] == sorted({day for day, _ in limit.values})
