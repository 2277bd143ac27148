"""What this room says to officers: neutral names of letters, labels of blanks, refusals.

The names do not tell apart letters after a death from letters after other news: lists and previews show these names.
"""

from django.utils.translation import gettext_lazy as _

_AFTER = _("Letter after a conversation")

KINDS = {
    "nothing_known_yet": _("Letter on the enquiry"),
    "need_a_detail": _("Letter on the enquiry"),
    "we_would_like_to_talk": _("Letter on the enquiry"),
    "cannot_share": _("Letter on the enquiry"),
    "after_we_told_you": _AFTER,
    "alive_after_we_told_you": _AFTER,
    "after_we_talked": _AFTER,
    "mistake": _AFTER,
}
"""By kind, the name that lists, previews and titles show."""

BLANKS = {
    "addressee": _("Name of the addressee"),
    "address": _("Address, one line after another"),
    "person": _("Person the letter is about"),
    "reference": _("Our number"),
    "contact": _("Officer who works with the family"),
    "contact_phone": _("That officer's phone"),
    "checked": _("What we checked"),
    "next_look": _("When we look again"),
    "questions": _("What we ask, one question a line"),
    "times": _("When we will call"),
    "told_on": _("When somebody spoke with the family"),
    "told_by": _("Who spoke with the family"),
    "facts_known": _("Facts that are known, one a line"),
    "facts_not_known": _("What is not known, one a line"),
    "body": _("The body: where it is, what happens next"),
    "papers": _("Papers and belongings: what exists, how the family gets them"),
    "support": _("Who can help: names, places, phones"),
    "next_call": _("When we call again"),
    "how_to_write": _("How to write"),
    "next_news": _("When the next news is due"),
    "what_was_wrong": _("What was wrong"),
    "how_it_happened": _("How it happened"),
    "what_we_do_now": _("What we do now"),
}

WAYS = {
    "post": _("By post"),
    "in_person": _("In person"),
    "national_society": _("Through the National Society"),
}

REFUSALS = {
    "letter.unknown-language": _("We do not write letters in this language yet. Choose another one."),
    "letter.unknown-kind": _("There is no such kind of letter. Choose one from the list."),
    "letter.unknown-way": _("Choose one of the ways in the list: by post, in person, or through the National Society."),
    "letter.tell-first": _(
        "This letter is written only after a person has told the family by voice. Tell them first, then write."
    ),
    "letter.blank-empty": _("Some parts of the letter are still empty. Fill in every part, then save again."),
    "letter.already-sealed": _("The letter is signed and is never changed. Declare it void and write a new one."),
    "letter.changed-since-read": _(
        "The letter changed since you opened it, or midnight passed. Read it again, then sign it."
    ),
    "letter.not-sealed": _("The letter is not signed yet. A second officer must sign it first."),
    "letter.tampered": _(
        "The stored letter is not the one that was signed. Do not send it. Tell the head of shift at once; "
        "declare the letter void and write a new one."
    ),
    "letter.cannot-be-drawn": _("The letter holds signs that cannot be printed. Remove unusual signs and try again."),
    "letter.wait": _("Many codes were tried in the last minute. Please wait one minute and try again."),
}
