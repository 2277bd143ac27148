"""What people write is read in one way only, or becomes a problem with a suggestion."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinline.tables import values
from kinline.tables.values import Problem, Reading
from kinrules.dates import PartialDate
from tests.rooms.tables.conftest import ON, naughty_strings


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("14/03/2001", "2001-03-14"),
        ("14.3.2001", "2001-03-14"),
        ("2001-03-14", "2001-03-14"),
        ("2001-03-14 00:00:00", "2001-03-14"),
        ("2001-03-14T00:00:00Z", "2001-03-14"),
        (dt.datetime(2001, 3, 14), "2001-03-14"),  # noqa: DTZ001 - what spreadsheets hold
        (dt.date(2001, 3, 14), "2001-03-14"),
        (36964, "2001-03-14"),
        (2001, "2001"),
        ("березень 2001", "2001-03"),
        ("14 березня 2001 р.", "2001-03-14"),
        ("март 2001 г.", "2001-03"),
        ("March 2001", "2001-03"),
        ("March 14, 2001", "2001-03-14"),
        ("14.III.2001", "2001-03-14"),
        ("26 листопада 1990", "1990-11-26"),
        ("2001", "2001"),
        ("1985 р.н.", "1985"),
        ("1985 г.р.", "1985"),
        ("бл. 2001", "2001~"),
        ("около 2001", "2001~"),
        ("about 2001", "2001~"),
        ("~2001", "2001~"),
        ("2001?", "2001~"),
        ("00.00.1985", "1985"),
        ("хх.03.1985", "1985-03"),
        ("12/31/1999", "1999-12-31"),
        ("н/д", ""),
        ("невідомо", ""),
        ("—", ""),
    ],
)
def test_a_date_that_can_mean_one_thing_is_read(cell, value):
    read = values.read_date(cell, on=ON, birth=True)

    assert isinstance(read, Reading)
    assert read.value == value


@pytest.mark.parametrize(
    ("cell", "kind", "suggestion"),
    [
        ("14.3.01", "date.two-digit-year", "2001-03-14"),
        ("14.3.65", "date.two-digit-year", "1965-03-14"),
        ("12 Dec 90", "date.two-digit-year", "1990-12-12"),
        ("03/04/2001", "date.day-or-month", "2001-04-03"),
        ("31.02.2001", "date.impossible", ""),
        ("30.02.01", "date.impossible", ""),
        ("14.03.2030", "date.future", ""),
        ("14.03.1700", "date.too-old", ""),
        (dt.datetime(1900, 1, 1), "date.spreadsheet-zero", ""),  # noqa: DTZ001
        ("30.12.1899", "date.spreadsheet-zero", ""),
        (0, "date.spreadsheet-zero", ""),
        ("36964", "date.serial", "2001-03-14"),
        ("14032001", "date.serial", "2001-03-14"),
        ("1О.03.2001", "date.wrong-letters", "2001-03-10"),
        ("21 рік", "date.age", "2005~"),
        ("21 years", "date.age", "2005~"),
        ("вчора", "date.not-read", ""),
        ("1985-1990", "date.not-read", ""),
        (True, "date.not-read", ""),
        (float("nan"), "date.not-read", ""),
    ],
)
def test_a_date_that_can_mean_two_things_is_a_problem(cell, kind, suggestion):
    read = values.read_date(cell, on=ON, birth=True)

    assert isinstance(read, Problem)
    assert (read.kind, read.suggestion) == (kind, suggestion)


def test_an_age_is_read_where_the_day_it_was_true_is_known():
    read = values.read_date("21 рік", on=ON, birth=True, age_on=dt.date(2022, 9, 1))

    assert read == Reading("2001~", "age on 2022-09-01")


def test_days_above_twelve_in_a_column_settle_its_order():
    assert values.day_order(["03/04/2001", "14/04/2001"]) is True
    assert values.day_order(["03/04/2001", "04/14/2001"]) is False
    assert values.day_order(["03/04/2001"]) is None
    assert values.day_order(["14/04/2001", "04/14/2001"]) is None


@given(
    st.one_of(st.text(), st.integers(), st.floats(), st.datetimes(), st.dates(), st.times(), st.booleans(), st.none())
)
def test_no_cell_breaks_a_reader_and_every_reading_is_in_the_written_form(cell):
    for read in (
        values.read_date(cell, on=ON, birth=True),
        values.read_sex(cell),
        values.read_yes_no(cell),
        values.read_phone(cell, region="UA"),
        values.read_number(cell),
        values.read_age(cell, on=ON),
    ):
        assert read is None or isinstance(read, Reading | Problem)
    dated = values.read_date(cell, on=ON)
    text = (dated.value if isinstance(dated, Reading) else dated.suggestion) if dated else ""

    assert not text or PartialDate.parse(text).earliest <= ON


@given(st.dates(min_value=dt.date(1901, 1, 2), max_value=ON))
def test_every_usual_way_of_writing_a_day_is_read_back(day):
    if day.isoformat() in {"1904-01-01", "1904-01-02", "1970-01-01"}:
        return

    for form in ("%d.%m.%Y", "%Y-%m-%d", "%Y/%m/%d", "%d %B %Y", "%d-%b-%Y"):
        read = values.read_date(day.strftime(form), on=ON)

        assert isinstance(read, Reading)
        assert read.value == day.isoformat()


def test_naughty_strings_break_no_reader():
    for text in naughty_strings():
        for read in (values.read_date(text, on=ON), values.read_sex(text), values.read_phone(text, region="UA")):
            assert read is None or isinstance(read, Reading | Problem)


@pytest.mark.parametrize(("cell", "value"), [("ч", "m"), ("Ж.", "f"), ("жін", "f"), ("M", "m"), ("?", "")])
def test_sex_is_read_in_three_languages(cell, value):
    assert values.read_sex(cell).value == value


def test_an_unknown_word_for_sex_is_a_problem():
    assert values.read_sex("солдат").kind == "sex.not-read"


def test_telephone_numbers_are_read_as_dialled_at_home_and_abroad():
    assert values.read_phone("050 123 45 67", region="UA").value == "+380501234567"
    assert values.read_phone("'+380501234567", region="UA").value == "+380501234567"
    assert values.read_phone("немає", region="UA").kind == "phone.not-read"


def test_a_number_that_lost_its_digits_is_a_problem():
    assert values.read_number(12345678901234567890.0).kind == "number.digits-lost"
    assert values.read_number("0012345").value == "0012345"
