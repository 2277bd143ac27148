"""What this room says to officers. No title, name of a state or of a list says what a family is to be told."""

from django.utils.translation import gettext_lazy as _

from kinrules.rules.consent import Wish
from kinrules.rules.told_by_a_person import Means
from kinrules.terms import Fate, Recipient, WithholdingReason

GATES = {
    "match": _("The match is confirmed by two people"),
    "record": _("What would be told is what the record stands for"),
    "kin": _("Kinship is shown and has not expired"),
    "kin_first": _("The next of kin hear first"),
    "detriment": _("Telling harms nobody"),
    "wish": _("The person's own wish is checked"),
    "agency": _("The Central Tracing Agency was told, or need not be"),
    "channel": _("Phone and language are chosen and checked"),
    "approval": _("A second officer approved exactly these words"),
    "two_staff": _("Two staff, where two are needed"),
    "hours": _("It is a good hour where they are"),
    "care": _("The caller has strength left today"),
}

FATES = {
    Fate.ALIVE_IN_CUSTODY: _("Alive and held"),
    Fate.IN_HOSPITAL: _("Alive, in hospital"),
    Fate.RELEASED: _("Released"),
    Fate.ESCAPED: _("Escaped"),
    Fate.DEAD: _("Dead"),
    Fate.MISSING: _("Missing"),
}
"""For the proposal form and the gate page alone."""

RECIPIENTS = {
    Recipient.NEXT_OF_KIN: _("Next of kin"),
    Recipient.OTHER_KIN: _("Other kin"),
}

WISHES = {
    Wish.NOT_ASKED: _("Not checked yet"),
    Wish.CANNOT_BE_ASKED: _("The person cannot be asked"),
    Wish.AGREES: _("The person agrees"),
    Wish.NAMED_THIS_KIN: _("The person named this relative to be informed"),
    Wish.OBJECTS: _("The person objects"),
    Wish.DEAD: _("There is nobody to ask any more"),
}

MEANS = {
    Means.IN_PERSON: _("In person"),
    Means.VOICE: _("By phone"),
}

AGENCY = {
    "not_yet": _("Not yet"),
    "made": _("Told"),
    "not_needed": _("Not needed"),
}

REASONS = {
    WithholdingReason.DETRIMENT_TO_PERSON: _("It may harm the person"),
    WithholdingReason.DETRIMENT_TO_KIN: _("It may harm the relatives"),
    WithholdingReason.PERSON_OBJECTS: _("The person objects"),
    WithholdingReason.KIN_NOT_SHOWN: _("Kinship is not shown"),
    WithholdingReason.DEATH_IN_PERSON_FIRST: _("To be told in person first"),
    WithholdingReason.SECURITY_ORDER: _("A written security order"),
    WithholdingReason.THIRD_PARTY: _("It concerns somebody else"),
}

PURPOSES = {
    "tell": _("Call"),
    "mistake": _("Call to take back a mistake"),
    "follow_up": _("Call that was promised"),
}

DONE = {
    "proposed": _("Proposed. A second officer reads it now."),
    "changed": _("Changed. A second officer must approve it again."),
    "approved": _("Approved. It may be told when every gate is open."),
    "voided": _("The approval is taken back. A second officer must approve it again."),
    "accompanied": _("The second officer is noted."),
    "recorded": _("The call is recorded."),
    "withheld": _("Withheld. The Central Tracing Agency knows, and the day of review is set."),
    "retracted": _("Retracted. The head of shift sees it. Call the family now and read the words below."),
    "drafted": _("The letter is drafted. A second officer must sign it."),
    "sealed": _("The letter is signed. Print it, post it, and record that."),
    "handed_over": _("Recorded that the letter is on its way."),
    "letter_voided": _("The letter is void. Its code no longer confirms anything."),
    "reworded": _("The letter is changed. Another officer must sign it."),
}

REFUSALS = {
    "disclosure.match-not-confirmed": _(
        "The match is not confirmed by two people, so nobody is told anything. Ask the matching desk to read it."
    ),
    "disclosure.not-as-recorded": _(
        "What would be told is not what the record stands for. Ask the registry desk for the document it needs, or "
        "change the proposal."
    ),
    "disclosure.kin-not-shown": _(
        "Kinship is not shown yet, and telling needs it. Ask the kinship desk to check the papers or the answers."
    ),
    "disclosure.kin-expired": _(
        "Kinship was shown more than a year ago. Ask the kinship desk to check it again before you call."
    ),
    "disclosure.next-of-kin-first": _(
        "The next of kin have not been told yet. They hear first; tell this relative afterwards."
    ),
    "disclosure.detriment": _(
        "This may harm the person or their relatives, so only the Central Tracing Agency may be told. "
        "Send it to the Agency with the circumstances, and withhold it here."
    ),
    "disclosure.person-objects": _(
        "The person objects to being told of. Withhold it here; the Central Tracing Agency is told in any case."
    ),
    "disclosure.wish-not-checked": _(
        "Nobody has checked what the person wants. Look at the record and at the capture card, then note it here."
    ),
    "disclosure.wish-does-not-fit": _(
        "The wish that is noted does not fit what would be told. Check the record again and change the proposal."
    ),
    "disclosure.agency-not-settled": _(
        "The Central Tracing Agency was not told yet. Send the transmission and note its number, or note why none is "
        "needed."
    ),
    "disclosure.no-contact": _("No phone of this family is chosen. Change the proposal and choose one."),
    "disclosure.not-a-phone": _(
        "This is not a phone, and news is told by voice. Change the proposal and choose a phone, or tell in person."
    ),
    "disclosure.contact-not-checked": _(
        "Nobody has checked that this phone is theirs. Ask the kinship desk to check it before you call."
    ),
    "disclosure.contact-check-expired": _(
        "This phone was last checked more than {days} days ago, and it may have passed to somebody else. "
        "Ask the kinship desk to check it again before you call."
    ),
    "disclosure.no-script": _("There are no reviewed words for this in this language. Choose another language."),
    "disclosure.not-approved": _("A second officer has not approved it yet. Ask a colleague of the disclosure desk."),
    "disclosure.changed-since-approved": _(
        "Something changed after it was approved, so the approval no longer holds. Take it back, look at what changed, "
        "and have it approved again."
    ),
    "disclosure.death-two-staff": _(
        "Two staff are needed for this call. Choose who is with you; they must be on duty."
    ),
    "disclosure.death-by-voice": _("This is told in person or by voice, never in writing. Change how it is told."),
    "disclosure.never-by-machine": _("A person tells this, never a machine. Change how it is told."),
    "disclosure.calling-hours": _(
        "Where they are it is {now}. Calls are made between {earliest} and {latest}. Call then, not now."
    ),
    "disclosure.time-zone-unknown": _(
        "We do not know what hour it is where they are. Ask the enquiries desk to note their time zone."
    ),
    "disclosure.too-many-death-calls": _(
        "You have made two such calls today. That is enough for one person. Ask a colleague to make this one."
    ),
    "disclosure.public": _("Nothing about a person is told to the public."),
    "disclosure.other-case": _("This enquiry is not about the person of this match. Open it again from the worklist."),
    "disclosure.enquiry-not-accepted": _(
        "The enquiry is not open for a call. Ask the enquiries desk to accept it or to open it again."
    ),
    "disclosure.case-not-confirmed": _(
        "The case is not at the point where telling is decided. Ask the matching desk how it stands."
    ),
    "disclosure.already-proposed": _("Somebody has already proposed what to tell this family. Open that proposal."),
    "disclosure.changed-since-read": _("This changed since you opened it. Read it again, then approve it."),
    "disclosure.nothing-to-tell": _(
        "That nothing is known is an answer of the enquiries desk. Choose what the record stands for."
    ),
    "disclosure.call-going-on": _(
        "A call is going on or waits to be recorded. Record it first; then this can be changed."
    ),
    "disclosure.not-the-caller": _("Another officer began this call. Only they can record it."),
    "disclosure.no-call-begun": _("No call was begun. Open the gate, begin the call, and record it afterwards."),
    "disclosure.no-next-call": _("Note when you call them next. Nobody is left without a next call."),
    "disclosure.no-reason": _("Write the reason, so that a colleague can understand it in a year."),
    "disclosure.no-review": _("Set the day on which this is looked at again. It must lie in the future."),
    "disclosure.not-told-yet": _("The family has not been told yet. Tell them first, then write."),
    "disclosure.not-retracted": _("This was not retracted, so there is no mistake to tell."),
    "disclosure.no-such-line": _("There is no such line. Begin the call again from the page of the gate."),
}
