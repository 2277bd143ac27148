"""What must hold of any network: nothing shut is offered, nothing better is passed over, and order means nothing."""

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from kinroute import Facts, Traveller, plan
from kinroute.facts import Crossing, Leg, Place, Status
from kinroute.network import Day, graph
from kinroute.spans import Span

DAY = date(2022, 3, 2)
ALWAYS = Span()
NAMES = [f"p{number}" for number in range(8)]


@st.composite
def networks(draw: st.DrawFn) -> Facts:
    """Eight places in two countries, some legs within them, some crossings, of which some are known to be open."""
    places = {
        name: Place(name, "town", "AA" if at < 4 else "BB", 50 + at / 10, 20 + at / 7) for at, name in enumerate(NAMES)
    }
    inside = st.tuples(st.sampled_from(NAMES[:4]), st.sampled_from(NAMES[:4])) | st.tuples(
        st.sampled_from(NAMES[4:]), st.sampled_from(NAMES[4:])
    )
    legs = tuple(
        Leg(one, other, "car", "", (hours, hours), None, ALWAYS, "x", DAY)
        for one, other in draw(st.lists(inside, max_size=12))
        if one != other
        for hours in [draw(st.integers(1, 20))]
    )
    borders = draw(st.sets(st.tuples(st.sampled_from(NAMES[:4]), st.sampled_from(NAMES[4:])), max_size=5))
    crossings = {f"{one}-{other}": Crossing(f"{one}-{other}", one, other) for one, other in sorted(borders)}
    statuses = tuple(
        Status(
            name,
            ("all",),
            draw(st.sampled_from(["open", "restricted", "closed"])),
            (),
            "",
            ALWAYS,
            "",
            "",
            "x",
            DAY,
            "",
        )
        for name in crossings
        if draw(st.booleans())
    )
    return Facts(places, crossings, statuses, (), legs, (), ())


def brute(facts: Facts, start: str, end: str) -> float | None:
    """The least cost over every simple way, tried one by one."""
    day, joined = Day(facts, DAY, Traveller("CC")), graph(facts)
    best: list[float] = []

    def walk(path: list[str], cost: float) -> None:
        if path[-1] == end:
            best.append(cost)
            return
        for other in joined.successors(path[-1]):
            step = day.best(path[-1], other, joined[path[-1]][other]["options"])
            if other not in path and step is not None:
                walk([*path, other], cost + step.cost)

    walk([start], 0.0)
    return min(best, default=None)


@given(networks())
def test_the_first_journey_costs_the_least_of_all_and_no_way_is_passed_over(facts):
    journeys = plan("p0", "p7", on=DAY, traveller=Traveller("CC"), facts=facts).journeys

    found = sum(step.cost for step in journeys[0].steps) if journeys else None
    least = brute(facts, "p0", "p7")
    assert found == least or abs(found - least) < 1e-6


@given(networks())
def test_every_journey_is_whole_and_leads_over_nothing_shut_or_unknown(facts):
    answer = plan("p0", "p7", on=DAY, traveller=Traveller("CC"), facts=facts)

    for journey in answer.journeys:
        assert (journey.steps[0].origin, journey.steps[-1].destination) == ("p0", "p7")
        assert all(one.destination == other.origin for one, other in pairwise(journey.steps))
        assert all(step.standing.status in ("open", "restricted") for step in journey.steps if step.standing)
    costs = [sum(step.cost for step in journey.steps) for journey in answer.journeys]
    assert costs == sorted(costs)
    assert len({journey.crossings for journey in answer.journeys}) == len(answer.journeys)


@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing_that_is_answered(facts, random):
    legs, statuses = list(facts.legs), list(facts.statuses)
    random.shuffle(legs)
    random.shuffle(statuses)
    shuffled = Facts(facts.places, facts.crossings, tuple(statuses), (), tuple(legs), (), ())

    one, other = (
        [
            round(sum(step.cost for step in journey.steps), 6)
            for journey in plan("p0", "p7", on=DAY, traveller=Traveller("CC"), facts=told).journeys
        ]
        for told in (facts, shuffled)
    )

    assert one == other
