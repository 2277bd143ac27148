"""What the pages for officers say. Nothing here is ever shown to a family."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from django.utils.translation import gettext_lazy as _

from kinrules.terms import AnswerKind, Channel, EvidenceKind, KinLevel, Relation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Words: TypeAlias = "Mapping[str, _StrPromise]"

CHANNELS: Words = {
    Channel.WEB: _("Web page"),
    Channel.TELEPHONE: _("Telephone"),
    Channel.TELEGRAM: _("Telegram"),
    Channel.EMAIL: _("E-mail"),
    Channel.SMS: _("SMS"),
    Channel.LETTER: _("Letter"),
    Channel.IN_PERSON: _("In person"),
}
SOUGHT_IS: Words = {
    Relation.CHILD: _("Their son or daughter"),
    Relation.SPOUSE: _("Their husband or wife"),
    Relation.SIBLING: _("Their brother or sister"),
    Relation.PARENT: _("Their father or mother"),
    Relation.OTHER_RELATIVE: _("Another relative of theirs"),
    Relation.FRIEND: _("A friend of theirs"),
    Relation.OTHER: _("Somebody else"),
}
LANGUAGES = {"uk": "Українська", "ru": "Русский", "en": "English"}
"""The languages in which families are answered, by their own names."""

THREAD: Words = {
    "received": _("The family asked"),
    "addition": _("The family added"),
    "reply": _("We wrote"),
    "answer": _("Answer recorded"),
    "reached": _("We contacted the family"),
    "not_reached": _("We tried to contact the family and did not reach them"),
    "note": _("Note for colleagues"),
    "kin_accepted": _("Kinship: accepted"),
    "kin_asked_again": _("Kinship: to be asked again"),
    "kin_refused": _("Kinship: refused"),
    "sent_otherwise": _("The same form came again with other words"),
}
ANSWERS: Words = {
    AnswerKind.NOTHING_KNOWN_YET: _("Nothing known yet"),
    AnswerKind.TOLD_BY_A_PERSON: _("Told by a person"),
    AnswerKind.CANNOT_SHARE: _("We cannot share more"),
    AnswerKind.WITHDRAWN_BY_FAMILY: _("Withdrawn by the family"),
    AnswerKind.SAME_AS_ANOTHER: _("Same as another enquiry"),
    AnswerKind.NOT_AN_ENQUIRY: _("Not an enquiry"),
}
ADDED: Words = {
    "own_name": _("Their own name"),
    "unit": _("Military unit"),
    "service_number": _("Personal number"),
    "birth_place": _("Place of birth"),
    "father_given_name": _("Father's first name"),
    "mother_maiden_name": _("Mother's maiden name"),
    "last_contact": _("Last contact"),
    "marks": _("Marks"),
    "who_else_asks": _("Who else is asking"),
    "languages": _("Languages they read"),
    "health": _("Health needs"),
    "call_me": _("They ask for a call"),
    "stop": _("They ask us to stop"),
    "changed_answers": _("Changed answers"),
    "message": _("Message"),
}
SEXES: Words = {"m": _("Man"), "f": _("Woman")}
FACTS: Words = {
    "sought_name": _("Name"),
    "born": _("Born"),
    "born_words": _("Born, in the family's words"),
    "sex": _("Sex"),
    "birth_place": _("Place of birth"),
    "father_given_name": _("Father's first name"),
    "mother_maiden_name": _("Mother's maiden name"),
    "unit": _("Military unit"),
    "service_number": _("Personal number"),
    "last_contact": _("Last contact"),
    "marks": _("Marks"),
}
WAYS: Words = {
    EvidenceKind.CONTACT_CHECK: _("Contact checked"),
    EvidenceKind.IDENTITY_DOCUMENT: _("Identity document"),
    EvidenceKind.VIDEO_CALL: _("Video call"),
    EvidenceKind.NAMED_BY_PRISONER: _("Named by the prisoner"),
    EvidenceKind.KINSHIP_DOCUMENT: _("Birth or marriage record"),
    EvidenceKind.FAMILY_ANSWERS: _("A fact that only family would know"),
}
LEVELS: "Mapping[KinLevel, _StrPromise]" = {
    KinLevel.NOT_CHECKED: _("0. The family has asked"),
    KinLevel.CONTACT_CHECKED: _("1. Contact checked"),
    KinLevel.IDENTITY_SEEN: _("2. Identity seen"),
    KinLevel.KIN_SHOWN: _("3. Kin shown"),
}
LINES: Words = {
    "danger": _("Words of danger. Look at this first."),
    "news": _("The family has written."),
    "code_replaced": _(
        "This form was sent before, and its code was replaced since. The old code is not shown. Nothing was made twice."
    ),
    "held": _("On hold."),
    "received": _("New. Nobody has looked yet."),
    "accepted": _("Being looked for."),
    "awaiting_family": _("Waiting for the family."),
    "awaiting_call": _("A call is offered."),
    "still_looking": _("Nothing known yet. The day for the next word is near."),
    "answered": _("Answered."),
    "set_aside": _("Set aside. A second officer looks."),
    "withdrawn": _("Withdrawn by the family."),
    "closed": _("Closed."),
}
NOTICES: Words = {
    "accepted": _("The enquiry is accepted."),
    "moved": _("It is recorded."),
    "claimed": _("This enquiry is yours now."),
    "released": _("The enquiry waits for any officer again."),
    "held": _("The enquiry is on hold. The family's promise is that day."),
    "handed_over": _("The enquiry is handed over."),
    "replied": _("The reply is recorded, with its promise and the contact."),
    "noted": _("The note is kept."),
    "contact": _("The contact is recorded. The family can check it."),
    "read": _("Marked as read."),
    "calmed": _("Marked as looked at."),
    "described": _("The facts are kept. The register is searched again."),
    "nothing_changed": _("Nothing was changed."),
    "joined": _("The enquiry was moved to the other case."),
    "split": _("The enquiry is back in its own case."),
    "attached": _("It is kept, and waits for an officer for kinship."),
    "judged": _("The decision is kept."),
    "contact_checked": _("The contact is marked as checked."),
}
DATE_NOT_READ = _("Write the date as 2001-03-14, 2001-03 or 2001, or with the month in words.")
DATE_FUTURE = _("The date of birth must be in the past.")
SPLIT = _("They are two persons after all")
NO_FILE = _("Choose a file, or write in words what was shown.")
REPLY_FATE = _(
    "Your own words may tell what became of the person. A reply never does that: a person tells it in a call. "
    "Write it another way. Nothing was lost."
)
REFUSALS = {
    "enquiry.changed": _(
        "A colleague changed this while you were writing. "
        "Nothing is lost: their words and yours stand side by side below. "
        "Check both, then send yours again."
    ),
    "tracing_case.changed": _(
        "A colleague changed these facts while you were writing. "
        "Nothing is lost: theirs and yours stand side by side below. "
        "Check both, then keep what is right."
    ),
    "enquiry.claimed": _("A colleague works on this enquiry. Open it to see who, and take it over if you must."),
    "enquiry.no-officer": _("Only an officer can take work. Sign in as one."),
    "enquiry.not-open": _("This enquiry is finished, so nothing is promised any more. Open it again first."),
    "enquiry.hold-day": _(
        "Choose a day that lies ahead, and within 90 days: no family is left without a word for longer."
    ),
    "enquiry.no-next": _("Write in one line what is next. Whoever takes over reads it first."),
    "enquiry.no-reason": _("Write the reason in a few words. It is kept with the decision."),
    "enquiry.empty-note": _("The note is empty. Write something, or go back."),
    "enquiry.already-joined": _("Both enquiries are in one case already. There is nothing to do."),
    "enquiry.case-decided": _(
        "A decision was taken on one of these cases, so they stay as they are. "
        "Undo that decision first, or ask the head of shift."
    ),
    "enquiry.not-joined": _("This enquiry was never joined to another, so it cannot be parted."),
    "enquiry.no-such-reference": _(
        "There is no enquiry with this reference. It has eight letters and digits, such as 3F2A9C01."
    ),
    "enquiry.contact-not-checked": _(
        "A new code is given only to the family itself. "
        "Check one of their contacts first, under “Papers and answers”, then come back. Nothing was changed."
    ),
    "enquiry.old-form": _("This form was open for too long. Nothing is lost: check it and send it again."),
    "tracing_case.no-name": _("The person sought needs a name. One word is enough, in any alphabet."),
    "reply.fate": REPLY_FATE,
    "reply.not-checked": _(
        "Read your own words once more and tick the box: they must not tell what became of the person."
    ),
    "reply.unknown-template": _(
        "This reply is no longer there. Open the page again and choose another. Nothing was sent."
    ),
    "reply.no-day": _("This reply promises a day. Choose one that lies ahead."),
    "reply.no-detail": _("Choose the detail to ask for."),
    "kinship.empty-file": _("The file is empty. Choose it again, or ask the family to send it again."),
    "kinship.file-too-large": _("The file is larger than 10 MB. Ask for a smaller photo, or scan fewer pages."),
    "kinship.other-contact": _("This telephone or address belongs to another family. Open their enquiry."),
    "kinship.other-exhibit": _("This was shown for another enquiry. Open that one."),
    "kinship.decided": _("This was decided already. Open the page again to see by whom."),
    "kinship.wrong-way": _("This kind of evidence does not count for that level. Choose the level it can carry."),
    "kinship.not-shown": _("Kinship is not shown yet. Show a paper, or two family facts and a video call."),
    "kinship.earlier-step": _("An earlier step is missing. Check the contact and see the identity first."),
}
