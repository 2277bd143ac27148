"""One row a human, one row an appointment, one row a duty session, one row an account."""

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q


class Officer(models.Model):
    """One human who works for the bureau."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120)
    active = models.BooleanField(default=True)
    shortcuts = models.BooleanField(default=True)
    language = models.CharField(max_length=8, default="en")

    class Meta:
        """By name, for lists to choose from."""

        ordering: ClassVar = ["name", "id"]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A role that an officer holds from a day until a day."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        """Newest first."""

        ordering: ClassVar = ["-from_on", "role"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(until_on__isnull=True) | Q(until_on__gte=models.F("from_on")), name="appointment_ends_later"
            )
        ]

    def __str__(self) -> str:
        return f"{self.role} from {self.from_on}"


class AccountManager(BaseUserManager["Account"]):
    """What the framework's sign-in asks for."""


class Account(AbstractBaseUser):
    """A way to sign in. Rights belong to the human behind it, never to the account.

    ``must_change_password``: somebody else knows the password, as it was given; the officer sets an own one first.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(max_length=80, unique=True)
    email = models.EmailField(blank=True)
    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    is_active = models.BooleanField(default=True)
    must_change_password = models.BooleanField(default=False)

    objects = AccountManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    history: ClassVar[bool] = False  # Its row holds a password hash, which belongs in no copy.

    def __str__(self) -> str:
        return self.username


class DutySession(models.Model):
    """The time for which an officer is on duty."""

    officer = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    handed_over = models.TextField(blank=True)

    class Meta:
        """One open session an officer."""

        ordering: ClassVar = ["-begun_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["officer"], condition=Q(ended_at__isnull=True), name="one_open_duty_session"
            )
        ]

    def __str__(self) -> str:
        return f"duty from {self.begun_at}"
