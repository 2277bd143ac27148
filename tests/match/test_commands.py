"""The engine on files: forms of the commands, and what they say to bad files."""

import csv
import json

import pytest

from kinmatch.__main__ import main


@pytest.fixture
def records(tmp_path):
    path = tmp_path / "records.csv"
    path.write_text(
        "id,full_name,birth_date\n"
        "a,Коваль Андрій Петрович,1990-05-01\n"
        "b,Бондар Ольга Іванівна,1985\n"
        "c,Koval Andrii Petrovych,1990-05-01\n",
        encoding="utf-8",
    )
    return path


def test_a_list_is_indexed_and_searched(tmp_path, records):
    main(["index", str(records), "-o", str(tmp_path / "dir")])
    main(["search", str(tmp_path / "dir"), str(records), "--top", "2", "-o", str(tmp_path / "out.jsonl")])

    lines = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["query"] for line in lines] == ["a", "b", "c"]
    assert lines[1]["hits"][0]["record"] == "b"
    assert {"query", "absent", "cpu_ms", "hits"} == set(lines[0])
    assert {"field", "level", "weight", "says"} <= set(lines[0]["hits"][0]["evidence"][0])


def test_two_lists_are_linked(tmp_path, records):
    main(["link", str(records), str(records), "--top", "1", "-o", str(tmp_path / "out.csv")])

    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == ["query", "record", "rank", "probability", "relative"]
    assert rows[1]["record"] == "b"


def test_doubles_of_one_list_are_found_in_two_alphabets(tmp_path, records):
    main(["dedupe", str(records), "--min-probability", "0.5", "-o", str(tmp_path / "out.csv")])

    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [(row["record"], row["other"]) for row in rows] == [("a", "c")]


def test_two_names_are_compared_with_reasons(capsys):
    main(["compare", "Тарас Бойко", "Boyko Taras", "--born", "1990", "1990-03-09", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert found["probability"] > 0.5
    assert {fact["field"] for fact in found["evidence"]} == {"surname", "given", "birth_date"}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"colour,size\nred,1\n", "no column full_name"),
        ("full_name\nКоваль\n".encode("cp1251"), "not UTF-8"),
        (b"id,full_name\n1,Koval\n1,Bondar\n", "comes twice"),
        (b"", "no column full_name"),
    ],
)
def test_a_bad_list_is_refused_with_what_to_mend(tmp_path, capsys, content, words):
    (tmp_path / "bad.csv").write_bytes(content)

    code = main(["index", str(tmp_path / "bad.csv"), "-o", str(tmp_path / "dir")])

    assert code == 1
    assert words in capsys.readouterr().err
    assert not (tmp_path / "dir").exists()


def test_a_missing_file_and_a_missing_index_are_named(tmp_path, capsys):
    code = main(["search", str(tmp_path / "nowhere"), str(tmp_path / "none.csv")])

    assert code == 1
    assert "nowhere" in capsys.readouterr().err
