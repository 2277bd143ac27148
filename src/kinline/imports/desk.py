"""Staff pages of an import: choose a file, match columns, checking, result, maybe already here, add, undo."""

import io
from typing import Any

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from kinline.imports import actions, messages, queries, tasks
from kinline.imports.forms import FixForm, MatchForm, ReceiveForm, SameForm, UndoForm
from kinline.imports.models import Batch, Doubt
from kinline.ledger.actions import Document
from kinline.tables import columns, mapping, writing
from kinline.tables.refusal import TableRefused
from kinline.ui import desk, refusals
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import import_batch as states

SECTIONS = (desk.Section(label=_("Imports"), url="/imports/", permission=Permission.IMPORT_RUN),)
PAGE = 30
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
P = Permission
FIXABLE = (states.CHECKED, states.STOPPED, states.ADDED)


@require_safe
@desk.page(P.IMPORT_RUN)
def index(request: desk.DeskRequest) -> HttpResponse:
    """Every register that came, and the form for the next one."""
    return _index(request, ReceiveForm())


@require_POST
@desk.page(P.IMPORT_RUN)
def receive(request: desk.DeskRequest) -> HttpResponse:
    """Keep a register; where it cannot be read, the form comes back with the reason."""
    form = ReceiveForm(request.POST, request.FILES)
    if not form.is_valid():
        return _index(request, form, status=422)
    file = form.cleaned_data["file"]
    document = Document(file.read(), file.name, file.content_type or "")
    try:
        answer = actions.receive(document, about=form.about(), actor=request.officer, at=request.at)
    except Refused as refused:
        form.add_error("file", _sentence(refused))
        return _index(request, form, status=409)
    if answer.how != "new":
        notices.info(request, messages.ALREADY_HERE if answer.how == "before" else messages.MENDED)
    return redirect("imports_batch", pk=answer.batch.pk)


@require_safe
@desk.page(P.IMPORT_RUN, of=Batch)
def batch_page(request: desk.DeskRequest, batch: Batch) -> HttpResponse:
    """Where a register stands, and what can be done with it next."""
    if batch.state == states.RECEIVED:
        return _match(request, batch)
    if batch.state in {states.CHECKING, states.ADDING}:
        return _at_work(request, batch)
    return _result(request, batch)


@require_safe
@desk.page(P.IMPORT_RUN, of=Batch)
def match_page(request: desk.DeskRequest, batch: Batch) -> HttpResponse:
    """Match the columns anew; nothing was added yet."""
    return _match(request, batch)


@require_POST
@desk.page(P.IMPORT_RUN, of=Batch)
def check(request: desk.DeskRequest, batch: Batch) -> HttpResponse:
    """Begin to check with the columns as they were confirmed."""
    form = MatchForm(request.POST, guesses=_guesses(batch))
    if not form.is_valid():
        return _match(request, batch, form, status=422)
    try:
        with transaction.atomic():
            actions.begin_check(batch, form.chosen(), actor=request.officer, at=request.at)
            actions.remember(batch, actor=request.officer, at=request.at)
            tasks.check_batch.enqueue(batch=str(batch.pk))
    except Refused as refused:
        batch.refresh_from_db()
        form.add_error(None, _sentence(refused))
        return _match(request, batch, form, status=409)
    return redirect("imports_batch", pk=batch.pk)


@require_POST
@desk.page(P.IMPORT_RUN, of=Batch)
def stop(request: desk.DeskRequest, batch: Batch) -> HttpResponse:
    """Stop the check."""
    actions.stop(batch, actor=request.officer, at=request.at)
    notices.info(request, messages.STOPPED)
    return redirect("imports_batch", pk=batch.pk)


@require_POST
@desk.page(P.IMPORT_RUN, of=Batch)
def resume(request: desk.DeskRequest, batch: Batch) -> HttpResponse:
    """Go on with work that stopped before its end."""
    with transaction.atomic():
        actions.resume(batch, actor=request.officer, at=request.at)
        work = tasks.add_batch if batch.state == states.ADDING else tasks.check_batch
        work.enqueue(batch=str(batch.pk))
    notices.info(request, messages.GOES_ON)
    return redirect("imports_batch", pk=batch.pk)


@require_POST
@desk.page(P.IMPORT_RUN, of=Batch)
def fix(request: desk.DeskRequest, batch: Batch) -> HttpResponse:
    """Settle one kind of problem in one step."""
    form = FixForm(request.POST)
    if not form.is_valid():
        raise Refused("imports.no-such-fix", "the form named no kind or no way")
    sent = form.cleaned_data
    count = actions.fix(
        batch, kind=sent["kind"], field=sent["field"], way=sent["way"], actor=request.officer, at=request.at
    )
    notices.success(request, messages.fixed(count))
    return redirect("imports_batch", pk=batch.pk)


@require_safe
@desk.page(P.IMPORT_RUN, of=Batch)
def same_page(request: desk.DeskRequest, batch: Batch) -> HttpResponse:
    """The next row whose person may be here already, beside each such record."""
    after = request.GET.get("after", "")
    waiting = queries.waiting_twins(batch, after=int(after) if after.isdecimal() else 0)
    doubt = waiting.first()
    if doubt is None:
        return redirect("imports_batch", pk=batch.pk)
    found, twins = queries.twins(doubt)
    context = {
        "batch": batch,
        "doubt": doubt,
        "twins": [{"record": twin.record, "rows": messages.compared(twin.evidence), "widest": 10} for twin in twins],
        "written": [(messages.FIELDS.get(key, key), text) for key, text in found.written.items()],
        "left": waiting.count(),
        "earlier": [each["number"] for each in doubt.twins if "number" in each],
    }
    return render(request, "imports/same.html", context)


@require_POST
@desk.page(P.IMPORT_RUN, of=Batch)
def same(request: desk.DeskRequest, batch: Batch, doubt: int) -> HttpResponse:
    """Decide one row: another person, left out, or the person of one of the records."""
    form = SameForm(request.POST)
    if not form.is_valid():
        raise Refused("imports.no-such-fix", "the form named no way")
    found = get_object_or_404(Doubt, pk=doubt, batch=batch)
    sent = form.cleaned_data
    actions.settle_one(found, way=sent["way"], typed=sent["record"], actor=request.officer, at=request.at)
    return redirect("imports_same", pk=batch.pk)


@require_POST
@desk.page(P.IMPORT_ADD, of=Batch)
def add(request: desk.DeskRequest, batch: Batch) -> HttpResponse:
    """Begin to add the good rows; the others stay parked."""
    with transaction.atomic():
        actions.begin_adding(batch, actor=request.officer, at=request.at)
        tasks.add_batch.enqueue(batch=str(batch.pk))
    return redirect("imports_batch", pk=batch.pk)


@require_POST
@desk.page(P.IMPORT_UNDO, of=Batch)
def undo(request: desk.DeskRequest, batch: Batch) -> HttpResponse:
    """Take the register back."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _result(request, batch, form, status=422)
    actions.undo(batch, reason=form.cleaned_data["reason"], actor=request.officer, at=request.at)
    notices.success(request, messages.UNDONE)
    return redirect("imports_batch", pk=batch.pk)


@require_safe
@desk.page(P.IMPORT_RUN, of=Batch)
def errors(request: desk.DeskRequest, batch: Batch) -> HttpResponse:
    """The rows to fix, as a spreadsheet with the row numbers of the register and the problem beside each."""
    out = io.BytesIO()
    writing.stream_xlsx(out, queries.error_headings(batch), queries.error_lines(batch), sheet=messages.SHEET)
    name = f"kinline-{str(batch.pk)[:8]}.xlsx"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(out.getvalue(), content_type=XLSX, headers=headers)


def _index(request: desk.DeskRequest, form: ReceiveForm, *, status: int = 200) -> HttpResponse:
    page = Paginator(queries.listed(), PAGE).get_page(request.GET.get("page"))
    sums = queries.sums(page.object_list)
    rows = [{"batch": each, "state": messages.STATES[each.state], "sums": sums.get(each.pk, {})} for each in page]
    return render(request, "imports/index.html", {"form": form, "rows": rows, "page": page}, status=status)


def _guesses(batch: Batch) -> list[columns.Guess]:
    with queries.table_of(batch) as table:
        return columns.guesses(table)


def _match(
    request: desk.DeskRequest, batch: Batch, form: MatchForm | None = None, *, status: int = 200
) -> HttpResponse:
    if form is None:
        try:
            guesses = _guesses(batch)
        except TableRefused as refused:
            return desk.refused_page(request, refused)
        chosen = mapping.from_json(batch.mapping, name=batch.file_name)
        initial: dict[str, Any] = {f"column_{column}": key for column, key in chosen.fields.items()}
        day_first = {True: "yes", False: "no", None: ""}[chosen.day_first]
        initial |= {"header_row": chosen.header_row, "day_first": day_first, "sheet": chosen.sheet}
        form = MatchForm(initial=initial, guesses=guesses)
    context = {"batch": batch, "form": form, "notes": messages.notes(batch.notes)}
    return render(request, "imports/match.html", context, status=status)


def _at_work(request: desk.DeskRequest, batch: Batch) -> HttpResponse:
    counts = queries.counts(batch)
    adding = batch.state == states.ADDING
    progress = queries.progress(batch, at=request.at)
    context = {
        "batch": batch,
        "adding": adding,
        "done": counts.added if adding else progress.done,
        "whole": counts.added + counts.ready if adding else progress.whole,
        "left": messages.time_left(None if adding else progress.left),
        "groups": [] if adding else _groups(batch),
        "again": request.path,
        "stopped": queries.has_stopped(batch, at=request.at),
    }
    return render(request, "imports/working.html", context)


def _groups(batch: Batch) -> list[dict[str, Any]]:
    return [
        {
            "group": group,
            "says": messages.DOUBTS[group.kind],
            "field": messages.FIELDS.get(group.field, ""),
            "rows": ngettext("%(count)d row", "%(count)d rows", group.count) % {"count": group.count},
            "ways": messages.ways(group.kind, count=group.count, suggested=group.suggested),
        }
        for group in queries.groups(batch)
    ]


def _result(
    request: desk.DeskRequest, batch: Batch, undo_form: UndoForm | None = None, *, status: int = 200
) -> HttpResponse:
    context = {
        "batch": batch,
        "counts": queries.counts(batch),
        "groups": _groups(batch),
        "notes": messages.notes(batch.notes),
        "state": messages.STATES[batch.state],
        "can_undo": queries.can_undo(batch, at=request.at),
        "undo_until": queries.undo_until(batch),
        "undo_form": undo_form or UndoForm(),
        "fixable": batch.state in FIXABLE,
        "addable": batch.state in {states.CHECKED, states.ADDED},
        "rematch": batch.state in {states.CHECKED, states.STOPPED},
        "refusal": TableRefused(kept["code"], "", **kept["facts"]).sentence if (kept := batch.refusal) else "",
        "people": queries.people(batch),
    }
    return render(request, "imports/result.html", context, status=status)


def _sentence(refused: Refused) -> str:
    return refused.sentence if isinstance(refused, TableRefused) else refusals.sentence(refused)


urlpatterns = [
    path("imports/", index, name="imports_index"),
    path("imports/receive/", receive, name="imports_receive"),
    path("imports/<uuid:pk>/", batch_page, name="imports_batch"),
    path("imports/<uuid:pk>/columns/", match_page, name="imports_match"),
    path("imports/<uuid:pk>/check/", check, name="imports_check"),
    path("imports/<uuid:pk>/stop/", stop, name="imports_stop"),
    path("imports/<uuid:pk>/resume/", resume, name="imports_resume"),
    path("imports/<uuid:pk>/fix/", fix, name="imports_fix"),
    path("imports/<uuid:pk>/same/", same_page, name="imports_same"),
    path("imports/<uuid:pk>/same/<int:doubt>/", same, name="imports_decide"),
    path("imports/<uuid:pk>/add/", add, name="imports_add"),
    path("imports/<uuid:pk>/undo/", undo, name="imports_undo"),
    path("imports/<uuid:pk>/errors.xlsx", errors, name="imports_errors"),
]
