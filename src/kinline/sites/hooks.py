"""Addresses at which providers bring what was said: a site of its own, that shows nothing to anybody.

It is neither the families' site, which may not touch what was said by others, nor the desk, which is not reached from
outside. Whoever cannot sign learns nothing here.
"""

from django.urls import path

from kinline.sites import pages, wires

urlpatterns = [path("healthz", pages.healthz, name="healthz"), *wires.doors()]
