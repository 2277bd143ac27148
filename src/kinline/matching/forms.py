"""What the pages of the matching desk may send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kinline.matching import messages
from kinline.matching.actions import Decision


class DecisionForm(forms.Form):
    """One reader's decision; a reason chip and words for "not the same", the fact to ask for when asking the family."""

    decision = forms.ChoiceField(
        choices=[(each.value, each.value) for each in Decision],
        error_messages={"required": messages.OUT_OF_DATE, "invalid_choice": messages.OUT_OF_DATE},
    )
    version = forms.IntegerField(
        widget=forms.HiddenInput, error_messages={"required": messages.OUT_OF_DATE, "invalid": messages.OUT_OF_DATE}
    )
    reason = forms.ChoiceField(
        label=_("If not the same: why?"), choices=messages.REASONS.items(), required=False, widget=forms.RadioSelect
    )
    ask = forms.ChoiceField(
        label=_("If the family is asked: for what?"), choices=messages.FIELDS.items(), required=False
    )
    words = forms.CharField(
        label=_("In your words (optional)"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class UndoForm(forms.Form):
    """Why a reading is taken back."""

    words = forms.CharField(
        label=_("Why is this taken back?"), max_length=500, widget=forms.TextInput(attrs={"dir": "auto"})
    )


class NumberForm(forms.Form):
    """A record's number, to lay it beside the person sought."""

    number = forms.CharField(label=_("Number of a record"), max_length=40)
