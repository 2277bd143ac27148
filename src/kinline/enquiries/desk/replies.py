"""Replying: choose what to say, see it whole with what it promises, record it. Nothing is sent from here."""

from typing import Any

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from kinline.enquiries import actions, queries, replies, sms
from kinline.enquiries.actions.replies import Chosen
from kinline.enquiries.desk import sheet
from kinline.enquiries.forms import desk as forms
from kinline.enquiries.messages import desk as words
from kinline.enquiries.models import Enquiry
from kinline.ui import desk, refusals
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import enquiry as states
from kinrules.terms import Channel


@require_safe
@desk.page(Permission.ENQUIRY_ANSWER, of=Enquiry)
def choose(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """The replies that are possible now, each with the day it would promise."""
    actions.work.lease(enquiry, actor=request.officer, at=request.at)
    context = {"enquiry": enquiry, "rows": _possible(request, enquiry), "lease": sheet.lease_of_other(request, enquiry)}
    return render(request, "enquiries/desk/replies.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.ENQUIRY_ANSWER, of=Enquiry)
def reply(request: desk.DeskRequest, enquiry: Enquiry, template: str) -> HttpResponse:
    """One reply: its text as the family gets it, the blanks, and the button that records it."""
    chosen = replies.named(template)
    if request.method != "POST":
        actions.work.lease(enquiry, actor=request.officer, at=request.at)
        return _show(request, enquiry, chosen, _fresh(request, enquiry, chosen))
    form = forms.ReplyForm(request.POST, template=chosen, language=request.officer.language)
    if not form.is_valid() or "preview" in request.POST:
        return _show(request, enquiry, chosen, form)
    try:
        actions.replies.reply(
            enquiry,
            _chosen(chosen, form.cleaned_data),
            actor=request.officer,
            at=request.at,
            version=form.cleaned_data["version"],
        )
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return _show(request, enquiry, chosen, form, both=refused.code == "enquiry.changed")
    notices.success(request, words.NOTICES["replied"])
    return redirect("enquiry", pk=enquiry.pk)


def _show(
    request: desk.DeskRequest,
    enquiry: Enquiry,
    template: replies.Template,
    form: forms.ReplyForm,
    *,
    both: bool = False,
) -> HttpResponse:
    enquiry.refresh_from_db()
    context: dict[str, Any] = {
        "enquiry": enquiry,
        "template": template,
        "title": template.title(get_language() or "en"),
        "move": states.MACHINE.words.get(template.move, ""),
        "form": form,
        "lease": sheet.lease_of_other(request, enquiry),
        **_preview(request, template, form),
    }
    if both:
        newest = queries.desk.newest_reply(enquiry)
        context |= {"theirs": newest, "theirs_state": states.MACHINE.words[enquiry.state]}
        form.data = sheet.with_version(request, enquiry.version)
    return render(request, "enquiries/desk/reply.html", context, status=409 if both else 422 if form.errors else 200)


def _preview(request: desk.DeskRequest, template: replies.Template, form: forms.ReplyForm) -> dict[str, Any]:
    said = form.cleaned_data if form.is_bound else dict(form.initial)
    try:
        filled = actions.replies.preview(_chosen(template, said), at=request.at)
    except Refused as refused:
        return {"preview": "", "waits_for": refusals.sentence(refused)}
    found: dict[str, Any] = {
        "preview": filled.words,
        "promise_on": filled.promise_on,
        "preview_language": filled.language,
    }
    if said.get("channel") == Channel.SMS:
        found |= {"sms_parts": sms.parts(filled.words), "sms_signs": sms.length(filled.words)}
    return found


def _chosen(template: replies.Template, said: dict[str, Any]) -> Chosen:
    return Chosen(
        template=template.name,
        language=said.get("language") or "en",
        channel=said.get("channel") or Channel.TELEPHONE.value,
        detail=said.get("detail") or "",
        day=said.get("day"),
        own_words=said.get("own_words") or "",
        checked=bool(said.get("checked")),
    )


def _fresh(request: desk.DeskRequest, enquiry: Enquiry, template: replies.Template) -> forms.ReplyForm:
    first = queries.desk.contacts(enquiry).first()
    initial = {
        "version": enquiry.version,
        "channel": first.channel if first else enquiry.channel,
        "language": replies.spoken(enquiry.language),
        "detail": next(iter(template.details), ""),
    }
    return forms.ReplyForm(initial=initial, template=template, language=request.officer.language)


def _possible(request: desk.DeskRequest, enquiry: Enquiry) -> list[dict[str, Any]]:
    verbs = {move.verb for move in queries.desk.moves(enquiry, actor=request.officer)}
    rows = []
    for template in replies.every().values():
        if template.move and template.move not in verbs:
            continue
        if not template.move and not queries.desk.is_open(enquiry):
            continue
        rows.append(
            {"template": template, "title": template.title(get_language() or "en"), **_promises(request, template)}
        )
    return rows


def _promises(request: desk.DeskRequest, template: replies.Template) -> dict[str, Any]:
    if template.promise in ("", "chosen"):
        return {"chosen_day": template.promise == "chosen"}
    detail = next(iter(template.details), "")
    return {"day": replies.fill(template, language="en", at=request.at, detail=detail).promise_on}
