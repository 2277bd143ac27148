"""What stands on the page of one enquiry: the thread, the facts, the ladder, and the buttons the machine allows."""

from datetime import date
from typing import Any

from django import forms as fields
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone

from kinline.enquiries import promises, queries
from kinline.enquiries.actions.cases import FACTS
from kinline.enquiries.forms import desk as forms
from kinline.enquiries.messages import desk as words
from kinline.enquiries.models import Enquiry, TracingCase
from kinline.staff import queries as staff
from kinline.ui import desk
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.states import enquiry as states
from kinrules.states import tracing_case

PLAIN = frozenset({"accept", "resume", "close", "close_set_aside", "reopen"})
"""Moves that need nothing but the decision."""

REASONED = frozenset({"set_aside", "withdraw"})
"""Moves that rest on words."""

REPLIES = {
    "answer_for_now": "still_looking",
    "ask_family": "need_detail",
    "offer_call": "ask_for_call",
    "answer": "finished_no_consent",
}
"""Moves that are made by replying, and the template they begin with."""


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
        "language": words.LANGUAGES.get(enquiry.language, enquiry.language),
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


def ladder_steps(enquiry: Enquiry, *, on: date) -> list[dict[str, Any]]:
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
        (plain if each.verb in PLAIN else reasoned if each.verb in REASONED else replied).append(row)
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


def _facts(case: TracingCase | None) -> list[tuple[Any, Any]]:
    return [] if case is None else [(words.FACTS[name], fact(name, getattr(case, name))) for name in FACTS]


def fact(name: str, value: str) -> Any:
    """One fact of a case as an officer reads it: in words where a code is kept."""
    return words.SEXES.get(value, value) if name == "sex" else value
