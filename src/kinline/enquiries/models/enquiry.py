"""The enquiry: one family asks once; who they are, what they added, what they were answered."""

import uuid
from typing import ClassVar

from django.db import models
from django.utils import timezone

from kinline.enquiries.models.case import TracingCase
from kinline.staff.models import Officer


class Enquirer(models.Model):
    """Somebody who asks. ``call_from_hour`` and ``call_until_hour`` are in their own ``time_zone``."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=8)
    time_zone = models.CharField(max_length=40, default=timezone.get_default_timezone_name)
    leave_message = models.BooleanField(default=False)
    call_from_hour = models.PositiveSmallIntegerField(null=True, blank=True)
    call_until_hour = models.PositiveSmallIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"enquirer {self.id}"


class EnquirerContact(models.Model):
    """One way to reach an enquirer. ``value`` is as they gave it, ``canonical`` for searching (E.164, lower case)."""

    enquirer = models.ForeignKey(Enquirer, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12)
    value = models.CharField(max_length=300)
    canonical = models.CharField(max_length=300, db_index=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """In the order in which they were given."""

        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.channel} of {self.enquirer_id}"


class Enquiry(models.Model):
    """One contact of one family about one person sought.

    ``code_hash`` is the case code (see ``codes``), never the code itself. ``ticket`` and ``body_digest`` make a second
    sending of the same form harmless. ``kin_level`` is one of ``terms.KinLevel``. ``danger_at`` is when words of danger
    were heard that nobody has looked at yet; ``first_case`` the case it came with, if it was joined to another since.
    """

    machine: ClassVar[str] = "enquiry"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(TracingCase, on_delete=models.PROTECT, related_name="+")
    enquirer = models.ForeignKey(Enquirer, on_delete=models.PROTECT, related_name="+")
    relation = models.CharField(max_length=20)
    relation_words = models.CharField(max_length=200, blank=True)
    channel = models.CharField(max_length=12)
    language = models.CharField(max_length=8)
    state = models.CharField(max_length=40, default="received")
    code_hash = models.CharField(max_length=64, unique=True)
    safe_word = models.CharField(max_length=40)
    ticket = models.CharField(max_length=64, unique=True, null=True, blank=True)
    body_digest = models.CharField(max_length=64, blank=True)
    received_at = models.DateTimeField(db_index=True)
    promise_on = models.DateField(db_index=True)
    last_told_at = models.DateTimeField(null=True, blank=True)
    kin_level = models.CharField(max_length=1, default="0")
    kin_until = models.DateField(null=True, blank=True)
    claimed_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    claimed_at = models.DateTimeField(null=True, blank=True)
    leased_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    leased_until = models.DateTimeField(null=True, blank=True)
    held_until = models.DateField(null=True, blank=True)
    danger_at = models.DateTimeField(null=True, blank=True, db_index=True)
    first_case = models.ForeignKey(TracingCase, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    hand_over_note = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        """The promise that is due first comes first."""

        ordering: ClassVar = ["promise_on", "received_at", "id"]
        indexes: ClassVar = [models.Index(fields=["state", "promise_on"], name="enquiry_due")]

    def __str__(self) -> str:
        return f"enquiry {self.id}"

    @property
    def short(self) -> str:
        """How officers speak of it among themselves; it opens nothing."""
        return self.id.hex[:8].upper()


class Addition(models.Model):
    """What a family told later: one detail, in their own words, saved at once. ``kind`` names the question."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=40)
    words = models.TextField()
    channel = models.CharField(max_length=12)
    ticket = models.CharField(max_length=64, unique=True, null=True, blank=True)
    told_at = models.DateTimeField()
    read_by = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["told_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} for {self.enquiry_id}"


class Answer(models.Model):
    """A recorded answer; ``kind`` is one of ``terms.AnswerKind``. ``words`` never hold fate unless a person told it."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=30)
    words = models.TextField(blank=True)
    next_look_on = models.DateField(null=True, blank=True)
    letter = models.UUIDField(null=True, blank=True)
    given_by = models.CharField(max_length=80)
    given_at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["given_at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} for {self.enquiry_id}"


class Reply(models.Model):
    """What an officer wrote to a family, whole, as it was read out, sent or printed. Never anybody's fate.

    ``template`` names the file under ``replies`` it was begun from; ``promise_on`` the day it promises, if it does.
    """

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="+")
    template = models.CharField(max_length=40)
    language = models.CharField(max_length=8)
    channel = models.CharField(max_length=12)
    words = models.TextField()
    promise_on = models.DateField(null=True, blank=True)
    written_by = models.CharField(max_length=80)
    written_at = models.DateTimeField()

    class Meta:
        """Oldest first."""

        ordering: ClassVar = ["written_at", "id"]

    def __str__(self) -> str:
        return f"{self.template} for {self.enquiry_id}"


class ContactLog(models.Model):
    """That the bureau contacted a family, by which way and when; what was said is not here."""

    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=12)
    reached = models.BooleanField(default=True)
    by_officer = models.ForeignKey(Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    contacted_at = models.DateTimeField()

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-contacted_at", "-id"]

    def __str__(self) -> str:
        return f"contact on {self.enquiry_id}"
