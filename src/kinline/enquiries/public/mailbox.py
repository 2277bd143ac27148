"""What a family sees of its enquiry, with its case code and one check; and whether it was us who contacted it.

The answer to an unknown code and to a wrong check is the same page. The pages hold a pass, signed and good for an hour,
in place of a session.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods

from kinline.enquiries import actions, codes, throttle, tickets
from kinline.enquiries.actions.add import KINDS
from kinline.enquiries.forms.families import CaseCode, More
from kinline.enquiries.messages import families as words
from kinline.enquiries.models import Enquiry
from kinline.enquiries.public import asking
from kinline.enquiries.queries import families as queries
from kinline.enquiries.tickets import Ticket
from kinline.staff.queries import FAMILY
from kinrules import limits
from kinrules.terms import Channel

NETWORKS, LOOKING_UP = throttle.Networks(), throttle.LookingUp()
ENTRY, CROWDED = "enquiries/public/case.html", "enquiries/public/crowded.html"
UNPROCESSABLE, TOO_MANY = 422, 429
MOMENT_SECONDS = "5"
METHODS = ["GET", "HEAD", "POST"]

View = Callable[[HttpRequest], HttpResponse]


def few_at_once(view: View) -> View:
    """Let only a few requests that bring a code be answered at the same time."""

    @wraps(view)
    def bounded(request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or "check" not in request.POST:
            return view(request)
        with LOOKING_UP.place() as has_one:
            if has_one:
                return view(request)
            answer = render(request, CROWDED, status=TOO_MANY)
            answer["Retry-After"] = MOMENT_SECONDS
            return answer

    return bounded


@require_http_methods(METHODS)
@few_at_once
def case(request: HttpRequest) -> HttpResponse:
    """Code and check, then the family's own page and what it can do there."""
    at = timezone.now()
    if request.method != "POST":
        return render(request, ENTRY, {"form": CaseCode()})
    if request.POST.get("pass"):
        return _with_pass(request, at=at)
    if "check" not in request.POST:
        return render(request, ENTRY, {"form": CaseCode(initial={"code": request.POST.get("code", "")})})
    if request.POST.get("go") == "draft":
        return _resume(request, at=at)
    found = _open(request, ENTRY, at=at)
    if isinstance(found, HttpResponse):
        return found
    if request.POST.get("words"):
        return _show_more(request, found, request.POST.get("kind", ""), at=at, kept=request.POST["words"])
    return _show_standing(request, found, at=at)


@require_http_methods(METHODS)
@few_at_once
def is_it_us(request: HttpRequest) -> HttpResponse:
    """How to know us, and when we contacted a family."""
    page = "enquiries/public/is_it_us.html"
    if request.method != "POST":
        return render(request, page, {"form": CaseCode()})
    found = _open(request, page, at=timezone.now())
    if isinstance(found, HttpResponse):
        return found
    contacts = [
        (contact.contacted_at, words.CHANNELS[Channel(contact.channel)], contact.reached)
        for contact in queries.contacts_made(found)
    ]
    return render(request, page, {"opened": True, "contacts": contacts})


def _open(request: HttpRequest, page: str, *, at: datetime) -> Enquiry | HttpResponse:
    """The enquiry that code and check open, or the page that says what to do; never which of the two was wrong."""
    form = CaseCode(request.POST)
    typed = _read_code(form)
    check = form.cleaned_data.get("check", "")
    if not form.errors and not check.strip():
        form.add_error("check", words.CHECK_MISSING)
    if form.errors:
        return render(request, page, {"form": form}, status=UNPROCESSABLE)
    address = request.META.get("REMOTE_ADDR", "")
    code_hash = queries.hashed(typed)
    if queries.must_wait(code_hash, at=at) or NETWORKS.must_wait(address, at=at):
        return _wait(request, at=at)
    enquiry = queries.by_hash(code_hash)
    if enquiry is not None and queries.fits(enquiry, check):
        actions.tries.note_right(code_hash)
        return enquiry
    return _wrong(request, page, form, code_hash, at=at)


def _wrong(request: HttpRequest, page: str, form: CaseCode, code_hash: str, *, at: datetime) -> HttpResponse:
    NETWORKS.note_wrong(request.META.get("REMOTE_ADDR", ""), at=at)
    if actions.tries.note_wrong(code_hash, at=at):
        return _wait(request, at=at)
    form.add_error("code", words.NOT_TOGETHER)
    return render(request, page, {"form": form}, status=UNPROCESSABLE)


def _wait(request: HttpRequest, *, at: datetime) -> HttpResponse:
    """Too many tries: the page that says so, and after how long to come back, to programs too."""
    answer = render(request, "ui/wait.html", status=TOO_MANY)
    answer["Retry-After"] = str(limits.on(timezone.localdate(at), "code_wait_minutes") * 60)
    return answer


def _resume(request: HttpRequest, *, at: datetime) -> HttpResponse:
    """Go on with an enquiry that was not finished."""
    form = CaseCode(request.POST)
    typed = _read_code(form)
    if form.errors:
        return render(request, ENTRY, {"form": form}, status=UNPROCESSABLE)
    code_hash = queries.hashed(typed)
    if queries.must_wait(code_hash, at=at) or NETWORKS.must_wait(request.META.get("REMOTE_ADDR", ""), at=at):
        return _wait(request, at=at)
    draft = queries.unfinished(code_hash)
    if draft is None:
        return _wrong(request, ENTRY, form, code_hash, at=at)
    ticket = Ticket(draft.ticket, typed, at)
    return asking.show(request, ticket, draft.step, draft.answers, at=at)


def _read_code(form: CaseCode) -> str:
    """The code that was typed; what is the matter with it goes to the form."""
    form.is_valid()
    typed = codes.read(form.cleaned_data.get("code", ""))
    if typed.flaw is not None and "code" not in form.errors:
        form.add_error("code", words.CODE_FLAWS[typed.flaw.value])
    return typed.digits


def _with_pass(request: HttpRequest, *, at: datetime) -> HttpResponse:
    """What a family does on its own page."""
    leave = tickets.read_pass(request.POST["pass"], at=at)
    enquiry = queries.by_key(leave.enquiry) if leave else None
    if leave is None or enquiry is None:
        kept = {"kind": request.POST.get("kind", ""), "words": request.POST.get("words", "")}
        return render(request, ENTRY, {"form": CaseCode(), "closed": True} | kept)
    kind, go = request.POST.get("kind", ""), request.POST.get("go", "")
    if go == "more" and kind in KINDS:
        return _show_more(request, enquiry, kind, at=at)
    if go == "save" and kind in KINDS:
        return _save(request, enquiry, kind, leave.number, at=at)
    return _show_standing(request, enquiry, at=at)


def _save(request: HttpRequest, enquiry: Enquiry, kind: str, number: str, *, at: datetime) -> HttpResponse:
    form = _more(kind, data=request.POST)
    if not form.is_valid():
        return _show_more(request, enquiry, kind, at=at, form=form)
    actions.add(enquiry, kind, form.cleaned_data["words"], actor=FAMILY, at=at, ticket=number)
    return _show_standing(request, enquiry, at=at, saved=True)


def _show_more(
    request: HttpRequest, enquiry: Enquiry, kind: str, *, at: datetime, form: More | None = None, kept: str = ""
) -> HttpResponse:
    context = {
        "form": form or _more(kind, initial={"words": kept}),
        "kind": kind,
        "pass": tickets.written_pass(queries.key(enquiry), at=at),
    }
    status = UNPROCESSABLE if form is not None else 200
    return render(request, "enquiries/public/more.html", context, status=status)


def _more(kind: str, **keywords: Any) -> More:
    kind = kind if kind in words.ADDITION_HINTS else "message"
    label = {**words.ADDITIONS, **words.REQUESTS}[kind]
    return More(label=label, hint=words.ADDITION_HINTS[kind], **keywords)


def _show_standing(request: HttpRequest, enquiry: Enquiry, *, at: datetime, saved: bool = False) -> HttpResponse:
    standing = queries.standing(enquiry)
    context = {
        "saved": saved,
        "standing": standing,
        "state": words.STATES[standing.state],
        "note": words.STATE_NOTES[standing.state],
        "is_open": standing.state != "finished",
        "events": [words.event(each.kind, each.at, each.channel) for each in standing.events],
        "additions": words.ADDITIONS,
        "requests": words.REQUESTS,
        "pass": tickets.written_pass(queries.key(enquiry), at=at),
        "language": get_language(),
    }
    return render(request, "enquiries/public/standing.html", context)
