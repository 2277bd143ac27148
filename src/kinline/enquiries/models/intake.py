"""What is kept while a family is still writing, and what guards the case codes."""

import uuid
from typing import ClassVar

from django.db import models


class Draft(models.Model):
    """An enquiry that is not finished: answers so far, kept under the hash of its code, deleted after 30 days."""

    history: ClassVar[bool] = False

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code_hash = models.CharField(max_length=64, unique=True)
    ticket = models.CharField(max_length=64, unique=True)
    language = models.CharField(max_length=8)
    step = models.CharField(max_length=20)
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"draft {self.id}"


class TicketConflict(models.Model):
    """The same form sent twice with different words: both are kept, an officer looks."""

    ticket = models.CharField(max_length=64, db_index=True)
    enquiry = models.UUIDField()
    body = models.JSONField()
    body_digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """The same second body is kept once."""

        constraints: ClassVar = [models.UniqueConstraint(fields=["ticket", "body_digest"], name="one_conflict_a_body")]

    def __str__(self) -> str:
        return f"conflict on {self.enquiry}"


class CodeTries(models.Model):
    """Wrong second checks for one code, whether such a code exists or not."""

    history: ClassVar[bool] = False

    code_hash = models.CharField(max_length=64, unique=True)
    tries = models.PositiveSmallIntegerField(default=0)
    wait_until = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.tries} tries"
