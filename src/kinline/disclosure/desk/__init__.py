"""Staff pages of the disclosure desk and of letters. No title and no list says what a family is to be told."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from kinline.disclosure.desk import call, end, gate, letters, propose, worklist
from kinline.ui import desk
from kinrules.permissions import Permission

SECTIONS = (
    desk.Section(label=_("Telling families"), url="/disclosure/", permission=Permission.DISCLOSURE_VIEW),
    desk.Section(label=_("Letters"), url="/letters/", permission=Permission.LETTER_WRITE),
)

urlpatterns = [
    path("disclosure/", worklist.worklist, name="disclosures"),
    path("disclosure/propose/<uuid:pk>/<uuid:enquiry>/", propose.new, name="disclosure_propose"),
    path("disclosure/<uuid:pk>/", gate.page, name="disclosure"),
    path("disclosure/<uuid:pk>/change/", propose.change, name="disclosure_change"),
    path("disclosure/<uuid:pk>/approve/", gate.approve, name="disclosure_approve"),
    path("disclosure/<uuid:pk>/take-back/", gate.take_back, name="disclosure_take_back"),
    path("disclosure/<uuid:pk>/company/", gate.company, name="disclosure_company"),
    path("disclosure/<uuid:pk>/begin/", call.begin, name="disclosure_begin"),
    path("disclosure/<uuid:pk>/aloud/<int:number>/", call.aloud, name="disclosure_aloud"),
    path("disclosure/<uuid:pk>/aloud/<int:number>/said/", call.said, name="disclosure_said"),
    path("disclosure/<uuid:pk>/aloud/<int:number>/stopped/", call.stopped, name="disclosure_stopped"),
    path("disclosure/<uuid:pk>/outcome/", call.outcome, name="disclosure_outcome"),
    path("disclosure/<uuid:pk>/follow-up/", call.follow_up, name="disclosure_follow_up"),
    path("disclosure/<uuid:pk>/withhold/", end.withhold, name="disclosure_withhold"),
    path("disclosure/<uuid:pk>/retract/", end.retract, name="disclosure_retract"),
    path("disclosure/<uuid:pk>/letter/", letters.draft, name="disclosure_letter"),
    path("letters/", letters.listed, name="letters"),
    path("letters/<uuid:pk>/", letters.page, name="letter"),
    path("letters/<uuid:pk>/read/", letters.read, name="letter_read"),
    path("letters/<uuid:pk>/change/", letters.change, name="letter_change"),
    path("letters/<uuid:pk>/sign/", letters.sign, name="letter_sign"),
    path("letters/<uuid:pk>/hand-over/", letters.hand_over, name="letter_hand_over"),
    path("letters/<uuid:pk>/void/", letters.void, name="letter_void"),
]
