"""The call itself: one line a screen, and afterwards what came of it."""

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinline.disclosure import actions, forms, messages, queries, wording
from kinline.disclosure.models import Disclosure
from kinline.ui import desk, refusals
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import disclosure as states


@require_POST
@desk.page(Permission.DISCLOSURE_TELL, of=Disclosure)
def begin(request: desk.DeskRequest, disclosure: Disclosure) -> HttpResponse:
    """Begin the call, once every gate is open."""
    actions.begin_call(disclosure, actor=request.officer, at=request.at)
    return redirect("disclosure_aloud", pk=disclosure.pk, number=1)


@require_safe
@desk.page(Permission.DISCLOSURE_TELL, of=Disclosure)
def aloud(request: desk.DeskRequest, disclosure: Disclosure, number: int) -> HttpResponse:
    """One line, large, with its blanks filled; the number of the line is in the address, so nothing is lost."""
    lines = _lines(request, disclosure)
    if not 1 <= number <= len(lines):
        raise Refused("disclosure.no-such-line", "there is no such line")
    context = {
        "disclosure": disclosure,
        "line": lines[number - 1],
        "number": number,
        "count": len(lines),
        "is_draft": wording.is_draft(_script(disclosure), disclosure.language),
    }
    return render(request, "disclosure/aloud.html", context)


@require_POST
@desk.page(Permission.DISCLOSURE_TELL, of=Disclosure)
def said(request: desk.DeskRequest, disclosure: Disclosure, number: int) -> HttpResponse:
    """The line was said: the next one, or the page for what came of the call."""
    if number >= len(_lines(request, disclosure)):
        return redirect(f"{reverse('disclosure_outcome', args=[disclosure.pk])}?said={number}")
    return redirect("disclosure_aloud", pk=disclosure.pk, number=number + 1)


@require_POST
@desk.page(Permission.DISCLOSURE_TELL, of=Disclosure)
def stopped(request: desk.DeskRequest, disclosure: Disclosure, number: int) -> HttpResponse:
    """They stopped the officer at this line."""
    _lines(request, disclosure)
    return redirect(f"{reverse('disclosure_outcome', args=[disclosure.pk])}?said={number - 1}")


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.DISCLOSURE_TELL, of=Disclosure)
def outcome(request: desk.DeskRequest, disclosure: Disclosure) -> HttpResponse:
    """What came of the call."""
    record = _record_mistake if disclosure.state == states.RETRACTED else _record_call
    return _record(request, disclosure, record, follow_up=False)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.DISCLOSURE_TELL, of=Disclosure)
def follow_up(request: desk.DeskRequest, disclosure: Disclosure) -> HttpResponse:
    """What came of a call that was promised."""
    return _record(request, disclosure, _record_follow_up, follow_up=True)


def _record(request: desk.DeskRequest, disclosure: Disclosure, record: Any, *, follow_up: bool) -> HttpResponse:
    if request.method != "POST":
        said = request.GET.get("said", "")
        form = forms.OutcomeForm(initial={"lines_said": int(said) if said.isdecimal() and len(said) < 4 else 0})
        return _show(request, disclosure, form, follow_up=follow_up)
    form = forms.OutcomeForm(request.POST)
    if not form.is_valid():
        return _show(request, disclosure, form, follow_up=follow_up, status=422)
    sent = form.cleaned_data
    came = actions.Outcome(
        lines_said=sent["lines_said"] or 0,
        present=sent["present"],
        asked_for=sent["asked_for"],
        next_call_at=form.next_call_at,
    )
    try:
        record(request, disclosure, came, told=sent["told"] == "yes")
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return _show(request, disclosure, form, follow_up=follow_up, status=409)
    notices.success(request, messages.DONE["recorded"])
    return redirect("disclosure", pk=disclosure.pk)


def _record_call(request: desk.DeskRequest, disclosure: Disclosure, came: actions.Outcome, *, told: bool) -> None:
    write = actions.tell if told else actions.could_not_tell
    write(disclosure, came, actor=request.officer, at=request.at)


def _record_mistake(request: desk.DeskRequest, disclosure: Disclosure, came: actions.Outcome, *, told: bool) -> None:
    actions.mistake_told(disclosure, came, told=told, actor=request.officer, at=request.at)


def _record_follow_up(request: desk.DeskRequest, disclosure: Disclosure, came: actions.Outcome, *, told: bool) -> None:
    actions.follow_up(disclosure, came, reached=told, actor=request.officer, at=request.at)


def _show(
    request: desk.DeskRequest, disclosure: Disclosure, form: forms.OutcomeForm, *, follow_up: bool, status: int = 200
) -> HttpResponse:
    context = {"disclosure": disclosure, "form": form, "follow_up": follow_up}
    return render(request, "disclosure/outcome.html", context, status=status)


def _script(disclosure: Disclosure) -> str:
    return wording.MISTAKE if disclosure.state == states.RETRACTED else disclosure.fate


def _lines(request: desk.DeskRequest, disclosure: Disclosure) -> list[wording.Line]:
    """What this officer reads now: the approved lines in their own call, or the words that take a mistake back."""
    if disclosure.state == states.RETRACTED:
        lines = queries.lines_for(disclosure, script=wording.MISTAKE)
    elif str(disclosure.call_begun_by_id or "") != request.officer.human:
        raise Refused("disclosure.no-call-begun", "this officer began no call")
    else:
        lines = disclosure.lines
    return wording.said_by(lines, caller=request.officer.name)
