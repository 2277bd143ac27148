"""The most that is possible: what even a perfect reader of names could find."""

from dataclasses import replace

import numpy as np

from kinmatch.bench.bound import possible
from kinmatch.bench.generate import PRESENT, enquiries, registry
from kinmatch.table import Table

CROWD = registry(300, 21)
ASKED = enquiries(CROWD, 300, 22)
BARE = {"birth_date", "birth_place", "unit", "father", "patronymic"}


def with_nothing_but_a_name():
    """The same enquiries when families know no other fact."""
    columns = {name: [""] * len(ASKED) if name in BARE else column for name, column in ASKED.table.columns.items()}
    none = np.ones(len(ASKED), dtype=np.bool_)
    return replace(ASKED, table=Table(ASKED.table.ids, columns), slices=ASKED.slices | {"no patronymic": none})


def test_a_crowd_of_different_names_can_be_told_apart_whole():
    assert possible(CROWD, ASKED, most=300)["recall_at_10"] == 1.0


def test_of_equals_that_differ_in_nothing_asked_one_is_found_by_lot():
    row = int(ASKED.record[np.flatnonzero(ASKED.kind == PRESENT)[0]])
    crowd = replace(CROWD, people=CROWD.people.take(np.full(300, row)))

    found = possible(crowd, with_nothing_but_a_name(), most=300)

    assert found == {"recall_at_1": round(1 / 300, 4), "recall_at_10": round(10 / 300, 4)}


def test_every_fact_more_makes_more_possible():
    crowd = replace(CROWD, people=replace(CROWD.people, surname=np.zeros(300, np.int32), given=np.zeros(300, np.int32)))

    bare = possible(crowd, with_nothing_but_a_name(), most=300)["recall_at_1"]

    assert bare < possible(crowd, ASKED, most=300)["recall_at_1"]
