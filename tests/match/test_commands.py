"""The engine on files: forms of the commands, and what they say to bad files."""

import csv
import json
from importlib.util import find_spec
from io import StringIO

import pytest

from kinmatch.__main__ import main
from kinmatch.lists import Tally, read_pieces, read_table
from kinmatch.progress import Progress


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
        ("full_name\nKoval\nБондар\n".encode("utf-16"), "not UTF-8"),
        (b"full_name\nKoval\n" + "Бондар\n".encode("cp1251"), "line 3"),
        (b"id,full_name\n1,Koval\n1,Bondar\n", "comes twice"),
        (b"full_name,Full_name\nKoval,Bondar\n", "the column full_name twice"),
        (b'full_name\n"' + b"x" * 2_000_000, "not a whole CSV file"),
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


def test_an_answer_is_written_in_the_form_its_ending_names(tmp_path, records):
    index = str(tmp_path / "dir")
    main(["index", str(records), "-o", index])

    main(["link", str(records), str(records), "--top", "1", "-o", str(tmp_path / "out.jsonl")])
    main(["search", index, str(records), "--top", "1", "-o", str(tmp_path / "out.csv")])

    row = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()[1])
    assert (row["query"], row["record"], row["rank"]) == ("b", "b", 1)
    assert isinstance(row["probability"], float)
    with (tmp_path / "out.csv").open(encoding="utf-8") as file:
        assert [one["record"] for one in csv.DictReader(file)][1] == "b"


@pytest.mark.skipif(find_spec("pyarrow") is None, reason="pyarrow, the extra for Parquet, is not installed")
def test_an_answer_may_be_a_parquet_file(tmp_path, records):
    parquet = pytest.importorskip("pyarrow.parquet")

    main(["link", str(records), str(records), "--top", "1", "-o", str(tmp_path / "out.parquet")])

    rows = parquet.read_table(tmp_path / "out.parquet").to_pylist()
    assert rows[1]["record"] == "b"
    assert isinstance(rows[1]["probability"], float)


@pytest.mark.skipif(find_spec("pyarrow") is not None, reason="pyarrow is installed")
def test_parquet_without_its_package_is_refused_before_the_work(tmp_path, records, capsys):
    code = main(["link", str(records), str(records), "-o", str(tmp_path / "out.parquet")])

    assert code == 1
    assert "needs the package pyarrow" in capsys.readouterr().err
    assert not list(tmp_path.glob("out*"))


@pytest.mark.parametrize("name", ["out", "out.xlsx"])
def test_an_unknown_ending_is_refused_with_those_that_are_known(tmp_path, records, capsys, name):
    code = main(["dedupe", str(records), "-o", str(tmp_path / name)])

    assert code == 1
    assert ".csv, .jsonl, .parquet" in capsys.readouterr().err


def test_an_answer_without_a_file_goes_to_standard_output(records, capsys):
    main(["link", str(records), str(records), "--top", "1"])

    assert capsys.readouterr().out.splitlines()[0] == "query,record,rank,probability,relative"


def test_a_registry_of_one_and_a_list_of_none_are_answered(tmp_path, capsys):
    one, none = tmp_path / "one.csv", tmp_path / "none.csv"
    one.write_text("full_name\nКоваль Андрій\n", encoding="utf-8")
    none.write_text("full_name\n", encoding="utf-8")

    for sought, records in ((one, one), (one, none), (none, one), (none, none)):
        assert main(["link", str(sought), str(records)]) == 0
    assert main(["dedupe", str(one)]) == main(["dedupe", str(none)]) == 0

    rows = [line for line in capsys.readouterr().out.splitlines() if line[0].isdigit()]
    assert [row.split(",")[:3] for row in rows] == [["2", "2", "1"]]


def test_rows_keep_their_line_numbers_and_empty_ones_are_left_out(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text("id;Surname;colour\n\n;Коваль;red\nx;Бондар\n;;\ny;;\n;Ткач;green;more\n", encoding="utf-8-sig")

    table = read_table(path)

    assert table.ids == ["3", "x", "y", "7"]
    assert table.columns == {"surname": ["Коваль", "Бондар", "", "Ткач"]}


def test_rows_whose_cells_hold_several_lines_keep_their_line_numbers(tmp_path):
    path = tmp_path / "list.csv"
    path.write_text('full_name\nКоваль\n"Бондар\r\nОльга"\n\nТкач\n"Мороз\n"\n', encoding="utf-8", newline="")

    assert read_table(path).ids == ["2", "4", "6", "8"]


def test_a_list_read_in_pieces_is_the_list_read_whole(tmp_path):
    path = tmp_path / "list.csv"
    rows = "".join(f"{number},Коваль{number % 3},{'1985' if number > 7 else ''}\n" for number in range(20))
    path.write_text("id,surname,birth_date\n" + rows, encoding="utf-8")
    whole = list(read_table(path))

    pieces = [person for piece in read_pieces(path, size=6) for person in piece]
    rest = [person for piece in read_pieces(path, size=6, skip=7) for person in piece]

    assert pieces == whole
    assert rest == whole[7:]


def test_dates_that_are_no_dates_are_kept_and_counted(tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_text("id,surname,birth_date\n1,Коваль,31.02.1990\n2,Бондар,1990-05~\n3,Ткач,year?\n", encoding="utf-8")
    tally = Tally(path)

    table = read_table(path, tally=tally)

    assert table.columns["birth_date"] == ["31.02.1990", "1990-05~", "year?"]
    assert (tally.persons, tally.doubtful) == (3, 2)
    assert main(["dedupe", str(path)]) == 0
    assert "2 dates of birth cannot be read (the first: '31.02.1990' of 1)" in capsys.readouterr().err


def test_progress_on_a_terminal_is_one_line_and_elsewhere_says_the_end():
    class Terminal(StringIO):
        def isatty(self):
            return True

    terminal, paper = Terminal(), StringIO()

    for out in (terminal, paper):
        progress = Progress("persons sought", out=out)
        for done in range(1, 1001):
            progress(done, 1000)
        progress.end()

    assert terminal.getvalue().count("\n") == 1
    assert terminal.getvalue().startswith("\rpersons sought: 1 of 1,000")
    assert "\rpersons sought: 1,000, " in terminal.getvalue()
    assert len(paper.getvalue().splitlines()) == 1
