"""What the pages of an import may send. Nothing but the file itself is asked for."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kinline.imports import messages
from kinline.imports.drafting import About
from kinline.registry import messages as registry
from kinline.tables.columns import Guess
from kinline.tables.mapping import ColumnMap
from kinrules.terms import Category, SourceReliability

ONE_LINE = forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", "spellcheck": "false"})
DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
POWER_HINT = _("Two letters of ISO 3166, for example CH. Empty if it is not known.")


class ReceiveForm(forms.Form):
    """A register, and what is known of all its rows."""

    file = forms.FileField(
        label=_("The register"),
        help_text=_("CSV, TSV, XLSX, XLS or ODS, also packed. Any order of columns, any encoding."),
        max_length=255,
        error_messages={"required": _("Choose a file."), "empty": _("The file is empty. Choose another one.")},
    )
    category = forms.ChoiceField(
        label=_("Whom it lists"), choices=registry.CATEGORIES.items(), initial=Category.PRISONER_OF_WAR.value
    )
    detaining_power = forms.CharField(
        label=_("Detaining Power"), help_text=POWER_HINT, required=False, max_length=2, widget=ONE_LINE
    )
    power_of_origin = forms.CharField(
        label=_("Power on which the persons depend"),
        help_text=POWER_HINT,
        required=False,
        max_length=2,
        widget=ONE_LINE,
    )
    source = forms.CharField(label=_("From whom it came"), required=False, max_length=200, widget=ONE_LINE)
    reference = forms.CharField(label=_("Its number or reference"), required=False, max_length=120, widget=ONE_LINE)
    reliability = forms.ChoiceField(
        label=_("How reliable the source is"),
        choices=registry.RELIABILITY.items(),
        initial=SourceReliability.CANNOT_BE_JUDGED.value,
    )
    received_on = forms.DateField(label=_("Received on"), required=False, widget=DAY)
    ages_on = forms.DateField(label=_("If ages are given: on which day they were true"), required=False, widget=DAY)

    def clean(self) -> dict[str, Any]:
        """Codes of Powers in capitals, two letters each."""
        sent: dict[str, Any] = super().clean() or {}
        for name in ("detaining_power", "power_of_origin"):
            sent[name] = sent.get(name, "").upper()
            if sent[name] and not (len(sent[name]) == 2 and sent[name].isascii() and sent[name].isalpha()):
                self.add_error(name, _("Write the two letters of the country code, or leave it empty."))
        return sent

    def about(self) -> About:
        """What was said of the whole register."""
        sent = self.cleaned_data
        days = {name: sent[name].isoformat() if sent[name] else "" for name in ("received_on", "ages_on")}
        words = {
            name: sent[name]
            for name in ("category", "detaining_power", "power_of_origin", "source", "reference", "reliability")
        }
        return About(**words, **days)


class MatchForm(forms.Form):
    """Which column holds what: one choice a column, as guessed until somebody chooses otherwise."""

    header_row = forms.IntegerField(
        label=_("Row of the headings"),
        help_text=_("Its number in the sheet; 0 if there are no headings."),
        min_value=0,
        max_value=60,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    day_first = forms.ChoiceField(
        label=_("A date like 03/04/2001"),
        choices=(
            ("", _("is asked about")),
            ("yes", _("is 3 April: the day stands first")),
            ("no", _("is 4 March: the month stands first")),
        ),
        required=False,
    )
    sheet = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, guesses: Iterable[Guess], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.guesses = list(guesses)
        choices = [("", messages.NO_FIELD), *messages.FIELDS.items()]
        for guess in self.guesses:
            label = guess.heading or guess.letters
            self.fields[f"column_{guess.column}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    def clean(self) -> dict[str, Any]:
        """No field is held by two columns, except notes."""
        sent: dict[str, Any] = super().clean() or {}
        seen: dict[str, str] = {}
        for guess in self.guesses:
            name = f"column_{guess.column}"
            key = sent.get(name, "")
            if key and key != "note" and key in seen:
                self.add_error(name, _("Another column holds this already. Choose which of the two is meant."))
            seen.setdefault(key, name)
        return sent

    def chosen(self) -> ColumnMap:
        """The mapping that was confirmed."""
        sent = self.cleaned_data
        fields = {
            guess.column: sent[f"column_{guess.column}"] for guess in self.guesses if sent[f"column_{guess.column}"]
        }
        day_first = {"yes": True, "no": False}.get(sent["day_first"])
        return ColumnMap(fields, header_row=sent["header_row"], day_first=day_first, sheet=sent["sheet"])

    def columns(self) -> Iterable[dict[str, Any]]:
        """Each column with its guess and its field, for the table on the page."""
        for guess in self.guesses:
            yield {
                "guess": guess,
                "field": self[f"column_{guess.column}"],
                "confidence": messages.CONFIDENCE[guess.confidence],
            }


class FixForm(forms.Form):
    """One kind of problem in one field, and how all of it is settled."""

    kind = forms.ChoiceField(choices=[(kind, kind) for kind in messages.DOUBTS])
    field = forms.CharField(required=False, max_length=30)
    way = forms.ChoiceField(choices=[(way, way) for way in messages.FIXES])


class SameForm(forms.Form):
    """Whether a row is a person who is here already."""

    way = forms.ChoiceField(choices=[(way, way) for way in messages.FIXES])
    record = forms.CharField(required=False, max_length=40)


class UndoForm(forms.Form):
    """Why a register is taken back."""

    reason = forms.CharField(label=_("Why is it taken back?"), max_length=500, widget=ONE_LINE)
