"""Every sentence this room says to officers outside its templates."""

from django.utils.translation import gettext_lazy as _

from kinline.enquiries.messages import desk as enquiries

VIEWS = {
    "mine": _("Mine"),
    "unclaimed": _("Unclaimed"),
    "matches": _("Matches to check"),
    "calls": _("Calls today"),
    "waiting": _("Waiting for family"),
    "second": _("Second opinion"),
    "later": _("Mine, later"),
}
SORTS = {"danger": _("Danger"), "promise": _("Promise date"), "age": _("Longest wait")}
LINES = {
    **enquiries.LINES,
    "proposal": _("A proposal to read."),
    "disputed": _("Two readers disagree."),
    "call_to_make": _("A call to make."),
    "call_promised": _("A call was promised."),
    "to_approve": _("A second officer is needed."),
}
PURPOSES = {
    "casework": _("I work on this case"),
    "caller": _("Somebody is on the telephone or at the desk"),
    "duplicate": _("I check whether it is here already"),
    "complaint": _("A complaint or a check of our own work"),
}
WAYS = {
    "code": _("Read as a case code."),
    "reference": _("Read as a reference."),
    "phone": _("Read as a telephone number."),
    "number": _("Read as a personal number."),
    "record": _("Read as a record."),
    "name": _("Read as a name, in any alphabet."),
}
GREETINGS = ((5, _("Good night")), (12, _("Good morning")), (18, _("Good day")), (24, _("Good evening")))
NOTICES = {
    "nothing_waits": _("Nothing is waiting for anybody."),
    "begun": _("Your duty has begun."),
    "ended": _("Your duty has ended. Thank you."),
    "preferred": _("Kept."),
}
SLIP = _(
    "This has 16 digits but is not a case code: one digit is wrong, or two changed places. "
    "Ask for it again, four digits at a time."
)
REFUSALS = {
    "duty.no-line": _(
        "Each enquiry you hold needs one line that says what is next. Write the missing lines, then end your duty. "
        "Nothing you wrote is lost."
    ),
    "search.no-purpose": _("Say why you search. It is written down with every search."),
}


def greeting(hour: int) -> str:
    """What one says at this hour."""
    return str(next(words for until, words in GREETINGS if hour < until))
