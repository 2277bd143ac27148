"""What is known of the person sought: corrected by officers; cases joined and parted."""

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kinline.enquiries import actions, queries
from kinline.enquiries.actions.cases import FACTS
from kinline.enquiries.desk import sheet
from kinline.enquiries.forms import desk as forms
from kinline.enquiries.messages import desk as words
from kinline.enquiries.models import Enquiry, TracingCase
from kinline.ui import desk, refusals
from kinrules.permissions import Permission
from kinrules.refusal import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.CASE_WORK, of=Enquiry)
def describe(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """Correct the facts of the case."""
    known, today = enquiry.case, timezone.localdate(request.at)
    if request.method != "POST":
        initial = {name: getattr(known, name) for name in FACTS} | {"version": known.version}
        return _show(request, enquiry, forms.FactsForm(initial=initial, on=today))
    form = forms.FactsForm(request.POST, on=today)
    if not form.is_valid():
        return _show(request, enquiry, form)
    facts = {name: form.cleaned_data[name] for name in FACTS}
    try:
        changed = actions.describe(
            known, facts, actor=request.officer, at=request.at, version=form.cleaned_data["version"]
        )
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return _show(request, enquiry, form, both=facts if refused.code == "tracing_case.changed" else None)
    notices.success(request, words.NOTICES["described" if changed else "nothing_changed"])
    return redirect("enquiry", pk=enquiry.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.CASE_WORK, of=Enquiry)
def join(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """Two enquiries are about one person: move this one to the other's case."""
    form = forms.JoinForm(request.POST or None)
    if form.is_valid():
        try:
            _join(request, enquiry, form.cleaned_data)
        except Refused as refused:
            form.add_error(None, refusals.sentence(refused))
        else:
            notices.success(request, words.NOTICES["joined"])
            return redirect("enquiry", pk=enquiry.pk)
    like = queries.search.by_name(enquiry.case.sought_name).exclude(case=enquiry.case)[:10]
    context = {"enquiry": enquiry, "case": enquiry.case, "form": form, "like": like}
    return render(request, "enquiries/desk/join.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.CASE_WORK, of=Enquiry)
def split(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """They are two persons after all: back to the case it came with."""
    form = forms.ReasonForm(request.POST or None, initial={"version": enquiry.version})
    if form.is_valid():
        try:
            actions.split(enquiry, reason=form.cleaned_data["words"], actor=request.officer, at=request.at)
        except Refused as refused:
            form.add_error(None, refusals.sentence(refused))
        else:
            notices.success(request, words.NOTICES["split"])
            return redirect("enquiry", pk=enquiry.pk)
    context = {"enquiry": enquiry, "form": form, "label": words.SPLIT}
    return render(request, "enquiries/desk/reason.html", context, status=422 if form.errors else 200)


def _join(request: desk.DeskRequest, enquiry: Enquiry, said: dict[str, Any]) -> None:
    other = queries.search.by_short(said["reference"]).first()
    if other is None:
        raise Refused("enquiry.no-such-reference", "no enquiry has this reference")
    actions.join(enquiry, case=other.case, reason=said["reason"], actor=request.officer, at=request.at)


def _show(
    request: desk.DeskRequest, enquiry: Enquiry, form: forms.FactsForm, *, both: dict[str, str] | None = None
) -> HttpResponse:
    context: dict[str, Any] = {"enquiry": enquiry, "form": form}
    if both is not None:
        now = TracingCase.objects.get(pk=enquiry.case_id)
        changed = [name for name in FACTS if getattr(now, name) != both[name]]
        context["both"] = [
            (words.FACTS[name], sheet.fact(name, getattr(now, name)), sheet.fact(name, both[name])) for name in changed
        ]
        form.data = sheet.with_version(request, now.version)
    status = 409 if both is not None else 422 if form.errors else 200
    return render(request, "enquiries/desk/facts.html", context, status=status)
