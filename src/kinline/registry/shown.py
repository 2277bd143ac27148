"""Rows and codes turned into what the pages show: words of the language in force, never a decision."""

import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, cast
from urllib.parse import urlencode

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

from kinline.registry import messages, queries
from kinline.registry.models import Report
from kinline.registry.queries import FactRow, NameRow, Row, Said, Sheet
from kinline.tables import writing
from kinrules import permissions
from kinrules.machine import Move
from kinrules.permissions import Actor, Permission
from kinrules.terms import CustodyEventKind, EvidenceKind

FILTERS = ("state", "category", "power", "detaining")
FORMS = ("csv", "xlsx", "jsonl")
_COLUMNS = {"power": "power_of_origin", "detaining": "detaining_power"}


def rows(found: Iterable[Row]) -> list[dict[str, Any]]:
    """Lines of a list."""
    return [
        {
            "record": row.record,
            "name": row.name,
            "romanised": row.romanised,
            "born": row.born,
            "state": messages.state(row.record.state),
            "category": messages.CATEGORIES[row.record.category],
        }
        for row in found
    ]


def filters(chosen: Mapping[str, str]) -> list[dict[str, Any]]:
    """Filters as groups of links, each with its count; what holds no record is left out."""
    words: dict[str, Any] = {"state": messages.state, "category": messages.CATEGORIES.__getitem__}
    return [
        {"name": name, "label": messages.FILTERS[name], "choices": _choices(name, chosen, words.get(name, str))}
        for name in FILTERS
    ]


def query(chosen: Mapping[str, str]) -> str:
    """The filters as the end of an address, to be kept while paging."""
    return urlencode({name: code for name, code in chosen.items() if code})


def record(sheet: Sheet, officer: Actor) -> dict[str, Any]:
    """Everything the record's page shows."""
    return {
        "record": sheet.record,
        "title": next((row.name.written for row in sheet.names), ""),
        "state": messages.state(sheet.record.state),
        "category": messages.CATEGORIES[sheet.record.category],
        "identity": messages.IDENTITY[sheet.record.identity_state],
        "names": [_name(row) for row in sheet.names],
        "facts": [_fact(row) for row in sheet.facts],
        "conflicts": [messages.FACTS[row.kind] for row in sheet.conflicts],
        "aliases": [{"kind": messages.ALIASES[one.kind], "written": one.written} for one in sheet.aliases],
        "events": [{"row": one, "words": messages.EVENTS[CustodyEventKind(one.kind)]} for one in sheet.events],
        "reports": [report(one) for one in sheet.reports],
        "exhibits": [{"row": one, "kind": messages.EVIDENCE[EvidenceKind(one.kind)]} for one in sheet.exhibits],
        "moves": [
            {"verb": move.verb, "words": messages.state(move.verb)}
            for move in sheet.moves
            if permissions.allowed(move.who, officer, sheet.record)
        ],
        "same_number": sheet.same_number,
        "may_write": permissions.allowed(Permission.RECORD_WRITE, officer, sheet.record),
    }


def report(one: Report) -> dict[str, Any]:
    """A report with its words."""
    return {
        "row": one,
        "kind": messages.EVIDENCE[EvidenceKind(one.kind)],
        "reliability": messages.RELIABILITY[one.source_reliability],
    }


def step(move: Move) -> dict[str, Any]:
    """What a step does and what it rests on."""
    return {
        "verb": move.verb,
        "words": messages.state(move.verb),
        "target": messages.state(move.target),
        "needs": [messages.EVIDENCE[kind] for kind in move.needs],
        "needs_one_of": [messages.EVIDENCE[kind] for kind in move.needs_one_of],
    }


def file(form: str, chosen: Mapping[str, str], *, on: date) -> HttpResponse:
    """The register, or the chosen part of it, as a file."""
    lines = queries.export_rows(**{_COLUMNS.get(name, name): code for name, code in chosen.items() if code})
    name = f"register-{on:%Y-%m-%d}.{form}"
    if form == "xlsx":
        book = io.BytesIO()
        writing.stream_xlsx(book, queries.EXPORT_COLUMNS, (writing.Line(cells) for cells in lines))
        book.seek(0)
        return cast(HttpResponse, FileResponse(book, as_attachment=True, filename=name))
    text = _json(lines) if form == "jsonl" else writing.csv_lines(queries.EXPORT_COLUMNS, lines)
    kind = "application/x-ndjson" if form == "jsonl" else "text/csv; charset=utf-8"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return cast(HttpResponse, StreamingHttpResponse(text, content_type=kind, headers=headers))


def _json(lines: Iterable[Sequence[str]]) -> Iterable[str]:
    return writing.json_lines(dict(zip(queries.EXPORT_COLUMNS, cells, strict=True)) for cells in lines)


def _choices(name: str, chosen: Mapping[str, str], words: Any) -> list[dict[str, Any]]:
    counted = queries.counts(_COLUMNS.get(name, name))
    return [
        {
            "code": code,
            "label": words(code),
            "count": count,
            "current": chosen[name] == code,
            "query": query({**chosen, name: "" if chosen[name] == code else code}),
        }
        for code, count in sorted(counted.items())
        if code
    ]


def _name(row: NameRow) -> dict[str, Any]:
    return {
        "row": row,
        "kind": messages.NAMES[row.name.kind],
        "provenance": messages.PROVENANCE[row.name.provenance],
        "report": report(row.name.report),
    }


def _fact(row: FactRow) -> dict[str, Any]:
    best, *others = (_said(row, said) for said in (row.best, *row.others))
    return {"label": messages.FACTS[row.kind], "best": best, "others": others, "conflict": row.conflict}


def _said(row: FactRow, said: Said) -> dict[str, Any]:
    return {
        "written": messages.value(row.kind, said.value) or said.written or said.value,
        "declined": said.declined,
        "grade": said.grade,
        "provenance": messages.PROVENANCE[said.provenance],
        "report": report(said.report),
    }
