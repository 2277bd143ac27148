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
from kinline.matching import actions, messages, queries
from kinline.matching.actions import Decision
from kinline.matching.forms import DecisionForm, NumberForm, UndoForm
from kinline.matching.models import Proposal
from kinline.registry import queries as registry
from kinline.ui import desk, refusals
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import match

SECTIONS = (desk.Section(label=_("Matches"), url="/matching/", permission=Permission.MATCH_VIEW),)
PAGE = 50
DECISIONS = ((Decision.SAME, "KeyS"), (Decision.NOT_SAME, "KeyN"), (Decision.ASK_FAMILY, "KeyA"), (Decision.CANNOT_TELL, "KeyL"))


@require_safe
@desk.page(Permission.MATCH_VIEW)
def worklist(request: desk.DeskRequest) -> HttpResponse:
    """Proposals by view; no name of a person stands in this list."""
    name = request.GET.get("view", "read")
    counts = queries.counts(request.officer)
    shown = Paginator(queries.view(name, request.officer), PAGE).get_page(request.GET.get("page"))
    views = [{"name": key, "label": label, "count": counts[key]} for key, label in messages.VIEWS.items()]
    rows = [{"proposal": proposal, "band": _band(proposal)} for proposal in shown]
    return render(request, "matching/worklist.html", {"rows": rows, "page": shown, "views": views, "view": name})


@require_safe
@desk.page(Permission.MATCH_VIEW, of=Proposal)
def proposal_page(request: desk.DeskRequest, proposal: Proposal) -> HttpResponse:
    """One proposal, every fact for and against."""
    return _show(request, proposal, DecisionForm(initial={"version": proposal.version}))


@require_POST
@desk.page(Permission.MATCH_VIEW, of=Proposal)
def decide(request: desk.DeskRequest, proposal: Proposal) -> HttpResponse:
    """Keep a reader's decision; where it is refused, the page comes back with what was written."""
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _show(request, proposal, form, status=422)
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
        form.add_error(None, refusals.sentence(refused))
        return _show(request, proposal, form, status=409)
    notices.success(request, messages.DECIDED[decision.value])
    return redirect("matching_worklist")


@require_POST
@desk.page(Permission.MATCH_UNDO, of=Proposal)
def undo(request: desk.DeskRequest, proposal: Proposal) -> HttpResponse:
    """Take a reading back."""
    form = UndoForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    actions.undo(proposal, actor=request.officer, at=request.at, words=words)
    notices.success(request, messages.DECIDED["undone"])
    return redirect("matching_proposal", pk=proposal.pk)


@require_safe
@desk.page(Permission.MATCH_VIEW, of=TracingCase)
def case_page(request: desk.DeskRequest, case: TracingCase) -> HttpResponse:
    """All proposals on one person sought, the searches made, and any record laid beside."""
    form = NumberForm(request.GET if "number" in request.GET else None)
    beside: dict[str, Any] = {}
    if form.is_bound and form.is_valid():
        found = registry.by_number(form.cleaned_data["number"]).first()
        if found is None:
            form.add_error("number", messages.REFUSALS["match.no-such-record"])
        else:
            beside = {"record": found, "compared": queries.why_not(case, found)}
            beside["widest"] = max((abs(row.points) for row in beside["compared"]), default=1.0)
    found_here = [{"proposal": each, "band": _band(each)} for each in queries.of_case(case)]
    return render(
        request,
        "matching/case.html",
        {"case": case, "rows": found_here, "log": queries.search_log(case.pk)[:20], "form": form, **beside},
    )


@require_POST
@desk.page(Permission.MATCH_PROPOSE, of=TracingCase)
def propose(request: desk.DeskRequest, case: TracingCase) -> HttpResponse:
    """Propose a record by hand."""
    record = registry.by_number(request.POST.get("number", "")).first()
    if record is None:
        raise Refused("match.no-such-record", "no record has this number")
    proposal = actions.propose_record(case, record, actor=request.officer, at=request.at)
    notices.success(request, messages.DECIDED["proposed"])
    return redirect("matching_proposal", pk=proposal.pk)


def _show(request: desk.DeskRequest, proposal: Proposal, form: DecisionForm, status: int = 200) -> HttpResponse:
    mine = proposal.first_reader_human == request.officer.human
    open_to_me = proposal.state not in (match.CONFIRMED, match.REJECTED) and not (
        proposal.state == match.READ_ONCE and mine
    )
    context = {
        "card": queries.card(proposal),
        "band": _band(proposal),
        "proposal": proposal,
        "case": proposal.case,
        "form": form,
        "undo_form": UndoForm(),
        "decisions": [(each.value, key) for each, key in DECISIONS],
        "open_to_me": open_to_me,
        "mine": mine,
        "may_undo": not open_to_me and permissions.allowed(Permission.MATCH_UNDO, request.officer, proposal),
        "others": queries.of_case(proposal.case).exclude(pk=proposal.pk),
    }
    return render(request, "matching/proposal.html", context, status=status)


def _band(proposal: Proposal) -> dict[str, Any]:
    band = queries.band_of(proposal.probability)
    return {"band": band, "words": messages.BANDS[band.code], "in_hundred": round(100 * proposal.probability)}


urlpatterns = [
    path("matching/", worklist, name="matching_worklist"),
    path("matching/<uuid:pk>/", proposal_page, name="matching_proposal"),
    path("matching/<uuid:pk>/decide/", decide, name="matching_decide"),
    path("matching/<uuid:pk>/undo/", undo, name="matching_undo"),
    path("matching/case/<uuid:pk>/", case_page, name="matching_case"),
    path("matching/case/<uuid:pk>/propose/", propose, name="matching_propose"),
]
