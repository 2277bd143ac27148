"""A letter of the bureau, signed and checkable, and what the public may see of it."""

import uuid
from typing import ClassVar

from django.db import models

from kinline.ledger.models import Exhibit


class Letter(models.Model):
    """One letter: drafted by one officer, sealed by another over the exact bytes of its PDF.

    ``about`` is a ledger reference such as ``enquiry:<uuid>``. ``kind`` names a file of the folder ``letters``.
    ``code`` is the 16-digit letter code; it opens nothing, it only lets anyone check that the bureau wrote a letter
    on this date. ``words`` is what the officer filled in: name of the blank -> text.
    """

    machine: ClassVar[str] = "letter"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    about = models.CharField(max_length=120, db_index=True)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=40, default="drafted")
    code = models.CharField(max_length=16, unique=True)
    words = models.JSONField()
    dated_on = models.DateField()
    valid_until = models.DateField()
    document = models.ForeignKey(Exhibit, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    signature = models.CharField(max_length=128, blank=True)
    proposed_by = models.CharField(max_length=80)
    proposed_by_human = models.CharField(max_length=40)
    sealed_by = models.CharField(max_length=80, blank=True)
    sealed_by_human = models.CharField(max_length=40, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    handed_over_by_way = models.CharField(max_length=20, blank=True)

    class Meta:
        """Newest first; who drafted a letter never seals it."""

        ordering: ClassVar = ["-dated_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(sealed_by_human=models.F("proposed_by_human")), name="letter_sealed_by_another"
            )
        ]

    def __str__(self) -> str:
        return f"letter {self.id}"


class CheckableLetter(models.Model):
    """All that the families' site may read of a sealed letter: that there is one, its date, and until when it counts.

    It holds no kind, no addressee and no word of the letter, so the public process cannot leak them.
    """

    code = models.CharField(max_length=16, unique=True)
    dated_on = models.DateField()
    valid_until = models.DateField()
    void = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"checkable letter of {self.dated_on}"


class FailedChecks(models.Model):
    """How many well-formed letter codes fitted no letter within one minute; nobody's address is kept."""

    history: ClassVar[bool] = False

    minute = models.DateTimeField(unique=True)
    failed = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.failed} failed at {self.minute}"


class Letterhead(models.Model):
    """How the bureau names itself in one language, and where it is reached; newest wins, old ones stay."""

    language = models.CharField(max_length=8, db_index=True)
    name = models.CharField(max_length=120)
    address = models.TextField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    check_at = models.CharField(max_length=200, blank=True)
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-set_at", "-id"]

    def __str__(self) -> str:
        return f"letterhead {self.language}"
