"""Addresses of the staff's site: sign-in, and the pages of each room that has a desk."""

from importlib.util import find_spec

from allauth.account import urls as sign_in
from django.urls import include, path

from kinline.sites import pages, rooms

handler403 = pages.not_allowed
handler404 = pages.not_found
handler500 = pages.went_wrong

# No password is reset and no address confirmed by mail: whoever reads an officer's mail would be that officer.
_BY_MAIL = ("account_reset_password", "account_email", "account_confirm_email", "account_confirm_login_code")
_WITHOUT_MAIL = [page for page in sign_in.urlpatterns if not page.name.startswith(_BY_MAIL)]

urlpatterns = [
    path("healthz", pages.healthz, name="healthz"),
    path("language/", pages.choose_language, name="set_language"),
    path("sign-in/", include(_WITHOUT_MAIL)),
    path("second-factor/", include("allauth.mfa.urls")),
    *(
        path("", include(f"kinline.{room}.desk"))
        for room in rooms.WITH_DESK
        if find_spec(f"kinline.{room}") and find_spec(f"kinline.{room}.desk")
    ),
]
