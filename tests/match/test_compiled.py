"""The compiled search says what the comparators say, by candidates and by all rows, one at a time and many."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from kinmatch import Hit, Index, Person, Table
from kinmatch.asking import Searcher
from kinmatch.batch import likely_same, link
from kinmatch.bench.generate import enquiries, registry
from kinmatch.compare import comparators, row_of
from kinmatch.dates import parse
from kinmatch.encode import encode, with_readings
from kinmatch.form import FIELDS, Form, asked_forms, forms
from kinmatch.kernels import dates, skeletons
from kinmatch.kernels.search import ALL
from kinmatch.numbers import day_number, day_text, packed

LETTERS = "AEUBVGKDTZSLMNPR"
SHAPES = st.text(LETTERS, max_size=15)
DATES = st.builds(
    lambda day, rough, about: day.isoformat()[: (10, 7, 4)[rough]] + about,
    st.dates(),
    st.integers(0, 2),
    st.sampled_from(["", "", "~"]),
).filter(parse)
CROWD = registry(400, 11)
ASKED = enquiries(CROWD, 400, 12)
PERSONS = st.sampled_from([*CROWD.table, *ASKED.table])


@given(SHAPES, SHAPES, st.integers(0, 2))
def test_packed_skeletons_are_as_far_apart_as_their_letters(one, other, most):
    first, second = packed([one, other])
    masks = np.zeros(16, dtype=np.uint64)
    skeletons.masks_of(first, masks)

    distance = skeletons.apart(masks, len(one), second, most)

    assert distance == (apart if (apart := OSA.distance(one, other)) <= most else skeletons.FAR)


@given(DATES, DATES)
def test_dates_as_numbers_agree_as_dates_in_writing(sought, found):
    level = dates.level(day_number(sought), day_number(found))

    assert dates.ROWS[level] == row_of("birth_date", comparators()["birth_date"].level(sought, found))


@given(DATES)
def test_a_date_as_a_number_is_written_out_again(date):
    assert day_text(day_number(date)) == date


@given(st.lists(DATES, min_size=1, max_size=40), DATES)
def test_the_records_at_each_level_of_a_date_are_counted_as_if_one_by_one(recorded, sought):
    index = Index.build(Person(str(number), surname="Коваль", birth_date=date) for number, date in enumerate(recorded))
    rows = index.parts[0].segment.rows
    mass = np.zeros(len(dates.ROWS) + 6)

    dates.masses(day_number(sought), rows.dates, rows.date_starts, rows.by_year, rows.about_by_year, mass)

    one_by_one = [dates.level(day_number(sought), day_number(date)) for date in recorded]
    for level in range(dates.DIFFERENT):
        assert mass[level] == one_by_one.count(level), dates.ROWS[level]


@given(st.lists(DATES, min_size=1, max_size=40), DATES)
def test_what_a_vague_date_is_worth_is_reckoned_as_if_all_were_as_vague(recorded, sought):
    index = Index.build(Person(str(number), surname="Коваль", birth_date=date) for number, date in enumerate(recorded))
    rows = index.parts[0].segment.rows
    mass, asked = np.zeros(len(dates.ROWS) + 6), day_number(sought)

    dates.widen(asked, rows.dates, rows.date_starts, rows.by_year, rows.about_by_year, mass)

    levels = {"year": sought[:4], "month": sought[:7], "about": f"{sought[:4]}~"}
    for name, vague in levels.items():
        level = dates.ROWS.index(name)
        if not dates.is_own(asked, level) and asked < dates.ABOUT and (name != "month" or asked & 31):
            known = recorded if name == "about" else [date for date in recorded if "~" not in date]
            as_vague = [date[: len(vague)] if name != "about" else date for date in known]
            agree = [
                comparators()["birth_date"].level(vague, date)
                for date in as_vague
                if name != "month" or len(date) == len(vague)
            ]
            assert mass[level] == agree.count(name), name


@settings(max_examples=40, deadline=None)
@given(st.lists(PERSONS, min_size=1, max_size=12, unique_by=lambda person: person.id), PERSONS)
def test_every_record_weighs_what_the_comparators_say(recorded, sought):
    index = Index.build(recorded)
    searcher = Searcher(index.weights)

    for form in asked_forms(sought):
        for row in searcher.search(index.parts, form, 30, reach=ALL).rows:
            pair = searcher.scale(index.parts, form).weigh(row.part.segment.form(row.row))

            assert pair.same == pytest.approx(row.same)
            assert pair.relative == pytest.approx(row.relative)


def test_the_index_finds_what_weighing_every_record_finds():
    index = Index.build(CROWD.table)
    differing = 0

    for person in ASKED.table:
        by_index, by_all = index.answer(person, limit=3), index.answer(person, limit=3, exhaustive=True)
        differing += [hit.record for hit in by_index.hits if hit.probability > 0.05] != [
            hit.record for hit in by_all.hits if hit.probability > 0.05
        ]

    assert differing <= len(ASKED) * 0.01


def test_several_segments_answer_as_one_does():
    whole = Index.build(CROWD.table)
    pieces = Index.build(CROWD.table.part(0, 250))
    pieces.add(CROWD.table.part(250, 320))
    pieces.add(CROWD.table.part(320, 400))

    for person in list(ASKED.table)[:100]:
        one, other = (_likely(index.answer(person, limit=3).hits) for index in (whole, pieces))

        assert one == pytest.approx(other, abs=1e-3)


def test_a_list_linked_answers_as_one_search_after_another():
    index = Index.build(CROWD.table)

    linked = {row.query: row for row in link(ASKED.table, index, top=1)}

    for person in ASKED.table:
        hits = index.search(person, limit=1)
        if hits and hits[0].probability > 0.05:
            assert linked[person.id].record == hits[0].record
            assert linked[person.id].probability == pytest.approx(hits[0].probability, rel=0.05)


def test_likely_doubles_of_a_list_are_those_found_one_by_one():
    index = Index.build(CROWD.table)

    found = likely_same(index, ASKED.table)

    one_by_one = {person.id: [hit.record for hit in index.likely_same(person)] for person in ASKED.table}
    assert {key: [hit.record for hit in hits] for key, hits in found.items()} == {
        key: records for key, records in one_by_one.items() if records
    }


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.builds(Person, id=st.uuids().map(str), **{field: st.text(max_size=20) for field in FIELDS}), max_size=6)
)
def test_a_table_is_read_as_its_persons_are(persons):
    encoded = encode(Table.of(persons))

    read = [
        (int(record), _form(encoded, row).values) for record, row in zip(encoded.record_of, encoded.values, strict=True)
    ]

    assert sorted(read) == sorted(
        (place, form.values) for place, person in enumerate(persons) for form in forms(person)
    )


def test_a_list_sought_is_read_in_all_the_readings_of_its_names():
    encoded = with_readings(encode(ASKED.table))

    read = {
        (int(record), _form(encoded, row).values) for record, row in zip(encoded.record_of, encoded.values, strict=True)
    }

    assert read == {(place, form.values) for place, person in enumerate(ASKED.table) for form in asked_forms(person)}


def _likely(hits: tuple[Hit, ...]) -> dict[str, float]:
    return {hit.record: hit.probability for hit in hits if hit.probability > 0.01}


def _form(encoded, row) -> Form:
    texts = [
        day_text(int(number))
        if field == "birth_date" and number
        else encoded.texts[place][number]
        if field != "birth_date"
        else ""
        for place, (field, number) in enumerate(zip(FIELDS, row, strict=True))
    ]
    return Form(tuple(texts))
