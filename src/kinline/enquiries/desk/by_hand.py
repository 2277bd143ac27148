"""An enquiry that came by telephone, by letter or in person: entered by an officer, who hands out the code."""

from django.contrib import messages as notices
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kinline.enquiries import actions, queries, tickets
from kinline.enquiries.forms import desk as forms
from kinline.enquiries.messages import desk as words
from kinline.ui import desk, refusals
from kinrules.permissions import Permission
from kinrules.refusal import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.ENQUIRY_RECEIVE)
def new(request: desk.DeskRequest) -> HttpResponse:
    """The form; then, once, the code and the safe word to read out or to print."""
    if request.method != "POST":
        fresh = {"ticket": tickets.written(tickets.issue(at=request.at)), "language": request.officer.language}
        return _ask(request, forms.ByHandForm(initial=fresh))
    form = forms.ByHandForm(request.POST)
    ticket = tickets.read(request.POST.get("ticket", ""), at=request.at)
    if ticket is None:
        again = request.POST.copy()
        again["ticket"] = tickets.written(tickets.issue(at=request.at))
        form.data = again
        form.add_error(None, refusals.sentence(Refused("enquiry.old-form", "the form is too old")))
    if not form.is_valid() or ticket is None:
        return _ask(request, form)
    try:
        received = actions.receive(
            form.intake(on=timezone.localdate(request.at)),
            actor=request.officer,
            at=request.at,
            code=ticket.code,
            ticket=ticket.number,
        )
    except Refused as refused:
        form.add_error(None, refusals.sentence(refused))
        return _ask(request, form)
    if received.again and not queries.families.opens(received.enquiry, received.code):
        notices.warning(request, words.NOTICES["code_replaced"])
        return redirect("enquiry", pk=received.enquiry.pk)
    context = {"enquiry": received.enquiry, "code": received.code, "safe_word": received.safe_word}
    return render(request, "enquiries/desk/code.html", context)


def _ask(request: desk.DeskRequest, form: forms.ByHandForm) -> HttpResponse:
    return render(request, "enquiries/desk/new.html", {"form": form}, status=422 if form.errors else 200)
