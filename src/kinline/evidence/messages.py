"""Why a paper is not shown, or not all of it, in the words of the desk."""

from django.utils.translation import gettext_lazy as _

WAITING = _("It is being made ready to be shown. Open this page again in a minute.")
TROUBLES = {
    "not-allowed": _("Kept, cannot be shown: it is of a kind that may hold harm, or that we do not know."),
    "too-large": _("Kept, cannot be shown: it is larger than what is shown here."),
    "too-many-pixels": _("Kept, cannot be shown: the picture is larger than what is shown here."),
    "damaged": _("Kept, cannot be shown: it is damaged. Ask the family to send it once more, as a photograph."),
    "locked": _("Kept, cannot be shown: it is locked with a password. Ask the family to send it without."),
    "too-long": _("Kept, cannot be shown: reading it took too long."),
    "memory": _("Kept, cannot be shown: reading it took too much memory."),
    "ended": _("Kept, cannot be shown: the machine that read it broke down."),
    "garbled": _("Kept, cannot be shown: the machine that read it gave no answer that makes sense."),
    "gave-up": _("Kept, cannot be shown: the machine that read it broke down."),
    "sealed": _("Kept, but its seal cannot be opened. Tell the system administrator."),
    "no-picture": _("Kept. It is a sound or a film and has no picture."),
    "cut-off": _("It came cut off. This is the part that came; ask the family to send it once more."),
    "first-frame": _("It moves. This is its first picture."),
    "first-pages": _("These are its first pages."),
}
TROUBLE_OTHERWISE = _("Kept, cannot be shown.")
