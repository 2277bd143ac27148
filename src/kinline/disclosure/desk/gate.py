"""The page of the gate: what is proposed, what is still missing, and the number only when nothing is."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from kinline.correspondence import queries as correspondence
from kinline.disclosure import actions, forms, messages, queries, wording
from kinline.disclosure.models import Disclosure
from kinline.staff import queries as staff
from kinline.ui import desk
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.rules.consent import Wish
from kinrules.rules.told_by_a_person import Means
from kinrules.states import MACHINES
from kinrules.states import disclosure as states
from kinrules.terms import Fate, Recipient

_MACHINE = MACHINES[Disclosure.machine]


@require_safe
@desk.page(Permission.DISCLOSURE_VIEW, of=Disclosure)
def page(request: desk.DeskRequest, disclosure: Disclosure) -> HttpResponse:
    """Everything about one disclosure. The family's number is on it only when every gate is open for this officer."""
    gates = queries.gate(disclosure, caller=request.officer, at=request.at)
    ready = disclosure.state in (states.APPROVED, states.NOT_TOLD) and queries.all_open(gates)
    context = {
        "disclosure": disclosure,
        "enquiry": disclosure.enquiry,
        "state": gettext(_MACHINE.words[disclosure.state]),
        "gates": [{"label": gate.says, "open": gate.open, "why": gate.why} for gate in gates],
        "phone": disclosure.contact.value if ready and disclosure.contact else "",
        "ready": ready,
        "lines": wording.said_by(disclosure.lines, caller=request.officer.name),
        "is_draft": wording.is_draft(disclosure.fate, disclosure.language),
        "seen": queries.digest(disclosure),
        "stands": queries.stands(disclosure),
        "tellings": [(telling, messages.PURPOSES[telling.purpose]) for telling in queries.tellings(disclosure)],
        "other_told": queries.other_told(disclosure) if disclosure.state == states.RETRACTED else [],
        "mine": str(disclosure.call_begun_by_id or "") == request.officer.human,
        "overdue": queries.is_overdue(disclosure, at=request.at),
        "clock": _clock(disclosure, at=request.at),
        **_chosen(disclosure),
        **_may(request, disclosure),
    }
    return render(request, "disclosure/gate.html", context)


@require_POST
@desk.page(Permission.DISCLOSURE_APPROVE, of=Disclosure)
def approve(request: desk.DeskRequest, disclosure: Disclosure) -> HttpResponse:
    """Approve exactly what was read."""
    actions.approve(disclosure, seen=request.POST.get("seen", ""), actor=request.officer, at=request.at)
    notices.success(request, messages.DONE["approved"])
    return redirect("disclosure", pk=disclosure.pk)


@require_POST
@desk.page(Permission.DISCLOSURE_PROPOSE, of=Disclosure)
def take_back(request: desk.DeskRequest, disclosure: Disclosure) -> HttpResponse:
    """Take the approval back."""
    form = forms.ReasonForm(request.POST)
    why = form.cleaned_data["why"] if form.is_valid() else ""
    actions.void(disclosure, why=why, actor=request.officer, at=request.at)
    notices.success(request, messages.DONE["voided"])
    return redirect("disclosure", pk=disclosure.pk)


@require_POST
@desk.page(Permission.DISCLOSURE_TELL, of=Disclosure)
def company(request: desk.DeskRequest, disclosure: Disclosure) -> HttpResponse:
    """Note who sits beside the caller."""
    form = forms.CompanyForm(request.POST, officers=staff.officers())
    second = form.cleaned_data["second"] if form.is_valid() else None
    actions.accompany(disclosure, second, actor=request.officer)
    notices.success(request, messages.DONE["accompanied"])
    return redirect("disclosure", pk=disclosure.pk)


def _clock(disclosure: Disclosure, *, at: datetime) -> str:
    """What time it is where the family is, and how far that is from the time of the world: no name of a zone."""
    there = at.astimezone(ZoneInfo(disclosure.enquiry.enquirer.time_zone))
    offset = f"{there:%z}"
    return f"{there:%H:%M} (UTC{offset[:3]}:{offset[3:]})"


def _chosen(disclosure: Disclosure) -> dict[str, Any]:
    return {
        "fate": messages.FATES[Fate(disclosure.fate)],
        "recipient": messages.RECIPIENTS[Recipient(disclosure.recipient)],
        "wish": messages.WISHES[Wish(disclosure.wish)],
        "language": correspondence.languages()[disclosure.language].name,
        "means": messages.MEANS[Means(disclosure.means)],
        "agency": messages.AGENCY[disclosure.agency],
    }


def _may(request: desk.DeskRequest, disclosure: Disclosure) -> dict[str, Any]:
    """Which forms are shown: a role hides, it never greys."""
    by, idle = request.officer, disclosure.call_begun_at is None
    may = {
        move.verb: permissions.allowed(move.who, by, disclosure)
        for move in MACHINES[Disclosure.machine].after(disclosure.state)
    }
    company_form = None
    if may.get("tell") and idle:
        others = staff.officers().exclude(pk=by.human)
        company_form = forms.CompanyForm(officers=others, initial={"second": disclosure.accompanied_by_id})
    return {
        "may_approve": may.get("approve", False),
        "may_change": idle and disclosure.state in (states.PROPOSED, states.APPROVED, states.NOT_TOLD),
        "may_take_back": idle and may.get("void", False),
        "may_withhold": idle and may.get("withhold", False),
        "may_retract": may.get("retract", False),
        "may_write": disclosure.state in (states.TOLD, states.RETRACTED, states.WITHHELD),
        "company_form": company_form,
        "reason_form": forms.ReasonForm(),
    }
