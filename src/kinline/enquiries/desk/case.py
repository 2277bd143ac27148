"""The page of one enquiry: on the left what was said and done, on the right what is known, below what may be done."""

from collections.abc import Callable
from typing import Any

from django import forms as fields
from django.contrib import messages as notices
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from kinline.enquiries import actions, promises, queries
from kinline.enquiries.actions.cases import FACTS
from kinline.enquiries.forms import desk as forms
from kinline.enquiries.messages import desk as words
from kinline.enquiries.models import Enquiry
from kinline.staff import queries as staff
from kinline.ui import desk, refusals
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import enquiry as states
from kinrules.states import tracing_case

MOVES: dict[str, Callable[..., None]] = {
    "accept": actions.accept,
    "resume": actions.resume,
    "close": actions.close,
    "close_set_aside": actions.close,
    "reopen": actions.reopen,
}
REASONS = {"set_aside": "reason", "withdraw": "statement"}
"""Moves that rest on words, and what those words are to the action."""

REPLIES = {
    "answer_for_now": "still_looking",
    "ask_family": "need_detail",
    "offer_call": "ask_for_call",
    "answer": "finished_no_consent",
}
"""Moves that are made by replying, and the template they begin with."""

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
    return show(request, enquiry)


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
        return show(request, enquiry, hold=form)
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
        return show(request, enquiry, hand_over=form)
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
        return show(request, enquiry, note=form)
    said = form.cleaned_data["words"]
    return _kept(request, enquiry, form, lambda: actions.work.note(enquiry, said, **_by(request)), "noted")


@require_POST
@desk.page(Permission.ENQUIRY_ANSWER, of=Enquiry)
def contact(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """Record that there was contact."""
    form = forms.ContactForm(request.POST)
    if not form.is_valid():
        return show(request, enquiry, contact=form)
    said = form.cleaned_data
    return _kept(request, enquiry, form, lambda: actions.log_contact(enquiry, **said, **_by(request)), "contact")


def show(request: desk.DeskRequest, enquiry: Enquiry, **tried: fields.Form) -> HttpResponse:
    """The page, with a form that was ``tried`` in place of an empty one of its name."""
    enquiry = Enquiry.objects.select_related("case", "enquirer", "claimed_by", "leased_by").get(pk=enquiry.pk)
    today = timezone.localdate(request.at)
    wrong = next(iter(tried.values()), None)
    context = {
        "enquiry": enquiry,
        "case": enquiry.case,
        "state": states.MACHINE.words[enquiry.state],
        "case_state": tracing_case.MACHINE.words[enquiry.case.state],
        "thread": _thread(enquiry),
        "unread": queries.desk.unread(enquiry),
        "facts": _facts(enquiry.case),
        "first_facts": _facts(enquiry.first_case) if enquiry.first_case_id != enquiry.case_id else [],
        "siblings": queries.desk.of_case(enquiry.case).exclude(pk=enquiry.pk),
        "ways": [(words.CHANNELS.get(way.channel, way.channel), way) for way in queries.desk.contacts(enquiry)],
        "sought_is": words.SOUGHT_IS.get(enquiry.relation, enquiry.relation),
        "channel": words.CHANNELS.get(enquiry.channel, enquiry.channel),
        "steps": ladder_steps(enquiry, on=today),
        "late": queries.desk.is_open(enquiry) and promises.due_at(enquiry.promise_on) < request.at,
        "lease": lease_of_other(request, enquiry),
        "log": queries.desk.log(enquiry),
        "may": _may(request, enquiry),
        **_buttons(request, enquiry),
        **_forms(enquiry, tried),
        "form": wrong if wrong is not None and wrong.errors else None,
    }
    return render(request, "enquiries/desk/case.html", context, status=422 if context["form"] else 200)


def ladder_steps(enquiry: Enquiry, *, on: Any) -> list[dict[str, Any]]:
    """The four steps as the component wants them."""
    standing = queries.kinship.standing(enquiry, on=on)
    names = staff.names({step.decided_by for step in standing.steps})
    carried = {step.level: step for step in standing.steps}
    rows = []
    for level, label in words.LEVELS.items():
        step = carried.get(level.value)
        how = words.WAYS.get(step.way, step.way) if step else ""
        who = names.get(step.decided_by, "") if step else ""
        reached = level <= standing.level
        rows.append({"label": label, "reached": reached, "how": how, "who": who, "at": step and step.decided_at})
    return rows


def lease_of_other(request: desk.DeskRequest, enquiry: Enquiry) -> queries.desk.Lease | None:
    """Who else is writing on it."""
    mine = str(enquiry.leased_by_id or "") == request.officer.human
    return None if mine else queries.desk.lease(enquiry, at=request.at)


def with_version(request: desk.DeskRequest, version: int) -> QueryDict:
    """What was sent, with the version that the row has now: the next press of the button knows what it overwrites."""
    sent = request.POST.copy()
    sent["version"] = str(version)
    return sent


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
        return show(request, enquiry, **{_NAMES[type(form)]: form})


_NAMES: dict[type[fields.Form], str] = {
    forms.HoldForm: "hold",
    forms.HandOverForm: "hand_over",
    forms.NoteForm: "note",
    forms.ContactForm: "contact",
}


def _forms(enquiry: Enquiry, tried: dict[str, fields.Form]) -> dict[str, Any]:
    fresh: dict[str, fields.Form] = {
        "hold": forms.HoldForm(initial={"version": enquiry.version}, auto_id="hold_%s"),
        "hand_over": forms.HandOverForm(officers=staff.officers(), auto_id="over_%s"),
        "note": forms.NoteForm(auto_id="note_%s"),
        "contact": forms.ContactForm(auto_id="contact_%s"),
    }
    return {f"{name}_form": form for name, form in (fresh | tried).items()}


def _buttons(request: desk.DeskRequest, enquiry: Enquiry) -> dict[str, Any]:
    """The machine's moves this officer may make, sorted by what a press of the button needs."""
    plain: list[dict[str, str]] = []
    reasoned: list[dict[str, str]] = []
    replied: list[dict[str, str]] = []
    for each in queries.desk.moves(enquiry, actor=request.officer):
        row = {"verb": each.verb, "label": states.MACHINE.words[each.verb], "template": REPLIES.get(each.verb, "")}
        (plain if each.verb in MOVES else reasoned if each.verb in REASONS else replied).append(row)
    return {"plain_moves": plain, "reasoned_moves": reasoned, "reply_moves": replied}


def _may(request: desk.DeskRequest, enquiry: Enquiry) -> dict[str, bool]:
    officer = request.officer
    works = permissions.allowed(Permission.ENQUIRY_WORK, officer, enquiry)
    owed = queries.desk.is_open(enquiry)
    mine = str(enquiry.claimed_by_id or "") == officer.human
    return {
        "claim": works and owed and enquiry.claimed_by_id is None,
        "take_over": works and owed and enquiry.claimed_by_id is not None and not mine,
        "release": works and mine,
        "hold": works and owed,
        "hand_over": works and owed,
        "answer": permissions.allowed(Permission.ENQUIRY_ANSWER, officer, enquiry),
        "case": permissions.allowed(Permission.CASE_WORK, officer, enquiry),
        "works": works,
    }


def _thread(enquiry: Enquiry) -> list[dict[str, Any]]:
    pieces = queries.desk.thread(enquiry)
    names = queries.desk.names_in(pieces)
    return [
        {
            "piece": piece,
            "heading": words.THREAD[piece.kind],
            "about": _about(piece),
            "channel": words.CHANNELS.get(piece.channel, piece.channel),
            "who": names.get(piece.who, ""),
        }
        for piece in pieces
    ]


def _about(piece: queries.desk.Said) -> Any:
    known: words.Words = {"addition": words.ADDED, "answer": words.ANSWERS}.get(piece.kind, words.WAYS)
    return known.get(piece.about, piece.about)


def _facts(case: Any) -> list[tuple[Any, str]]:
    return [] if case is None else [(words.FACTS[name], getattr(case, name)) for name in FACTS]
