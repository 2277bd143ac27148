"""What this room says: that something was received, and why something could not be taken."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

LANGUAGES = ("uk", "ru", "en")

REFUSALS = {
    "intake.too-long": _(
        "We could NOT take your message: it is longer than {most} MB. Nothing was kept. "
        "Send it in smaller parts, leave files out, or call us."
    ),
    "intake.no-name": _(
        "We could NOT take this message: the channel gave it no number of its own. Nothing was kept. "
        "Send it again, or use another way to reach us."
    ),
    "intake.unknown-channel": _("There is no such channel. The list shows the channels that there are."),
}


@dataclass(frozen=True)
class Receipt:
    """The words of an acknowledgement of receipt, and the language they are in."""

    text: str
    language: str
    subject: str


def received(*, number: str, language: str) -> Receipt:
    """The acknowledgement of receipt (A1): the same words whatever was said, and none of what was said."""
    spoken = language if language in LANGUAGES else LANGUAGES[0]
    with translation.override(spoken):
        text = gettext(
            "We received your message. Its number is {number}. A person will read it.\n"
            "We never ask for money, and never for a password or the code of a bank card. "
            "Whoever asks for them in our name is not from us."
        ).format(number=number)
        subject = gettext("We received your message no. {number}").format(number=number)
    return Receipt(text, spoken, subject)
