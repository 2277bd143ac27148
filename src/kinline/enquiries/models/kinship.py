"""The kinship ladder: how it was shown who asks and how they are related."""

from typing import ClassVar

from django.db import models

from kinline.enquiries.models.enquiry import Enquiry
from kinline.ledger.models import Exhibit


class KinshipStep(models.Model):
    """One step of the ladder: to which level, resting on which exhibit, decided by whom, and how.

    ``level`` is one of ``terms.KinLevel``; ``way`` is the ``terms.EvidenceKind`` that was shown.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=1)
    way = models.CharField(max_length=40)
    exhibit = models.ForeignKey(Exhibit, on_delete=models.PROTECT, related_name="+")
    accepted = models.BooleanField()
    asked_again = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    decided_by = models.CharField(max_length=80)
    decided_at = models.DateTimeField()
    expires_on = models.DateField(null=True, blank=True)

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["decided_at", "id"]

    def __str__(self) -> str:
        return f"level {self.level} for {self.enquiry_id}"
