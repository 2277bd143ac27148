"""What the pages on officers may send."""

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from kinline.oversight import messages
from kinline.staff.models import Account
from kinrules.permissions import HUMAN_ROLES


class EnrolForm(forms.Form):
    """A new officer: the name under which colleagues and families know them."""

    name = forms.CharField(label=_("Name, as families may hear it"), max_length=120)


class AppointForm(forms.Form):
    """A role for an officer."""

    role = forms.ChoiceField(
        label=_("Role"), choices=[(role.value, messages.ROLES[role.value]) for role in HUMAN_ROLES]
    )


class AccountForm(forms.Form):
    """A way to sign in."""

    username = forms.SlugField(
        label=_("Sign-in name"),
        max_length=80,
        error_messages={"invalid": _("Use only Latin letters, digits, hyphens and underscores.")},
    )
    password = forms.CharField(
        label=_("First password, at least 12 signs"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean_username(self) -> str:
        """A sign-in name is given once."""
        username = str(self.cleaned_data["username"])
        if Account.objects.filter(username=username).exists():
            raise forms.ValidationError(_("This sign-in name is taken. Choose another one."))
        return username

    def clean_password(self) -> str:
        """The password keeps the bureau's rules."""
        password = str(self.cleaned_data["password"])
        validate_password(password)
        return password
