"""The page of one enquiry: on the left what was said and done, on the right what is known, below what may be done."""

from collections.abc import Callable
from typing import Any

from django import forms as fields
from django.contrib import messages as notices
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinline.enquiries import actions
from kinline.enquiries.desk import sheet
from kinline.enquiries.forms import desk as forms
from kinline.enquiries.messages import desk as words
from kinline.enquiries.models import Enquiry
from kinline.staff import queries as staff
from kinline.ui import desk, refusals
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import enquiry as states

MOVES: dict[str, Callable[..., None]] = {
    "accept": actions.accept,
    "resume": actions.resume,
    "close": actions.close,
    "close_set_aside": actions.close,
    "reopen": actions.reopen,
}
REASONS = {"set_aside": "reason", "withdraw": "statement"}
"""Moves that rest on words, and what those words are to the action."""

WORK: dict[str, tuple[Callable[..., Any], str]] = {
    "claim": (actions.claim, "claimed"),
    "release": (actions.release, "released"),
    "read": (actions.work.read_additions, "read"),
    "looked": (actions.work.look_at_danger, "calmed"),
}


@require_safe
@desk.page(Permission.ENQUIRY_VIEW, of=Enquiry)
def page(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """One enquiry."""
    return sheet.show(request, enquiry)


@require_POST
@desk.page(Permission.ENQUIRY_VIEW, of=Enquiry)
def move(request: desk.DeskRequest, enquiry: Enquiry, verb: str) -> HttpResponse:
    """Make a move that needs nothing but the decision."""
    if verb not in MOVES:
        raise Http404
    act = MOVES[verb]
    return _made(request, enquiry, lambda: act(enquiry, version=_version(request), **_by(request)), "moved")


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.ENQUIRY_WORK, of=Enquiry)
def with_reason(request: desk.DeskRequest, enquiry: Enquiry, verb: str) -> HttpResponse:
    """Make a move that rests on words: a reason, or the family's statement."""
    if verb not in REASONS:
        raise Http404
    form = forms.ReasonForm(request.POST or None, initial={"version": enquiry.version})
    if form.is_valid():
        act = actions.set_aside if verb == "set_aside" else actions.withdraw
        try:
            act(
                enquiry,
                version=form.cleaned_data["version"],
                **{REASONS[verb]: form.cleaned_data["words"]},
                **_by(request),
            )
        except Refused as refused:
            form.add_error(None, refusals.sentence(refused))
        else:
            notices.success(request, words.NOTICES["moved"])
            return redirect("enquiry", pk=enquiry.pk)
    context = {"enquiry": enquiry, "form": form, "verb": verb, "label": states.MACHINE.words[verb]}
    return render(request, "enquiries/desk/reason.html", context, status=422 if form.errors else 200)


@require_POST
@desk.page(Permission.ENQUIRY_VIEW, of=Enquiry)
def work(request: desk.DeskRequest, enquiry: Enquiry, verb: str) -> HttpResponse:
    """Claim, take over, release; mark what was added as read, or words of danger as looked at."""
    if verb == "take-over":
        return _made(request, enquiry, lambda: actions.claim(enquiry, take_over=True, **_by(request)), "claimed")
    if verb not in WORK:
        raise Http404
    act, notice = WORK[verb]
    return _made(request, enquiry, lambda: act(enquiry, **_by(request)), notice)


@require_POST
@desk.page(Permission.ENQUIRY_WORK, of=Enquiry)
def hold(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """Hold until a day, which becomes the family's promise."""
    form = forms.HoldForm(request.POST)
    if not form.is_valid():
        return sheet.show(request, enquiry, hold=form)
    said = form.cleaned_data
    return _kept(
        request,
        enquiry,
        form,
        lambda: actions.hold_until(enquiry, said["day"], version=said["version"], **_by(request)),
        "held",
    )


@require_POST
@desk.page(Permission.ENQUIRY_WORK, of=Enquiry)
def hand_over(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """Give to a colleague, with the line that says what is next."""
    form = forms.HandOverForm(request.POST, officers=staff.officers())
    if not form.is_valid():
        return sheet.show(request, enquiry, hand_over=form)
    said = form.cleaned_data
    return _kept(
        request,
        enquiry,
        form,
        lambda: actions.hand_over(enquiry, to=said["to"], what_next=said["what_next"], **_by(request)),
        "handed_over",
    )


@require_POST
@desk.page(Permission.ENQUIRY_VIEW, of=Enquiry)
def note(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """Leave a note."""
    form = forms.NoteForm(request.POST)
    if not form.is_valid():
        return sheet.show(request, enquiry, note=form)
    said = form.cleaned_data["words"]
    return _kept(request, enquiry, form, lambda: actions.work.note(enquiry, said, **_by(request)), "noted")


@require_POST
@desk.page(Permission.ENQUIRY_ANSWER, of=Enquiry)
def contact(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """Record that there was contact."""
    form = forms.ContactForm(request.POST)
    if not form.is_valid():
        return sheet.show(request, enquiry, contact=form)
    said = form.cleaned_data
    return _kept(request, enquiry, form, lambda: actions.log_contact(enquiry, **said, **_by(request)), "contact")


def _by(request: desk.DeskRequest) -> dict[str, Any]:
    return {"actor": request.officer, "at": request.at}


def _version(request: desk.DeskRequest) -> int | None:
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() else None


def _made(request: desk.DeskRequest, enquiry: Enquiry, act: Callable[[], Any], notice: str) -> HttpResponse:
    act()
    notices.success(request, words.NOTICES[notice])
    return redirect("enquiry", pk=enquiry.pk)


def _kept(
    request: desk.DeskRequest, enquiry: Enquiry, form: fields.Form, act: Callable[[], Any], notice: str
) -> HttpResponse:
    try:
        return _made(request, enquiry, act, notice)
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return sheet.show(request, enquiry, **{_NAMES[type(form)]: form})


_NAMES: dict[type[fields.Form], str] = {
    forms.HoldForm: "hold",
    forms.HandOverForm: "hand_over",
    forms.NoteForm: "note",
    forms.ContactForm: "contact",
}
