"""Staff pages of the registry: the list, one record with everything said of it, and the steps it may take."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinline.ledger.models import Exhibit
from kinline.registry import actions, messages, queries, shown
from kinline.registry.forms import MoveForm, NewRecordForm, SearchForm, SetAsideForm, StatementForm
from kinline.registry.models import Record, Report
from kinline.ui import desk, papers, refusals
from kinrules import permissions
from kinrules.machine import Move
from kinrules.permissions import Permission
from kinrules.refusal import Refused

SECTIONS = (desk.Section(label=_("Register of persons"), url="/register/", permission=Permission.RECORD_VIEW),)
PAGE = 50
WRONG = 422
STALE = 409

read_or_write = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@desk.page(Permission.RECORD_VIEW)
def index(request: desk.DeskRequest) -> HttpResponse:
    """The list, newest change first, with filters as links."""
    chosen = {name: request.GET.get(name, "") for name in shown.FILTERS}
    page = Paginator(queries.listed(**chosen), PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": shown.rows(queries.rows(page)),
        "filters": shown.filters(chosen),
        "chosen": shown.query(chosen),
        "may_write": permissions.allowed(Permission.RECORD_WRITE, request.officer),
        "may_export": permissions.allowed(Permission.RECORD_EXPORT, request.officer),
        "form": SearchForm(),
    }
    return render(request, "registry/index.html", context)


@require_POST
@desk.page(Permission.RECORD_VIEW)
def search(request: desk.DeskRequest) -> HttpResponse:
    """Records by number, foreign number or name; the words come in the body and stand in no address."""
    form = SearchForm(request.POST)
    found = queries.search(form.cleaned_data["q"]) if form.is_valid() else Record.objects.none()
    rows = shown.rows(queries.rows(found[: PAGE + 1]))
    context = {"form": form, "rows": rows[:PAGE], "more": len(rows) > PAGE, "most": PAGE, "searched": form.is_valid()}
    return render(request, "registry/search.html", context, status=200 if form.is_valid() else WRONG)


@require_safe
@desk.page(Permission.RECORD_VIEW)
def due(request: desk.DeskRequest) -> HttpResponse:
    """Capture cards and internment cards that are owed."""
    page = Paginator(queries.due_cards(on=timezone.localdate(request.at)), PAGE).get_page(request.GET.get("page"))
    rows = shown.rows(queries.rows([card.record for card in page]))
    return render(request, "registry/due.html", {"page": page, "rows": list(zip(page, rows, strict=True))})


@read_or_write
@desk.page(Permission.RECORD_WRITE)
def new(request: desk.DeskRequest) -> HttpResponse:
    """Record a person."""
    form = NewRecordForm(request.POST or None, initial={"received_on": timezone.localdate(request.at)})
    if request.method == "POST" and form.is_valid():
        try:
            record = actions.record(form.draft(), report=form.heading(), actor=request.officer, at=request.at)
        except Refused as refused:
            form.add_error(None, refusals.sentence(refused))
        else:
            return _done(request, record, "recorded")
    return render(request, "registry/new.html", {"form": form}, status=WRONG if form.errors else 200)


@require_safe
@desk.page(Permission.RECORD_VIEW, of=Record)
def record_page(request: desk.DeskRequest, record: Record) -> HttpResponse:
    """Everything that is said of one person."""
    return render(request, "registry/record.html", shown.record(queries.sheet(record), request.officer))


@require_safe
@desk.page(Permission.RECORD_VIEW, of=Record)
def exhibit(request: desk.DeskRequest, record: Record, exhibit: UUID) -> HttpResponse:
    """A paper that is attached to the record, as it came; that it was opened is written down first."""
    paper = next((one for one in queries.sheet(record).exhibits if one.pk == exhibit), None)
    if paper is None:
        raise Http404("no such paper on this record")
    return papers.opened(paper, actor=request.officer, at=request.at)


@read_or_write
@desk.page(Permission.RECORD_WRITE, of=Record)
def report(request: desk.DeskRequest, record: Record) -> HttpResponse:
    """Add what a further report says."""
    form = StatementForm(request.POST or None, initial={"received_on": timezone.localdate(request.at)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_report(record, form.statement(), report=form.heading(), actor=request.officer, at=request.at)
        except Refused as refused:
            form.add_error(None, refusals.sentence(refused))
        else:
            return _done(request, record, "added")
    context = {"form": form, "record": record}
    return render(request, "registry/report.html", context, status=WRONG if form.errors else 200)


@read_or_write
@desk.page(Permission.RECORD_VIEW, of=Record)
def step(request: desk.DeskRequest, record: Record, verb: str) -> HttpResponse:
    """One step of a record: what it rests on, when and where it happened."""
    move = next((move for move in queries.sheet(record).moves if move.verb == verb), None)
    if move is None:
        raise Http404(f"{verb} is not possible from {record.state}")
    permissions.require(move.who, request.officer, record)
    exhibits = queries.sheet(record).exhibits
    form = MoveForm(
        request.POST or None,
        request.FILES or None,
        move=move,
        exhibits=exhibits,
        initial={"version": record.version},
    )
    if request.method == "POST" and form.is_valid():
        try:
            _take_step(request, record, move, form, exhibits)
        except Refused as refused:
            form.add_error(None, refusals.sentence(refused))
        else:
            return _done(request, record, "moved")
    context = {"form": form, "record": record, **shown.step(move)}
    return render(request, "registry/step.html", context, status=STALE if form.errors else 200)


@read_or_write
@desk.page(Permission.RECORD_WRITE, of=Report, reads=False)
def set_aside(request: desk.DeskRequest, report: Report) -> HttpResponse:
    """Set aside what one report said."""
    form = SetAsideForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_report(report, reason=form.cleaned_data["reason"], actor=request.officer, at=request.at)
        notices.success(request, messages.DONE["set-aside"])
        return redirect("registry_index")
    return render(request, "registry/set_aside.html", {"form": form, "report": shown.report(report)})


@require_POST
@desk.page(Permission.RECORD_EXPORT)
def export(request: desk.DeskRequest) -> HttpResponse:
    """The list as a file; that it leaves the house is written down first."""
    form = request.POST.get("form", "csv")
    if form not in shown.FORMS:
        raise Http404(f"no such form of file: {form}")
    filters = {name: request.POST.get(name, "") for name in shown.FILTERS}
    actions.note_export(form, filters=filters, actor=request.officer, at=request.at)
    return shown.file(form, filters, on=timezone.localdate(request.at))


def _take_step(
    request: desk.DeskRequest, record: Record, move: Move, form: MoveForm, exhibits: tuple[Exhibit, ...]
) -> None:
    chosen = set(form.cleaned_data.get("shown", ()))
    actions.advance(
        record,
        move.verb,
        actor=request.officer,
        at=request.at,
        evidence=[exhibit for exhibit in exhibits if str(exhibit.pk) in chosen],
        brought=form.brought(),
        event=form.event(move.verb),
        version=form.cleaned_data["version"],
    )


def _done(request: desk.DeskRequest, record: Record, what: str) -> HttpResponse:
    notices.success(request, messages.DONE[what])
    return redirect("registry_record", pk=record.pk)


_VIEWS: tuple[tuple[str, Callable[..., Any], str], ...] = (
    ("register/", index, "registry_index"),
    ("register/search/", search, "registry_search"),
    ("register/due/", due, "registry_due"),
    ("register/new/", new, "registry_new"),
    ("register/export/", export, "registry_export"),
    ("register/<uuid:pk>/", record_page, "registry_record"),
    ("register/<uuid:pk>/exhibits/<uuid:exhibit>/", exhibit, "registry_exhibit"),
    ("register/<uuid:pk>/report/", report, "registry_report"),
    ("register/<uuid:pk>/step/<slug:verb>/", step, "registry_step"),
    ("register/reports/<uuid:pk>/set-aside/", set_aside, "registry_set_aside"),
)
urlpatterns = [path(address, view, name=name) for address, view, name in _VIEWS]
