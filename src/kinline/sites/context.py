"""What every page may say about itself: whether it is a demonstration, and how it reads in the other languages."""

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_info

from kinline.sites import rooms
from kinline.staff.queries import Acting
from kinrules import permissions
from kinrules.permissions import Permission


def site(request: HttpRequest) -> dict[str, Any]:
    """``demo``: mark this page as a demonstration. ``bureau``: its phone for families.

    ``languages``: code, its own name, this page's address in it.
    """
    return {
        "demo": settings.DEMO,
        "bureau": settings.BUREAU,
        "is_desk": settings.IS_DESK,
        "languages": [
            {"code": code, "name": get_language_info(code)["name_local"], "address": in_language(request.path, code)}
            for code, _name in settings.LANGUAGES
        ],
    }


def desk(request: HttpRequest) -> dict[str, Any]:
    """``desk``: who works here, and the rooms that this officer may enter. A role hides, it never greys."""
    officer = getattr(request, "officer", None)
    if officer is None:
        return {"desk": {}}
    desks = [import_module(f"kinline.{room}.desk") for room in _with_desk()]
    known = [section for room in desks for section in getattr(room, "SECTIONS", ())]
    shown = [section for section in known if permissions.allowed(section.permission, officer)]
    return {
        "desk": {
            "officer": officer.name,
            "account_url": reverse("account"),
            "sign_out_url": reverse("account_logout"),
            "search_url": reverse("search") if _may_search(officer) else "",
            "shortcuts": officer.shortcuts,
            "sections": [
                {"url": section.url, "label": section.label, "current": request.path.startswith(section.url)}
                for section in shown
            ],
        }
    }


def _may_search(officer: Acting) -> bool:
    wanted = (Permission.ENQUIRY_VIEW, Permission.RECORD_VIEW)
    return any(permissions.allowed(permission, officer) for permission in wanted)


def _with_desk() -> list[str]:
    return [room for room in rooms.WITH_DESK if find_spec(f"kinline.{room}") and find_spec(f"kinline.{room}.desk")]


def in_language(path: str, code: str) -> str:
    """The address of the same page in another language.

    >>> in_language("/uk/status/", "en")
    '/en/status/'
    """
    _empty, _old, *rest = path.split("/", 2)
    return "/".join(["", code, *(rest or [""])])
