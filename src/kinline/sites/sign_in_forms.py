"""The sign-in library's forms with our labels and hints; what they check is the library's.

A hint says what to enter and where it comes from. Placeholders are taken out: they vanish as one types.
"""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as factor
from allauth.mfa.totp import forms as app
from allauth.mfa.webauthn import forms as key
from django import forms
from django.utils.translation import gettext_lazy as _

CODE = _("Code")
FROM_APP = _("Six digits from the app on your telephone, or one of your recovery codes.")


class Worded(forms.Form):
    """Puts our words on the library's fields. ``said``: field -> label and hint."""

    said: ClassVar[dict[str, tuple[Any, Any]]]

    def __init__(self, *arguments: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        for name, (label, hint) in self.said.items():
            field = self.fields[name]
            field.label, field.help_text = label, hint
            field.widget.attrs.pop("placeholder", None)


class Login(Worded, account.LoginForm):  # type: ignore[misc]  # allauth has no types
    """Name and password."""

    said: ClassVar = {"login": (_("Sign-in name"), ""), "password": (_("Password"), "")}


class ChangePassword(Worded, account.ChangePasswordForm):  # type: ignore[misc]  # allauth has no types
    """The password of now, and the new one twice."""

    said: ClassVar = {
        "oldpassword": (_("The password you have now"), ""),
        "password1": (
            _("New password"),
            _("At least 12 signs. Four or five words that do not belong together are good."),
        ),
        "password2": (_("New password once more"), ""),
    }


class Reauthenticate(Worded, account.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The password again."""

    said: ClassVar = {"password": (_("Password"), "")}


class Authenticate(Worded, factor.AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code at sign-in."""

    said: ClassVar = {"code": (CODE, FROM_APP)}


class ReauthenticateByCode(Worded, factor.ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """The code again."""

    said: ClassVar = {"code": (CODE, FROM_APP)}


class ActivateApp(Worded, app.ActivateTOTPForm):  # type: ignore[misc]  # allauth has no types
    """The first code of an app."""

    said: ClassVar = {"code": (_("Code from the app"), _("Six digits. A new code comes every half minute."))}


class AddKey(Worded, key.AddWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """A passkey or a security key."""

    said: ClassVar = {
        "name": (_("Name of the key"), _("So that you can tell your keys apart.")),
        "passwordless": (_("Sign in with this key alone, without the password"), ""),
    }


class RenameKey(Worded, key.EditWebAuthnForm):  # type: ignore[misc]  # allauth has no types
    """Another name for a key."""

    said: ClassVar = {"name": (_("Name of the key"), _("So that you can tell your keys apart."))}
