"""A record is what the bureau holds on one person; names and facts are what reports assert about them.

No fact overwrites another: each stands with its report, provenance and grade, and conflicts are shown.
Source: Geneva Convention III, Art. 122, paragraph 4; Geneva Convention IV, Art. 138; Geneva Convention I, Art. 16.
"""

import uuid
from typing import ClassVar

from django.db import models


class Report(models.Model):
    """One document or message by which the bureau learnt something: a capture card, a list, a letter, a visit.

    ``kind`` is one of ``terms.EvidenceKind``, ``source_reliability`` A to F of the Admiralty code. ``batch`` names
    the imported register it came with, if any.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    source = models.CharField(max_length=200, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    received_on = models.DateField()
    source_reliability = models.CharField(max_length=1)
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-received_on", "-recorded_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.received_on}"


class Record(models.Model):
    """What the bureau holds on one protected, missing or dead person.

    ``detaining_power`` and ``power_of_origin`` (the Power on which the person depends) are ISO 3166-1 alpha-2 codes,
    empty where unknown. ``category`` is one of ``terms.Category``.
    """

    machine: ClassVar[str] = "captive_record"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=24, unique=True)
    category = models.CharField(max_length=2)
    detaining_power = models.CharField(max_length=2, blank=True)
    power_of_origin = models.CharField(max_length=2, blank=True)
    state = models.CharField(max_length=40, default="reported")
    identity_state = models.CharField(max_length=20, default="stated")
    is_child = models.BooleanField(default=False)
    batch = models.UUIDField(null=True, blank=True, db_index=True)
    recorded_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """By number."""

        ordering: ClassVar = ["number"]
        indexes: ClassVar = [models.Index(fields=["state", "category"], name="record_state")]

    def __str__(self) -> str:
        return self.number


class _Asserted(models.Model):
    """What every asserted name and fact carries: which report says so, how it knows, and how credible it is."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    provenance = models.CharField(max_length=20)
    credibility = models.CharField(max_length=1)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Not a table of its own."""

        abstract = True


class AssertedName(_Asserted):
    """One form of a person's name as one report gives it. ``written`` is verbatim; parts are empty where unknown.

    ``key`` is the normalised search key of all parts (see ``kinmatch.keys``).
    """

    kind = models.CharField(max_length=20)
    written = models.CharField(max_length=300)
    surname = models.CharField(max_length=120, blank=True)
    given = models.CharField(max_length=120, blank=True)
    patronymic = models.CharField(max_length=120, blank=True)
    script = models.CharField(max_length=4, blank=True)
    language = models.CharField(max_length=8, blank=True)
    asserted_on = models.CharField(max_length=12, blank=True)
    key = models.CharField(max_length=300, blank=True, db_index=True)

    class Meta:
        """Oldest first; the queries choose which one is shown."""

        ordering: ClassVar = ["recorded_at", "id"]

    def __str__(self) -> str:
        return f"name of {self.record_id}"


class Fact(_Asserted):
    """One statement about a person by one report. ``kind`` is one of ``terms.FactKind``.

    ``written`` is verbatim, ``value`` the bureau's reading of it (a date in EDTF, a code). ``declined`` keeps that
    the person was asked and did not answer, which is a right (Geneva Convention III, Art. 17).
    """

    kind = models.CharField(max_length=30)
    written = models.TextField(blank=True)
    value = models.CharField(max_length=300, blank=True)
    declined = models.BooleanField(default=False)

    class Meta:
        """Oldest first; the queries choose which one is shown."""

        ordering: ClassVar = ["recorded_at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["record", "kind"], name="fact_of_record"),
            models.Index(fields=["kind", "value"], name="fact_value"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.record_id}"


class Alias(models.Model):
    """A foreign number of the same person. ``canonical`` is capital letters and digits only, for searching."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    written = models.CharField(max_length=80)
    canonical = models.CharField(max_length=80, db_index=True)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """A number is given once a record and kind."""

        ordering: ClassVar = ["kind", "written"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["record", "kind", "canonical"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="alias_once_a_record",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.record_id}"


class CustodyEvent(models.Model):
    """One change in a person's situation. ``kind`` is one of ``terms.CustodyEventKind``; ``happened_on`` is EDTF."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=30)
    happened_on = models.CharField(max_length=12, blank=True)
    from_place = models.CharField(max_length=200, blank=True)
    to_place = models.CharField(max_length=200, blank=True)
    order_number = models.CharField(max_length=80, blank=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order in which they happened."""

        ordering: ClassVar = ["happened_on", "recorded_at", "id"]
        indexes: ClassVar = [models.Index(fields=["record", "happened_on"], name="event_of_record")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.record_id}"


class NumberSeries(models.Model):
    """The last sequence given out for one detaining power and category. Numbers are never used again."""

    history: ClassVar[bool] = False

    detaining_power = models.CharField(max_length=2)
    category = models.CharField(max_length=2)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        """One series each."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["detaining_power", "category"], name="one_number_series")
        ]

    def __str__(self) -> str:
        return f"{self.detaining_power}-{self.category} {self.last}"
