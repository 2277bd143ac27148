"""What the pages for families may send. Only a name, and a way to be reached, are ever required."""

import unicodedata
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kinline.enquiries import contacts
from kinline.enquiries.messages import families as words
from kinline.tables.values import Problem, Reading, read_date
from kinline.ui import signs
from kinrules.terms import Relation

SHORTEST_PHONE, LONGEST_PHONE = 5, 20
DATE_PROBLEMS = {
    "date.future": words.DATE_FUTURE,
    "date.impossible": words.DATE_IMPOSSIBLE,
    "date.too-old": words.DATE_TOO_OLD,
}
# What a family means is asked back on the page on which it checks its answers, with the month in words.
TAKEN_AS_SUGGESTED = frozenset({"date.two-digit-year", "date.day-or-month", "date.serial", "date.wrong-letters"})


class Words(forms.CharField):
    """Text in any script. The one sign no database keeps is left out; nothing else is changed."""

    def to_python(self, value: Any) -> str:
        return str(super().to_python(str(value or "").replace("\x00", "")))


def _text(**attributes: str) -> forms.TextInput:
    return forms.TextInput(attrs={"dir": "auto", "autocomplete": "off", **attributes})


class Who(forms.Form):
    """Whom the family is looking for: one field, any alphabet."""

    name = Words(
        label=_("Who are you looking for?"),
        help_text=_("Write the full name. If you know the father's name, add it. Any alphabet is fine."),
        max_length=300,
        error_messages={"required": words.NAME_MISSING, "max_length": words.NAME_LONG},
        widget=_text(spellcheck="false", autocapitalize="words"),
    )

    def clean_name(self) -> str:
        """A name that can be seen."""
        name = str(self.cleaned_data["name"])
        if all(sign.isspace() or signs.hidden(sign) or unicodedata.category(sign)[0] == "P" for sign in name):
            raise forms.ValidationError(words.NAME_MISSING)
        return name


class Born(forms.Form):
    """When the person was born, as far as it is known; a family may write it the way it likes."""

    day = Words(
        label=_("Day"), required=False, max_length=120, widget=_text(**{"class": "two", "inputmode": "numeric"})
    )
    month = Words(label=_("Month"), required=False, max_length=120, widget=_text(**{"class": "four"}))
    year = Words(
        label=_("Year"), required=False, max_length=120, widget=_text(**{"class": "four", "inputmode": "numeric"})
    )
    age = Words(
        label=_("Or about how old"),
        help_text=_("If you do not know the year. For example: 21"),
        required=False,
        max_length=120,
        widget=_text(**{"class": "four"}),
    )

    def __init__(self, *arguments: Any, on: date, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.on = on

    def clean(self) -> dict[str, Any]:
        """Adds ``born`` (EDTF) and ``born_words``."""
        said = [text for part in ("day", "month", "year") if (text := str(self.cleaned_data.get(part, "")).strip())]
        age = str(self.cleaned_data.get("age", "")).strip()
        kept = " ".join([*said, age]).strip()[:120]
        return {"born": self._read(said, age), "born_words": kept} | self.cleaned_data

    def _read(self, said: list[str], age: str) -> str:
        if not said:
            text = f"{age} years" if age.isdecimal() else age
            return self._taken(read_date(text, on=self.on, birth=True, age_on=self.on), "age")
        is_short = all(part.isdecimal() and len(part) <= 2 for part in said)
        if is_short and len(said) < 3:
            self.add_error("year", words.YEAR_MISSING)
            return ""
        between = "." if all(part.isdecimal() for part in said) else " "
        text = between.join(said)
        return self._taken(read_date(text, on=self.on, birth=True, age_on=self.on), "day")

    def _taken(self, read: Reading | Problem | None, field: str) -> str:
        if read is None or isinstance(read, Reading):
            return read.value if read else ""
        if read.kind in TAKEN_AS_SUGGESTED and read.suggestion:
            return read.suggestion
        self.add_error(field, DATE_PROBLEMS.get(read.kind, words.DATE_NOT_READ))
        return ""


class RelationTo(forms.Form):
    """Who the person is to the one who asks; may stay open."""

    relation = forms.ChoiceField(
        label=_("Who is this person to you?"),
        choices=[(relation.value, sentence) for relation, sentence in words.RELATIONS.items()],
        required=False,
        widget=forms.RadioSelect,
    )
    relation_words = Words(
        label=_("If someone else: who?"),
        help_text=_("You can leave this empty."),
        required=False,
        max_length=200,
        error_messages={"max_length": words.TOO_LONG},
        widget=_text(),
    )

    def clean_relation(self) -> str:
        """An open answer is "someone else"."""
        return str(self.cleaned_data["relation"] or Relation.OTHER.value)


class Contact(forms.Form):
    """How the family can be reached: one way or more, or this page only."""

    phone = Words(
        label=_("Phone number"),
        help_text=_("With the code of the country if you can, like +380…"),
        required=False,
        max_length=60,
        error_messages={"max_length": words.TOO_LONG},
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "dir": "ltr"}),
    )
    sms = forms.BooleanField(label=_("You may also send text messages (SMS) to this number"), required=False)
    email = Words(
        label=_("E-mail"),
        required=False,
        max_length=254,
        error_messages={"max_length": words.TOO_LONG},
        widget=forms.TextInput(
            attrs={"inputmode": "email", "autocomplete": "email", "dir": "ltr", "spellcheck": "false"}
        ),
    )
    telegram = Words(
        label=_("Telegram"),
        help_text=_("Your name there, like @name. Telegram can see what is written in it."),
        required=False,
        max_length=64,
        error_messages={"max_length": words.TOO_LONG},
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "ltr", "spellcheck": "false"}),
    )
    page_only = forms.BooleanField(label=_("This page only. I will come back with my case code"), required=False)
    leave_message = forms.ChoiceField(
        label=_("If you do not answer: is it safe to leave a message?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_phone(self) -> str:
        """A number with enough digits to be called."""
        phone = str(self.cleaned_data["phone"])
        if phone and not SHORTEST_PHONE <= len(contacts.digits(phone)) <= LONGEST_PHONE:
            raise forms.ValidationError(words.PHONE_SHORT)
        return phone

    def clean_email(self) -> str:
        """Something on both sides of the @ sign; whether the address is right only a letter can show."""
        email = str(self.cleaned_data["email"])
        before, at_sign, after = email.rpartition("@")
        if email and not (before and at_sign and after and not any(sign.isspace() for sign in email)):
            raise forms.ValidationError(words.EMAIL_FORM)
        return email

    def clean(self) -> dict[str, Any]:
        """At least one way."""
        answers = dict(self.cleaned_data)
        ways = ("phone", "email", "telegram", "page_only")
        if not self.errors and not any(answers.get(way) for way in ways):
            self.add_error("phone", words.WAY_MISSING)
        return answers


class CaseCode(forms.Form):
    """A case code and one check."""

    code = Words(
        label=_("Case code"),
        help_text=_("16 digits. Spaces do not matter."),
        required=False,
        max_length=200,
        error_messages={"max_length": words.CODE_FLAWS["length"]},
        widget=forms.TextInput(
            attrs={"inputmode": "numeric", "autocomplete": "off", "dir": "ltr", "class": "code-in sixteen"}
        ),
    )
    check = Words(
        label=_("One more thing that only you know"),
        help_text=_("Your safe word. Or the phone number you gave us. Or the year in which your relative was born."),
        required=False,
        max_length=300,
        error_messages={"max_length": words.TOO_LONG},
        widget=_text(),
    )


class More(forms.Form):
    """One thing that a family adds."""

    words = Words(
        max_length=5_000,
        error_messages={"required": words.ADDITION_EMPTY, "max_length": words.TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )

    def __init__(self, *arguments: Any, label: Any, hint: Any, **keywords: Any) -> None:
        super().__init__(*arguments, **keywords)
        self.fields["words"].label, self.fields["words"].help_text = label, hint
