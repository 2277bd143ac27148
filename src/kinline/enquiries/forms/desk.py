"""What an officer's pages may send."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kinline.enquiries import intake, replies
from kinline.enquiries.actions.cases import FACTS
from kinline.enquiries.forms.families import Words
from kinline.enquiries.messages import desk as words
from kinline.staff.models import Officer
from kinline.tables.values import Reading, read_date
from kinrules.dates import PartialDate
from kinrules.refusal import Refused
from kinrules.terms import Channel, EvidenceKind, KinLevel, Relation

LONG = 5_000
BY_HAND = (Channel.TELEPHONE, Channel.LETTER, Channel.IN_PERSON)
LONG_FACTS = frozenset({"last_contact", "marks"})


def _day() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "sixteen"})


def _area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def _line(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", **attributes})


def _languages() -> list[tuple[str, str]]:
    return list(words.LANGUAGES.items())


class VersionForm(forms.Form):
    """A form that knows which state of the row it was drawn from."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class HoldForm(VersionForm):
    """Hold until a day."""

    day = forms.DateField(
        label=_("Hold until"), help_text=_("The family is promised a word by this day."), widget=_day()
    )


class HandOverForm(forms.Form):
    """To whom, and what is next."""

    to = forms.ModelChoiceField(label=_("Give to"), queryset=Officer.objects.none())
    what_next = Words(label=_("What is next, in one line"), max_length=300, widget=_line())

    def __init__(self, *arguments: Any, officers: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["to"].queryset = officers  # type: ignore[attr-defined]


class NoteForm(forms.Form):
    """A note for colleagues."""

    words = Words(label=_("Note for colleagues"), max_length=LONG, widget=_area(3))


class ReasonForm(VersionForm):
    """A reason, or the family's own words."""

    words = Words(label=_("Reason"), max_length=LONG, widget=_area())


class ContactForm(forms.Form):
    """That there was contact."""

    channel = forms.ChoiceField(
        label=_("By which way"), choices=[(str(key), word) for key, word in words.CHANNELS.items()]
    )
    reached = forms.BooleanField(label=_("We reached them"), required=False)


class ReplyForm(VersionForm):
    """The blanks of a reply, and an officer's own words."""

    channel = forms.ChoiceField(
        label=_("By which way"), choices=[(str(key), word) for key, word in words.CHANNELS.items()]
    )
    language = forms.ChoiceField(label=_("Language"), choices=_languages)
    detail = forms.ChoiceField(label=_("Ask for"), required=False)
    day = forms.DateField(label=_("Promise a word by"), required=False, widget=_day())
    own_words = Words(
        label=_("Your own words, at the end"),
        help_text=_("Nothing of what became of the person: that is told by a person, in a call."),
        required=False,
        max_length=LONG,
        widget=_area(),
    )
    checked = forms.BooleanField(
        label=_("I have read my own words again. They do not tell what became of the person."), required=False
    )

    def __init__(self, *arguments: Any, template: replies.Template, language: str, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        if template.asks:
            sentences = [(kind, said[replies.spoken(language)]) for kind, said in template.details.items()]
            self.fields["detail"].choices = sentences  # type: ignore[attr-defined]
        else:
            del self.fields["detail"]
        if template.promise not in ("chosen", "next_look"):
            del self.fields["day"]


class FactsForm(VersionForm):
    """What is known of the person sought."""

    def __init__(self, *arguments: Any, on: date, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.on = on
        for name in FACTS:
            long = name in LONG_FACTS
            self.fields[name] = Words(
                label=words.FACTS[name],
                required=name == "sought_name",
                max_length=LONG if long else 300 if name == "sought_name" else 120,
                widget=_area(3) if long else _line(),
            )
        self.fields["born"].help_text = _("2001-03-14, 2001-03 or 2001; with ~ for about. Other forms are read too.")
        self.fields["sex"] = forms.ChoiceField(
            label=words.FACTS["sex"], choices=[("", _("Not known")), *words.SEXES.items()], required=False
        )

    def clean_born(self) -> str:
        """A partial date in the bureau's written form, not after today."""
        return _read_born(str(self.cleaned_data["born"]).strip(), on=self.on)


class JoinForm(forms.Form):
    """Which enquiry is about the same person, and why."""

    reference = Words(
        label=_("Reference of the other enquiry"),
        help_text=_("Eight letters and digits."),
        max_length=20,
        widget=_line(),
    )
    reason = Words(label=_("Why they are one person"), max_length=300, widget=_line())


class ShownForm(forms.Form):
    """What a family shows: a paper, or in words."""

    way = forms.ChoiceField(
        label=_("What was shown"),
        choices=[(str(key), word) for key, word in words.WAYS.items() if key is not EvidenceKind.CONTACT_CHECK],
    )
    paper = forms.FileField(label=_("Paper or photo"), help_text=_("At most 10 MB."), required=False)
    words = Words(label=_("Or in words: what was shown, and how"), required=False, max_length=LONG, widget=_area(3))

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        if not self.cleaned_data.get("paper") and not str(self.cleaned_data.get("words", "")).strip():
            self.add_error("paper", words.NO_FILE)
        return self.cleaned_data


class JudgeForm(forms.Form):
    """A decision on one thing that was shown."""

    level = forms.ChoiceField(
        label=_("Counts for"),
        choices=[(level.value, word) for level, word in words.LEVELS.items() if level is not KinLevel.NOT_CHECKED],
    )
    decision = forms.ChoiceField(
        choices=[("accept", _("Accept")), ("ask_again", _("Ask again")), ("refuse", _("Refuse"))]
    )
    reason = Words(label=_("Reason, if not accepted"), required=False, max_length=300, widget=_line())

    def __init__(self, *arguments: Any, levels: Iterable[KinLevel] = (), **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        fitting = [(level.value, words.LEVELS[level]) for level in levels]
        if fitting:
            self.fields["level"].choices = fitting  # type: ignore[attr-defined]


class CheckForm(forms.Form):
    """How a way of contact was checked."""

    words = Words(
        label=_("How it was checked"),
        help_text=_("For example: called back, they named the safe word."),
        max_length=300,
        widget=_line(),
    )


class ByHandForm(forms.Form):
    """An enquiry that came by telephone, by letter or in person. Only the name is required."""

    ticket = forms.CharField(widget=forms.HiddenInput)
    channel = forms.ChoiceField(label=_("How it came"), choices=[(str(key), words.CHANNELS[key]) for key in BY_HAND])
    language = forms.ChoiceField(label=_("Language of the family"), choices=_languages)
    name = Words(
        label=_("Who is sought"),
        help_text=_("Any alphabet, as it was said or written."),
        max_length=300,
        widget=_line(),
    )
    born = Words(
        label=_("Born"), help_text=_("As far as it is known: a day, a month, a year, an age."), required=False,
        max_length=120, widget=_line(),
    )  # fmt: skip
    relation = forms.ChoiceField(
        label=_("Who the person is to the one who asks"),
        choices=[(str(key), word) for key, word in words.SOUGHT_IS.items()],
        initial=Relation.OTHER.value,
    )
    relation_words = Words(label=_("In their words"), required=False, max_length=200, widget=_line())
    enquirer_name = Words(label=_("Who asks"), required=False, max_length=300, widget=_line())
    phone = Words(label=_("Telephone"), required=False, max_length=60, widget=_line(type="tel", dir="ltr"))
    email = Words(label=_("E-mail"), required=False, max_length=254, widget=_line(dir="ltr"))
    address = Words(label=_("Address for letters"), required=False, max_length=300, widget=_line())
    leave_message = forms.BooleanField(label=_("It is safe to leave a message"), required=False)
    birth_place = Words(label=words.FACTS["birth_place"], required=False, max_length=200, widget=_line())
    father_given_name = Words(label=words.FACTS["father_given_name"], required=False, max_length=120, widget=_line())
    unit = Words(label=words.FACTS["unit"], required=False, max_length=200, widget=_line())
    service_number = Words(label=words.FACTS["service_number"], required=False, max_length=80, widget=_line())
    last_contact = Words(label=words.FACTS["last_contact"], required=False, max_length=LONG, widget=_area(3))
    marks = Words(label=words.FACTS["marks"], required=False, max_length=LONG, widget=_area(3))

    DETAILS = ("birth_place", "father_given_name", "unit", "service_number", "last_contact", "marks")

    def intake(self, *, on: date) -> intake.Intake:
        """What the family said, in the shape in which every door hands it on."""
        said = self.cleaned_data
        return intake.Intake(
            name=said["name"],
            language=said["language"],
            channel=Channel(said["channel"]),
            born=_born_if_read(said["born"], on=on),
            born_words=said["born"],
            relation=Relation(said["relation"]),
            relation_words=said["relation_words"],
            ways=tuple(_ways(said)),
            leave_message=said["leave_message"],
            enquirer_name=said["enquirer_name"],
            details={name: said[name] for name in self.DETAILS if said[name]},
        )


def _ways(said: dict[str, Any]) -> Iterable[intake.Way]:
    for field, channel in (("phone", Channel.TELEPHONE), ("email", Channel.EMAIL), ("address", Channel.LETTER)):
        if said[field].strip():
            yield intake.Way(channel, said[field])


def _born_if_read(text: str, *, on: date) -> str:
    """EDTF where the words are read without doubt; else "" beside the words, which an officer reads."""
    read = read_date(text, on=on, birth=True, age_on=on) if text.strip() else None
    return read.value if isinstance(read, Reading) else ""


def _read_born(text: str, *, on: date) -> str:
    if not text:
        return ""
    try:
        born = PartialDate.parse(text)
    except Refused:
        read = _born_if_read(text, on=on)
        if not read:
            raise forms.ValidationError(words.DATE_NOT_READ) from None
        return read
    if born.earliest > on:
        raise forms.ValidationError(words.DATE_FUTURE)
    return str(born)
