"""What there is to do, how far it has come, and what waits for a person."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from kinline.jobs.models import Job, Recurrence


@dataclass(frozen=True, kw_only=True)
class Progress:
    """How far a job has come. ``share`` is in [0, 1], or None while the whole is not known."""

    status: str
    done: int
    total: int | None
    attempts: int

    @property
    def share(self) -> float | None:
        return min(1.0, self.done / self.total) if self.total else None

    @property
    def is_over(self) -> bool:
        return self.status in {Job.Status.DONE, Job.Status.DEAD}


def progress(job_id: int | str) -> Progress:
    """How far the job has come.

    Raises:
        Job.DoesNotExist: there is no such job.
    """
    job = Job.objects.only("status", "done", "total", "attempts").get(pk=job_id)
    return Progress(status=job.status, done=job.done, total=job.total, attempts=job.attempts)


def due(*, at: datetime, queue: str | None = None) -> QuerySet[Job]:
    """Jobs that may be claimed at ``at``: ready ones whose time has come, and those whose worker has gone silent.

    Highest priority first, then the oldest.
    """
    is_ready = Q(status=Job.Status.READY) & (Q(run_after=None) | Q(run_after__lte=at))
    was_left = Q(status=Job.Status.RUNNING, lease_until__lt=at)
    jobs = Job.objects.filter(is_ready | was_left).order_by("-priority", "pk")
    return jobs if queue is None else jobs.filter(queue=queue)


def is_at_hand(*, at: datetime, **arguments: str) -> bool:
    """Whether a job with these keyword arguments waits, or is being done by a worker that is not silent."""
    wanted = {f"arguments__kwargs__{name}": value for name, value in arguments.items()}
    alive = Q(status=Job.Status.READY) | Q(status=Job.Status.RUNNING, lease_until__gte=at)
    return Job.objects.filter(alive, **wanted).exists()


def dead() -> QuerySet[Job]:
    """Jobs that failed as often as allowed and wait for a person; the oldest first."""
    return Job.objects.filter(status=Job.Status.DEAD).order_by("pk")


def recurring(*, at: datetime) -> QuerySet[Recurrence]:
    """Tasks whose next time has come; the longest overdue first."""
    return Recurrence.objects.filter(next_at__lte=at).order_by("next_at", "pk")
