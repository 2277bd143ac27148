"""What all forms of the registry share: lines of text, and how dates are asked for."""

from django import forms
from django.utils.translation import gettext_lazy as _

ONE_LINE = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "spellcheck": "false"})
DATE_HINT = _("As far as it is known: 2001, 2001-03 or 2001-03-14, with ~ behind it for about.")
UNREADABLE_DATE = _("Write the date as 2001, 2001-03 or 2001-03-14. For about 2001, write 2001~.")
