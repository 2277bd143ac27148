"""Staff pages of oversight: officers, appointments, accounts; the ledger."""

from datetime import date

from django.contrib import messages as notices
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from kinline.ledger import queries as ledger
from kinline.oversight import messages, queries
from kinline.oversight.forms import AccountForm, AppointForm, EnrolForm
from kinline.staff import actions
from kinline.staff.models import Appointment, Officer
from kinline.ui import desk, refusals
from kinrules.permissions import Permission, Role
from kinrules.refusal import Refused

SECTIONS = (
    desk.Section(label=_("Officers"), url="/oversight/officers/", permission=Permission.OFFICER_APPOINT),
    desk.Section(label=_("Ledger"), url="/oversight/ledger/", permission=Permission.AUDIT_READ),
)
PAGE = 100


@require_safe
@desk.page(Permission.OFFICER_APPOINT)
def officers(request: desk.DeskRequest) -> HttpResponse:
    """Every officer, with roles and accounts."""
    people = [(person, list(queries.roles_in_words(person))) for person in queries.people(on=_today(request))]
    return render(request, "oversight/officers.html", {"people": people, "form": EnrolForm()})


@require_POST
@desk.page(Permission.OFFICER_APPOINT)
def enrol(request: desk.DeskRequest) -> HttpResponse:
    """Enrol one human."""
    form = EnrolForm(request.POST)
    if form.is_valid():
        officer = actions.enrol(form.cleaned_data["name"], actor=request.officer, at=request.at)
        notices.success(request, messages.DONE["enrolled"])
        return redirect("officer", pk=officer.pk)
    people = [(person, list(queries.roles_in_words(person))) for person in queries.people(on=_today(request))]
    return render(request, "oversight/officers.html", {"people": people, "form": form}, status=422)


@require_safe
@desk.page(Permission.OFFICER_APPOINT, of=Officer, reads=False)
def officer_page(request: desk.DeskRequest, officer: Officer) -> HttpResponse:
    """One officer: roles to give and to end, accounts to open."""
    return _officer(request, officer, AppointForm(), AccountForm())


@require_POST
@desk.page(Permission.OFFICER_APPOINT, of=Officer, reads=False)
def appoint(request: desk.DeskRequest, officer: Officer) -> HttpResponse:
    """Give a role."""
    form = AppointForm(request.POST)
    if not form.is_valid():
        return _officer(request, officer, form, AccountForm(), status=422)
    role = Role(form.cleaned_data["role"])
    try:
        actions.appoint(officer, role, actor=request.officer, at=request.at, on=_today(request))
    except Refused as refused:
        form.add_error("role", refusals.sentence(refused))
        return _officer(request, officer, form, AccountForm(), status=desk.status_of(refused))
    notices.success(request, messages.DONE["appointed"])
    return redirect("officer", pk=officer.pk)


@require_POST
@desk.page(Permission.OFFICER_APPOINT, of=Officer, reads=False)
def dismiss(request: desk.DeskRequest, officer: Officer, appointment: int) -> HttpResponse:
    """End a role with today."""
    held = get_object_or_404(Appointment, pk=appointment, officer=officer)
    actions.dismiss(held, actor=request.officer, at=request.at, on=_today(request))
    notices.success(request, messages.DONE["dismissed"])
    return redirect("officer", pk=officer.pk)


@require_POST
@desk.page(Permission.OFFICER_APPOINT, of=Officer, reads=False)
def open_account(request: desk.DeskRequest, officer: Officer) -> HttpResponse:
    """Open a way to sign in."""
    form = AccountForm(request.POST)
    if not form.is_valid():
        return _officer(request, officer, AppointForm(), form, status=422)
    sent = form.cleaned_data
    actions.open_account(
        officer, sent["username"], sent["password"], actor=request.officer, at=request.at, temporary=True
    )
    notices.success(request, messages.DONE["account"])
    return redirect("officer", pk=officer.pk)


@require_safe
@desk.page(Permission.AUDIT_READ)
def ledger_page(request: desk.DeskRequest) -> HttpResponse:
    """The ledger, newest entry first; references only."""
    asked = {name: request.GET.get(name, "").strip() for name in ("subject", "actor", "kind")}
    shown = Paginator(queries.entries(**asked), PAGE).get_page(request.GET.get("page"))
    return render(request, "oversight/ledger.html", {"page": shown, "asked": asked, "newest": ledger.last()})


@require_POST
@desk.page(Permission.AUDIT_READ)
def verify(request: desk.DeskRequest) -> HttpResponse:
    """Follow the chain and say where it breaks."""
    context = {"broken": ledger.first_broken(), "newest": ledger.last()}
    return render(request, "oversight/verified.html", context)


def _officer(
    request: desk.DeskRequest, officer: Officer, appoint_form: AppointForm, account_form: AccountForm, status: int = 200
) -> HttpResponse:
    person = next(each for each in queries.people(on=_today(request)) if each.officer.pk == officer.pk)
    context = {
        "person": person,
        "roles": list(queries.roles_in_words(person)),
        "appoint_form": appoint_form,
        "account_form": account_form,
        # Named "form" is whatever was sent, so that the summary of errors speaks of it.
        "form": account_form if account_form.is_bound else appoint_form,
    }
    return render(request, "oversight/officer.html", context, status=status)


def _today(request: desk.DeskRequest) -> date:
    return timezone.localdate(request.at)


urlpatterns = [
    path("oversight/officers/", officers, name="officers"),
    path("oversight/officers/enrol/", enrol, name="officer_enrol"),
    path("oversight/officers/<uuid:pk>/", officer_page, name="officer"),
    path("oversight/officers/<uuid:pk>/appoint/", appoint, name="officer_appoint"),
    path("oversight/officers/<uuid:pk>/dismiss/<int:appointment>/", dismiss, name="officer_dismiss"),
    path("oversight/officers/<uuid:pk>/account/", open_account, name="officer_account"),
    path("oversight/ledger/", ledger_page, name="ledger"),
    path("oversight/ledger/verify/", verify, name="ledger_verify"),
]
