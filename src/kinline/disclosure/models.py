"""A disclosure to one family, and every attempt to tell."""

import uuid
from typing import ClassVar

from django.db import models

from kinline.enquiries.models import EnquirerContact, Enquiry
from kinline.matching.models import Proposal
from kinline.staff.models import Officer


class Disclosure(models.Model):
    """What one officer proposes to tell one family of a confirmed match, and another approves.

    ``fate`` is one of ``terms.Fate``, ``recipient`` of ``terms.Recipient``, ``wish`` of ``rules.consent.Wish``,
    ``means`` of ``rules.told_by_a_person.Means``; ``agency`` is not_yet, made or not_needed, and ``agency_words`` say
    by which reference or why. ``lines`` is a list
    of {say, label, blank, value, note}: what is read aloud, with every blank filled but the caller's own name.
    ``approved_digest`` is the SHA-256 of all that was approved: any change voids it.
    """

    machine: ClassVar[str] = "disclosure"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="+")
    contact = models.ForeignKey(EnquirerContact, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField(max_length=40, default="proposed")
    fate = models.CharField(max_length=20)
    recipient = models.CharField(max_length=20, default="next_of_kin")
    wish = models.CharField(max_length=20, default="not_asked")
    means = models.CharField(max_length=20, default="voice")
    detriment = models.BooleanField(default=False)
    detriment_words = models.TextField(blank=True)
    agency = models.CharField(max_length=12, default="not_yet")
    agency_words = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8)
    may_say = models.TextField(blank=True)
    lines = models.JSONField(default=list)
    proposed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    approved_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_digest = models.CharField(max_length=64, blank=True)
    accompanied_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    call_begun_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    call_begun_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField(null=True, blank=True)
    retracted_at = models.DateTimeField(null=True, blank=True)
    what_was_wrong = models.TextField(blank=True)
    withheld_because = models.CharField(max_length=30, blank=True)
    review_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Oldest first; who proposed never approves."""

        ordering: ClassVar = ["proposed_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(approved_by__isnull=True) | ~models.Q(approved_by=models.F("proposed_by")),
                name="disclosure_approved_by_another",
            ),
            models.CheckConstraint(
                condition=models.Q(call_begun_by__isnull=True)
                | models.Q(accompanied_by__isnull=True)
                | ~models.Q(call_begun_by=models.F("accompanied_by")),
                name="disclosure_caller_is_accompanied_by_another",
            ),
            models.UniqueConstraint(
                fields=["enquiry"],
                condition=~models.Q(state__in=["withheld", "retracted"]),
                name="one_live_disclosure_an_enquiry",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "proposed_at"], name="disclosure_to_tell")]

    def __str__(self) -> str:
        return f"disclosure {self.id}"

    @property
    def proposed_by_human(self) -> str:
        """The human who proposed it."""
        return str(self.proposed_by_id)


class Telling(models.Model):
    """One attempt to speak with the family: who spoke, who was with them, what was said, where they were stopped.

    ``purpose`` is tell, mistake (the call that takes back what was told) or follow_up (the call promised for later).
    """

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=12, default="tell")
    by_officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    with_officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    told = models.BooleanField()
    lines_said = models.PositiveSmallIntegerField(default=0)
    present = models.CharField(max_length=300, blank=True)
    asked_for = models.TextField(blank=True)
    next_call_at = models.DateTimeField(null=True, blank=True)
    told_at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["told_at", "id"]

    def __str__(self) -> str:
        return f"telling of {self.disclosure_id}"
