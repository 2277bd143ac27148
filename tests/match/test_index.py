"""The index: finding, not mistaking relatives, adding, removing, saving, and refusing what is damaged."""

import json

import pytest

from kinmatch import DamagedIndex, Hit, Index, Name, Person, RepeatedId, UnknownRecord, compare
from kinmatch.bench.generate import registry
from kinmatch.compare import sentences
from kinmatch.level import MISSING
from tests.people import ANDRIY, BOHDAN, NAMESAKE, PETRO_SENIOR, InventedPerson

CROWD = list(registry(3000, 5).table)


def _record(record_id: str, one: InventedPerson) -> Person:
    return Person(
        record_id,
        surname=one.surname,
        given=one.given,
        patronymic=one.patronymic,
        birth_date=one.born,
        birth_place=one.birth_place,
    )


def _told(hit: Hit) -> tuple[object, ...]:
    return hit.record, round(hit.probability, 9), round(hit.relative, 9), hit.person, hit.evidence


@pytest.fixture(scope="module")
def index() -> Index:
    return Index.build([*CROWD, _record("andriy", ANDRIY)])


@pytest.fixture
def sought() -> Person:
    return Person("", full_name=ANDRIY.latin, birth_date=ANDRIY.born[:4])


def test_a_latin_spelling_with_only_a_year_finds_the_record(index, sought):
    best = index.search(sought)[0]

    assert best.record == "andriy"
    assert best.probability > 0.5


def test_the_other_sides_spelling_finds_the_record(index):
    name = f"{ANDRIY.surname_ru} {ANDRIY.given_ru} {ANDRIY.patronymic_ru}"

    best = index.search(Person("", full_name=name, birth_date=ANDRIY.born))[0]

    assert best.record == "andriy"
    assert best.probability > 0.99


@pytest.mark.parametrize("other", [BOHDAN, PETRO_SENIOR, NAMESAKE], ids=["brother", "father", "namesake"])
def test_a_relative_or_namesake_is_not_taken_for_the_one_recorded(index, other):
    taken = {hit.record: hit.probability for hit in index.search(_record("", other))}

    assert taken.get("andriy", 0.0) < 0.1


def test_every_fact_carries_its_words_values_weight_and_rarity(index, sought):
    evidence = {fact.field: fact for fact in index.search(sought)[0].evidence}

    assert evidence["surname"].says == "Same name, written in another alphabet"
    assert evidence["surname"].found == ANDRIY.surname
    assert 0 < evidence["surname"].common < 0.05
    assert evidence["birth_place"].level == MISSING
    assert evidence["birth_place"].weight == 0
    assert evidence["birth_place"].says == "Not given"
    assert {fact.says for fact in evidence.values()} <= set(sentences())


def test_a_rare_family_name_earns_more_than_a_common_one():
    people = [Person(str(number), surname="Мельник", given="Іван") for number in range(300)]
    index = Index.build([*people, Person("rare", surname="Чорногуз", given="Іван")])

    common, rare = (index.search(Person("", surname=name))[0].score for name in ("Мельник", "Чорногуз"))

    assert rare > common + 3


def test_nobody_recorded_is_said_to_be_absent(index):
    answer = index.answer(Person("", full_name="Зюзьмаренко Нестор Кузьмич", birth_date="1961-02-03"))

    assert answer.absent > 0.9


def test_another_asserted_name_finds_the_record():
    person = Person("1", surname="Бойко", given="Олена", also=(Name(surname="Ткач", given="Олена"),))
    index = Index.build([*CROWD, person])

    assert index.search(Person("", full_name="Ткач Олена"))[0].record == "1"


def test_why_not_names_what_speaks_against_first(index):
    against = index.why_not(Person("", full_name="Коваль Андрій", birth_date="1941-01-01"), "andriy")

    assert against[0].field == "birth_date"
    assert against[0].says == "Born more than five years apart"


def test_what_would_change_most_names_missing_facts_only(index, sought):
    asked = index.what_would_change_most(sought, "andriy")

    assert {"surname", "given", "birth_date"}.isdisjoint(one.field for one in asked)
    assert all(one.agrees > one.differs for one in asked)


def test_an_unknown_record_is_named(index, sought):
    with pytest.raises(UnknownRecord, match="'nobody'"):
        index.why_not(sought, "nobody")


def test_the_same_id_twice_is_refused():
    with pytest.raises(RepeatedId, match="'1'"):
        Index.build([Person("1", surname="Коваль"), Person("1", surname="Бондар")])


def test_a_record_added_is_found_and_removed_is_not(sought):
    index = Index.build(CROWD)

    index.add([_record("andriy", ANDRIY)])
    found = index.search(sought)[0].record
    removed = index.remove(["andriy", "nobody"])

    assert (found, removed) == ("andriy", 1)
    assert all(hit.record != "andriy" for hit in index.search(sought))


def test_a_record_added_again_takes_the_place_of_the_earlier():
    index = Index.build([Person("1", surname="Коваль")])

    index.add([Person("1", surname="Бондар")])

    assert len(index) == 1
    assert index.person("1").surname == "Бондар"


def test_an_imported_double_is_seen_and_a_brother_is_not(index):
    double = Person(
        "", full_name=f"{ANDRIY.surname_ru} {ANDRIY.given_ru} {ANDRIY.patronymic_ru}", birth_date=ANDRIY.born
    )

    assert [hit.record for hit in index.likely_same(double)] == ["andriy"]
    assert index.likely_same(_record("", BOHDAN)) == []


def test_a_saved_index_answers_alike(tmp_path, sought):
    index = Index.build([*CROWD[:500], _record("andriy", ANDRIY)])
    index.remove([CROWD[0].id])

    index.save(tmp_path / "index")
    opened = Index.open(tmp_path / "index")

    assert [_told(hit) for hit in opened.search(sought)] == [_told(hit) for hit in index.search(sought)]
    assert len(opened) == len(index)
    assert CROWD[0].id not in opened


def test_a_saved_index_can_be_added_to_and_saved_over_itself(tmp_path, sought):
    Index.build(CROWD[:50]).save(tmp_path / "index")
    opened = Index.open(tmp_path / "index")

    opened.add([_record("andriy", ANDRIY)])
    opened.save(tmp_path / "index")

    assert Index.open(tmp_path / "index").search(sought)[0].record == "andriy"
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


@pytest.mark.parametrize("name", ["records.jsonl", "arrays.bin", "kinmatch.json"])
def test_a_damaged_file_is_refused_by_name(tmp_path, name):
    Index.build(CROWD[:20]).save(tmp_path / "index")
    path = next((tmp_path / "index").rglob(name))
    path.write_bytes(path.read_bytes()[:-3] + b"???")

    with pytest.raises(DamagedIndex, match=name):
        Index.open(tmp_path / "index")


def test_an_index_of_another_version_is_refused(tmp_path):
    Index.build(CROWD[:20]).save(tmp_path / "index")
    path = tmp_path / "index" / "kinmatch.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"version": 99}))

    with pytest.raises(DamagedIndex, match="version"):
        Index.open(tmp_path / "index")


def test_an_index_is_never_written_over_other_files(tmp_path):
    (tmp_path / "letters.txt").write_text("dear sir")

    with pytest.raises(FileExistsError):
        Index.build(CROWD[:20]).save(tmp_path)


def test_an_empty_registry_says_absent():
    answer = Index.build([]).answer(Person("", full_name="Коваль"))

    assert answer.hits == ()
    assert answer.absent == 1


def test_a_thousand_equal_names_share_the_probability():
    index = Index.build(Person(str(number), full_name="Коваль Іван") for number in range(1000))

    hits = index.search(Person("", full_name="Коваль Іван"), limit=3)

    assert len(hits) == 3
    assert all(hit.probability < 0.01 for hit in hits)


def test_two_brothers_compared_are_rather_relatives_than_one_person():
    compared = compare(_record("", ANDRIY), _record("", BOHDAN))

    assert compared.relative > compared.probability
