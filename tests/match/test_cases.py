"""Cases a linguist can extend: name, name, whether they are one name, and why."""

import csv
from importlib.resources import files

import pytest

from kinmatch.compare import given, surname
from kinmatch.form import name


def _cases(file: str) -> list[dict[str, str]]:
    return list(csv.DictReader((files("kinmatch.bench") / file).read_text(encoding="utf-8").splitlines()))


@pytest.mark.parametrize("case", _cases("cases.csv"), ids=lambda case: f"{case['one']}-{case['other']}")
def test_family_names_are_one_name_where_a_linguist_says_so(case):
    one, other = name(case["one"]), name(case["other"])

    row = surname.LEVELS[surname.level(one, other)][0]

    expected = {"yes": {"same"}, "alike": {"alike"}}.get(case["same"], {"close", "near", "part", "different"})
    assert row in expected, f"{row}: {case['why']}"


@pytest.mark.parametrize("case", _cases("given_cases.csv"), ids=lambda case: f"{case['one']}-{case['other']}")
def test_given_names_are_one_name_where_a_linguist_says_so(case):
    one, other = name(case["one"]), name(case["other"])

    row = given.LEVELS[given.level(one, other)][0]

    expected = {"yes": {"same", "form"}, "initial": {"initial"}}.get(case["same"], {"alike", "close", "different"})
    assert row in expected, f"{row}: {case['why']}"
