"""The figures themselves: what counts as right, as told, as calibrated, as met."""

from dataclasses import replace

import numpy as np

from kinmatch.bench import machine, quality, report, targets
from kinmatch.bench.generate import ABSENT, BROTHER, PRESENT, enquiries, registry
from kinmatch.bench.peers.own import array_bytes
from kinmatch.bench.plain import plain
from kinmatch.bench.quality import NOWHERE, Outcomes
from kinmatch.script import fold
from kinmatch.table import Table

ASKED = enquiries(registry(100, 1), 4, 2)
FOUR = replace(ASKED, kind=np.array([PRESENT, PRESENT, ABSENT, BROTHER], dtype=np.int32))


def test_false_certainty_about_absent_people_and_relatives_is_counted_apart():
    outcomes = Outcomes(np.array([1, 2, 0, 0]), np.array([0.99, 0.5, 0.95, 0.2]))

    found = quality.figures(outcomes, FOUR, probabilities=True)

    assert list(found)[:2] == ["absent_over_90", "relatives_over_90"]
    assert (found["absent_over_90"], found["relatives_over_90"]) == (1.0, 0.0)
    assert (found["recall_at_1"], found["recall_at_10"]) == (0.5, 1.0)


def test_scores_that_are_no_probabilities_are_not_called_calibrated():
    outcomes = Outcomes(np.array([1, 2, 0, 0]), np.array([17.0, 12.0, 11.0, NOWHERE]))

    assert "ece" not in quality.figures(outcomes, FOUR, probabilities=False)


def test_equal_scores_are_told_together_or_not_at_all():
    score = np.array([2.0] * 100 + [1.0] * 2)
    right = np.array([True] * 100 + [True, False])

    assert quality.recall_at_precision(score, right) == 101
    assert quality.recall_at_precision(np.array([1.0, 1.0]), np.array([True, False])) == 0


def test_what_nothing_was_returned_for_is_never_told():
    assert quality.recall_at_precision(np.array([NOWHERE, NOWHERE]), np.array([True, True])) == 0


def test_a_probability_as_often_right_as_it_says_has_no_error():
    probability = np.array([0.75] * 4)

    assert quality.calibration_error(probability, np.array([True, True, True, False])) == 0.0
    assert quality.calibration_error(probability, np.array([False] * 4)) == 0.75


def test_pairs_told_are_held_against_all_true_pairs():
    found = quality.pair_figures(np.array([5, 7, 9]), np.array([0.9, 0.8, 0.1]), np.array([5, 7, 11, 13]))

    assert (found["pair_recall"], found["pair_recall_at_p99"]) == (0.5, 0.5)


def test_a_figure_to_reach_is_met_not_met_or_not_measured():
    one = {"section": "search", "records": 1_000_000, "engine": "kinmatch", "p50_ms": 2.0}
    peer = one | {"engine": "tantivy, distance 1", "p50_ms": 10.0}

    verdicts = {(one.figure, one.limit): one.words for one in targets.verdicts([one, peer])}

    assert verdicts["recall_at_10", "at least 0.997"] == "not measured"
    assert verdicts["p50_ms", "at most 0.6"] == "NOT MET"
    assert verdicts["p50_ms", "at least 4 times less than tantivy, distance 1"] == "met"
    assert verdicts["ece", "at most 0.02"] == "not measured"


def test_the_report_names_what_was_left_out_and_what_was_not_met():
    run = {
        "date": "2026-11-22",
        "seed": 1,
        "machine": {"cores": 2},
        "left_out": {"tantivy_index": "the package tantivy is not installed"},
        "targets": [
            {"job": "search 10", "figure": "ece", "limit": "at most 0.02", "reached": 0.1, "words": "NOT MET"},
        ],
        "results": [
            {"section": "search", "records": 10, "engine": "kinmatch", "version": "1", "slices": {}, "ece": 0.1}
        ],
    }

    page = report.markdown(run)

    assert "Left out: tantivy_index: the package tantivy is not installed." in page
    assert "| search 10 | ECE | at most 0.02 | 0.1 | NOT MET |" in page


def test_an_array_is_counted_once_however_often_it_is_looked_into():
    array = np.zeros(1000, dtype=np.int64)

    assert array_bytes({"whole": array, "parts": [array[:10], array[10:]]}) == 8000


def test_words_met_are_forgotten_before_a_cold_query():
    fold("Шевченкo")

    machine.forget_tokens()

    assert fold.cache_info().currsize == 0


def test_peers_get_plain_letters_in_parts():
    table = Table(
        ["a", "b"],
        {
            "full_name": ["Żółć Łukasz", ""],
            "surname": ["", "Щербак"],
            "given": ["", "Ілля"],
            "birth_date": ["1990~", "1990-05-01"],
        },
    )

    found = plain(table)

    assert [found.name(0), found.name(1)] == ["zolc lukasz", "shcherbak illia"]
    assert (found.born, found.year) == (["", "1990-05-01"], ["1990", "1990"])
