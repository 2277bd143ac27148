"""Rows of work: jobs, and the clock rows that ask for jobs again and again."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now


class Job(models.Model):
    """One call of one task.

    ``lease_until`` is how long the worker that claimed the job may stay silent; after it, another worker may claim
    the job. ``done`` of ``total`` is how far it has come, in whatever the task counts. A job that failed as often as
    allowed is ``dead``: it waits for a person.
    """

    class Status(models.TextChoices):
        READY = "ready"
        RUNNING = "running"
        DONE = "done"
        DEAD = "dead"

    task = models.CharField(max_length=200)
    queue = models.CharField(max_length=40, default="default")
    priority = models.SmallIntegerField(default=0)
    arguments = models.JSONField(default=dict)
    status = models.CharField(max_length=10, default=Status.READY)
    enqueued_at = models.DateTimeField(db_default=Now())
    run_after = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    attempted_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=80, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    answer = models.JSONField(null=True)
    errors = models.JSONField(default=list)

    history: ClassVar[bool] = False  # A beat every twenty seconds tells nobody anything afterwards.

    class Meta:
        indexes = (
            models.Index(
                fields=["-priority", "id"],
                name="jobs_open",
                condition=models.Q(status__in=["ready", "running"]),
            ),
        )

    def __str__(self) -> str:
        return f"job:{self.pk} {self.task} {self.status}"


class Recurrence(models.Model):
    """A task that is asked for again and again: which, how often, and when next."""

    name = models.CharField(max_length=80, unique=True)
    task = models.CharField(max_length=200)
    every_seconds = models.PositiveIntegerField()
    next_at = models.DateTimeField()

    history: ClassVar[bool] = False

    def __str__(self) -> str:
        return f"recurrence:{self.name}"
