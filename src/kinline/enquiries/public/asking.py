"""Asking about a relative: one question a page, each page kept, nothing sent twice and nothing lost.

No session and no cookie: a signed ticket in the form says which form this is. Each answer is kept as a draft. The page
on which the family checks its answers carries them whole, so what is sent is what was read there.
"""

import logging
from datetime import datetime
from typing import Any

from django import forms
from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from kinline.enquiries import actions, intake, replies, tickets
from kinline.enquiries.forms import families as pages
from kinline.enquiries.messages import families as words
from kinline.enquiries.models import Enquiry
from kinline.enquiries.queries import families as queries
from kinline.enquiries.tickets import Ticket
from kinline.staff.queries import FAMILY
from kinline.ui import unwritten
from kinrules.dates import PartialDate
from kinrules.terms import Relation

log = logging.getLogger(__name__)

STEPS = ("who", "born", "relation", "contact", "check")
QUESTIONS = STEPS[:-1]
FORMS: dict[str, type[forms.Form]] = {
    "who": pages.Who,
    "relation": pages.RelationTo,
    "contact": pages.Contact,
}
_ANSWERS = "enquiries.answers"
UNPROCESSABLE = 422
# A number is read from left to right also on a page that runs the other way. Source: Unicode UAX #9 (isolates).
LEFT_TO_RIGHT, END = "\u2066", "\u2069"
_NO_MARKS = dict.fromkeys(map(ord, (LEFT_TO_RIGHT, END)))


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The first page."""
    return render(request, "enquiries/public/start.html")


@require_http_methods(["GET", "HEAD", "POST"])
def enquiry(request: HttpRequest) -> HttpResponse:
    """Every page from Start to the case code; which one is in the form."""
    if request.method != "POST":
        return HttpResponseRedirect(f"/{get_language()}/")
    at = timezone.now()
    ticket = tickets.read(request.POST.get("ticket", ""), at=at)
    if ticket is None and request.POST.get("ticket"):
        return render(request, "enquiries/public/too_old.html", status=400)
    try:
        if ticket is None:
            return begin(request, at=at)
        sent = queries.by_ticket(ticket.number)
        return _turn(request, ticket, at=at) if sent is None else _sent_before(request, ticket, sent, at=at)
    except DatabaseError as failure:
        log.exception("a page of an enquiry could not be kept")
        return unwritten.page(request, failure, draft_code=ticket.code if ticket else "")


def begin(request: HttpRequest, *, at: datetime) -> HttpResponse:
    """Hand out a ticket and ask the first question."""
    ticket = tickets.issue(at=at)
    actions.draft.begin(ticket, language=_language(), at=at)
    return show(request, ticket, "who", {}, at=at)


def show(
    request: HttpRequest,
    ticket: Ticket,
    step: str,
    answers: dict[str, Any],
    *,
    at: datetime,
    form: forms.Form | None = None,
) -> HttpResponse:
    """One page of the conversation, with what is known already filled in."""
    context: dict[str, Any] = {"ticket": tickets.written(ticket), "step": step, "draft_code": ticket.code}
    if step == "check":
        return _show_check(request, context, answers)
    place = QUESTIONS.index(step)
    context |= {
        "form": form or _form(step, at=at, initial=answers),
        "number": place + 1,
        "count": len(QUESTIONS),
        "before": QUESTIONS[place - 1] if place else "",
        "back_to": request.POST.get("back_to", ""),
    }
    status = UNPROCESSABLE if form is not None and form.is_bound else 200
    return _going_back_works(render(request, f"enquiries/public/{step}.html", context, status=status))


def _turn(request: HttpRequest, ticket: Ticket, *, at: datetime) -> HttpResponse:
    """Keep what this page says and show the next one."""
    step, go = _step(request), _in_language(request.POST.get("go", ""))
    if step == "check" and go == "send":
        return _send(request, ticket, at=at)
    draft = queries.draft(ticket.number)
    answers = draft.answers if draft else {}
    if go in STEPS or step == "check":
        return show(request, ticket, go if go in STEPS else _first_gap(answers), answers, at=at)
    if go == "again":
        return show(request, ticket, step, answers | request.POST.dict(), at=at)
    form = _form(step, at=at, data=request.POST)
    if not form.is_valid():
        return show(request, ticket, step, answers, at=at, form=form)
    following = STEPS[STEPS.index(step) + 1]
    if request.POST.get("back_to") == "check":
        following = "check"
    kept = actions.draft.keep(ticket, form.cleaned_data, step=following, language=_language(), at=at)
    if following == "check":
        following = _first_gap(kept.answers)
    return show(request, ticket, following, kept.answers, at=at)


def _send(request: HttpRequest, ticket: Ticket, *, at: datetime) -> HttpResponse:
    """Take the answers as they were shown on the page."""
    answers = _shown(request)
    if answers is None:
        draft = queries.draft(ticket.number)
        kept = draft.answers if draft else {}
        return show(request, ticket, _first_gap(kept), kept, at=at)
    draft = actions.draft.keep(ticket, answers, step="check", language=_language(), at=at)
    received = actions.receive(
        _said(answers),
        actor=FAMILY,
        at=at,
        code=ticket.code,
        ticket=ticket.number,
        code_hash=draft.code_hash,
    )
    return _done(request, ticket, received.enquiry, at=at)


def _sent_before(request: HttpRequest, ticket: Ticket, sent: Enquiry, *, at: datetime) -> HttpResponse:
    """The back button or a second tap: the same words get the same answer, other words are kept beside them."""
    step = _step(request)
    draft = queries.draft(ticket.number)
    answers = draft.answers if draft else {}
    if step == "check":
        said = _shown(request) if request.POST.get("go") == "send" else None
    else:
        form = _form(step, at=at, data=request.POST)
        said = answers | form.cleaned_data if form.is_valid() and request.POST.get("go") == "on" else None
    is_new = said is not None and _said(said).digest() != sent.body_digest
    if is_new:
        actions.keep_conflict(sent, _said(said or {}), at=at)
    if not queries.opens(sent, ticket.code, code_hash=draft.code_hash if draft else ""):
        # Whoever holds the old form may not be the family any more: no word, and no way to its page.
        context = {"ticket": tickets.written(ticket), "kept": is_new}
        return render(request, "enquiries/public/replaced.html", context, status=410)
    if said is None or not is_new:
        return _done(request, ticket, sent, at=at)
    context = {
        "code": ticket.code,
        "lines": _lines(said),
        "words": "\n".join(f"{label}: {value}" for _step_name, label, value in _lines(said)).translate(_NO_MARKS),
        "pass": tickets.written_pass(queries.key(sent), at=at),
    }
    return render(request, "enquiries/public/sent_otherwise.html", context, status=409)


def _done(request: HttpRequest, ticket: Ticket, sent: Enquiry, *, at: datetime) -> HttpResponse:
    context = {
        "ticket": tickets.written(ticket),
        "code": ticket.code,
        "word": sent.safe_word,
        "word_language": sent.language,
        "promise_on": sent.promise_on,
        "pass": tickets.written_pass(queries.key(sent), at=at),
        "additions": words.ADDITIONS,
    }
    return render(request, "enquiries/public/done.html", context)


def _show_check(request: HttpRequest, context: dict[str, Any], answers: dict[str, Any]) -> HttpResponse:
    context |= {"lines": _lines(answers), "answers": signing.dumps(answers, salt=_ANSWERS, compress=True)}
    return _going_back_works(render(request, "enquiries/public/check.html", context))


def _going_back_works(response: HttpResponse) -> HttpResponse:
    """Let the browser keep a question until it is closed. Without that its back button shows an error of its own.

    The pages with code and word, and the family's own page, are never kept.
    """
    response["Cache-Control"] = "private, no-cache"
    return response


def _shown(request: HttpRequest) -> dict[str, Any] | None:
    """The answers that stood on the page; None if they are not ours."""
    try:
        return dict(signing.loads(request.POST.get("answers", ""), salt=_ANSWERS))
    except signing.BadSignature:
        return None


def _form(step: str, *, at: datetime, data: Any = None, initial: dict[str, Any] | None = None) -> forms.Form:
    if step == "born":
        return pages.Born(data, initial=initial, on=timezone.localdate(at))
    return FORMS[step](data, initial=initial)


def _step(request: HttpRequest) -> str:
    step = request.POST.get("step", "")
    return step if step in STEPS else "who"


def _first_gap(answers: dict[str, Any]) -> str:
    """The page to go on with: the check, unless the name or every way to be reached is missing."""
    if not answers.get("name"):
        return "who"
    return "check" if intake.ways(answers) or answers.get("page_only") else "contact"


def _in_language(go: str) -> str:
    """``go``; where it names a language, that language is spoken from here on and the page is shown again.

    A text browser sends every button of a form to one address, so the language comes as the button's word.
    """
    if go not in replies.LANGUAGES:
        return go
    translation.activate(go)
    return "again"


def _language() -> str:
    return (get_language() or "uk").split("-")[0]


def _said(answers: dict[str, Any]) -> intake.Intake:
    return intake.answered(answers, language=_language())


def _lines(answers: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    """The answers for reading: the page each comes from, its label, what was said."""
    relation = answers.get("relation_words") or words.RELATIONS[Relation(answers.get("relation") or Relation.OTHER)]
    ways = [f"{words.WAYS[way.channel]}: {LEFT_TO_RIGHT}{way.value}{END}" for way in intake.ways(answers)]
    message = words.SAFE if answers.get("leave_message") == "yes" else words.NOT_SAFE
    return [
        ("who", words.LABEL_NAME, answers.get("name", "")),
        ("born", words.LABEL_BORN, _spoken(answers)),
        ("relation", words.LABEL_RELATION, relation),
        ("contact", words.LABEL_WAYS, "\n".join(ways) or words.PAGE_ONLY),
        *([("contact", words.LABEL_MESSAGE, message)] if ways else []),
    ]


def _spoken(answers: dict[str, Any]) -> Any:
    """The date of birth with its month in words, so that a misreading is seen."""
    if not answers.get("born"):
        return answers.get("born_words") or words.NOT_GIVEN
    born = PartialDate.parse(answers["born"])
    return words.partial_date(born)
