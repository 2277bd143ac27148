"""What the pages of the disclosure desk, and the page to check a letter, may send."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from kinline.correspondence import kinds
from kinline.correspondence import messages as letters
from kinline.correspondence import queries as correspondence
from kinline.disclosure import messages, wording
from kinline.disclosure.models import Disclosure
from kinline.enquiries.models import EnquirerContact, Enquiry
from kinline.staff.models import Officer
from kinrules.rules.told_by_a_person import Means
from kinrules.terms import Channel

_LONG = {"rows": 4, "dir": "auto"}
_ONE_LINE = ("addressee", "person", "reference", "contact", "contact_phone", "told_on", "told_by", "next_call")


def _words(label: Any, *, required: bool = True, hint: Any = "", most: int = 4000) -> forms.CharField:
    area = forms.Textarea(attrs=_LONG)
    return forms.CharField(label=label, required=required, help_text=hint, max_length=most, widget=area)


class _PhoneField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice of phones by their last two digits: the number appears on the page of the gate alone."""

    def label_from_instance(self, obj: EnquirerContact) -> str:
        """Enough to tell one phone from another, too little to call."""
        return f"… {obj.value[-2:]}"


class ProposalForm(forms.Form):
    """What an officer read in the record and chose. Nothing is chosen beforehand."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    fate = forms.ChoiceField(
        label=_("What does the record stand for?"), choices=messages.FATES.items(), widget=forms.RadioSelect
    )
    recipient = forms.ChoiceField(
        label=_("Who hears it?"), choices=messages.RECIPIENTS.items(), widget=forms.RadioSelect
    )
    wish = forms.ChoiceField(
        label=_("What does the person want?"), choices=messages.WISHES.items(), widget=forms.RadioSelect
    )
    detriment = forms.BooleanField(label=_("Telling may harm the person or their relatives"), required=False)
    detriment_words = _words(_("If so: which harm, and how do we know?"), required=False)
    agency = forms.ChoiceField(
        label=_("Was the Central Tracing Agency told?"), choices=messages.AGENCY.items(), widget=forms.RadioSelect
    )
    agency_words = forms.CharField(
        label=_("Number of the transmission, or why none is needed"), required=False, max_length=300
    )
    means = forms.ChoiceField(label=_("How is it told?"), choices=messages.MEANS.items(), widget=forms.RadioSelect)
    contact = _PhoneField(
        label=_("Which phone?"), queryset=EnquirerContact.objects.none(), required=False, empty_label=_("No phone")
    )
    language = forms.ChoiceField(label=_("In which language?"))
    may_say = _words(
        _("What else may be said"),
        required=False,
        hint=_("One sentence a line, in the family's language, as it will be read aloud. Never a place."),
    )

    def __init__(self, *args: Any, enquiry: Enquiry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        phones = EnquirerContact.objects.filter(enquirer=enquiry.enquirer_id, channel=Channel.TELEPHONE.value)
        choice = self.fields["contact"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = phones
        names = correspondence.languages()
        spoken = self.fields["language"]
        assert isinstance(spoken, forms.ChoiceField)
        spoken.choices = [(code, names[code].name) for code in wording.languages()]

    def clean(self) -> dict[str, Any]:
        """Ask for the words that a tick calls for."""
        sent = super().clean() or {}
        if sent.get("detriment") and not sent.get("detriment_words", "").strip():
            self.add_error("detriment_words", _("Write which harm, and how we know."))
        if sent.get("means") == Means.VOICE and sent.get("contact") is None:
            self.add_error("contact", _("Choose the phone to call."))
        return sent


class ReasonForm(forms.Form):
    """Why an approval, or a letter, is taken back."""

    why = _words(_("Why?"))


class CompanyForm(forms.Form):
    """Who sits beside the caller."""

    second = forms.ModelChoiceField(
        label=_("Who is with you?"), queryset=Officer.objects.none(), required=False, empty_label=_("Nobody")
    )

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["second"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = officers


class OutcomeForm(forms.Form):
    """What came of a call: four things, and nobody is left without a next call."""

    lines_said = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=200)
    told = forms.ChoiceField(
        label=_("Were they told?"),
        choices=[("yes", _("Told")), ("no", _("Not told"))],
        widget=forms.RadioSelect,
    )
    present = forms.CharField(label=_("Who was with them?"), required=False, max_length=300)
    asked_for = _words(_("What did they ask for?"), required=False)
    next_day = forms.DateField(
        label=_("Next call: the day"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    next_hour = forms.TimeField(
        label=_("Next call: the hour, our time"),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )

    @property
    def next_call_at(self) -> datetime:
        """The moment of the next call, in the bureau's own time zone."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["next_day"], self.cleaned_data["next_hour"]))


class WithholdingForm(forms.Form):
    """Why nothing is told; the Agency is told in any case, and the day of review is set."""

    because = forms.ChoiceField(
        label=_("Why is nothing told?"), choices=messages.REASONS.items(), widget=forms.RadioSelect
    )
    words = _words(_("In your words, so that a colleague understands it in a year"))
    agency_words = forms.CharField(label=_("Number of the transmission to the Central Tracing Agency"), max_length=300)
    review_on = forms.DateField(
        label=_("Looked at again on"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class RetractionForm(forms.Form):
    """What was wrong: for the file, and in plain words for the family."""

    why = _words(_("What happened? (for the file)"))
    what_was_wrong = _words(
        _("What was wrong? (read to the family)"),
        hint=_("One sentence a line, in the family's language, as it will be read aloud."),
    )


class LetterForm(forms.Form):
    """Every blank of one kind of letter."""

    def __init__(self, *args: Any, kind: kinds.Kind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for blank in (*kinds.ON_EVERY_LETTER, *kind.needs):
            required = blank in kind.needs or blank == "addressee"
            label = letters.BLANKS[blank]
            if blank in _ONE_LINE:
                self.fields[blank] = forms.CharField(label=label, required=required, max_length=300)
            else:
                self.fields[blank] = _words(label, required=required)


class SealForm(forms.Form):
    """The digest of the letter that was read."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)


class HandOverForm(forms.Form):
    """By which way the letter goes to the family."""

    way = forms.ChoiceField(label=_("How does it go?"), choices=letters.WAYS.items(), widget=forms.RadioSelect)


class LetterCheckForm(forms.Form):
    """The code that stands on a letter."""

    code = forms.CharField(max_length=60, required=False)


def of_disclosure(disclosure: Disclosure) -> dict[str, Any]:
    """What the proposal form shows when a proposal is changed."""
    return {name: getattr(disclosure, name) for name in ProposalForm.base_fields}
