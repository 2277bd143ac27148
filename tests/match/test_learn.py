"""What the engine learns from a bureau's own enquiries, and from how little it refuses to."""

from dataclasses import replace

import numpy as np
import pytest

from kinmatch.compare.birth_date import VAGUE
from kinmatch.form import FIELDS
from kinmatch.learn import TooLittle, learn, levels_of, pairs_of
from kinmatch.learn.em import LEAST_ENQUIRIES
from kinmatch.learn.pairs import Pairs, rows_of
from kinmatch.level import Evidence
from kinmatch.weights import KINDS, Weights, default_weights

CANDIDATES = 4
RECORDS = 10_000
MISSING = {"birth_place": 0.5, "father": 0.9, "mother_maiden": 0.95, "unit": 0.6, "service_number": 0.9, "sex": 1.0}


def drawn(
    weights: Weights,
    *,
    enquiries: int,
    seed: int,
    prior: tuple[float, float, float] = (0.7, 0.1, 0.2),
    records: int = RECORDS,
) -> Pairs:
    """Invented enquiries whose truth is ``weights``: the first candidate is the person, a relative, or a stranger."""
    random = np.random.default_rng(seed)
    truth = random.choice(3, size=enquiries, p=prior)
    kind = random.choice(len(KINDS), size=enquiries, p=[weights.kinds[each] for each in KINDS])
    levels = np.full((enquiries * CANDIDATES, len(FIELDS)), -1, dtype=np.int8)
    for at, field in enumerate(FIELDS):
        shares = {
            name: _whole([0.0 if row in VAGUE else getattr(weights.rows[field, row], name) for row in rows_of(field)])
            for name in ("person", "chance", *KINDS)
        }
        for number in range(enquiries):
            for place in range(CANDIDATES):
                names = ("person", KINDS[kind[number]], "chance")
                name = names[truth[number]] if place == 0 else "chance"
                levels[number * CANDIDATES + place, at] = np.searchsorted(np.cumsum(shares[name]), random.random())
        levels[random.random(len(levels)) < MISSING.get(field, 0.05), at] = -1
    chances = np.full(levels.shape, np.nan)
    return Pairs(levels, chances, np.repeat(np.arange(enquiries), CANDIDATES), enquiries, records)


def _whole(shares: list[float]) -> np.ndarray:
    found = np.array(shares)
    return found / found.sum()


@pytest.fixture(scope="module")
def careless() -> Weights:
    """A bureau whose families know the day of birth far less often, and write surnames far worse, than the table says."""
    usual = default_weights()
    planted = {
        ("birth_date", "same"): 0.55,
        ("birth_date", "slip"): 0.30,
        ("surname", "same"): 0.60,
        ("surname", "close"): 0.25,
        ("surname", "alike"): 0.10,
    }
    rows = dict(usual.rows)
    for (field, row), share in planted.items():
        rows[field, row] = replace(rows[field, row], person=share)
    return replace(usual, rows=rows)


@pytest.fixture(scope="module")
def learnt(careless):
    return learn(drawn(careless, enquiries=4_000, seed=1))


@pytest.mark.parametrize(
    ("field", "row"), [("birth_date", "same"), ("birth_date", "slip"), ("surname", "same"), ("surname", "close")]
)
def test_shares_nobody_labelled_are_found_again(careless, learnt, field, row):
    rows = [careless.rows[field, each].person for each in rows_of(field) if each not in VAGUE]
    planted = careless.rows[field, row].person / sum(rows)

    found = learnt.weights.rows[field, row].person

    assert found == pytest.approx(planted, abs=0.03)
    assert abs(found - planted) < abs(default_weights().rows[field, row].person - planted)


def test_what_vague_dates_agree_at_stays_as_it_was(learnt):
    found = [learnt.weights.rows["birth_date", row] for row in VAGUE]

    assert found == [default_weights().rows["birth_date", row] for row in VAGUE]


def test_how_many_are_recorded_at_all_is_found_too(careless):
    pairs = drawn(careless, enquiries=3_000, seed=2, prior=(0.35, 0.15, 0.5), records=CANDIDATES)

    found = learn(pairs).weights

    assert found.present == pytest.approx(0.35, abs=0.03)
    assert found.relative == pytest.approx(0.15, abs=0.04)
    assert found.absent == pytest.approx(0.5, abs=0.04)
    assert found.present + found.relative + found.absent == pytest.approx(1.0)


def test_enquiries_alone_never_make_relatives_look_rarer(careless):
    pairs = drawn(careless, enquiries=2_000, seed=5, prior=(0.8, 0.0, 0.2))

    found = learn(pairs).weights

    assert found.relative >= default_weights().relative - 1e-9
    assert found.present > found.absent


def test_each_round_describes_the_enquiries_no_worse(learnt):
    steps = np.diff(learnt.posterior)

    assert learnt.converged
    assert (steps > -1e-6).all()
    assert learnt.gain > 0


def test_shares_of_each_fact_make_one_whole(learnt):
    for field in FIELDS:
        learnable = [row for row in rows_of(field) if field != "birth_date" or row not in VAGUE]
        shares = [learnt.weights.rows[field, row].person for row in learnable]
        assert sum(shares) == pytest.approx(1.0)
        assert min(shares) > 0


def test_what_was_never_given_keeps_the_table_in_force(learnt):
    usual = default_weights()

    for row in rows_of("sex"):
        assert learnt.weights.rows["sex", row].person == pytest.approx(usual.rows["sex", row].person, abs=1e-6)


def test_relatives_and_chance_keep_their_rows(learnt):
    for name, row in learnt.weights.rows.items():
        usual = default_weights().rows[name]
        assert (row.brother, row.parent, row.namesake, row.chance) == (
            usual.brother,
            usual.parent,
            usual.namesake,
            usual.chance,
        )


def test_too_few_enquiries_teach_nothing(careless):
    pairs = drawn(careless, enquiries=LEAST_ENQUIRIES - 1, seed=3)

    with pytest.raises(TooLittle, match="at least 400"):
        learn(pairs)


def test_enquiries_of_people_nobody_recorded_teach_nothing(careless):
    pairs = drawn(careless, enquiries=600, seed=4, prior=(0.02, 0.02, 0.96))

    with pytest.raises(TooLittle, match="at least 150"):
        learn(pairs)


def test_enquiries_without_a_candidate_are_counted_as_absent():
    usual = default_weights()
    sure = {field: (rows_of(field)[0], None) for field in ("surname", "given", "patronymic", "birth_date")}
    asked = [[sure] if number % 2 else [] for number in range(1_000)]

    found = learn(pairs_of(asked, records=RECORDS), weights=usual)

    assert found.expected == pytest.approx(500, abs=10)
    assert found.weights.absent / (found.weights.absent + found.weights.present) == pytest.approx(0.5, abs=0.03)


def test_a_rare_agreement_counts_for_more_than_a_common_one():
    names = {"surname": "same", "given": "same"}
    rare = {field: (row, 1e-6) for field, row in names.items()}
    common = {field: (row, 0.05) for field, row in names.items()}

    of_rare = learn(pairs_of([[rare]] * 500, records=RECORDS))
    with pytest.raises(TooLittle):
        learn(pairs_of([[common]] * 500, records=RECORDS))

    assert of_rare.expected > 450


def test_levels_come_from_the_evidence_of_a_proposal():
    def fact(field: str, level: str, common: float | None = None) -> Evidence:
        return Evidence(field, level, 1.0, "", "", "", common)

    evidence = [fact("surname", "womens_form", 0.001), fact("unit", "missing"), fact("sex", "different")]

    assert levels_of(evidence) == {"surname": ("same", 0.001)}


@pytest.mark.parametrize("levels", [{"shoe_size": ("same", None)}, {"surname": ("nearly", None)}])
def test_unknown_facts_and_levels_are_refused(levels):
    with pytest.raises(LookupError):
        pairs_of([[levels]], records=10)
