"""The command line that others rely on: exit codes, JSON, and nothing lost whatever comes."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kinline.imports.models import Batch, Row
from kinline.ledger import queries as ledger
from kinline.registry.models import Record
from kinline.sites.commands.registry import app
from kinline.tables.refusal import TableRefused
from kinrules.refusal import Refused
from tests.rooms.imports.conftest import GOOD, HEADINGS, outcomes, sheet, stored
from tests.rooms.tables.conftest import SHARED, naughty_strings, shared

pytestmark = pytest.mark.django_db
TERRIBLE = sorted(path for path in (SHARED / "tables").rglob("*") if path.is_file()) if SHARED.exists() else []
BAD = [4, "Кравець", "Юрій", "Павлович", "14.3.01", "матрос", "АА-100004", None]


def run(*words: object):
    return CliRunner().invoke(app, [str(word) for word in words])


def test_a_good_register_leaves_with_zero(tmp_path):
    answer = run("import", stored(tmp_path, sheet(GOOD)), "--json")

    told = json.loads(answer.stdout)
    assert answer.exit_code == 0
    assert {key: told[key] for key in ("rows", "ready", "parked", "problems", "possible_duplicates")} == {
        "rows": 3,
        "ready": 3,
        "parked": 0,
        "problems": [],
        "possible_duplicates": 0,
    }
    assert Record.objects.filter(batch=told["batch"]).count() == 3


def test_bad_rows_leave_with_six_and_the_good_ones_are_done(tmp_path):
    errors = tmp_path / "errors.xlsx"

    answer = run("import", stored(tmp_path, sheet([*GOOD, BAD])), "--json", "--errors", errors)

    told = json.loads(answer.stdout)
    assert answer.exit_code == 6
    assert told["problems"][0]["kind"] == "date.two-digit-year"
    assert (told["problems"][0]["count"], told["problems"][0]["rows"]) == (1, [5])
    assert told["problems"][0]["suggestion"] == "2001-03-14"
    assert Record.objects.count() == 3
    assert errors.exists()


def test_a_mended_error_sheet_finishes_the_register(tmp_path):
    errors = tmp_path / "errors.xlsx"
    batch = json.loads(run("import", stored(tmp_path, sheet([*GOOD, BAD])), "--json", "--errors", errors).stdout)[
        "batch"
    ]

    answer = run("import", errors, "--accept-suggestions", "--json")

    assert answer.exit_code == 0
    assert json.loads(answer.stdout)["batch"] == batch
    assert Record.objects.count() == 4


def test_a_dry_run_writes_nothing(tmp_path):
    answer = run("import", stored(tmp_path, sheet([*GOOD, BAD])), "--dry-run", "--json")

    assert answer.exit_code == 6
    assert json.loads(answer.stdout)["batch"] == ""
    assert not Batch.objects.exists()
    assert not Record.objects.exists()
    assert ledger.last() is None


def test_the_same_file_twice_adds_nothing(tmp_path):
    file = stored(tmp_path, sheet(GOOD))
    first = json.loads(run("import", file, "--json").stdout)

    second = json.loads(run("import", file, "--json").stdout)

    assert second["batch"] == first["batch"]
    assert Record.objects.count() == 3


def test_a_map_decides_which_column_is_what(tmp_path):
    chosen = tmp_path / "map.json"
    chosen.write_text(json.dumps({"columns": {"1": "surname", "4": "birth_date"}}), encoding="utf-8")

    answer = run("import", stored(tmp_path, sheet(GOOD)), "--map", chosen, "--json")

    assert answer.exit_code == 0
    assert Batch.objects.get().mapping["columns"] == {"1": "surname", "4": "birth_date"}


def test_a_register_is_taken_back_by_the_beginning_of_its_id(tmp_path):
    batch = json.loads(run("import", stored(tmp_path, sheet(GOOD)), "--json").stdout)["batch"]

    answer = run("undo", batch[:8], "--json")

    assert json.loads(answer.stdout) == {"batch": batch, "withdrawn": 3, "kept": []}
    assert set(Record.objects.values_list("state", flat=True)) == {"withdrawn"}


@pytest.mark.parametrize("form", ["csv", "jsonl", "xlsx"])
def test_the_register_is_handed_out_and_the_export_written_down_first(tmp_path, form):
    run("import", stored(tmp_path, sheet(GOOD)))
    out = tmp_path / f"out.{form}"

    answer = run("export", "--format", form, "--out", out)

    assert answer.exit_code == 0
    assert out.stat().st_size > 100
    assert ledger.last().kind == "registry.export"


def test_an_exported_register_can_be_read_again(tmp_path):
    run("import", stored(tmp_path, sheet(GOOD)))
    out = tmp_path / "out.csv"
    run("export", "--out", out)

    answer = run("import", out, "--dry-run", "--json")

    assert json.loads(answer.stdout)["rows"] == 3


@pytest.mark.parametrize("path", TERRIBLE or [None], ids=lambda path: path.name if path else "absent")
def test_every_terrible_file_is_imported_or_refused_and_never_in_part(path: Path | None):
    if path is None:
        shared("tables")

    # The largest ones are only tried: thousands of records for one test would be slow, not truer.
    answer = run("import", path, "--json", *(["--dry-run"] if path.stat().st_size > 100_000 else []))

    assert answer.exception is None or isinstance(answer.exception, SystemExit | TableRefused | Refused)
    if answer.exit_code in {0, 6} and Batch.objects.exists():
        counts = outcomes(Batch.objects.get())
        assert counts["rows"] == sum(count for name, count in counts.items() if name != "rows")
        assert counts.get("added", 0) == Record.objects.count()
        assert not counts.get("ready")
    elif isinstance(answer.exception, Refused):
        assert not Record.objects.exists()


def test_naughty_strings_are_kept_as_they_are_or_parked(tmp_path):
    strings = [text for text in naughty_strings() if text.strip()]
    rows = [
        [place, "".join(c for c in text if c.isprintable()), "Іван", None, None, None, None, None]
        for place, text in enumerate(strings)
    ]

    answer = run("import", stored(tmp_path, sheet(rows)), "--json")

    assert answer.exit_code in {0, 6}
    assert Row.objects.count() == len(strings)
    assert HEADINGS[1] == Batch.objects.get().headings[1]["heading"]


def test_a_missing_file_is_wrong_use(tmp_path):
    answer = run("import", tmp_path / "gone.xlsx")

    assert answer.exception.exit_code == 2
