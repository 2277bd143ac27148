"""The lists of the disclosure desk: who waits, for how long, and what was taken back. Nobody's fate stands in them."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from kinline.disclosure import queries
from kinline.ui import desk
from kinrules.permissions import Permission


@require_safe
@desk.page(Permission.DISCLOSURE_VIEW)
def worklist(request: desk.DeskRequest) -> HttpResponse:
    """Everything that waits for this desk, the most urgent first."""
    on = localdate(request.at)
    context = {
        "at": request.at,
        "untold_mistakes": queries.retracted_untold(),
        "retracted_today": queries.retracted_today(on=on),
        "overdue": queries.overdue(at=request.at),
        "awaiting_proposal": queries.awaiting_proposal(),
        "awaiting_approval": queries.awaiting_approval(),
        "to_tell": queries.to_tell_now(at=request.at),
        "next_calls": queries.next_calls(at=request.at),
        "to_review": queries.to_review(on=on),
    }
    return render(request, "disclosure/worklist.html", context)
