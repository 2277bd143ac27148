"""What every page may say about itself: whether it is a demonstration, and how it reads in the other languages."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language_info


def site(request: HttpRequest) -> dict[str, Any]:
    """``demo``: mark this page as a demonstration. ``languages``: code, its own name, this page's address in it."""
    return {
        "demo": settings.DEMO,
        "is_desk": settings.IS_DESK,
        "languages": [
            {"code": code, "name": get_language_info(code)["name_local"], "address": in_language(request.path, code)}
            for code, _name in settings.LANGUAGES
        ],
    }


def in_language(path: str, code: str) -> str:
    """The address of the same page in another language.

    >>> in_language("/uk/status/", "en")
    '/en/status/'
    """
    _empty, _old, *rest = path.split("/", 2)
    return "/".join(["", code, *(rest or [""])])
