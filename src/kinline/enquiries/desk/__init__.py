"""Staff pages of this room: one enquiry, replies, facts, kinship, and an enquiry taken by hand."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from kinline.enquiries.desk import by_hand, case, facts, kinship, reissue, replies
from kinline.ui.desk import Section
from kinrules.permissions import Permission

SECTIONS = (Section(label=_("New enquiry"), url="/enquiries/new/", permission=Permission.ENQUIRY_RECEIVE),)

urlpatterns = [
    path("enquiries/new/", by_hand.new, name="enquiry_new"),
    path("enquiries/kinship/", kinship.waiting, name="kinship_waiting"),
    path("enquiries/<uuid:pk>/", case.page, name="enquiry"),
    path("enquiries/<uuid:pk>/move/<slug:verb>/", case.move, name="enquiry_move"),
    path("enquiries/<uuid:pk>/reason/<slug:verb>/", case.with_reason, name="enquiry_reason"),
    path("enquiries/<uuid:pk>/work/<slug:verb>/", case.work, name="enquiry_work"),
    path("enquiries/<uuid:pk>/hold/", case.hold, name="enquiry_hold"),
    path("enquiries/<uuid:pk>/hand-over/", case.hand_over, name="enquiry_hand_over"),
    path("enquiries/<uuid:pk>/note/", case.note, name="enquiry_note"),
    path("enquiries/<uuid:pk>/contact/", case.contact, name="enquiry_contact"),
    path("enquiries/<uuid:pk>/reply/", replies.choose, name="enquiry_replies"),
    path("enquiries/<uuid:pk>/reply/<slug:template>/", replies.reply, name="enquiry_reply"),
    path("enquiries/<uuid:pk>/facts/", facts.describe, name="enquiry_facts"),
    path("enquiries/<uuid:pk>/new-code/", reissue.new_code, name="enquiry_new_code"),
    path("enquiries/<uuid:pk>/join/", facts.join, name="enquiry_join"),
    path("enquiries/<uuid:pk>/split/", facts.split, name="enquiry_split"),
    path("enquiries/<uuid:pk>/kinship/", kinship.ladder, name="enquiry_kinship"),
    path("enquiries/<uuid:pk>/kinship/shown/", kinship.shown, name="kinship_shown"),
    path("enquiries/<uuid:pk>/kinship/judge/<uuid:exhibit>/", kinship.judge, name="kinship_judge"),
    path("enquiries/<uuid:pk>/kinship/contact/<int:contact>/", kinship.check_contact, name="kinship_contact"),
    path("enquiries/<uuid:pk>/exhibits/<uuid:exhibit>/", kinship.exhibit, name="enquiry_exhibit"),
]
