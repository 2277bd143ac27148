"""Dates known in part keep what is known and never invent the rest."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinrules.dates import PartialDate, Precision
from kinrules.refusal import Refused

partial_dates = st.builds(
    lambda day, parts, about: PartialDate.parse("-".join(day.isoformat().split("-")[:parts]) + ("~" if about else "")),
    st.dates(min_value=date(1900, 1, 1)),
    st.integers(1, 3),
    st.booleans(),
)


@given(partial_dates)
def test_what_is_written_is_read_back(partial):
    assert PartialDate.parse(str(partial)) == partial


@given(partial_dates)
def test_a_date_lies_between_its_earliest_and_latest_day(partial):
    assert partial.earliest <= partial.latest
    assert partial.earliest.year == partial.latest.year == partial.year


@given(partial_dates, partial_dates)
def test_agreement_is_mutual(one, other):
    assert one.agrees_with(other) == other.agrees_with(one)


@given(partial_dates)
def test_a_date_agrees_with_itself(partial):
    assert partial.agrees_with(partial)


@pytest.mark.parametrize(
    ("written", "precision"), [("2001", Precision.YEAR), ("2001-03", Precision.MONTH), ("2001-03-14", Precision.DAY)]
)
def test_precision_is_the_smallest_known_part(written, precision):
    assert PartialDate.parse(written).precision is precision


@pytest.mark.parametrize("written", ["2001-02-29", "2001-13", "2001-00-10", "2001-04-31", "0000"])
def test_a_day_that_never_was_is_refused(written):
    with pytest.raises(Refused) as refused:
        PartialDate.parse(written)

    assert refused.value.code == "date.no-such-day"


@pytest.mark.parametrize("written", ["", "14.3.2001", "2001-3", "yesterday", "2001-03-14T00:00", "２００１"])
def test_another_form_is_refused(written):
    with pytest.raises(Refused) as refused:
        PartialDate.parse(written)

    assert refused.value.code == "date.form"
