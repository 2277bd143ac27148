"""Sentences for refusals that any room may meet, and how long something still has or has waited, in words."""

from datetime import datetime, timedelta

from django.utils.translation import gettext, ngettext
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


def due(due_at: datetime, *, at: datetime) -> str:
    """When something is due, in words: never by colour alone."""
    left = due_at - at
    return _late(-left) if left < timedelta() else _ahead(left)


def _ahead(left: timedelta) -> str:
    if left.days:
        return ngettext("Due in %(days)d day", "Due in %(days)d days", left.days) % {"days": left.days}
    hours, minutes = divmod(left.seconds // 60, 60)
    if hours:
        return gettext("Due in %(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return gettext("Due in %(minutes)d min") % {"minutes": minutes}


def _late(late: timedelta) -> str:
    if late.days:
        return ngettext("Overdue by %(days)d day", "Overdue by %(days)d days", late.days) % {"days": late.days}
    hours, minutes = divmod(late.seconds // 60, 60)
    if hours:
        return gettext("Overdue by %(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return gettext("Overdue by %(minutes)d min") % {"minutes": minutes}


def waited(since: datetime, *, at: datetime) -> str:
    """How long something has waited, in words."""
    gone = max(at - since, timedelta())
    if gone.days:
        return ngettext("%(days)d day", "%(days)d days", gone.days) % {"days": gone.days}
    hours, minutes = divmod(gone.seconds // 60, 60)
    if hours:
        return gettext("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    return gettext("%(minutes)d min") % {"minutes": minutes}
