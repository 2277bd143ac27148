"""A family lost its case code: a new one, shown once to be read out or printed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from kinline.enquiries import actions, queries
from kinline.enquiries.forms import desk as forms
from kinline.enquiries.models import Enquiry
from kinline.ui import desk, refusals
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.terms import KinLevel


@require_http_methods(["GET", "HEAD", "POST"])
@desk.page(Permission.ENQUIRY_WORK, of=Enquiry)
def new_code(request: desk.DeskRequest, enquiry: Enquiry) -> HttpResponse:
    """Why a new code is needed; then, once, the code and the word that stays."""
    form = forms.ReasonForm(request.POST or None, initial={"version": enquiry.version})
    if form.is_valid():
        said = form.cleaned_data
        try:
            received = actions.reissue_code(
                enquiry, reason=said["words"], version=said["version"], actor=request.officer, at=request.at
            )
        except Refused as refused:
            form.add_error(None, refusals.sentence(refused))
        else:
            context = {"enquiry": enquiry, "code": received.code, "safe_word": received.safe_word, "again": request.at}
            return render(request, "enquiries/desk/code.html", context)
    standing = queries.kinship.standing(enquiry, on=timezone.localdate(request.at))
    context = {"enquiry": enquiry, "form": form, "checked": standing.level >= KinLevel.CONTACT_CHECKED}
    return render(request, "enquiries/desk/new_code.html", context, status=422 if form.errors else 200)
