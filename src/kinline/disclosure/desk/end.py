"""Withholding, and taking back what was told wrongly."""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from kinline.disclosure import actions, forms, messages, queries
from kinline.disclosure.models import Disclosure
from kinline.ui import desk, refusals
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.terms import WithholdingReason


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.DISCLOSURE_PROPOSE, of=Disclosure)
def withhold(request: desk.DeskRequest, disclosure: Disclosure) -> HttpResponse:
    """Withhold: the Agency knows, the family reads neutral words."""
    form = forms.WithholdingForm(request.POST or None, initial={"agency_words": disclosure.agency_words})
    context = {"form": form, "disclosure": disclosure}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "disclosure/withhold.html", context, status=status)
    sent = form.cleaned_data
    withholding = actions.Withholding(
        because=WithholdingReason(sent["because"]),
        words=sent["words"],
        review_on=sent["review_on"],
        agency_words=sent["agency_words"],
    )
    try:
        actions.withhold(disclosure, withholding, actor=request.officer, at=request.at)
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return render(request, "disclosure/withhold.html", context, status=409)
    notices.success(request, messages.DONE["withheld"])
    return redirect("disclosure", pk=disclosure.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.DISCLOSURE_RETRACT, of=Disclosure)
def retract(request: desk.DeskRequest, disclosure: Disclosure) -> HttpResponse:
    """Retract; the words for the family come next."""
    form = forms.RetractionForm(request.POST or None)
    context = {"form": form, "disclosure": disclosure, "last": queries.latest_telling(disclosure)}
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "disclosure/retract.html", context, status=status)
    sent = form.cleaned_data
    try:
        actions.retract(
            disclosure,
            why=sent["why"],
            what_was_wrong=sent["what_was_wrong"],
            actor=request.officer,
            at=request.at,
        )
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return render(request, "disclosure/retract.html", context, status=409)
    notices.success(request, messages.DONE["retracted"])
    return redirect("disclosure", pk=disclosure.pk)
