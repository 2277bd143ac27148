"""Entries (who did what), exhibits (what it rested on) and history (what every row said before and after)."""

import uuid
from typing import ClassVar

from django.db import models


class Entry(models.Model):
    """One thing that was done, linked by digest to the entry before it. Never changed, never deleted."""

    history: ClassVar[bool] = False

    seq = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    actor = models.CharField(max_length=80)
    at = models.DateTimeField()
    facts = models.JSONField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)

    class Meta:
        """Order is the sequence, never the clock."""

        ordering: ClassVar = ["seq"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "seq"], name="entry_subject"),
            models.Index(fields=["kind", "at"], name="entry_kind"),
            models.Index(fields=["actor", "at"], name="entry_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.subject}"


class Exhibit(models.Model):
    """A document, statement or reason that a decision rests on.

    ``digest`` is the SHA-256 of the bytes kept under ``stored_as`` in the data folder, or of ``words``
    where the exhibit is a statement without a document.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    subject = models.CharField(max_length=120)
    digest = models.CharField(max_length=64)
    words = models.TextField(blank=True)
    stored_as = models.CharField(max_length=120, blank=True)
    file_name = models.CharField(max_length=255, blank=True)
    media_type = models.CharField(max_length=80, blank=True)
    size = models.BigIntegerField(default=0)
    origin = models.CharField(max_length=200, blank=True)
    attached_by = models.CharField(max_length=80)
    attached_at = models.DateTimeField()

    class Meta:
        """Newest last."""

        ordering: ClassVar = ["attached_at", "id"]
        indexes: ClassVar = [models.Index(fields=["subject", "attached_at"], name="exhibit_subject")]

    def __str__(self) -> str:
        return f"{self.kind} {self.digest[:12]}"


class History(models.Model):
    """What one row of one table said before and after one write; written by the database itself."""

    history: ClassVar[bool] = False

    table_name = models.CharField(max_length=80)
    row = models.CharField(max_length=80)
    operation = models.CharField(max_length=6)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    written_at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["table_name", "row", "id"], name="history_row")]

    def __str__(self) -> str:
        return f"{self.operation} {self.table_name}:{self.row}"
