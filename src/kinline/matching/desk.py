"""Staff pages of the matching desk: what is to be read, one proposal, and why a record was not offered."""

from typing import Any

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kinline.enquiries.models import TracingCase
from kinline.ledger import actions as ledger
from kinline.matching import actions, chart, engine, messages, queries, tasks
from kinline.matching.actions import Decision
from kinline.matching.forms import DecisionForm, NumberForm, UndoForm, WeightsForm
from kinline.matching.models import Proposal
from kinline.registry import queries as registry
from kinline.registry.models import Record
from kinline.ui import desk, refusals
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import match

SECTIONS = (desk.Section(label=_("Matches"), url="/matching/", permission=Permission.MATCH_VIEW),)
PAGE = 50
SEARCHES = 20
LESSONS = 3


@require_safe
@desk.page(Permission.MATCH_VIEW)
def worklist(request: desk.DeskRequest) -> HttpResponse:
    """Proposals by view; no name of a person stands in this list."""
    asked = request.GET.get("view", "")
    name = asked if asked in messages.VIEWS else "read"
    counts = queries.counts(request.officer)
    shown = Paginator(queries.view(name, request.officer), PAGE).get_page(request.GET.get("page"))
    views = [{"name": key, "label": label, "count": counts[key]} for key, label in messages.VIEWS.items()]
    context = {
        "rows": _rows(shown),
        "page": shown,
        "views": views,
        "view": name,
        "is_ready": engine.is_ready(),
        "may_learn": permissions.allowed(Permission.MATCH_LEARN, request.officer),
    }
    return render(request, "matching/worklist.html", context)


@require_safe
@desk.page(Permission.MATCH_VIEW, of=Proposal)
def proposal_page(request: desk.DeskRequest, proposal: Proposal) -> HttpResponse:
    """One proposal, every fact for and against."""
    return _proposal(request, proposal)


@require_POST
@desk.page(Permission.MATCH_VIEW, of=Proposal)
def decide(request: desk.DeskRequest, proposal: Proposal) -> HttpResponse:
    """Keep a reader's decision; where it is refused, the page comes back with what was written."""
    posted = request.POST.copy()
    form = DecisionForm(posted)
    if not form.is_valid():
        return _proposal(request, proposal, form=form, status=422)
    sent = form.cleaned_data
    decision = Decision(sent["decision"])
    reason = sent["ask"] if decision is Decision.ASK_FAMILY else sent["reason"]
    try:
        actions.decide(
            proposal,
            decision,
            actor=request.officer,
            at=request.at,
            version=sent["version"],
            reason=reason,
            words=sent["words"],
        )
    except Refused as refused:
        proposal.refresh_from_db()
        # The officer now reads the proposal as it stands, so what is sent next is about that.
        posted["version"] = str(proposal.version)
        form.add_error(None, refusals.sentence(refused))
        return _proposal(request, proposal, form=form, status=desk.status_of(refused))
    notices.success(request, messages.DECIDED[decision.value])
    return redirect("matching_worklist")


@require_POST
@desk.page(Permission.MATCH_UNDO, of=Proposal)
def undo(request: desk.DeskRequest, proposal: Proposal) -> HttpResponse:
    """Take a reading back."""
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _proposal(request, proposal, undo_form=form, status=422)
    try:
        actions.undo(proposal, actor=request.officer, at=request.at, words=form.cleaned_data["words"])
    except Refused as refused:
        proposal.refresh_from_db()
        form.add_error(None, refusals.sentence(refused))
        return _proposal(request, proposal, undo_form=form, status=desk.status_of(refused))
    notices.success(request, messages.DECIDED["undone"])
    return redirect("matching_proposal", pk=proposal.pk)


@require_safe
@desk.page(Permission.MATCH_VIEW, of=TracingCase)
def case_page(request: desk.DeskRequest, case: TracingCase) -> HttpResponse:
    """All proposals on one person sought, the searches made, and any record laid beside."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    beside = _record(form) if form.is_bound else None
    return _case(request, case, form=form, beside=beside)


@require_POST
@desk.page(Permission.MATCH_PROPOSE, of=TracingCase)
def propose(request: desk.DeskRequest, case: TracingCase) -> HttpResponse:
    """Propose a record by hand."""
    form = NumberForm(request.POST)
    record = _record(form)
    if record is None:
        return _case(request, case, form=form, status=422)
    try:
        proposal = actions.propose_record(case, record, actor=request.officer, at=request.at)
    except Refused as refused:
        form.add_error("number", refusals.sentence(refused))
        return _case(request, case, form=form, status=desk.status_of(refused))
    notices.success(request, messages.DECIDED["proposed"])
    return redirect("matching_proposal", pk=proposal.pk)


@require_safe
@desk.page(Permission.MATCH_LEARN)
def learning(request: desk.DeskRequest) -> HttpResponse:
    """What was learnt from this bureau's work, how much better it is, and what of it is in force."""
    return _learning(request)


@require_POST
@desk.page(Permission.MATCH_LEARN)
def learn(request: desk.DeskRequest) -> HttpResponse:
    """Ask the worker to learn."""
    tasks.learn.enqueue(officer=request.officer.human)
    notices.success(request, messages.DECIDED["learning"])
    return redirect("matching_learning")


@require_POST
@desk.page(Permission.MATCH_LEARN)
def accept(request: desk.DeskRequest) -> HttpResponse:
    """Put learnt weights in force, or those that come with the program."""
    form = WeightsForm(request.POST)
    if not form.is_valid():
        return _learning(request, form=form, status=422)
    try:
        actions.accept(form.cleaned_data["weights"], actor=request.officer, at=request.at)
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return _learning(request, form=form, status=desk.status_of(refused))
    notices.success(request, messages.DECIDED["accepted"])
    return redirect("matching_learning")


def _learning(request: desk.DeskRequest, *, form: WeightsForm | None = None, status: int = 200) -> HttpResponse:
    lessons = queries.lessons(most=LESSONS)
    context = {
        "form": form,
        "lessons": [(each, [messages.TOO_LITTLE[of] for of in each.too_little]) for each in lessons],
        "current": queries.current_weights(),
        "decided": queries.decided_pairs().count(),
        "log": queries.acceptances()[:SEARCHES],
        **chart.frame(),
    }
    return render(request, "matching/learning.html", context, status=status)


def _proposal(
    request: desk.DeskRequest,
    proposal: Proposal,
    *,
    form: DecisionForm | None = None,
    undo_form: UndoForm | None = None,
    status: int = 200,
) -> HttpResponse:
    card = queries.card(proposal)
    most = card.would_change[0].field if card.would_change else None
    mine = proposal.first_reader_human == request.officer.human
    open_to_me = proposal.state not in (match.CONFIRMED, match.REJECTED) and not (
        proposal.state == match.READ_ONCE and mine
    )
    context = {
        "card": card,
        "band": messages.BANDS[card.band.code],
        "in_hundred": queries.in_hundred(proposal.probability),
        "proposal": proposal,
        "case": proposal.case,
        # Named "form" is whatever was sent, so that the summary of errors speaks of it.
        "form": undo_form or form or DecisionForm(initial={"version": proposal.version, "ask": most}),
        "undo_form": undo_form or UndoForm(),
        "open_to_me": open_to_me,
        "mine": mine,
        "may_undo": not open_to_me and permissions.allowed(Permission.MATCH_UNDO, request.officer, proposal),
        "others": queries.of_case(proposal.case).exclude(pk=proposal.pk),
    }
    return render(request, "matching/proposal.html", context, status=status)


def _case(
    request: desk.DeskRequest, case: TracingCase, *, form: NumberForm, beside: Record | None = None, status: int = 200
) -> HttpResponse:
    context: dict[str, Any] = {
        "case": case,
        "born": queries.dated(case.born),
        "rows": _rows(queries.of_case(case)),
        "log": queries.search_log(case.pk)[:SEARCHES],
        "sweep": queries.last_sweep(),
        "is_ready": engine.is_ready(),
        "form": form,
        "record": beside,
    }
    if beside is not None:
        # A second person's facts stand on this page, so that reading is written down too.
        ledger.note_reading(beside, actor=request.officer, at=request.at, purpose=Permission.MATCH_VIEW.value)
        context["proposed_already"] = queries.of_case(case).filter(record=beside).exists()
        context["compared"] = queries.why_not(case, beside)
        context["widest"] = max((abs(row.points) for row in context["compared"]), default=1.0)
    return render(request, "matching/case.html", context, status=status)


def _record(form: NumberForm) -> Record | None:
    """The record of the number sent; where there is none, the form says so."""
    if not form.is_valid():
        return None
    found = registry.by_number(form.cleaned_data["number"]).first()
    if found is None:
        form.add_error("number", messages.REFUSALS["match.no-such-record"])
    return found


def _rows(proposals: Any) -> list[dict[str, Any]]:
    """Proposals for a list: each with the words of its band."""
    return [{"proposal": each, "words": messages.BANDS[queries.band_code(each.probability)]} for each in proposals]


urlpatterns = [
    path("matching/", worklist, name="matching_worklist"),
    path("matching/learning/", learning, name="matching_learning"),
    path("matching/learning/learn/", learn, name="matching_learn"),
    path("matching/learning/accept/", accept, name="matching_accept"),
    path("matching/<uuid:pk>/", proposal_page, name="matching_proposal"),
    path("matching/<uuid:pk>/decide/", decide, name="matching_decide"),
    path("matching/<uuid:pk>/undo/", undo, name="matching_undo"),
    path("matching/case/<uuid:pk>/", case_page, name="matching_case"),
    path("matching/case/<uuid:pk>/propose/", propose, name="matching_propose"),
]
