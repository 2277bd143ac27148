"""The families' page to check a letter by its code: it tells the date alone, never what the letter says or to whom."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kinline.correspondence import actions as correspondence
from kinline.correspondence import codes
from kinline.disclosure.forms import LetterCheckForm
from kinrules.refusal import Refused

WAIT_SECONDS = 60


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter_check(request: HttpRequest) -> HttpResponse:
    """Ask for a letter code; answer with the date of the letter, or that no letter with this code counts."""
    if request.method != "POST":
        return _show(request, "ask")
    form = LetterCheckForm(request.POST)
    typed = form.cleaned_data["code"] if form.is_valid() else ""
    code = codes.read(typed)
    if code is None:
        return _show(request, "mistyped", typed=typed, status=422)
    at = timezone.now()
    try:
        dated = correspondence.check(code, at=at, on=timezone.localdate(at))
    except Refused:
        answer = _show(request, "wait", typed=typed, status=429)
        answer["Retry-After"] = str(WAIT_SECONDS)
        return answer
    return _show(request, "ours" if dated else "unknown", dated=dated)


def _show(request: HttpRequest, outcome: str, *, status: int = 200, **context: object) -> HttpResponse:
    return render(request, "disclosure/letter_check.html", {"outcome": outcome, **context}, status=status)


urlpatterns = [path("letter-check/", letter_check, name="letter_check")]
