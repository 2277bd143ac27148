"""What the pages of the registry may send. Nothing but the five items of Geneva Convention III, Art. 17, is asked for,
and each of them may be declined or unknown; everything else may stay empty.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kinline.registry import messages
from kinline.registry.drafts import (
    AliasDraft,
    FactDraft,
    NameDraft,
    RecordDraft,
    ReportDraft,
    Statement,
)
from kinline.registry.forms.fields import DATE_HINT, ONE_LINE, UNREADABLE_DATE
from kinline.registry.readings import DATES
from kinrules.dates import PartialDate
from kinrules.refusal import Refused
from kinrules.rules.required_items import MAY_BE_REQUIRED
from kinrules.terms import (
    AliasKind,
    Category,
    EvidenceKind,
    FactKind,
    IdentityState,
    InformationCredibility,
    NameKind,
    Provenance,
    SourceReliability,
)

STATED, DECLINED, UNKNOWN = "stated", "declined", "unknown"
_HOW = [(STATED, _("Stated")), (DECLINED, _("Declined to say")), (UNKNOWN, _("It is not known"))]

REPORTS = tuple(
    kind
    for kind in EvidenceKind
    if kind
    not in {
        EvidenceKind.SECOND_READER,
        EvidenceKind.REASON,
        EvidenceKind.ANSWER,
        EvidenceKind.CALL_RECORD,
        EvidenceKind.ORDER,
        EvidenceKind.CONSENT,
        EvidenceKind.CONTACT_CHECK,
        EvidenceKind.REGISTER_FILE,
    }
)
"""Kinds of documents and messages by which the bureau learns of a person."""

FIVE_ITEMS = {
    "surname": _("Surname"),
    "given": _("First names"),
    "birth_date": _("Date of birth"),
    "rank": _("Rank"),
    "service_number": messages.FACTS[FactKind.SERVICE_NUMBER],
}
OTHER_FACTS = tuple(
    kind for kind in FactKind if kind not in {FactKind.BIRTH_DATE, FactKind.RANK, FactKind.SERVICE_NUMBER}
)
_ABOUT_DEATH = frozenset({FactKind.DEATH_DATE, FactKind.DEATH_PLACE, FactKind.CAUSE_OF_DEATH, FactKind.BURIAL_PLACE})
_CODED = {FactKind.SEX: messages.SEXES, FactKind.HEALTH: messages.HEALTH}
_LONG = frozenset({FactKind.NOTE, FactKind.DISTINGUISHING_MARK, FactKind.ADDRESS_OF_FAMILY})


class ReportForm(forms.Form):
    """The head of every report: what it is, when it came, how far its source is reliable."""

    kind = forms.ChoiceField(label=_("What the report is"), required=False)
    received_on = forms.DateField(
        label=_("Received on"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    source = forms.CharField(label=_("From whom"), required=False, max_length=200, widget=ONE_LINE)
    reference = forms.CharField(label=_("Its number or reference"), required=False, max_length=120, widget=ONE_LINE)
    reliability = forms.ChoiceField(label=_("How far the source has proved reliable"), required=False)
    credibility = forms.ChoiceField(
        label=_("How far what it says is borne out"),
        help_text=_("Judged apart from the source."),
        required=False,
    )
    provenance = forms.ChoiceField(label=_("How the report knows it"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("kind", {kind: messages.EVIDENCE[kind] for kind in REPORTS}, EvidenceKind.UNIT_REPORT)
        self._choose("reliability", messages.RELIABILITY, SourceReliability.CANNOT_BE_JUDGED)
        self._choose("credibility", messages.CREDIBILITY, InformationCredibility.CANNOT_BE_JUDGED)
        self._choose("provenance", messages.PROVENANCE, Provenance.DETAINING_UNIT)

    def heading(self) -> ReportDraft:
        """The report itself."""
        sent = self.cleaned_data
        return ReportDraft(
            kind=EvidenceKind(sent["kind"] or EvidenceKind.UNIT_REPORT),
            received_on=sent["received_on"] or self.initial["received_on"],
            reliability=SourceReliability(sent["reliability"] or SourceReliability.CANNOT_BE_JUDGED),
            source=sent["source"],
            reference=sent["reference"],
        )

    def graded(self) -> dict[str, Any]:
        """How the report knows, and how far it is borne out: the same for all it says."""
        sent = self.cleaned_data
        return {
            "provenance": Provenance(sent["provenance"] or Provenance.DETAINING_UNIT),
            "credibility": InformationCredibility(sent["credibility"] or InformationCredibility.CANNOT_BE_JUDGED),
        }

    def _choose(self, name: str, words: Mapping[str, Any], first: str) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(str(code), label) for code, label in words.items()]
        self.initial.setdefault(name, str(first))


class StatementForm(ReportForm):
    """A report with all that it may say about one person; every field may stay empty."""

    surname = forms.CharField(label=FIVE_ITEMS["surname"], required=False, max_length=120, widget=ONE_LINE)
    given = forms.CharField(label=FIVE_ITEMS["given"], required=False, max_length=120, widget=ONE_LINE)
    patronymic = forms.CharField(label=_("Patronymic"), required=False, max_length=120, widget=ONE_LINE)
    name_kind = forms.ChoiceField(label=_("What this name is"), required=False)
    birth_date = forms.CharField(
        label=FIVE_ITEMS["birth_date"], help_text=DATE_HINT, required=False, max_length=12, widget=ONE_LINE
    )
    rank = forms.CharField(label=FIVE_ITEMS["rank"], required=False, max_length=200, widget=ONE_LINE)
    service_number = forms.CharField(label=FIVE_ITEMS["service_number"], required=False, max_length=80, widget=ONE_LINE)
    alias_kind = forms.ChoiceField(label=_("Foreign number: whose"), required=False)
    alias = forms.CharField(label=_("Foreign number"), required=False, max_length=80, widget=ONE_LINE)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("name_kind", messages.NAMES, NameKind.AS_REPORTED)
        self._choose("alias_kind", messages.ALIASES, AliasKind.OTHER_PARTY)
        for kind in OTHER_FACTS:
            self.fields[kind.value] = _fact_field(kind)

    def others(self) -> list[forms.BoundField]:
        """The fields beside the five items, those about a death apart."""
        return [self[kind.value] for kind in OTHER_FACTS if kind not in _ABOUT_DEATH]

    def about_death(self) -> list[forms.BoundField]:
        """The fields that concern only the dead."""
        return [self[kind.value] for kind in OTHER_FACTS if kind in _ABOUT_DEATH]

    def clean(self) -> dict[str, Any]:
        """Dates are read at once, so that a slip is seen while the paper is still in hand."""
        sent: dict[str, Any] = super().clean() or self.cleaned_data
        for kind in (FactKind.BIRTH_DATE, FactKind.CAPTURE_DATE, FactKind.DEATH_DATE):
            if sent.get(kind.value):
                self._read_date(kind.value, sent[kind.value])
        return sent

    def statement(self) -> Statement:
        """Everything the report says."""
        sent = self.cleaned_data
        alias = AliasDraft(kind=AliasKind(sent["alias_kind"] or AliasKind.OTHER_PARTY), written=sent["alias"])
        return Statement(
            names=tuple(self._names()), facts=tuple(self._facts()), aliases=(alias,) if sent["alias"] else ()
        )

    def _names(self) -> Iterator[NameDraft]:
        parts = {part: self.cleaned_data[part] for part in ("surname", "given", "patronymic")}
        if any(parts.values()):
            kind = NameKind(self.cleaned_data["name_kind"] or NameKind.AS_REPORTED)
            yield NameDraft(kind=kind, **parts, **self.graded())

    def _facts(self) -> Iterator[FactDraft]:
        for kind in FactKind:
            if written := self.cleaned_data.get(kind.value):
                yield FactDraft(kind=kind, written=written, **self.graded())

    def _read_date(self, name: str, written: str) -> None:
        try:
            PartialDate.parse(written)
        except Refused:
            self.add_error(name, UNREADABLE_DATE)


class NewRecordForm(StatementForm):
    """A new person. Each of the five items is stated, declined or not known."""

    category = forms.ChoiceField(label=_("Who the person is"), required=False)
    detaining_power = forms.CharField(
        label=_("Detaining Power"), help_text=_("Two letters of ISO 3166."), required=False, max_length=2
    )
    power_of_origin = forms.CharField(
        label=_("Power on which the person depends"),
        help_text=_("Two letters of ISO 3166."),
        required=False,
        max_length=2,
    )
    identity_state = forms.ChoiceField(label=_("Who says who the person is"), required=False)
    is_child = forms.BooleanField(label=_("The person is under 18"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._choose("category", messages.CATEGORIES, Category.PRISONER_OF_WAR)
        self._choose("identity_state", messages.IDENTITY, IdentityState.STATED)
        for name in FIVE_ITEMS:
            self.fields[how(name)] = forms.ChoiceField(
                label=FIVE_ITEMS[name], choices=_HOW, initial=STATED, required=False, widget=forms.RadioSelect
            )

    def items(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The five items, each with how it is known."""
        return [(self[name], self[how(name)]) for name in FIVE_ITEMS]

    def clean(self) -> dict[str, Any]:
        """An item is written, declined, or not known; a code of a Power has two letters."""
        sent = super().clean()
        for name in FIVE_ITEMS:
            self._check_item(name, sent.get(name, ""), sent.get(how(name)) or STATED)
        for name in ("detaining_power", "power_of_origin"):
            sent[name] = sent.get(name, "").upper()
            if sent[name] and not (len(sent[name]) == 2 and sent[name].isascii() and sent[name].isalpha()):
                self.add_error(name, _("Write the two letters of the country code, or leave it empty."))
        return sent

    def draft(self) -> RecordDraft:
        """The person to be recorded."""
        sent = self.cleaned_data
        return RecordDraft(
            category=Category(sent["category"] or Category.PRISONER_OF_WAR),
            statement=self.statement(),
            detaining_power=sent["detaining_power"],
            power_of_origin=sent["power_of_origin"],
            identity_state=IdentityState(sent["identity_state"] or IdentityState.STATED),
            is_child=sent["is_child"],
        )

    def _facts(self) -> Iterator[FactDraft]:
        yield from super()._facts()
        for name in ("birth_date", "rank", "service_number"):
            if self.cleaned_data.get(how(name)) == DECLINED:
                yield FactDraft(kind=FactKind(name), declined=True, **self.graded())

    def _check_item(self, name: str, written: str, known: str) -> None:
        assert name in MAY_BE_REQUIRED
        if known == STATED and not written:
            self.add_error(name, _("Write this, or choose that the person declined to say or that it is not known."))
        elif known != STATED and written:
            self.add_error(
                name, _("This is written and yet marked as not stated. Choose “Stated”, or empty the field.")
            )


def how(name: str) -> str:
    """The field that says how one of the five items is known."""
    return f"{name}_how"


def _fact_field(kind: FactKind) -> forms.Field:
    label = messages.FACTS[kind]
    if kind in _CODED:
        choices = [("", _("Not said")), *((code, words) for code, words in _CODED[kind].items())]
        return forms.ChoiceField(label=label, choices=choices, required=False)
    if kind in DATES:
        return forms.CharField(label=label, help_text=DATE_HINT, required=False, max_length=12, widget=ONE_LINE)
    if kind in _LONG:
        return forms.CharField(label=label, required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))
    return forms.CharField(label=label, required=False, max_length=290, widget=ONE_LINE)
