"""A small run of the bench from end to end, and every engine that this machine has."""

import json

import pytest

from kinmatch.__main__ import main
from kinmatch.bench import peers, published
from kinmatch.bench.generate import enquiries, registry
from kinmatch.bench.learn import learnt
from kinmatch.bench.peers import LeftOut
from kinmatch.bench.plain import Side
from kinmatch.weights import read_weights

KNOWN = registry(1500, 9)
ASKED = enquiries(KNOWN, 150, 10)
FOUND = peers.find(peers.names())


def test_a_small_run_is_printed_and_stored_with_its_verdicts(tmp_path, capsys):
    code = main(
        [
            "bench",
            "--records",
            "1000",
            "--enquiries",
            "300",
            "--peers",
            "none",
            "--batch",
            "--dedupe",
            "--out",
            str(tmp_path),
        ]
    )

    stored = json.loads((tmp_path / "records-1000.json").read_text(encoding="utf-8"))
    printed = capsys.readouterr()
    assert code == 0
    assert printed.out == (tmp_path / "records-1000.md").read_text(encoding="utf-8") + "\n"
    assert "steps, about" in printed.err.splitlines()[0]
    assert [one["section"] for one in stored["results"]] == ["search", "search", "link", "doubles"]
    assert {one["words"] for one in stored["targets"]} == {"not measured"}
    own = stored["results"][0]
    assert own["recall_at_1"] > 0.95
    assert own["absent_over_90"] <= 0.04
    assert own["relatives_over_90"] <= 0.12


def test_an_engine_without_its_package_is_left_out_by_name():
    found = peers.find(["own", "never_written"])

    assert "never_written" in found.left_out
    assert ("own", "Own") in found.searchers


def test_an_unknown_engine_is_refused_with_those_known(capsys):
    with pytest.raises(SystemExit):
        main(["bench", "--peers", "nobody"])

    assert "unknown: nobody" in capsys.readouterr().err


@pytest.mark.parametrize("name", FOUND.searchers, ids=lambda name: name[1])
def test_every_engine_finds_a_record_asked_for_as_it_is_written(name):
    try:
        made = peers.engine_class(name)()
    except LeftOut as reason:
        pytest.skip(str(reason))
    records = Side(KNOWN.table)

    try:
        made.build(records)
        firsts = [made.search(made.question(records, row))[0][0] for row in range(20)]
        size, version = made.size(), made.version()
    finally:
        made.close()

    assert sum(first == f"r{row}" for row, first in enumerate(firsts)) >= 18
    assert size > 1000
    assert version


@pytest.mark.parametrize("name", FOUND.linkers, ids=lambda name: name[1])
def test_every_linker_finds_most_of_those_asked_for(name):
    told = {}
    for query, record, score in peers.engine_class(name)().link(Side(ASKED.table), Side(KNOWN.table)):
        assert 0 <= score <= 1
        told.setdefault(query, record)

    present = [row for row in range(len(ASKED)) if ASKED.record[row] >= 0]
    right = [told.get(f"q{row}") == f"r{ASKED.record[row]}" for row in present]
    assert sum(right) / len(right) > 0.6


def test_weights_are_learnt_from_invented_pairs():
    weights = read_weights(learnt(records=600, asked=500))

    assert weights.rows["surname", "same"].person > 0.5
    assert weights.rows["surname", "same"].chance < 0.02
    assert weights.rows["given", "different"].brother > 0.8


def test_lists_of_the_bench_are_searched_as_files(tmp_path):
    main(["bench", "--records", "200", "--enquiries", "20", "--lists", str(tmp_path)])
    main(["index", str(tmp_path / "records.csv"), "-o", str(tmp_path / "dir")])
    main(["search", str(tmp_path / "dir"), str(tmp_path / "enquiries.csv"), "-o", str(tmp_path / "out.jsonl")])

    assert len((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 20


def test_published_pairs_of_spellings_are_asked_one_by_one(tmp_path):
    pairs, systems = tmp_path / published.PAIRS, tmp_path / published.SYSTEMS
    pairs.mkdir()
    systems.mkdir()
    for kind, uk, ru in (
        ("first", "Олексій", "Алексей"),
        ("patronymic", "Ілліч", "Ильич"),
        ("last", "Єгоров", "Егоров"),
    ):
        (pairs / f"{kind}_dev.tsv").write_text(f"uk\tru\trank\n{uk}\t{ru}\t0\n", encoding="utf-8")
    (systems / "all_tests.tsv").write_text("system\tsource\tromanized\nx\tЛукашэнка\tLukashėnka\n", encoding="utf-8")

    results = published.measure(str(tmp_path))

    assert published.missing(tmp_path) == ""
    assert len(results) == 7
    assert {one["recall_at_1"] for one in results} == {1.0}


def test_lists_that_are_not_there_are_named(tmp_path):
    assert published.PAIRS in published.missing(tmp_path)
