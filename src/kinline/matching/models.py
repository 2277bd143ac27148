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

    ``said`` is the probability before calibration, from which calibration is learnt; ``weights`` names what was in
    force: the digest of learnt weights, or "default".
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
    said = models.FloatField(null=True)
    weights = models.CharField(max_length=64, default="default")
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
    """That a case was searched: when, over how many records, and how many proposals came of it.

    ``facts_at`` is the ``facts_changed_at`` that the case had then: the search was made with these facts.
    """

    history: ClassVar[bool] = False

    case = models.ForeignKey(TracingCase, on_delete=models.PROTECT, related_name="+")
    searched_at = models.DateTimeField()
    facts_at = models.DateTimeField(null=True)
    records = models.PositiveIntegerField()
    found = models.PositiveIntegerField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-searched_at", "-id"]
        indexes: ClassVar = [
            models.Index(fields=["case", "searched_at"], name="search_of_case"),
            models.Index(fields=["case", "facts_at"], name="search_with_facts"),
        ]

    def __str__(self) -> str:
        return f"search of {self.case_id}"


class Sweep(models.Model):
    """That all open cases were searched for what changed in the register up to a place in the ledger.

    ``seq`` is that place. ``records`` counts what was new or had changed, ``cases`` the cases that came out near enough
    to be searched in full. ``whole``: every open case was searched over the whole register, as is done each night.
    """

    history: ClassVar[bool] = False

    seq = models.BigIntegerField()
    swept_at = models.DateTimeField()
    records = models.PositiveIntegerField()
    cases = models.PositiveIntegerField()
    found = models.PositiveIntegerField()
    whole = models.BooleanField(default=False)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"sweep up to {self.seq}"


class DecidedPair(models.Model):
    """A pair on which officers decided, as the engine saw it then; what calibration is learnt from.

    ``levels`` holds {fact: [row of the weights, share of records that agree so by chance, or null]}: how the facts
    agreed, never what they say. ``kin`` is "relative" or "namesake" where it was rejected as such. ``readers`` is how
    many humans read it: two for every confirmed pair. A decision that was taken back is kept, and not learnt from.
    """

    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="+")
    same = models.BooleanField()
    kin = models.CharField(max_length=20, blank=True)
    readers = models.PositiveSmallIntegerField()
    said = models.FloatField()
    levels = models.JSONField()
    engine = models.CharField(max_length=40)
    weights = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["proposal", "undone_at"], name="decision_in_force")]

    def __str__(self) -> str:
        return f"decision on {self.proposal_id}"


class LearntWeights(models.Model):
    """Weights and calibration learnt from this bureau's work. Kept for ever; in force only once accepted.

    ``text`` is the whole file (see ``kinmatch.learn.written``), ``digest`` its digest, ``report`` what the officer who
    accepts it reads: the figures before and after, and the counts.
    """

    digest = models.CharField(max_length=64, unique=True)
    text = models.TextField()
    report = models.JSONField()
    learnt_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"weights {self.digest[:12]}"


class Acceptance(models.Model):
    """That an officer put learnt weights in force, or with none the default of the package. The newest holds."""

    learnt = models.ForeignKey(LearntWeights, on_delete=models.PROTECT, null=True, related_name="+")
    accepted_by = models.CharField(max_length=80)
    accepted_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"acceptance {self.pk}"
