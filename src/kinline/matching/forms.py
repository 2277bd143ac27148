"""What the pages of the matching desk may send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kinline.matching import engine, messages, queries
from kinline.matching.actions import Decision
from kinline.matching.models import LearntWeights


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


class WeightsForm(forms.Form):
    """Which learnt weights are to be in force; "default" is the table that comes with the program."""

    weights = forms.CharField(max_length=64, error_messages={"required": messages.REFUSALS["match.no-such-weights"]})

    def clean_weights(self) -> LearntWeights | None:
        """The learnt weights that bear this digest; none for the default."""
        name = self.cleaned_data["weights"]
        if name == engine.DEFAULT:
            return None
        found = queries.learnt_by_digest(name)
        if found is None:
            raise forms.ValidationError(messages.REFUSALS["match.no-such-weights"])
        return found
