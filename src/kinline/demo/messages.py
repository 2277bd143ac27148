"""Sentences of the demonstration."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "demo.not-empty": _(
        "There are officers, records or enquiries here that are not invented, so no demonstration is loaded. "
        "Nothing was changed. Name another data folder in KINLINE_DATA and try again."
    ),
    "demo.not-a-demonstration": _(
        "This works in a demonstration only, so that no invented person ever stands among real ones. "
        "Set KINLINE_DEMO=1 and name another data folder in KINLINE_DATA."
    ),
    "demo.walk-lost": _(
        "The search did not offer the invented person, so the walk stops here. "
        "Nobody was told anything. Run it again: another family will ask."
    ),
    "demo.not-loaded": _("There is no demonstration here yet. Run: kinline demo load"),
}
