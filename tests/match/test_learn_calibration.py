"""Probabilities that come true: the curve learnt from decided pairs, and the file that keeps it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinmatch.learn import (
    IDENTITY,
    Calibration,
    DamagedWeights,
    Decided,
    TooLittle,
    Written,
    calibrate,
    digest_of,
    figures,
    read,
    relatives_prior,
    report,
    write,
)
from kinmatch.learn.calibration import LEAST_PAIRS
from kinmatch.weights import default_weights, read_weights

shares = st.floats(min_value=0.0, max_value=1.0)


def too_sure(pairs: int, *, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """An engine that says .95 where three of four are right: true odds are the square root of the odds said."""
    random = np.random.default_rng(seed)
    true = random.beta(0.8, 0.8, size=pairs)
    odds = (true / (1 - true)) ** 2.0
    return odds / (1 + odds), random.random(pairs) < true


def decided(pairs: int, *, seed: int) -> list[Decided]:
    said, same = too_sure(pairs, seed=seed)
    return [Decided(str(at), float(p), bool(y)) for at, (p, y) in enumerate(zip(said, same, strict=True))]


@pytest.mark.parametrize(("pairs", "kind"), [(300, "beta"), (600, "beta"), (4_000, "isotonic")])
def test_calibration_helps_on_pairs_it_never_saw(pairs, kind):
    said, same = too_sure(pairs, seed=pairs)
    half = pairs // 2 if kind == "beta" else 2_000

    curve = calibrate(said[:half], same[:half])

    fresh, truth = too_sure(20_000, seed=7)
    assert curve.kind == kind
    assert figures(curve.curve(fresh), truth).ece < figures(fresh, truth).ece / 2
    assert figures(curve.curve(fresh), truth).brier < figures(fresh, truth).brier


@pytest.mark.parametrize("pairs", [0, 1, LEAST_PAIRS - 1])
def test_a_new_bureau_keeps_what_the_engine_says(pairs):
    said, same = too_sure(pairs, seed=1)

    curve = calibrate(said, same)

    assert curve.kind == "identity"
    assert curve(0.37) == 0.37


def test_thirty_pairs_that_all_came_true_teach_nothing():
    curve = calibrate([0.6] * 40, [True] * 40)

    assert curve.kind == "identity"


@pytest.mark.parametrize("seed", range(20))
def test_thirty_pairs_never_make_it_much_worse(seed):
    random = np.random.default_rng(seed)
    said = random.beta(0.8, 0.8, size=30)
    same = random.random(30) < said

    curve = calibrate(said, same)

    fresh = np.random.default_rng(99).beta(0.8, 0.8, size=20_000)
    truth = np.random.default_rng(98).random(20_000) < fresh
    assert figures(curve.curve(fresh), truth).brier < figures(fresh, truth).brier + 0.02


def test_an_engine_that_is_right_is_left_alone_or_nearly():
    random = np.random.default_rng(3)
    said = random.beta(0.5, 0.5, size=3_000)
    same = random.random(3_000) < said

    curve = calibrate(said, same)

    grid = np.linspace(0, 1, 101)
    assert np.abs(curve.curve(grid) - grid).max() < 0.06


@given(st.lists(st.tuples(shares, st.booleans()), max_size=80), st.lists(shares, min_size=2, max_size=20))
def test_a_higher_probability_never_becomes_the_lower(pairs, asked):
    curve = calibrate([said for said, _same in pairs], [same for _said, same in pairs])

    found = curve.curve(sorted(asked))

    assert (np.diff(found) >= -1e-12).all()
    assert found.min() >= 0.0
    assert found.max() <= 1.0


@given(st.integers(min_value=0, max_value=10_000), st.lists(shares, min_size=2, max_size=20))
def test_steps_rise_too(seed, asked):
    said, same = too_sure(1_200, seed=seed)
    # Rounded as a file or an older version may have it, so that many pairs share one probability.
    curve = calibrate(said.round(2), same)

    found = curve.curve(sorted(asked))

    assert (np.diff(found) >= -1e-12).all()
    assert found.min() >= 0.0
    assert found.max() <= 1.0


@given(st.lists(st.tuples(shares, shares), max_size=6), st.integers(min_value=0, max_value=50))
def test_an_answer_stays_one_whole_in_the_same_order(parts, seed):
    whole = sum(same + kin for same, kin in parts) or 1.0
    same, kin = [one / whole for one, _kin in parts], [other / whole for _one, other in parts]
    curve = calibrate(*too_sure(200, seed=seed))

    shared = curve.shared(same, kin)

    assert sum(one + other for one, other in shared) <= 1 + 1e-9
    assert min([each for pair in shared for each in pair], default=0.0) >= 0.0
    in_order = [one for _before, (one, _kin) in sorted(zip(same, shared, strict=True), key=lambda both: both[0])]
    assert in_order == sorted(in_order)


def test_the_report_is_measured_on_pairs_held_out():
    told = report(decided(800, seed=5))

    assert told.pairs == told.confirmed + told.rejected == 800
    assert told.calibration.kind == "beta"
    assert told.after.ece < told.before.ece
    assert told.after.brier < told.before.brier
    assert sum(band.pairs for band in told.before.bands) == 800
    assert all(band.low <= band.same <= band.high for band in told.before.bands)


def test_a_report_on_nothing_says_nothing():
    told = report([])

    assert (told.pairs, told.before.bands, told.before.ece) == (0, (), 0.0)


def test_figures_are_those_worked_out_by_hand():
    found = figures([0.9, 0.9, 0.1, 0.4], [True, False, False, True])

    assert found.brier == pytest.approx((0.01 + 0.81 + 0.01 + 0.36) / 4)
    assert found.ece == pytest.approx((2 * 0.4 + 0.1 + 0.6) / 4)


@pytest.mark.parametrize("wrong", [([0.5], []), ([1.5], [True]), ([float("nan")], [True]), ([[0.5]], [[True]])])
def test_what_is_no_probability_is_refused(wrong):
    with pytest.raises(ValueError, match="probabilit"):
        calibrate(*wrong)


def test_relatives_are_as_common_as_decided_cases_say():
    cases = [Decided(str(at), 0.9, True) for at in range(150)]
    kin = [Decided(f"kin {at}", 0.5, False, kin="relative") for at in range(30)]
    namesakes = [Decided(f"namesake {at}", 0.5, False, kin="namesake") for at in range(20)]
    beside = [Decided("1", 0.3, False, kin="relative"), Decided("nobody", 0.1, False)]

    found = relatives_prior([*cases, *kin, *namesakes, *beside], default_weights())

    assert found.absent == default_weights().absent
    assert found.relative == pytest.approx(0.8 * (50 + 50 * 0.125) / 250)
    assert found.present + found.relative + found.absent == pytest.approx(1)
    assert sum(found.kinds.values()) == pytest.approx(1)
    assert found.kinds["namesake"] > default_weights().kinds["namesake"]
    assert found.kinds["brother"] / found.kinds["parent"] == pytest.approx(2)


def test_too_few_cases_say_nothing_of_relatives():
    with pytest.raises(TooLittle, match="at least 30"):
        relatives_prior([Decided(str(at), 0.9, True) for at in range(29)], default_weights())


@pytest.mark.parametrize(
    "curve",
    [IDENTITY, Calibration("beta", (0.5, 0.25, -0.1), 200), Calibration("isotonic", (0.1, 0.9, 0.2, 0.8), 1500)],
)
def test_what_is_written_is_read_again(curve):
    kept = Written(default_weights(), curve, "2026-11-22", {"pairs": 200, "confirmed": 120})

    text = write(kept)

    assert read(text) == kept
    assert write(read(text)) == text
    assert read_weights(text).rows == default_weights().rows
    assert len(digest_of(text)) == 64


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("present = 0.7", "present = 0.8"),
        ("format = 1", "format = 2"),
        ("[calibration]", "[other]"),
        ("digest = ", "disgust = "),
        ("[prior]", "[prior"),
    ],
)
def test_a_file_that_was_changed_is_refused(old, new):
    text = write(Written(default_weights()))
    assert old in text

    with pytest.raises(DamagedWeights):
        read(text.replace(old, new))


@given(st.text(max_size=200))
def test_any_other_text_is_refused_by_name(text):
    with pytest.raises(DamagedWeights):
        read(text)
