"""Every sentence this room says to officers."""

from django.utils.translation import gettext_lazy as _

ROLES = {
    "enquiry_operator": _("Enquiry operator"),
    "kin_verifier": _("Kin verifier"),
    "registry_officer": _("Registry officer"),
    "tracing_officer": _("Tracing officer"),
    "match_reviewer": _("Match reviewer"),
    "disclosure_officer": _("Disclosure officer"),
    "head_of_shift": _("Head of shift"),
    "auditor": _("Auditor"),
    "system_administrator": _("System administrator"),
}

DONE = {
    "enrolled": _("The officer is enrolled. Give a role and an account next."),
    "appointed": _("The role is given."),
    "dismissed": _("The role ends today."),
    "account": _("The account is open. The password is the officer's to change at the first sign-in."),
}

REFUSALS = {
    "staff.already-founded": _("The bureau already has officers. A system administrator appoints the next one."),
    "staff.conflicting-roles": _("One person must not hold these roles together. Give one of them to somebody else."),
    "staff.role-held": _("The officer holds this role already. There is nothing to do."),
    "staff.not-a-human-role": _("Nobody can be appointed to this role."),
}
