"""What the pages for families say. No person's name ever stands inside a sentence: case endings would break it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import formats
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from kinrules.dates import PartialDate
from kinrules.terms import Channel, PublicState, Relation

RELATIONS = {
    Relation.CHILD: _("My son or daughter"),
    Relation.SPOUSE: _("My husband or wife"),
    Relation.SIBLING: _("My brother or sister"),
    Relation.PARENT: _("My father or mother"),
    Relation.OTHER_RELATIVE: _("Another relative"),
    Relation.FRIEND: _("A friend"),
    Relation.OTHER: _("Someone else"),
}

STATES = {
    PublicState.RECEIVED: _("Received"),
    PublicState.BEING_LOOKED_FOR: _("Being looked for"),
    PublicState.WE_NEED_SOMETHING: _("We need something from you"),
    PublicState.WE_WOULD_LIKE_TO_TALK: _("We would like to talk to you"),
    PublicState.STILL_LOOKING: _("Still looking"),
    PublicState.FINISHED: pgettext_lazy("state of an enquiry", "Finished"),
}
STATE_NOTES = {
    PublicState.RECEIVED: _("We have your enquiry. A person will read it soon."),
    PublicState.BEING_LOOKED_FOR: _("We are looking in our lists, and again whenever a new list comes."),
    PublicState.WE_NEED_SOMETHING: _("We need one more detail to look further. We wrote or called to ask you for it."),
    PublicState.WE_WOULD_LIKE_TO_TALK: _(
        "A member of our staff would like to talk to you. We hold these calls with every family, with or without news. "
        "You can have someone with you."
    ),
    PublicState.STILL_LOOKING: _(
        "We checked our lists again and cannot tell you anything yet. "
        "This does not mean that something bad has happened."
    ),
    PublicState.FINISHED: _(
        "We have finished this enquiry. You can still write to us here, or ask to speak to a person."
    ),
}

EVENTS = {
    "received": _("You sent your enquiry."),
    "added": _("You told us something more."),
    "read": _("A person read what you added."),
    "looked": _("We looked again and wrote to you."),
    "reached": _("We contacted you."),
    "not_reached": _("We tried to contact you and could not reach you."),
}
CHANNELS = {
    Channel.WEB: _("on this page"),
    Channel.TELEPHONE: _("by telephone"),
    Channel.TELEGRAM: _("by Telegram"),
    Channel.EMAIL: _("by e-mail"),
    Channel.SMS: _("by text message"),
    Channel.LETTER: _("by letter"),
    Channel.IN_PERSON: _("in person"),
}
WAYS = {
    Channel.TELEPHONE: _("Telephone"),
    Channel.SMS: _("Text message (SMS)"),
    Channel.EMAIL: _("E-mail"),
    Channel.TELEGRAM: _("Telegram"),
}

ADDITIONS = {
    "own_name": _("Your own name"),
    "unit": _("Military unit"),
    "service_number": _("Personal number"),
    "birth_place": _("Place of birth"),
    "father_given_name": _("First name of the father"),
    "mother_maiden_name": _("Mother's name before marriage"),
    "last_contact": _("The last time you heard from them"),
    "marks": _("Marks, tattoos, old injuries"),
    "who_else_asks": _("Who else is asking"),
    "languages": _("Languages you read"),
    "health": _("Illness or medicine"),
    "message": _("Anything else"),
}
REQUESTS = {
    "call_me": _("Ask for a call"),
    "stop": _("Ask us to stop"),
}
ADDITION_HINTS = {
    "own_name": _("So that we know what to call you."),
    "unit": _("The number or name, as far as you know it. Write it in any way."),
    "service_number": _("It may stand on a tag, a paper or an old letter."),
    "birth_place": _("Town or village, and the region if you know it."),
    "father_given_name": _("The first name of the father of the person you are looking for."),
    "mother_maiden_name": _("The mother of the person you are looking for."),
    "last_contact": _("When was it, how, and what was said? The exact words help."),
    "marks": _("Anything by which one can know a person: height, eyes, scars, teeth."),
    "who_else_asks": _("Other relatives or friends who have asked us or others."),
    "languages": _("In which languages may we write to you?"),
    "health": _("What the person needs: medicine, glasses, a diet."),
    "message": _("Write what you would like us to know."),
    "call_me": _("When is a good time? Write a day and an hour. You can have someone with you."),
    "stop": _("Tell us that you want us to stop. A person reads it. You do not have to say why."),
}

NAME_MISSING = _("Write the name of the person you are looking for")
NAME_LONG = _("The name is too long for us to keep. Write up to 300 letters, and add the rest later")
DATE_FUTURE = _("The date of birth must be in the past")
DATE_IMPOSSIBLE = _("There is no such day in the calendar. Check the day and the month")
DATE_TOO_OLD = _("The year of birth is too long ago. Check the year")
DATE_NOT_READ = _("We could not read this date. Write a day, a month and a year, or only the year, or leave it empty")
YEAR_MISSING = _(
    "Write the year of birth. If you do not know it, write about how old the person is, or leave all empty"
)
WAY_MISSING = _("Write a phone number or an e-mail, or tick “This page only”")
PHONE_SHORT = _("This phone number looks too short. Check the digits")
EMAIL_FORM = _("Write the e-mail with the @ sign, like name@example.org")
TOO_LONG = _("This is too long for us to keep here. Write it shorter, and add the rest later")

CODE_FLAWS = {
    "missing": _("Write your case code"),
    "letters": _(
        "The case code has digits only. Look again: a letter may stand where a digit belongs, such as O for 0"
    ),
    "length": _("The case code has 16 digits, in four groups of four. Count the digits"),
    "mistyped": _("One digit of the code is not right. Compare it with your note, group by group"),
}
CHECK_MISSING = _("Write your safe word, or the phone number you gave us, or the year of birth")
NOT_TOGETHER = _("The code and the answer do not go together. Check both and try again")
ADDITION_EMPTY = _("Write something before you send it")

REFUSALS = {
    "enquiry.no-name": _("An enquiry needs the name of the person sought. Write it in any alphabet."),
    "enquiry.sent-otherwise": _(
        "This form was sent before with other words. Both are kept, and an officer will look at them. Nothing is lost."
    ),
    "addition.empty": _("Write something before you send it."),
    "addition.too-long": _("This is longer than {longest} letters. Send it in two parts."),
    "addition.kind": _("This page is out of date. Open it again. Nothing was lost."),
}

LABEL_NAME = _("Name")
LABEL_BORN = _("Born")
LABEL_RELATION = _("To you")
LABEL_WAYS = _("How we reach you")
LABEL_MESSAGE = _("Leave a message")
SAFE = _("Yes, it is safe")
NOT_SAFE = _("No")
PAGE_ONLY = _("This page only. You come back with your case code.")
NOT_GIVEN = _("Not given")


@dataclass(frozen=True)
class Happened:
    """One line of what happened so far."""

    at: datetime
    words: str


def event(kind: str, at: datetime, channel: str) -> Happened:
    """The line for an event; with the way by which we spoke, where there was one."""
    sentence = str(EVENTS[kind])
    return Happened(at, f"{sentence} ({CHANNELS[Channel(channel)]})" if channel else sentence)


def partial_date(born: PartialDate) -> str:
    """A date known in part, its month in words, such as "14 March 2001", "March 2001", "2001", "about 2001"."""
    written = str(born.year)
    if born.day is not None:
        written = formats.date_format(born.earliest, "j E Y")
    elif born.month is not None:
        written = formats.date_format(born.earliest, "F Y")
    return gettext("about %(date)s") % {"date": written} if born.about else written
