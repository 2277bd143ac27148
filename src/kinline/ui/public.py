"""Pages for families that belong to no room: help, how we work, privacy, accessibility. Short, and true."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import URLPattern, path
from django.views.decorators.http import require_safe


@require_safe
def words(request: HttpRequest, page: str) -> HttpResponse:
    """One page of words only."""
    return render(request, f"ui/words/{page}.html")


def _page(name: str) -> URLPattern:
    return path(f"{name}/", words, {"page": name.replace("-", "_")}, name=name)


app_name = "ui"
urlpatterns = [_page("help"), _page("how-we-work"), _page("privacy"), _page("accessibility")]
