"""Pages of letters: drafting, reading, signing, handing over. Lists name every letter neutrally."""

from hashlib import sha256
from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext, override
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinline.correspondence import actions as correspondence
from kinline.correspondence import codes, kinds
from kinline.correspondence import messages as letter_words
from kinline.correspondence import queries as letters
from kinline.correspondence.models import Letter
from kinline.disclosure import actions, forms, messages, queries
from kinline.disclosure.models import Disclosure
from kinline.ui import desk, refusals
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import MACHINES
from kinrules.states import letter as states

_MACHINE = MACHINES[Letter.machine]


@require_safe
@desk.page(Permission.LETTER_WRITE)
def listed(request: desk.DeskRequest) -> HttpResponse:
    """Letters to sign and letters to hand over, by neutral names."""
    context = {"to_seal": _rows(letters.to_seal()), "to_hand_over": _rows(letters.to_hand_over())}
    return render(request, "disclosure/letters.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.LETTER_WRITE, of=Disclosure)
def draft(request: desk.DeskRequest, disclosure: Disclosure) -> HttpResponse:
    """Draft the letter that follows what the family was told."""
    kind = kinds.every()[actions.kind_of_letter(disclosure)]
    form = forms.LetterForm(request.POST or None, kind=kind, initial=_known(request, disclosure))
    context = {"form": form, "disclosure": disclosure, "letter": None}
    if not form.is_valid():
        return render(request, "disclosure/letter_words.html", context, status=422 if form.is_bound else 200)
    on = localdate(request.at)
    try:
        made = actions.draft_letter(disclosure, form.cleaned_data, actor=request.officer, at=request.at, on=on)
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return render(request, "disclosure/letter_words.html", context, status=409)
    notices.success(request, messages.DONE["drafted"])
    return redirect("letter", pk=made.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.LETTER_WRITE, of=Letter)
def change(request: desk.DeskRequest, letter: Letter) -> HttpResponse:
    """Change the words of a draft."""
    form = forms.LetterForm(request.POST or None, kind=kinds.every()[letter.kind], initial=letter.words)
    context = {"form": form, "disclosure": None, "letter": letter}
    if not form.is_valid():
        return render(request, "disclosure/letter_words.html", context, status=422 if form.is_bound else 200)
    try:
        correspondence.reword(letter, form.cleaned_data, actor=request.officer, at=request.at)
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return render(request, "disclosure/letter_words.html", context, status=409)
    notices.success(request, messages.DONE["reworded"])
    return redirect("letter", pk=letter.pk)


@require_safe
@desk.page(Permission.LETTER_WRITE, of=Letter)
def page(request: desk.DeskRequest, letter: Letter) -> HttpResponse:
    """One letter: how it stands and what may be done with it."""
    by = request.officer
    may_seal = letter.state == states.DRAFTED and permissions.allowed(Permission.LETTER_APPROVE, by, letter)
    seen = sha256(_preview(request, letter)).hexdigest() if may_seal else ""
    context = {
        "letter": letter,
        "kind": letter_words.KINDS[letter.kind],
        "state": gettext(_MACHINE.words[letter.state]),
        "code": codes.grouped(letter.code) if letter.state != states.DRAFTED else "",
        "way": letter_words.WAYS.get(letter.handed_over_by_way, ""),
        "seal_form": forms.SealForm(initial={"seen": seen}) if may_seal else None,
        "hand_over_form": forms.HandOverForm() if letter.state == states.SEALED else None,
        "may_change": letter.state == states.DRAFTED,
        "may_void": letter.state != states.VOIDED,
        "reason_form": forms.ReasonForm(),
        "is_draft": not kinds.every()[letter.kind].texts[letter.language].approved_by,
    }
    return render(request, "disclosure/letter.html", context)


@require_safe
@desk.page(Permission.LETTER_WRITE, of=Letter)
def read(request: desk.DeskRequest, letter: Letter) -> HttpResponse:
    """The letter as a PDF: the signed bytes, or what would be signed now."""
    content = _preview(request, letter) if letter.document is None else letters.document(letter)
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="letter-{letter.dated_on.isoformat()}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


@require_POST
@desk.page(Permission.LETTER_APPROVE, of=Letter)
def sign(request: desk.DeskRequest, letter: Letter) -> HttpResponse:
    """Sign exactly the letter that was read."""
    on = localdate(request.at)
    correspondence.seal(letter, seen=request.POST.get("seen", ""), actor=request.officer, at=request.at, on=on)
    notices.success(request, messages.DONE["sealed"])
    return redirect("letter", pk=letter.pk)


@require_POST
@desk.page(Permission.LETTER_WRITE, of=Letter)
def hand_over(request: desk.DeskRequest, letter: Letter) -> HttpResponse:
    """Record that it is on its way."""
    correspondence.hand_over(letter, way=request.POST.get("way", ""), actor=request.officer, at=request.at)
    notices.success(request, messages.DONE["handed_over"])
    return redirect("letter", pk=letter.pk)


@require_POST
@desk.page(Permission.LETTER_WRITE, of=Letter)
def void(request: desk.DeskRequest, letter: Letter) -> HttpResponse:
    """Declare it void."""
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        raise Refused("disclosure.no-reason", "a reason is needed")
    correspondence.void(letter, why=form.cleaned_data["why"], actor=request.officer, at=request.at)
    notices.success(request, messages.DONE["letter_voided"])
    return redirect("letter", pk=letter.pk)


def _preview(request: desk.DeskRequest, letter: Letter) -> bytes:
    return correspondence.preview(letter, actor=request.officer, on=localdate(request.at))


def _rows(found: Any) -> list[dict[str, Any]]:
    return [{"letter": letter, "kind": letter_words.KINDS[letter.kind]} for letter in found]


def _known(request: desk.DeskRequest, disclosure: Disclosure) -> dict[str, str]:
    """Blanks that the file itself can fill: names, numbers, days, and the lines an officer wrote for the call."""
    enquiry, last = disclosure.enquiry, queries.latest_telling(disclosure)
    known = {
        "addressee": enquiry.enquirer.name,
        "person": enquiry.case.sought_name,
        "reference": enquiry.short,
        "contact": request.officer.name,
        "facts_known": disclosure.may_say,
        "what_was_wrong": disclosure.what_was_wrong,
    }
    if last is None:
        return known
    with override(disclosure.language):
        known["told_on"] = date_format(localtime(last.told_at), "j E Y, H:i")
        if last.next_call_at is not None:
            known["next_call"] = date_format(localtime(last.next_call_at), "j E Y, H:i")
    spoke = [last.by_officer, *([last.with_officer] if last.with_officer else [])]
    known["told_by"] = ", ".join(officer.name for officer in spoke)
    return known
