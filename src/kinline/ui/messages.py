"""Sentences for refusals that any room may meet."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "refused": _("This cannot be done now. Go back, check what has changed, and try again. Nothing was lost."),
    "permission": _("Your role does not include this. Nothing was changed. If you need it, ask the head of shift."),
    "permission.match.confirm": _(
        "A second officer must confirm this, and not the one who read it first. Ask a colleague who reviews matches."
    ),
    "permission.disclosure.approve": _(
        "A second officer must approve this, and not the one who proposed it. Ask a colleague of the disclosure desk."
    ),
    "permission.letter.approve": _("A second officer must sign this letter, and not the one who wrote it."),
    "no-evidence": _("A document this rests on is missing. Attach it and try again."),
    "machine.wrong-state": _(
        "This has changed since you opened it, so this step is no longer possible. "
        "Open the page again to see how it stands."
    ),
    "machine.unknown-verb": _("This page is out of date. Open it again. Nothing was changed."),
    "two-people.same-human": _("Two different people are needed. Two accounts of one person count as one."),
    "two-people.one-missing": _("Two people are needed for this. Name the second one."),
    "date.form": _("Write the date as a day, a month and a year, or only the year, for example 14 3 2001 or 2001."),
    "date.no-such-day": _("There is no such day in the calendar. Check the day and the month."),
    "required-items.too-many": _("The law lets us require five items only. Everything else stays optional."),
}
