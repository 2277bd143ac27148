"""What the pages on conversations, post and unsent messages may send."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kinline.enquiries.forms.families import Words
from kinline.intake import messages
from kinrules.terms import Channel

LONG = 4_000
OTHER_WAYS = (Channel.TELEPHONE, Channel.TELEGRAM, Channel.EMAIL, Channel.SMS, Channel.LETTER, Channel.IN_PERSON)


class SeenForm(forms.Form):
    """Which was the newest thing on the page that the officer read."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class ReplyForm(forms.Form):
    """An officer's own words; ``once`` is the same for every sending of one form."""

    once = forms.UUIDField(widget=forms.HiddenInput)
    words = Words(
        label=_("Your answer"),
        help_text=_("Write in their language. Nothing of what became of anybody, and no place where anybody is."),
        max_length=LONG,
        error_messages={"required": messages.REFUSALS["conversation.no-words"]},
        widget=forms.Textarea(attrs={"rows": 6, "dir": "auto"}),
    )
    checked = forms.BooleanField(
        label=_("I have read my words again. They tell neither what became of anybody nor any place."), required=False
    )


class RecordingForm(forms.Form):
    """What an officer heard in a recording."""

    words = Words(
        label=_("What you hear"),
        help_text=_("A name as it is said: family name, first name, father’s name."),
        max_length=LONG,
        error_messages={"required": messages.REFUSALS["recording.no-words"]},
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class JoinForm(forms.Form):
    """To which enquiry a conversation belongs, and how the officer knows."""

    reference = Words(
        label=_("Reference of the enquiry"),
        help_text=_("Eight letters and digits."),
        max_length=20,
        widget=forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"}),
    )
    reason = Words(
        label=_("How you know that it is this family"),
        max_length=300,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )


class CloseForm(forms.Form):
    """By which other way a message reached the family."""

    way = forms.ChoiceField(
        label=_("By which way they have it now"), choices=[(way.value, messages.CHANNELS[way]) for way in OTHER_WAYS]
    )
