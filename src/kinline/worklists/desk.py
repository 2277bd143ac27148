"""Staff pages of an officer's day: start, duty, inbox, search, preferences."""

from typing import Any

from django.contrib import messages as notices
from django.db import DatabaseError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinline.enquiries import actions as enquiries
from kinline.enquiries import queries as enquiry_queries
from kinline.enquiries.messages import desk as enquiry_words
from kinline.intake import drawing
from kinline.staff import actions as staff
from kinline.staff import queries as staff_queries
from kinline.staff.models import Officer
from kinline.ui import desk, refusals
from kinline.ui import messages as waits
from kinline.worklists import actions, forms, messages, queries
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import enquiry as states

SECTIONS = (desk.Section(label=_("Inbox"), url="/inbox/", permission=Permission.ENQUIRY_VIEW),)


@require_safe
@desk.page(Permission.DESK_SIGN_IN, off_duty=True)
def start(request: desk.DeskRequest) -> HttpResponse:
    """What the day holds; off duty, how to begin it."""
    context: dict[str, Any] = {
        "greeting": messages.greeting(timezone.localtime(request.at).hour),
        "officer": request.officer,
        "day": queries.day(request.officer, at=request.at) if request.officer.on_duty else None,
        "note": staff_queries.last_hand_over(before=request.at),
        "may_claim": permissions.allowed(Permission.ENQUIRY_WORK, request.officer),
        "slow": drawing.slow(at=request.at) if request.officer.on_duty else [],
        "at": request.at,
    }
    return render(request, "worklists/start.html", context)


@require_POST
@desk.page(Permission.DESK_SIGN_IN, off_duty=True)
def begin(request: desk.DeskRequest) -> HttpResponse:
    """Begin duty."""
    staff.begin_duty(_officer(request), at=request.at)
    notices.success(request, messages.NOTICES["begun"])
    return redirect("start")


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.DESK_SIGN_IN)
def end(request: desk.DeskRequest) -> HttpResponse:
    """End duty: each open claim with its line, and one note for the next shift."""
    sent = request.POST if request.method == "POST" else None
    note = forms.NoteForm(sent)
    claims = [
        forms.ClaimForm(sent, enquiry=enquiry, officers=staff_queries.officers())
        for enquiry in enquiry_queries.claimed_by(request.officer.human)
    ]
    if sent is None or not all([note.is_valid(), *(claim.is_valid() for claim in claims)]):
        return _ask_to_end(request, claims, note)
    hand_overs = {
        claim.enquiry.pk: actions.HandOver(claim.cleaned_data["what_next"], claim.cleaned_data["to"])
        for claim in claims
    }
    try:
        actions.end_duty(
            _officer(request),
            actor=request.officer,
            at=request.at,
            hand_overs=hand_overs,
            note=note.cleaned_data["note"],
        )
    except Refused as refused:
        for claim in claims:
            if not claim.cleaned_data["what_next"].strip():
                claim.add_error("what_next", enquiry_words.REFUSALS["enquiry.no-next"])
        note.add_error(None, refusals.sentence(refused))
        return _ask_to_end(request, claims, note)
    notices.success(request, messages.NOTICES["ended"])
    return redirect("start")


@require_safe
@desk.page(Permission.DESK_SIGN_IN)
def inbox(request: desk.DeskRequest, view: str = "") -> HttpResponse:
    """One list, fifty lines a page."""
    allowed = queries.views(request.officer)
    if not allowed:
        raise Refused("permission.enquiry.view", "no list of the inbox is this officer's")
    shown = next((each for each in allowed if each == view), None) if view else allowed[0]
    if shown is None:
        raise Http404
    sort = _sort(request.GET.get("sort", ""))
    counts = queries.counts(request.officer, at=request.at)
    page = _page(request.GET.get("page", ""), counts[shown])
    lines = queries.lines(shown, request.officer, at=request.at, sort=sort, begin=(page - 1) * queries.MOST_ON_A_PAGE)
    context = {
        "rows": [_row(line, request) for line in lines],
        "views": [{"view": each, "label": messages.VIEWS[each], "count": counts[each]} for each in allowed],
        "view": shown,
        "title": messages.VIEWS[shown],
        "sorts": messages.SORTS.items(),
        "sort": sort.value,
        "page": page,
        "previous": page - 1,
        "next": page + 1 if counts[shown] > page * queries.MOST_ON_A_PAGE else 0,
        "may_claim": permissions.allowed(Permission.ENQUIRY_WORK, request.officer),
        "people": drawing.queues(request.officer, at=request.at).get("people"),
    }
    return render(request, "worklists/inbox.html", context)


@require_POST
@desk.page(Permission.ENQUIRY_WORK)
def claim_next(request: desk.DeskRequest) -> HttpResponse:
    """Take the right next one."""
    enquiry = enquiries.claim_next(actor=request.officer, at=request.at)
    if enquiry is None:
        notices.info(request, messages.NOTICES["nothing_waits"])
        return redirect("inbox", view="mine")
    return redirect("enquiry", pk=enquiry.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.DESK_SIGN_IN)
def search(request: desk.DeskRequest) -> HttpResponse:
    """The search box: why first, then at most ten of each kind."""
    if request.method != "POST":
        return render(request, "worklists/search.html", {"form": forms.SearchForm()})
    if "purpose" not in request.POST and "asked" not in request.POST:
        form = forms.SearchForm(initial={"q": request.POST.get("q", "")[: forms.LONGEST]})
        return render(request, "worklists/search.html", {"form": form})
    form = forms.SearchForm(request.POST)
    if not form.is_valid():
        return render(request, "worklists/search.html", {"form": form}, status=422)
    said = form.cleaned_data
    try:
        found = actions.search(said["q"], purpose=said["purpose"], actor=request.officer, at=request.at)
    except DatabaseError as failure:
        return desk.not_recorded(request, failure)
    context = {
        "form": form,
        "found": found,
        "way": messages.WAYS[found.way],
        "slip": messages.SLIP if found.slip else "",
    }
    context["cases"] = [(enquiry, states.MACHINE.words[enquiry.state]) for enquiry in found.enquiries]
    context["may_compare"] = permissions.allowed(Permission.MATCH_VIEW, request.officer)
    return render(request, "worklists/search.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.DESK_SIGN_IN, off_duty=True)
def preferences(request: desk.DeskRequest) -> HttpResponse:
    """Language of the pages, and keys on the keyboard."""
    initial = {"language": request.officer.language, "shortcuts": request.officer.shortcuts}
    form = forms.PreferencesForm(request.POST or None, initial=initial)
    if form.is_valid():
        staff.prefer(_officer(request), **form.cleaned_data)
        notices.success(request, messages.NOTICES["preferred"])
        return redirect("account")
    return render(request, "worklists/preferences.html", {"form": form}, status=422 if form.errors else 200)


def _ask_to_end(request: desk.DeskRequest, claims: list[forms.ClaimForm], note: forms.NoteForm) -> HttpResponse:
    context = {"claims": claims, "note": note, "form": note if note.errors else None}
    return render(request, "worklists/end.html", context, status=422 if note.errors else 200)


def _officer(request: desk.DeskRequest) -> Officer:
    return Officer.objects.get(pk=request.officer.human)


def _sort(asked: str) -> enquiry_queries.Sort:
    known = [sort.value for sort in enquiry_queries.Sort]
    return enquiry_queries.Sort(asked) if asked in known else enquiry_queries.Sort.DANGER


def _page(asked: str, count: int) -> int:
    last = max(1, -(-count // queries.MOST_ON_A_PAGE))
    return min(max(1, int(asked)), last) if asked.isdecimal() and asked.isascii() else 1


def _row(line: queries.Line, request: desk.DeskRequest) -> dict[str, Any]:
    return {
        "line": line,
        "url": reverse(line.page, kwargs={"pk": line.pk}),
        "channel": enquiry_words.CHANNELS.get(line.channel, ""),
        "says": messages.LINES.get(line.says, line.says),
        "due": waits.due(line.due_at, at=request.at),
        "late": line.due_at < request.at,
    }


urlpatterns = [
    path("", start, name="start"),
    path("duty/begin/", begin, name="duty_begin"),
    path("duty/end/", end, name="duty_end"),
    path("inbox/", inbox, name="inbox_first"),
    path("inbox/claim-next/", claim_next, name="claim_next"),
    path("inbox/<slug:view>/", inbox, name="inbox"),
    path("search/", search, name="search"),
    path("preferences/", preferences, name="account"),
]
