"""Questions and facts that cannot be used: each gets an error that says where and what to do, and nothing is planned."""

import re
import shutil
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from kinroute import Contradiction, Facts, FaultyFacts, Traveller, UnknownPlace, UnknownTraveller, plan
from kinroute.__main__ import main
from kinroute.checks import check

DAY = date(2022, 3, 2)
MOTHER = Traveller("RU")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped facts that may be spoilt."""
    with resources.as_file(resources.files("kinroute") / "data") as shipped:
        shutil.copytree(shipped, tmp_path / "facts")
    return tmp_path / "facts"


def add(folder: Path, file: str, row: str) -> Facts:
    path = folder / file
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    return Facts.read(folder)


def test_a_place_is_found_in_any_of_its_languages():
    assert plan("Калининград", "Київ", on=DAY, traveller=MOTHER).origin == "Kaliningrad"


def test_an_unknown_place_is_refused_and_the_nearest_name_is_told():
    with pytest.raises(UnknownPlace, match="Kaliningrad") as refused:
        plan("Kaliningard", "Kyiv", on=DAY, traveller=MOTHER)

    assert refused.value.nearest[0] == "Kaliningrad"


@pytest.mark.parametrize("citizenship", ["", "russian", "ru", "R1", "RUS"])
def test_a_traveller_of_unknown_citizenship_is_refused(citizenship):
    with pytest.raises(UnknownTraveller):
        Traveller(citizenship)


def test_an_unknown_purpose_is_refused():
    with pytest.raises(UnknownTraveller, match="family"):
        Traveller("RU", purpose="ransom")


def test_contradicting_rows_stop_the_plan_and_are_found_by_the_check(folder):
    facts = add(folder, "statuses.csv", "Medyka-Shehyni,foot,closed,,,2022-03-01,2022-03-05,,,somebody,2022-03-01,")

    with pytest.raises(Contradiction, match=r"Medyka-Shehyni is said to be open .* and closed"):
        plan("Kaliningrad", "Kyiv", on=DAY, traveller=MOTHER, facts=facts)
    assert "status.contradiction" in {finding.code for finding in check(facts)}


@pytest.mark.parametrize(
    ("file", "row", "why"),
    [
        ("statuses.csv", "Medyka-Shehyni,foot,ajar,,,,,,,x,2022-03-01,", "'ajar' is none of open"),
        ("statuses.csv", "Medyka-Shehyni,boat,open,,,,,,,x,2022-03-01,", "'boat' is none of"),
        ("statuses.csv", "Medyka-Shehyni,foot,open,,,2022-03-05,2022-03-01,,,x,2022-03-01,", "ends 2022-03-01 before"),
        ("statuses.csv", "Medyka-Shehyni,foot,open,,,,,,,x,yesterday,", "yesterday"),
        ("legs.csv", "Lviv,Kyiv,train,,9,4,,,,x,2022-03-01", "hours from 9 to 4"),
        ("queues.csv", "Terespol-Brest,2022-01-01,,,,x", "without hours"),
        ("places.csv", "Nowhere,town,PL,north,21,", "north"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_with_its_line(folder, file, row, why):
    with pytest.raises(FaultyFacts, match=why) as refused:
        add(folder, file, row)

    assert refused.value.file == file
    assert refused.value.line == len((folder / file).read_text(encoding="utf-8").splitlines())


def test_a_missing_file_is_named(folder):
    (folder / "rules.csv").unlink()

    with pytest.raises(FaultyFacts, match=r"rules\.csv"):
        Facts.read(folder)


@pytest.mark.parametrize(
    ("file", "row", "code"),
    [
        ("crossings.csv", "Medyka twice,Medyka,Shehyni", "crossing.twice"),
        ("places.csv", "Kijow,side,UA,50.4,30.5,Київ", "place.twice"),
        ("places.csv", "Island,town,PL,54,15,", "place.unreachable"),
        ("statuses.csv", "Nowhere-Elsewhere,foot,open,,,,,,,x,2022-03-01,", "crossing.unknown"),
        ("statuses.csv", "Zosin-Ustyluh,foot,open,,,,,,,,2022-03-01,", "source.missing"),
        ("legs.csv", "Lviv,Atlantis,train,,,,,,,,", "place.unknown"),
        ("legs.csv", "Lviv,Kyiv,bus,,8,9,,,,,", "source.missing"),
    ],
)
def test_the_check_finds_each_fault(folder, file, row, code):
    before = {finding.code for finding in check(Facts.read(folder)) if finding.grave}

    after = {finding.code for finding in check(add(folder, file, row)) if finding.grave}

    assert (before, after) == (set(), {code})


def test_the_command_line_tells_what_is_wrong_and_ends_with_its_code(capsys):
    assert main(["plan", "--from", "Kaliningard", "--to", "Kyiv", "--on", "2022-03-02", "--citizenship", "RU"]) == 1
    assert "The most alike: Kaliningrad" in capsys.readouterr().err
    assert main(["plan", "--from", "Minsk", "--to", "Kyiv", "--on", "2025-09-15", "--citizenship", "RU"]) == 3
    said = capsys.readouterr().out
    assert re.search(r"There would be one if these opened: .*Terespol-Brest", said)
    assert "Terespol-Brest: closed. During the exercise Zapad-2025. Source: tass2509, 2025-09-25." in said
