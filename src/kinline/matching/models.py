"""Proposals, readings of them, and the searches that found them."""

import uuid
from typing import ClassVar

from django.db import models

from kinline.enquiries.models import TracingCase
from kinline.registry.models import Record
from kinline.staff.models import Officer


class Proposal(models.Model):
    """The engine's proposal that ``record`` is the person sought in ``case``; a score never without its evidence.

    ``evidence`` is a list of {field, level, weight, says, sought, found}; ``probability`` and ``relative`` are in
    [0, 1] and sum with "not in the register" to at most 1. ``would_change`` lists {field, asks, agrees, differs}: what
    is missing and would change the score most. ``facts_digest`` tells when a fact on either side changed.
    """

    machine: ClassVar[str] = "match"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(TracingCase, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=40, default="proposed")
    probability = models.FloatField()
    relative = models.FloatField(default=0)
    score = models.FloatField()
    evidence = models.JSONField()
    would_change = models.JSONField(default=list)
    engine = models.CharField(max_length=40)
    facts_digest = models.CharField(max_length=64)
    found_at = models.DateTimeField()
    first_reader = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    second_reader = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The likeliest first; a pair is proposed once, and two readers are two humans."""

        ordering: ClassVar = ["-probability", "-score", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["case", "record"], name="one_proposal_a_pair"),
            models.CheckConstraint(
                condition=models.Q(first_reader__isnull=True)
                | models.Q(second_reader__isnull=True)
                | ~models.Q(first_reader=models.F("second_reader")),
                name="two_readers_are_two_humans",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "found_at"], name="proposal_to_read")]

    def __str__(self) -> str:
        return f"proposal {self.id}"

    @property
    def first_reader_human(self) -> str:
        """The human who read it first; empty when nobody has."""
        return str(self.first_reader_id or "")


class Reading(models.Model):
    """One officer's decision on one proposal: same, not_same, ask_family, cannot_tell. Kept even when undone."""

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    decision = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    read_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["read_at", "id"]

    def __str__(self) -> str:
        return f"{self.decision} on {self.proposal_id}"


class CaseSearch(models.Model):
    """That a case was searched: when, over how many records, and how many proposals came of it."""

    history: ClassVar[bool] = False

    case = models.ForeignKey(TracingCase, on_delete=models.PROTECT, related_name="+")
    searched_at = models.DateTimeField()
    records = models.PositiveIntegerField()
    found = models.PositiveIntegerField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-searched_at", "-id"]
        indexes: ClassVar = [models.Index(fields=["case", "searched_at"], name="search_of_case")]

    def __str__(self) -> str:
        return f"search of {self.case_id}"
