"""Bring registers in, take them back, and hand the register out as a file."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from django.db import transaction
from django.utils import timezone

from kinline.imports import actions, messages, queries
from kinline.imports.drafting import About
from kinline.imports.models import Batch
from kinline.ledger.actions import Document
from kinline.registry import actions as registry
from kinline.registry import queries as records
from kinline.sites import console
from kinline.sites.exits import Exit, Stop
from kinline.staff.queries import Acting
from kinline.tables import mapping, writing
from kinline.tables.refusal import TableRefused
from kinrules.permissions import Role
from kinrules.states import import_batch as states
from kinrules.terms import Category, SourceReliability

app = typer.Typer(help="The register: bring lists in, take them back, hand it out.")

JSON = Annotated[bool, typer.Option("--json", help="one JSON document to standard output")]
CONSOLE = Acting(
    reference="console", human="", roles=frozenset({Role.REGISTRY_OFFICER}), on_duty=True, name="command line"
)
"""Whoever has a shell on the machine of the bureau: the ledger says so, and never counts it as a human."""


UNCHECKED = frozenset({states.RECEIVED, states.CHECKING, states.STOPPED})
UNFINISHED = UNCHECKED | {states.ADDING}
"""States in which a file that was here before is gone on with: an earlier run was cut short."""


class Form(StrEnum):
    """Forms in which the register can leave the house."""

    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"


class _OnlyTried(Exception):  # noqa: N818 - it ends a transaction, nothing went wrong
    """Everything done in a dry run is taken back by this."""


@app.command("import")
def import_register(
    file: Annotated[Path, typer.Argument(help="CSV, TSV, XLSX, XLS, ODS; also packed with gzip or zip")],
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="only check; record nothing")] = False,
    map_file: Annotated[Path | None, typer.Option("--map", help="JSON that says which column is what")] = None,
    errors: Annotated[Path | None, typer.Option("--errors", help="write the bad rows to this XLSX")] = None,
    accept_suggestions: Annotated[
        bool, typer.Option("--accept-suggestions", help="say yes to every suggestion")
    ] = False,
    category: Annotated[Category, typer.Option(help="whom the register lists")] = Category.PRISONER_OF_WAR,
    detaining_power: Annotated[str, typer.Option(help="ISO 3166-1 code of the detaining Power")] = "",
    power: Annotated[str, typer.Option(help="ISO 3166-1 code of the Power on which the persons depend")] = "",
    source: Annotated[str, typer.Option(help="from whom the register came")] = "",
    reliability: Annotated[SourceReliability, typer.Option(help="A to F")] = SourceReliability.CANNOT_BE_JUDGED,
    as_json: JSON = False,
) -> None:
    """Check a register row by row and add the good rows; the others stay parked and are named.

    kinline registry import list.xlsx --errors bad-rows.xlsx

    kinline registry import list.csv --dry-run --json
    """
    about = About(
        category=category.value,
        detaining_power=detaining_power.upper(),
        power_of_origin=power.upper(),
        source=source,
        reliability=reliability.value,
    )
    chosen = mapping.load(map_file) if map_file else None
    _require_powers(about)
    with _tried(dry_run), console.bar("Rows") as bar:
        answer = _received(file, about)
        batch = answer.batch
        is_open = answer.how == "mended" or batch.state in UNFINISHED
        if batch.state in UNCHECKED:
            _check(batch, chosen, bar)
        if accept_suggestions and batch.state in {states.CHECKED, states.ADDED}:
            _accept(batch)
        told = _told(batch)
        if errors is not None:
            _write_errors(batch, errors)
        if not dry_run and is_open:
            _add(batch, bar)
            told |= {"added": queries.counts(batch).added}
        told["batch"] = "" if dry_run else str(batch.pk)
    if dry_run:
        actions.drop_unkept(batch.digest)
    _say(told, how=answer.how, notes=batch.notes, errors=errors, as_json=as_json)
    if told["parked"] or told["possible_duplicates"]:
        raise typer.Exit(Exit.ROW_ERRORS)


@app.command()
def undo(
    batch: str,
    *,
    reason: Annotated[str, typer.Option(help="why it is taken back")] = "taken back on the command line",
    as_json: JSON = False,
) -> None:
    """Take back what an import added, within 24 hours. Nothing is deleted. BATCH is the id that import printed.

    kinline registry undo 1c9c2f3e
    """
    found = queries.batch_of(batch)
    undone = actions.undo(found, reason=reason, actor=CONSOLE, at=timezone.now())
    if as_json:
        console.show_json({"batch": str(found.pk), "withdrawn": undone.withdrawn, "kept": undone.kept})
        return
    console.say(f"Taken back: {undone.withdrawn} records. Their rows are kept.")
    for number in undone.kept:
        console.say(f"Left as it is, because it has moved on since: {number}")


@app.command()
def export(
    *,
    form: Annotated[Form, typer.Option("--format", help="csv, xlsx or jsonl")] = Form.CSV,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="a file; standard output without it")] = None,
    bom: Annotated[bool, typer.Option(help="begin CSV with the mark that Excel needs")] = True,
) -> None:
    """Hand out the register. The export is written into the ledger before its first row leaves.

    kinline registry export --format xlsx -o register.xlsx

    kinline registry export --format jsonl > register.jsonl
    """
    registry.note_export(form.value, filters={}, actor=CONSOLE, at=timezone.now())
    headings = list(records.EXPORT_COLUMNS)
    rows = records.export_rows()
    if form is Form.XLSX:
        lines = (writing.Line(row) for row in rows)
        if out is None:
            writing.stream_xlsx(sys.stdout.buffer, headings, lines, sheet="register")
        else:
            writing.write_xlsx(out, headings, lines, sheet="register")
        return
    if form is Form.CSV:
        text = writing.csv_lines(headings, rows, bom=bom)
    else:
        text = writing.json_lines(dict(zip(headings, row, strict=True)) for row in rows)
    if out is None:
        sys.stdout.buffer.writelines(line.encode() for line in text)
    else:
        writing.write_text(out, text)


@contextmanager
def _tried(only_tried: bool) -> Iterator[None]:
    """In a dry run, everything happens inside one transaction that is taken back at the end."""
    if not only_tried:
        yield
        return
    try:
        with transaction.atomic():
            yield
            raise _OnlyTried
    except _OnlyTried:
        return


def _require_powers(about: About) -> None:
    for code in filter(None, (about.detaining_power, about.power_of_origin)):
        if not (len(code) == 2 and code.isascii() and code.isalpha()):
            raise Stop(Exit.USAGE, "registry.power", "A Power is written as the two letters of ISO 3166, such as CH.")


def _received(file: Path, about: About) -> actions.Received:
    try:
        content = file.read_bytes()
    except OSError as failure:
        raise Stop(
            Exit.USAGE, "table.cannot-open", TableRefused("table.cannot-open", "", name=file.name).sentence
        ) from failure
    return actions.receive(Document(content, file.name, ""), about=about, actor=CONSOLE, at=timezone.now())


def _check(batch: Batch, chosen: mapping.ColumnMap | None, bar: Any) -> None:
    guessed = mapping.from_json(batch.mapping, name=batch.file_name)
    if chosen is not None:
        header_row = guessed.header_row if chosen.header_row is None else chosen.header_row
        guessed = replace(chosen, header_row=header_row, sheet=chosen.sheet or guessed.sheet)
    at = timezone.now()
    if batch.state != states.CHECKING:
        actions.begin_check(batch, guessed, actor=CONSOLE, at=at)
    try:
        actions.check_rows(batch, actor=CONSOLE, at=at, progress=bar)
    except TableRefused as refused:
        actions.refuse(batch, code=refused.code, facts=dict(refused.facts), says=refused.says, actor=CONSOLE, at=at)
        raise


def _accept(batch: Batch) -> None:
    for group in queries.groups(batch):
        if group.suggested:
            actions.fix(batch, kind=group.kind, field=group.field, way="suggestion", actor=CONSOLE, at=timezone.now())


def _add(batch: Batch, bar: Any) -> None:
    if queries.counts(batch).ready and batch.state in {states.CHECKED, states.ADDED}:
        actions.begin_adding(batch, actor=CONSOLE, at=timezone.now())
    if batch.state == states.ADDING:
        actions.add_rows(batch, actor=CONSOLE, at=timezone.now(), progress=bar)


def _write_errors(batch: Batch, path: Path) -> None:
    writing.write_xlsx(path, queries.error_headings(batch), queries.error_lines(batch), sheet=messages.SHEET)


def _told(batch: Batch) -> dict[str, Any]:
    counts = queries.counts(batch)
    return {
        "rows": counts.rows,
        "ready": counts.ready + counts.added,
        "parked": counts.parked,
        "problems": [_problem(group) for group in queries.groups(batch)],
        "possible_duplicates": counts.duplicate,
        "left_out": counts.left_out,
    }


def _problem(group: queries.Group) -> dict[str, Any]:
    first = next((suggestion for _number, _written, suggestion in group.samples if suggestion), "")
    return {
        "kind": group.kind,
        "field": group.field,
        "count": group.count,
        "rows": list(group.numbers),
        "suggestion": first,
        "says": str(messages.DOUBTS[group.kind]),
    }


def _say(told: dict[str, Any], *, how: str, notes: Iterable[Any], errors: Path | None, as_json: bool) -> None:
    if as_json:
        console.show_json(told)
    if how == "before":
        console.say(messages.ALREADY_HERE)
    if how == "mended":
        console.say(messages.MENDED)
    for note in messages.notes(notes):
        console.say(note)
    console.say(
        "{rows} rows: {ready} ready, {parked} to fix, {possible_duplicates} maybe already here.".format_map(told)
    )
    for problem in told["problems"]:
        console.say("  {count} rows: {says}".format_map(problem))
    if errors is not None and (told["parked"] or told["possible_duplicates"]):
        console.say(
            f"The rows to fix are in {errors}. Mend them there and import that file; the row numbers still match."
        )
    if told["batch"]:
        console.say(
            f"Batch {told['batch']}. To take it back within 24 hours: kinline registry undo {told['batch'][:8]}"
        )
