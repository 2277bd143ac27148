"""Addresses of the families' site: the pages of each room that has some, under /uk/, /ru/ and /en/, and the hooks."""

from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from kinline.sites import pages, rooms, telegram_hook

handler403 = pages.not_allowed
handler404 = pages.not_found
handler500 = pages.went_wrong

urlpatterns = [
    path("healthz", pages.healthz, name="healthz"),
    *telegram_hook.urlpatterns(),
    *i18n_patterns(
        *(
            path("", include(f"kinline.{room}.public"))
            for room in rooms.WITH_PUBLIC
            if find_spec(f"kinline.{room}") and find_spec(f"kinline.{room}.public")
        ),
        prefix_default_language=True,
    ),
]
