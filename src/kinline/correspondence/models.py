"""A letter of the bureau, signed and checkable."""

import uuid
from typing import ClassVar

from django.db import models

from kinline.ledger.models import Exhibit


class Letter(models.Model):
    """One letter: drafted by one officer, sealed by another over the exact bytes of its PDF.

    ``about`` is a ledger reference such as ``enquiry:<uuid>``. ``code`` is the 16-digit letter code; it opens nothing,
    it only lets anyone check that the bureau wrote a letter of this kind on this date.
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
    sealed_by_human = models.CharField(max_length=40, blank=True)
    sealed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Newest first; who drafted a letter never seals it."""

        ordering: ClassVar = ["-dated_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(sealed_by_human=models.F("proposed_by_human")), name="letter_sealed_by_another"
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.dated_on}"
