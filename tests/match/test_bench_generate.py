"""The invented world: the same for the same seed, with the skew and the noise it promises."""

import csv

import numpy as np
import pytest

from kinmatch.bench import sheet
from kinmatch.bench.doubled import BROTHERS, TWICE, doubled
from kinmatch.bench.generate import KINDS, NAMESAKE, PRESENT, SHARES, enquiries, registry
from kinmatch.bench.noise import slipped
from kinmatch.bench.spell import HABITS, latin

KNOWN = registry(20_000, 5)
ASKED = enquiries(KNOWN, 10_000, 6)


def test_the_same_seed_invents_the_same_people():
    again = registry(500, 3), enquiries(registry(500, 3), 200, 4), doubled(300, 5)

    assert again[0].table == registry(500, 3).table
    assert again[1].table == enquiries(registry(500, 3), 200, 4).table
    assert again[2].table == doubled(300, 5).table
    assert registry(500, 3).table != registry(500, 4).table


def test_the_commonest_family_name_is_as_common_as_in_life():
    commonest = np.bincount(KNOWN.people.surname).max() / len(KNOWN)

    assert 0.002 < commonest < 0.0045


def test_one_record_in_ten_is_written_in_latin_letters():
    latin_rows = [surname.isascii() for surname in KNOWN.table.columns["surname"]]

    assert 0.09 < np.mean(latin_rows) < 0.11


def test_kinds_of_enquiries_have_their_shares():
    shares = np.bincount(ASKED.kind, minlength=len(KINDS)) / len(ASKED)

    assert np.allclose(shares, SHARES, atol=0.02)


def test_only_those_recorded_have_a_record():
    present = ASKED.kind == PRESENT

    assert (ASKED.record[present] >= 0).all()
    assert (ASKED.record[~present] == -1).all()
    assert (ASKED.relative_of[ASKED.kind > 1] >= 0).all()


@pytest.mark.parametrize(
    ("name", "share"),
    [("typo", 0.30), ("short name", 0.09), ("no patronymic", 0.33), ("swapped", 0.07), ("cyrillic", 0.65)],
)
def test_enquiries_are_as_hard_as_promised(name, share):
    assert abs(ASKED.slices[name].mean() - share) < 0.02


def test_a_third_of_the_dates_asked_is_missing_or_doubtful():
    hard = ASKED.slices["no date"] | ASKED.slices["year alone"] | ASKED.slices["doubtful date"]

    assert 0.30 < hard.mean() < 0.36


def test_every_column_has_a_text_for_every_row():
    for table in (KNOWN.table, ASKED.table, doubled(300, 5).table):
        assert {len(texts) for texts in table.columns.values()} == {len(table)}
        assert len(set(table.ids)) == len(table)


def test_an_enquiry_gives_its_name_in_one_box_or_in_three():
    whole, surname = ASKED.table.columns["full_name"], ASKED.table.columns["surname"]

    assert all(bool(one) != bool(other) for one, other in zip(whole, surname, strict=True))
    assert 0.45 < np.mean([bool(one) for one in whole]) < 0.55


def test_a_namesake_bears_the_name_but_was_born_on_another_day():
    row = int(np.flatnonzero(ASKED.kind == NAMESAKE)[0])

    assert ASKED.record[row] == -1
    assert ASKED.relative_of[row] >= 0


def test_the_known_share_of_a_doubled_list_stands_twice():
    made = doubled(5000, 7)

    assert abs(len(made.pairs) / 5000 - TWICE / (1 + TWICE + BROTHERS)) < 0.01
    assert (made.pairs[:, 0] < made.pairs[:, 1]).all()
    assert len(np.unique(made.pairs)) == 2 * len(made.pairs)


def test_both_records_of_a_person_tell_of_one_person():
    made = doubled(5000, 7)

    days = made.table.columns["birth_date"]
    same = [days[one] == days[other] for one, other in made.pairs if len(days[one]) == len(days[other]) == 10]
    assert np.mean(same) > 0.85


@pytest.mark.parametrize("kind", range(4))
def test_a_slip_changes_one_place_of_a_word(kind):
    assert abs(len(slipped("Коваленко", kind, 0.5, 0.9)) - len("Коваленко")) <= 1
    assert slipped("Лис", kind, 0.5, 0.9) == "Лис"


@pytest.mark.parametrize("habit", HABITS)
def test_every_habit_leaves_no_cyrillic_letter(habit):
    written = latin("Щербаківський Єгор-Юрій В'ячеславович", habit, "uk")

    assert not any("\u0400" <= letter <= "\u04ff" for letter in written)


def test_lists_are_written_as_files_the_engine_reads(tmp_path):
    sheet.write(KNOWN.table.part(0, 50), tmp_path / "records.csv")
    sheet.write_truth(ASKED, tmp_path / "truth.csv")

    with (tmp_path / "records.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["surname"] for row in rows] == KNOWN.table.columns["surname"][:50]
    assert (tmp_path / "truth.csv").read_text(encoding="utf-8").startswith("id,kind,record,relative_of\nq0,")
