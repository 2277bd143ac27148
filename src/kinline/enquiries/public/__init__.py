"""Families' pages: asking (``asking``), and looking at what one asked (``mailbox``)."""

from django.urls import path

from kinline.enquiries.public import asking, mailbox

app_name = "enquiries"
urlpatterns = [
    path("", asking.start, name="start"),
    path("enquiry/", asking.enquiry, name="enquiry"),
    path("case/", mailbox.case, name="case"),
    path("is-it-us/", mailbox.is_it_us, name="is-it-us"),
]
