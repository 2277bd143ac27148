"""Every sentence this room says to officers."""

from django.utils.translation import gettext_lazy as _

FIELDS = {
    "surname": _("Family name"),
    "given": _("Given name"),
    "patronymic": _("Patronymic"),
    "birth_date": _("Date of birth"),
    "birth_place": _("Place of birth"),
    "father": _("Father's name"),
    "mother_maiden": _("Mother's maiden name"),
    "unit": _("Military unit"),
    "service_number": _("Service number"),
    "sex": _("Man or woman"),
}

SEXES = {"m": _("Man"), "f": _("Woman")}

BANDS = {
    "very_likely": _("Very likely."),
    "likely": _("Likely."),
    "possible": _("Possible."),
    "unlikely": _("Unlikely."),
}

VIEWS = {
    "read": _("To read"),
    "disputed": _("Readers disagree"),
    "asked": _("Family was asked"),
    "later": _("Cannot tell yet"),
    "confirmed": _("Confirmed"),
    "rejected": _("Rejected"),
}

REASONS = {
    "other_birth_date": _("Another date of birth"),
    "other_parents": _("Other parents"),
    "other_place": _("Another place"),
    "other_unit": _("Another unit or number"),
    "relative": _("A relative"),
    "namesake": _("A namesake"),
    "other": _("Another reason, in words"),
}

DECIDED = {
    "same": _("Your reading is kept: the same person. Nobody has been told anything."),
    "not_same": _("Your reading is kept: not the same person. Nobody has been told anything."),
    "ask_family": _("Kept. The enquiries desk sees that the family is to be asked."),
    "cannot_tell": _("Kept. The proposal waits under: cannot tell yet."),
    "undone": _("Taken back. The proposal is to be read again."),
    "proposed": _("The record is proposed. Two officers read it like any other."),
    "learning": _("The engine learns in the background. In a few minutes open this page again and read the report."),
    "accepted": _("Put in force. New searches use it from now on; proposals made before stay as they are."),
}

TOO_LITTLE = {
    "enquiries": _(
        "Too few enquiries to learn how families here write: 400 are needed, 150 of them about somebody recorded. "
        "The table that comes with the program stands in."
    ),
    "cases": _("Fewer than 30 cases are decided, so nothing is said here of how often a relative is found instead."),
    "pairs": _("The decided pairs do not bear out any change, so probabilities are left as they are."),
}

OUT_OF_DATE = _("This page is out of date. Open it again. Nothing was changed.")

REFUSALS = {
    "match.changed": _(
        "Another officer or the engine changed this proposal while you were reading. Your words are still below. "
        "Read it again and decide anew."
    ),
    "match.too-little": _(
        "Too little agrees to call this the same person. One sure number or two facts beside each other are needed. "
        "Ask the family for one more detail."
    ),
    "match.no-reason": _("Write the reason in a few words. The next reader, and a court, may need it."),
    "match.undo-first": _("You read this as the same person before. Take that back first, then decide anew."),
    "match.another-confirmed": _(
        "Another record is already confirmed for this person. Take that confirmation back first if it was wrong."
    ),
    "match.gone-on": _(
        "The family was told by a person, so this can no longer be taken back here. "
        "Speak to the disclosure desk: they retract first, and tell the family of the mistake."
    ),
    "match.proposed-already": _("This record is already proposed for this person. Open it from the list."),
    "match.no-such-record": _("No record has this number. Check the number and its last character."),
    "match.index-building": _(
        "The register cannot be searched yet: its search index is being built. Nothing is lost. "
        "Every case waits, and is searched as soon as the index is there; that takes some minutes. Try again then."
    ),
    "match.too-little-to-learn": _(
        "There is too little yet to learn from: at least 400 enquiries, or 30 decided pairs, are needed. "
        "What was in force stays in force."
    ),
    "match.weights-in-force": _("These weights are in force already. Nothing was changed."),
    "match.weights-damaged": _(
        "The file of these weights was changed after it was written, so it cannot be trusted. "
        "Learn anew, and tell whoever looks after this installation."
    ),
    "match.no-such-weights": _("No learnt weights have this number. Open the list again and choose one of it."),
    "match.record-withdrawn": _(
        "This record was withdrawn, so it can no longer be confirmed. Speak to the registry desk: they can restore it."
    ),
}
