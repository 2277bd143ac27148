"""The tracing case: one person sought, however many families ask."""

import uuid
from typing import ClassVar

from django.db import models

from kinline.staff.models import Officer


class TracingCase(models.Model):
    """The search for one person, with all that families said of them.

    Dates of birth are EDTF (``born``) beside the family's own words (``born_words``). ``facts_changed_at`` moves
    whenever something that a search compares was added; the matching room searches again after it. ``name_key`` holds
    the search keys of ``sought_name`` (see ``names.key``), so that any alphabet finds it.
    """

    machine: ClassVar[str] = "tracing_case"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    state = models.CharField(max_length=40, default="open")
    sought_name = models.CharField(max_length=300)
    name_key = models.TextField(blank=True)
    born = models.CharField(max_length=12, blank=True)
    born_words = models.CharField(max_length=120, blank=True)
    sex = models.CharField(max_length=1, blank=True)
    birth_place = models.CharField(max_length=200, blank=True)
    father_given_name = models.CharField(max_length=120, blank=True)
    mother_maiden_name = models.CharField(max_length=120, blank=True)
    unit = models.CharField(max_length=200, blank=True)
    service_number = models.CharField(max_length=80, blank=True)
    last_contact = models.TextField(blank=True)
    marks = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    facts_changed_at = models.DateTimeField(db_index=True)
    next_look_on = models.DateField(null=True, blank=True, db_index=True)
    worker = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["opened_at", "id"]

    def __str__(self) -> str:
        return f"case {self.id}"


class CaseNote(models.Model):
    """What officers tell each other about a case; families never see it."""

    case = models.ForeignKey(TracingCase, on_delete=models.PROTECT, related_name="+")
    words = models.TextField()
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["written_at", "id"]

    def __str__(self) -> str:
        return f"note on {self.case_id}"
