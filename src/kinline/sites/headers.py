"""Headers of every response: what a browser may load, keep and tell others about our pages.

Source: OWASP ASVS 5.0.0, V3.4 (browser security mechanism headers).
"""

from collections.abc import Callable
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from kinline.ui import look

PERMISSIONS_OFF = [
    "accelerometer",
    "camera",
    "display-capture",
    "encrypted-media",
    "fullscreen",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
    "xr-spatial-tracking",
]
PASSKEYS = ["publickey-credentials-create", "publickey-credentials-get"]
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, noarchive",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TWO_YEARS = 63_072_000


@cache
def content_policy(*, is_desk: bool) -> str:
    """What a page may load: its own style sheet, pictures in it, and for staff our own scripts."""
    rules = [
        "default-src 'none'",
        f"style-src {look.csp_source('staff' if is_desk else 'public')}",
        "img-src 'self' data:",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    ]
    if is_desk:
        rules += ["script-src 'self'", "connect-src 'self'", "media-src 'self'", "trusted-types 'none'"]
    else:
        # Telephone links must work from a sandboxed page: for many families it is the only way to ask.
        rules.append("sandbox allow-forms allow-same-origin allow-top-navigation-to-custom-protocols")
    return "; ".join([*rules, "require-trusted-types-for 'script'"])


def permissions_policy(*, is_desk: bool) -> str:
    """What a page may ask of the device: nothing, but for the passkeys of officers."""
    allowed = "(self)" if is_desk else "()"
    return ", ".join([f"{name}=()" for name in PERMISSIONS_OFF] + [f"{name}={allowed}" for name in PASSKEYS])


class SecurityHeaders:
    """Middleware that adds the headers. A view may set its own Cache-Control; nothing else gives way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        is_desk = settings.ROOT_URLCONF.endswith(".desk")
        # Told to nobody else; to ourselves, since the forms of the desk are checked by where they come from.
        referrer = {"Referrer-Policy": "same-origin"} if is_desk else {}
        self.headers = (
            ALWAYS
            | referrer
            | {
                "Content-Security-Policy": content_policy(is_desk=is_desk),
                "Permissions-Policy": permissions_policy(is_desk=is_desk),
            }
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response[name] = value
        response.headers.setdefault("Cache-Control", "no-store")
        if request.is_secure():
            response["Strict-Transport-Security"] = f"max-age={TWO_YEARS}; includeSubDomains; preload"
        return response
