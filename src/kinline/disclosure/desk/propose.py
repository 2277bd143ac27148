"""Proposing what a family may be told: an officer reads the record and chooses; nothing is filled in by a machine."""

from typing import Any
from uuid import UUID

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from kinline.disclosure import actions, forms, messages
from kinline.disclosure.models import Disclosure
from kinline.enquiries.models import Enquiry
from kinline.matching.models import Proposal
from kinline.registry import messages as registry_words
from kinline.registry import queries as registry
from kinline.ui import desk, refusals
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.rules.consent import Wish
from kinrules.rules.told_by_a_person import Means
from kinrules.terms import Fate, Recipient


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.DISCLOSURE_PROPOSE, of=Proposal)
def new(request: desk.DeskRequest, proposal: Proposal, enquiry: UUID) -> HttpResponse:
    """Propose what this family may be told of a confirmed match."""
    family = get_object_or_404(Enquiry, pk=enquiry, case=proposal.case_id)
    if request.method != "POST":
        form = forms.ProposalForm(enquiry=family, initial={"language": family.language})
        return _show(request, proposal, family, form)
    form = forms.ProposalForm(request.POST, enquiry=family)
    if not form.is_valid():
        return _show(request, proposal, family, form, status=422)
    try:
        chosen = _choice(form.cleaned_data)
        made = actions.propose(proposal, enquiry=family, choice=chosen, actor=request.officer, at=request.at)
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return _show(request, proposal, family, form, status=409)
    notices.success(request, messages.DONE["proposed"])
    return redirect("disclosure", pk=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.DISCLOSURE_PROPOSE, of=Disclosure)
def change(request: desk.DeskRequest, disclosure: Disclosure) -> HttpResponse:
    """Change what is proposed; an approval there was is void."""
    proposal, family = disclosure.proposal, disclosure.enquiry
    if request.method != "POST":
        form = forms.ProposalForm(enquiry=family, initial=forms.of_disclosure(disclosure))
        return _show(request, proposal, family, form, disclosure)
    form = forms.ProposalForm(request.POST, enquiry=family)
    if not form.is_valid():
        return _show(request, proposal, family, form, disclosure, status=422)
    sent, by = form.cleaned_data, request.officer
    try:
        actions.revise(disclosure, _choice(sent), actor=by, at=request.at, version=sent["version"] or 0)
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return _show(request, proposal, family, form, disclosure, status=409)
    notices.success(request, messages.DONE["changed"])
    return redirect("disclosure", pk=disclosure.pk)


def _choice(sent: dict[str, Any]) -> actions.Choice:
    return actions.Choice(
        fate=Fate(sent["fate"]),
        language=sent["language"],
        recipient=Recipient(sent["recipient"]),
        wish=Wish(sent["wish"]),
        means=Means(sent["means"]),
        contact=sent["contact"],
        detriment=sent["detriment"],
        detriment_words=sent["detriment_words"],
        agency=sent["agency"],
        agency_words=sent["agency_words"],
        may_say=sent["may_say"],
    )


def _show(
    request: desk.DeskRequest,
    proposal: Proposal,
    enquiry: Enquiry,
    form: forms.ProposalForm,
    disclosure: Disclosure | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    sheet = registry.sheet(proposal.record)
    context = {
        "form": form,
        "proposal": proposal,
        "enquiry": enquiry,
        "disclosure": disclosure,
        "state": gettext(registry_words.MACHINE.words[proposal.record.state]),
        "names": sheet.names,
        "facts": [(registry_words.FACTS.get(row.kind, row.kind), row) for row in sheet.facts],
        "events": [(registry_words.EVENTS.get(event.kind, event.kind), event) for event in sheet.events],
    }
    return render(request, "disclosure/propose.html", context, status=status)
