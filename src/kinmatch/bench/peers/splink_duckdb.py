"""Splink on DuckDB: Fellegi-Sunter over pairs that share one of eight keys, its weights learnt by EM on the lists.

One core. Family names are compared with term frequencies, as its manual advises.

Source: the rules are those its manual proposes for names and dates of birth.
"""

import logging
from collections.abc import Iterator
from typing import Any

import duckdb
import pyarrow as pa
import splink
from splink import Linker, SettingsCreator, block_on
from splink import comparison_level_library as levels
from splink import comparison_library as comparisons
from splink.backends.duckdb import DuckDBAPI

from kinmatch.bench.plain import Side

TOP = 3
LEAST = 0.001  # probability from which a pair of doubles is told
SEED = 1
PAIRS = 1e6  # random pairs from which chance agreement is learnt
TRAINING = 5e6  # pairs one round of EM learns from, at most
RECALL = 0.7  # of the two rules that say "the same": family name and day, family and given name and year


class Splink:
    """Both jobs of Splink."""

    NAME = "Splink on DuckDB, 8 rules"
    PROBABILITIES = True
    LINK_S, DOUBLES_S = 100.0, 400.0

    def link(self, asked: Side, records: Side) -> Iterator[tuple[str, str, float]]:
        """Link the lists; the likeliest ``TOP`` of each query."""
        base, frames = _opened({"a_asked": asked, "b_records": records})
        predicted = _predicted(Linker(frames, _settings("link_only"), log_level=logging.ERROR), 0.0)
        left = "unique_id_l" if _asked_is_left(base, predicted) else "unique_id_r"
        right = "unique_id_r" if left == "unique_id_l" else "unique_id_l"
        told = base.duckdb_con.execute(
            f"SELECT {left}, {right}, match_probability, match_weight FROM {predicted} "  # noqa: S608 - its own names
            f"QUALIFY row_number() OVER (PARTITION BY {left} ORDER BY match_weight DESC) <= {TOP} "
            f"ORDER BY {left}, match_weight DESC"
        )
        yield from _rows(told)
        base.duckdb_con.close()

    def doubles(self, records: Side) -> Iterator[tuple[str, str, float]]:
        """Find the doubles."""
        base, frames = _opened({"records": records})
        predicted = _predicted(Linker(frames, _settings("dedupe_only"), log_level=logging.ERROR), LEAST)
        columns = "unique_id_l, unique_id_r, match_probability, match_weight"
        told = base.duckdb_con.execute(f"SELECT {columns} FROM {predicted}")  # noqa: S608 - its own names
        yield from _rows(told)
        base.duckdb_con.close()

    def version(self) -> str:
        """Return the versions of both packages."""
        return f"{splink.__version__}, DuckDB {duckdb.__version__}"


def _opened(sides: dict[str, Side]) -> tuple[Any, list[Any]]:
    connection = duckdb.connect(":memory:")
    connection.execute("SET threads TO 1")
    connection.execute("SET preserve_insertion_order TO false")
    base = DuckDBAPI(connection)
    return base, [base.register(_arrow(side), dataset_display_name=name) for name, side in sides.items()]


def _arrow(side: Side) -> pa.Table:
    plain = side.plain
    columns = {"unique_id": list(side.table.ids)} | {
        name: [text or None for text in getattr(plain, name)]
        for name in ("surname", "given", "patronymic", "born", "year")
    }
    return pa.table({name: pa.array(texts, pa.string()) for name, texts in columns.items()})


def _rules() -> list[Any]:
    return [
        block_on("born"),
        block_on("surname", "given"),
        block_on("surname", "patronymic"),
        block_on("surname", "year"),
        block_on("given", "patronymic", "year"),
        block_on("substr(surname, 1, 4)", "substr(given, 1, 3)", "year"),
        block_on("substr(surname, 1, 3)", "given", "patronymic"),
        "l.surname = r.given and l.given = r.surname",
    ]


def _settings(link_type: Any) -> SettingsCreator:
    return SettingsCreator(
        link_type=link_type,
        comparisons=[_surname(), _given(), comparisons.JaroWinklerAtThresholds("patronymic", [0.92, 0.8]), _born()],
        blocking_rules_to_generate_predictions=_rules(),
        retain_matching_columns=False,
    )


def _surname() -> Any:
    return comparisons.CustomComparison(
        output_column_name="surname",
        comparison_levels=[
            levels.NullLevel("surname"),
            levels.ExactMatchLevel("surname", term_frequency_adjustments=True),
            levels.ColumnsReversedLevel("surname", "given", symmetrical=True),
            levels.JaroWinklerLevel("surname", 0.92),
            levels.JaroWinklerLevel("surname", 0.84),
            levels.JaroWinklerLevel("surname", 0.7),
            levels.ElseLevel(),
        ],
    )


def _given() -> Any:
    return comparisons.CustomComparison(
        output_column_name="given",
        comparison_levels=[
            levels.NullLevel("given"),
            levels.ExactMatchLevel("given", term_frequency_adjustments=True),
            levels.ColumnsReversedLevel("surname", "given", symmetrical=True),
            levels.JaroWinklerLevel("given", 0.88),
            levels.JaroWinklerLevel("given", 0.7),
            levels.ElseLevel(),
        ],
    )


def _born() -> Any:
    changed_over = (
        "born_l is not null and born_r is not null and year_l = year_r "
        "and substr(born_l, 6, 2) = substr(born_r, 9, 2) and substr(born_l, 9, 2) = substr(born_r, 6, 2)"
    )
    return comparisons.CustomComparison(
        output_column_name="born",
        comparison_levels=[
            levels.NullLevel("year"),
            levels.ExactMatchLevel("born"),
            levels.CustomLevel(changed_over, "day and month changed over"),
            levels.DamerauLevenshteinLevel("born", 1),
            levels.ExactMatchLevel("year"),
            levels.CustomLevel("abs(cast(year_l as int) - cast(year_r as int)) <= 1", "a year off"),
            levels.ElseLevel(),
        ],
    )


def _predicted(linker: Linker, least: float) -> str:
    """Train on the lists, weigh all pairs that share a key, and return the name of the table of pairs."""
    training = linker.training
    sure: list[Any] = [block_on("surname", "born"), block_on("surname", "given", "year")]
    training.estimate_probability_two_random_records_match(sure, recall=RECALL)
    training.estimate_u_using_random_sampling(max_pairs=PAIRS, seed=SEED)
    for rule in (block_on("born"), block_on("surname", "given")):
        try:
            training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=TRAINING)
        except ValueError as error:
            # Where its estimate of a share runs down to nothing Splink stops; the other rules' estimates stand.
            if "m_probability" not in str(error):
                raise
    return str(linker.inference.predict(threshold_match_probability=least or None).physical_name)


def _asked_is_left(base: Any, predicted: str) -> bool:
    row = base.duckdb_con.execute(f"SELECT unique_id_l FROM {predicted} LIMIT 1").fetchone()  # noqa: S608
    return bool(row) and str(row[0]).startswith("q")


def _rows(told: Any) -> Iterator[tuple[str, str, float]]:
    while rows := told.fetchmany(10_000):
        for one, other, probability, _weight in rows:
            yield one, other, float(probability)


LINKERS = (Splink,)
