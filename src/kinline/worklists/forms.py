"""What the pages of an officer's day may send."""

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kinline.enquiries.models import Enquiry
from kinline.staff.models import Officer
from kinline.worklists import messages

LONGEST = 300


class SearchForm(forms.Form):
    """What is sought, and why."""

    q = forms.CharField(
        label=_("A code, a name in any alphabet, a number or a telephone"),
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "dir": "auto"}),
    )
    purpose = forms.ChoiceField(
        label=_("Why do you search?"),
        help_text=_("It is written down with the search."),
        choices=list(messages.PURPOSES.items()),
        widget=forms.RadioSelect,
        error_messages={"required": messages.REFUSALS["search.no-purpose"]},
    )


class PreferencesForm(forms.Form):
    """How an officer likes to work."""

    language = forms.ChoiceField(
        label=_("Language of the pages"), choices=[("uk", "Українська"), ("ru", "Русский"), ("en", "English")]
    )
    shortcuts = forms.BooleanField(label=_("Keys on the keyboard"), required=False)


class ClaimForm(forms.Form):
    """What becomes of one open claim at the end of duty."""

    what_next = forms.CharField(
        label=_("What is next, in one line"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    to = forms.ModelChoiceField(
        label=_("Give to"), queryset=Officer.objects.none(), required=False, empty_label=_("I keep it")
    )

    def __init__(self, sent: QueryDict | None, *, enquiry: Enquiry, officers: QuerySet[Officer]) -> None:
        super().__init__(sent, prefix=enquiry.pk.hex, initial={"what_next": enquiry.hand_over_note})
        self.enquiry = enquiry
        self.fields["to"].queryset = officers  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """The note for the next shift."""

    note = forms.CharField(
        label=_("A note for the next shift"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )
