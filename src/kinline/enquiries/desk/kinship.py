"""The kinship ladder: what was shown beside what the family told us, and an officer's decision on each piece."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from kinline.enquiries import actions, queries
from kinline.enquiries.actions.cases import FACTS
from kinline.enquiries.actions.kinship import Decision, Judgement
from kinline.enquiries.desk import sheet
from kinline.enquiries.forms import desk as forms
from kinline.enquiries.messages import desk as words
from kinline.enquiries.models import EnquirerContact, Enquiry
from kinline.ledger import actions as ledger
from kinline.ledger.models import Exhibit
from kinline.staff import queries as staff
from kinline.ui import desk, papers, refusals
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.rules import kinship_ladder
from kinrules.terms import EvidenceKind, KinLevel


@require_safe
@desk.page(Permission.KINSHIP_VIEW)
def waiting(request: desk.DeskRequest) -> HttpResponse:
    """Every family whose papers or answers wait for a decision."""
    keys = {exhibit.subject.removeprefix("enquiry:") for exhibit in queries.kinship.papers_waiting()}
    enquiries = Enquiry.objects.filter(pk__in=keys).order_by("promise_on", "received_at", "pk")
    return render(request, "enquiries/desk/kinship_waiting.html", {"enquiries": enquiries[:50]})


@require_safe
@desk.page(Permission.KINSHIP_VIEW, of=Enquiry)
def ladder(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """The ladder of one family. ``show`` names a picture to be shown; none is shown unasked."""
    return _show(request, enquiry)


@require_POST
@desk.page(Permission.KINSHIP_VIEW, of=Enquiry)
def shown(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """Keep what the family shows: a paper, or in words."""
    form = forms.ShownForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, enquiry, form)
    try:
        _attach(request, enquiry, form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return _show(request, enquiry, form)
    notices.success(request, words.NOTICES["attached"])
    return redirect("enquiry_kinship", pk=enquiry.pk)


@require_POST
@desk.page(Permission.KINSHIP_SHOW, of=Enquiry)
def judge(request: desk.DeskRequest, enquiry: Enquiry, exhibit: UUID) -> HttpResponse:
    """Accept, ask again, or refuse with a reason."""
    form = forms.JudgeForm(request.POST)
    if not form.is_valid():
        return _show(request, enquiry, form)
    said = form.cleaned_data
    judgement = Judgement(level=KinLevel(said["level"]), decision=Decision(said["decision"]), reason=said["reason"])
    try:
        actions.kinship.judge(
            enquiry, get_object_or_404(Exhibit, pk=exhibit), judgement, actor=request.officer, at=request.at
        )
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return _show(request, enquiry, form)
    notices.success(request, words.NOTICES["judged"])
    return redirect("enquiry_kinship", pk=enquiry.pk)


@require_POST
@desk.page(Permission.KINSHIP_SHOW, of=Enquiry)
def check_contact(request: desk.DeskRequest, enquiry: Enquiry, contact: int) -> HttpResponse:
    """A way to reach the family was checked."""
    form = forms.CheckForm(request.POST)
    if not form.is_valid():
        return _show(request, enquiry, form)
    way = get_object_or_404(EnquirerContact, pk=contact)
    actions.kinship.check_contact(enquiry, way, form.cleaned_data["words"], actor=request.officer, at=request.at)
    notices.success(request, words.NOTICES["contact_checked"])
    return redirect("enquiry_kinship", pk=enquiry.pk)


@require_safe
@desk.page(Permission.KINSHIP_VIEW, of=Enquiry)
def exhibit(request: desk.DeskRequest, enquiry: Enquiry, exhibit: UUID) -> HttpResponse:
    """A paper, as it came, to be downloaded; that it was opened is written down first."""
    paper = get_object_or_404(Exhibit, pk=exhibit, subject=ledger.reference(enquiry))
    return papers.opened(paper, actor=request.officer, at=request.at)


def _attach(request: desk.DeskRequest, enquiry: Enquiry, said: dict[str, Any]) -> None:
    kind, paper = EvidenceKind(said["way"]), said["paper"]
    if not paper:
        actions.kinship.note_shown(enquiry, kind, said["words"], actor=request.officer, at=request.at)
        return
    if paper.size > actions.kinship.LARGEST:
        raise Refused("kinship.file-too-large", "the file is too large")
    document = ledger.Document(
        content=paper.read(), file_name=paper.name or "", media_type=(paper.content_type or "")[:80]
    )
    actions.kinship.attach_paper(
        enquiry, kind, document, actor=request.officer, at=request.at, origin=said["words"][:200]
    )


def _show(request: desk.DeskRequest, enquiry: Enquiry, tried: Any = None) -> HttpResponse:
    today = timezone.localdate(request.at)
    asked_for = request.GET.get("show", "")
    decided = list(queries.kinship.steps(enquiry))
    names = staff.names({step.decided_by for step in decided})
    context = {
        "enquiry": enquiry,
        "case": enquiry.first_case or enquiry.case,
        "facts": [(words.FACTS[name], getattr(enquiry.first_case or enquiry.case, name)) for name in FACTS],
        "sought_is": words.SOUGHT_IS.get(enquiry.relation, enquiry.relation),
        "added": [piece for piece in queries.desk.thread(enquiry) if piece.kind == "addition"],
        "steps": sheet.ladder_steps(enquiry, on=today),
        "standing": queries.kinship.standing(enquiry, on=today),
        "waiting": [_row(each, asked_for) for each in queries.kinship.waiting(enquiry)],
        "decided": [(step, words.WAYS.get(step.way, step.way), names.get(step.decided_by, "")) for step in decided],
        "ways": [(words.CHANNELS.get(way.channel, way.channel), way) for way in queries.desk.contacts(enquiry)],
        "may_judge": permissions.allowed(Permission.KINSHIP_SHOW, request.officer, enquiry),
        "shown_form": tried if isinstance(tried, forms.ShownForm) else forms.ShownForm(),
        "form": tried,
    }
    return render(request, "enquiries/desk/kinship.html", context, status=422 if tried is not None else 200)


def _row(paper: Exhibit, asked_for: str) -> dict[str, Any]:
    levels = [level for level, ways in kinship_ladder.WAYS.items() if paper.kind in [way.value for way in ways]]
    is_picture = bool(paper.stored_as) and paper.media_type in papers.PICTURES
    return {
        "exhibit": paper,
        "way": words.WAYS.get(paper.kind, paper.kind),
        "is_picture": is_picture,
        "is_shown": is_picture and str(paper.pk) == asked_for,
        "form": forms.JudgeForm(levels=levels, auto_id=f"judge_{paper.pk}_%s"),
    }
