"""What the pages send for one step of a record, for setting a report aside, and for a search."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kinline.ledger.actions import Document
from kinline.ledger.models import Exhibit
from kinline.registry import messages
from kinline.registry.drafts import Brought, EventDraft
from kinline.registry.events import EVENTS
from kinline.registry.forms.fields import DATE_HINT, ONE_LINE, UNREADABLE_DATE
from kinrules.dates import PartialDate
from kinrules.machine import Move
from kinrules.refusal import Refused
from kinrules.terms import EvidenceKind


class MoveForm(forms.Form):
    """A step: when and where it happened, and what it rests on. The fields that a move has no use for are left out."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    happened_on = forms.CharField(
        label=_("When it happened"), help_text=DATE_HINT, required=False, max_length=12, widget=ONE_LINE
    )
    from_place = forms.CharField(label=_("From where"), required=False, max_length=200, widget=ONE_LINE)
    to_place = forms.CharField(label=_("Where, or to where"), required=False, max_length=200, widget=ONE_LINE)
    order_number = forms.CharField(label=_("Number of the order"), required=False, max_length=80, widget=ONE_LINE)
    shown = forms.MultipleChoiceField(
        label=_("It rests on these, which are attached already"), required=False, widget=forms.CheckboxSelectMultiple
    )
    brought_kind = forms.ChoiceField(label=_("What you attach now"), required=False)
    brought_words = forms.CharField(
        label=_("In words, if there is no document"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    brought_file = forms.FileField(label=_("The document"), required=False, max_length=255)

    def __init__(self, *args: Any, move: Move, exhibits: Sequence[Exhibit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if move.verb not in EVENTS:
            for name in ("happened_on", "from_place", "to_place", "order_number"):
                del self.fields[name]
        kinds = move.needs or move.needs_one_of or (EvidenceKind.UNIT_REPORT, EvidenceKind.REASON)
        self._choices("brought_kind", [(kind.value, messages.EVIDENCE[kind]) for kind in kinds])
        self._choices("shown", [(str(one.pk), messages.exhibit(one)) for one in exhibits])
        if not exhibits:
            del self.fields["shown"]

    def event(self, verb: str) -> EventDraft | None:
        """The custody event of the move, or None where the move stands for none."""
        if verb not in EVENTS:
            return None
        parts = ("happened_on", "from_place", "to_place", "order_number")
        return EventDraft(kind=EVENTS[verb], **{name: self.cleaned_data[name] for name in parts})

    def brought(self) -> list[Brought]:
        """What the officer attaches with this step."""
        sent = self.cleaned_data
        file, kind = sent["brought_file"], EvidenceKind(sent["brought_kind"] or self.initial["brought_kind"])
        if file:
            document = Document(file.read(), file.name, file.content_type or "application/octet-stream")
            return [Brought(kind, document=document, words=sent["brought_words"])]
        return [Brought(kind, words=sent["brought_words"])] if sent["brought_words"] else []

    def clean_happened_on(self) -> str:
        """A date that can be read."""
        written: str = self.cleaned_data["happened_on"]
        if written:
            try:
                PartialDate.parse(written)
            except Refused:
                raise forms.ValidationError(UNREADABLE_DATE) from None
        return written

    def _choices(self, name: str, choices: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        self.initial.setdefault(name, choices[0][0] if name == "brought_kind" else [])


class SetAsideForm(forms.Form):
    """Why one report is set aside."""

    reason = forms.CharField(label=_("The reason, in words"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)


class SearchForm(forms.Form):
    """What somebody looks for; sent in the body, so that no name stands in an address or a log."""

    q = forms.CharField(
        label=_("A record number, a foreign number, or a name in any alphabet"), max_length=300, widget=ONE_LINE
    )
