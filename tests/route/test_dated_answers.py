"""What the shipped facts answer on days of which sources tell: the four answers of the study, and others from the spans."""

from datetime import date

import pytest

from kinroute import OutsideFacts, Traveller, plan, shipped
from kinroute.network import BY_CROSSING, Day

MOTHER = Traveller("RU", purpose="family")
POLAND_UKRAINE = {
    "Dorohusk-Yahodyn",
    "Zosin-Ustyluh",
    "Dolhobyczow-Uhryniv",
    "Hrebenne-Rava-Ruska",
    "Budomierz-Hrushiv",
    "Korczowa-Krakovets",
    "Medyka-Shehyni",
    "Kroscienko-Smilnytsia",
    "Przemysl-Mostyska",
}


def open_on(day: date, border: str, *, into: str, traveller: Traveller = MOTHER) -> dict[str, set[str]]:
    """The crossings of a border open into one country that day, each with the means by which it is."""
    facts = shipped()
    network = Day(facts, day, traveller)
    found: dict[str, set[str]] = {}
    for crossing in facts.crossings.values():
        if facts.border_of(crossing) != border:
            continue
        origin = next(side for side in (crossing.one, crossing.other) if facts.places[side].country != into)
        by = {mode for mode in BY_CROSSING if network.standing(crossing, mode, origin=origin).passable}
        if by:
            found[crossing.name] = by
    return found


def over(origin: str, day: date, traveller: Traveller = MOTHER) -> list[tuple[str, ...]]:
    """The crossings of each journey to Kyiv, the best first."""
    return [journey.crossings for journey in plan(origin, "Kyiv", on=day, traveller=traveller, most=40).journeys]


# --- The study's four days ---


def test_on_2_march_2022_two_ways_lead_out_of_kaliningrad_and_two_out_of_belarus():
    day = date(2022, 3, 2)

    assert set(open_on(day, "PL-RU", into="PL")) == {"Grzechotki-Mamonovo II", "Bezledy-Bagrationovsk"}
    assert set(open_on(day, "BY-PL", into="PL")) == {"Terespol-Brest", "Bobrowniki-Berestovitsa"}
    assert set(open_on(day, "PL-UA", into="UA")) == POLAND_UKRAINE
    assert open_on(day, "RU-UA", into="UA") == open_on(day, "BY-UA", into="UA") == {}
    assert {ways[0] for ways in over("Kaliningrad", day)} == {"Grzechotki-Mamonovo II", "Bezledy-Bagrationovsk"}
    assert {ways[0] for ways in over("Minsk", day)} == {"Terespol-Brest", "Bobrowniki-Berestovitsa"}
    assert {ways[1] for origin in ("Kaliningrad", "Minsk") for ways in over(origin, day)} == POLAND_UKRAINE


def test_on_1_october_2024_terespol_alone_is_left_of_the_way_by_minsk():
    day = date(2024, 10, 1)

    assert set(open_on(day, "BY-PL", into="PL")) == {"Terespol-Brest"}
    assert {ways[0] for ways in over("Minsk", day)} == {"Terespol-Brest"}


def test_on_15_september_2025_only_the_way_by_kaliningrad_is_left():
    day = date(2025, 9, 15)

    answer = plan("Minsk", "Kyiv", on=day, traveller=MOTHER)

    assert answer.journeys == ()
    assert "Terespol-Brest" in answer.would_open
    assert over("Kaliningrad", day) != []


def test_from_17_november_2025_three_crossings_of_belarus_and_poland_take_passengers():
    for day in (date(2025, 11, 17), date(2026, 1, 5)):
        assert open_on(day, "BY-PL", into="PL") == {
            "Terespol-Brest": {"bus", "car"},
            "Bobrowniki-Berestovitsa": {"bus", "car"},
            "Kuznica-Bruzgi": {"car"},
        }


def test_a_citizen_of_russia_is_told_each_rule_from_its_day_on():
    def rules(day: date) -> list[str]:
        best = plan("Kaliningrad", "Kyiv", on=day, traveller=MOTHER).journeys[0]
        return [rule.effect for step in best.steps if step.standing for rule in step.standing.rules]

    assert rules(date(2022, 3, 2)) == ["exceptional"]
    assert rules(date(2022, 6, 30)) == ["exceptional"]
    assert rules(date(2022, 7, 1)) == ["exceptional", "visa"]
    assert rules(date(2022, 9, 19)) == ["exceptional", "refused", "visa"]


# --- Others that follow from the spans ---


@pytest.mark.parametrize(
    ("day", "opened"),
    [
        (date(2021, 11, 8), {"Terespol-Brest", "Bobrowniki-Berestovitsa"}),
        (date(2023, 2, 9), {"Terespol-Brest", "Bobrowniki-Berestovitsa"}),
        (date(2023, 2, 11), {"Terespol-Brest"}),
        (date(2025, 9, 11), {"Terespol-Brest"}),
        (date(2025, 9, 12), set()),
        (date(2025, 9, 24), set()),
        (date(2025, 9, 25), {"Terespol-Brest"}),
        (date(2025, 11, 16), {"Terespol-Brest"}),
    ],
)
def test_the_border_of_belarus_and_poland_stands_as_its_spans_say(day, opened):
    assert set(open_on(day, "BY-PL", into="PL")) == opened


@pytest.mark.parametrize(
    ("day", "by"),
    [(date(2022, 2, 24), {"car"}), (date(2022, 2, 25), {"foot", "car"}), (date(2022, 2, 26), {"foot", "car"})],
)
def test_budomierz_is_open_on_foot_from_the_evening_of_25_february_2022(day, by):
    assert open_on(day, "PL-UA", into="UA")["Budomierz-Hrushiv"] == by


@pytest.mark.parametrize(
    ("day", "opened"),
    [
        (date(2023, 7, 31), {}),
        (date(2023, 8, 1), {"Kolotilovka-Pokrovka": {"foot"}}),
        (date(2024, 8, 5), {"Kolotilovka-Pokrovka": {"foot"}}),
        (date(2024, 8, 6), {}),
    ],
)
def test_a_corridor_on_foot_stands_for_its_citizens_although_the_whole_border_is_closed(day, opened):
    assert open_on(day, "RU-UA", into="UA", traveller=Traveller("UA")) == opened
    assert open_on(day, "RU-UA", into="UA") == {}


def test_a_corridor_into_one_country_leads_nobody_out_of_it():
    assert open_on(date(2024, 1, 15), "RU-UA", into="RU", traveller=Traveller("UA")) == {}


def test_transit_through_medininkai_was_restricted_and_before_that_nothing_is_known():
    assert "Medininkai-Kamenny Log" in open_on(date(2025, 11, 1), "BY-LT", into="LT")
    assert open_on(date(2025, 10, 25), "BY-LT", into="LT") == {}


def test_who_travels_for_pleasure_is_refused_where_families_are_excepted():
    tourist = Traveller("RU", purpose="tourism")

    assert over("Kaliningrad", date(2022, 3, 2), tourist) == []
    assert over("Kaliningrad", date(2022, 3, 2), Traveller("PL", purpose="tourism")) != []


def test_whoever_holds_a_visa_is_not_asked_for_one():
    holder = Traveller("RU", purpose="family", papers=frozenset({"visa:UA"}))

    best = plan("Kaliningrad", "Kyiv", on=date(2022, 8, 1), traveller=holder).journeys[0]

    assert not any("visa" in paper for paper in best.needs)


def test_the_airspace_is_named_once_it_is_closed():
    assert plan("Gdansk", "Kyiv", on=date(2022, 2, 23), traveller=MOTHER).airspaces == ()
    assert [one.country for one in plan("Gdansk", "Kyiv", on=date(2022, 2, 24), traveller=MOTHER).airspaces] == ["UA"]


def test_a_day_before_all_facts_is_answered_by_nobody():
    with pytest.raises(OutsideFacts, match="2019-05-01 lies before"):
        plan("Minsk", "Kyiv", on=date(2019, 5, 1), traveller=MOTHER)
