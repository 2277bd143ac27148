"""Every write to a job: claimed, kept alive, moved on, finished, failed, asked for again.

Each claim carries the number of the attempt. Whoever lost the lease fails the comparison and writes nothing, so a
worker that was only slow cannot overwrite the one that took its place.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from kinline.jobs import queries
from kinline.jobs.models import Job, Recurrence

LEASE = timedelta(seconds=120)
ATTEMPTS = 5
FIRST_WAIT = timedelta(seconds=10)
LONGEST_WAIT = timedelta(hours=1)
TOO_OFTEN_LOST = "kinline.jobs.lost"


def wait_before(attempt: int) -> timedelta:
    """How long to wait before trying again after the failed ``attempt``, counted from 1.

    >>> [wait_before(attempt).seconds for attempt in (1, 2, 3, 12)]
    [10, 20, 40, 3600]
    """
    doubled: int = 2 ** (min(attempt, 20) - 1)
    return min(LONGEST_WAIT, FIRST_WAIT * doubled)


def enqueue(*, task: str, arguments: Mapping[str, Any], queue: str, priority: int, run_after: datetime | None) -> Job:
    """Write the job down, in the transaction of whoever asks for it."""
    job = Job.objects.create(task=task, arguments=dict(arguments), queue=queue, priority=priority, run_after=run_after)
    job.refresh_from_db(fields=["enqueued_at"])
    return job


def claim(*, worker: str, at: datetime, queue: str | None = None) -> Job | None:
    """Take the next due job for ``worker``, or None when there is none."""
    while queries.due(at=at, queue=queue).exists():  # a plain read: no lock is taken while there is nothing to do
        with transaction.atomic():
            candidates = queries.due(at=at, queue=queue)
            if connection.features.has_select_for_update_skip_locked:
                candidates = candidates.select_for_update(skip_locked=True)
            job = candidates.first()
            if job is None:
                return None
            if _was_lost_too_often(job, at=at):
                continue
            if _take(job, worker=worker, at=at):
                return job
    return None


def keep_alive(job: Job, *, at: datetime) -> bool:
    """Say that the worker is still there. False when the job is no longer its own."""
    return bool(_own(job).update(lease_until=at + LEASE))


def report(job_id: int | str, *, done: int, total: int | None = None) -> None:
    """Note how far a job has come. Call it between transactions: inside one, nobody sees it before the commit."""
    changes: dict[str, Any] = {"done": done}
    if total is not None:
        changes["total"] = total
    Job.objects.filter(pk=job_id).update(**changes)


def finish(job: Job, *, answer: object, at: datetime) -> bool:
    """Note that the job is done. False when it is no longer this worker's."""
    return bool(_own(job).update(status=Job.Status.DONE, finished_at=at, answer=answer, lease_until=None))


def fail(job: Job, *, kind: str, places: list[str], at: datetime) -> bool:
    """Note that the attempt failed; ready again after a wait, or dead after the last one."""
    changes = _after_failure(job, kind=kind, places=places, at=at)
    return bool(_own(job).update(**changes))


def retry(job: Job, *, at: datetime) -> None:
    """Give a dead job its attempts back. The errors so far stay."""
    Job.objects.filter(pk=job.pk, status=Job.Status.DEAD).update(
        status=Job.Status.READY, attempts=0, run_after=at, finished_at=None
    )


def forget_finished(*, before: datetime) -> int:
    """Delete jobs that were done before that moment; dead ones stay for a person. Returns how many."""
    deleted, _by_model = Job.objects.filter(status=Job.Status.DONE, finished_at__lt=before).delete()
    return deleted


def recur(*, name: str, task: str, every: timedelta, at: datetime) -> Recurrence:
    """Ask for ``task`` every so often, for the first time at ``at``. A second call only mends task and distance."""
    recurrence, _is_new = Recurrence.objects.update_or_create(
        name=name,
        defaults={"task": task, "every_seconds": int(every.total_seconds())},
        create_defaults={"task": task, "every_seconds": int(every.total_seconds()), "next_at": at},
    )
    return recurrence


def enqueue_recurring(*, at: datetime) -> int:
    """Write down a job for each task whose time has come, once however many workers look. Returns how many."""
    enqueued = 0
    for recurrence in list(queries.recurring(at=at)):
        with transaction.atomic():
            following = at + timedelta(seconds=recurrence.every_seconds)
            ours = Recurrence.objects.filter(pk=recurrence.pk, next_at=recurrence.next_at).update(next_at=following)
            if ours:
                enqueue(task=recurrence.task, arguments={}, queue="default", priority=0, run_after=None)
                enqueued += 1
    return enqueued


def _own(job: Job) -> Any:
    return Job.objects.filter(pk=job.pk, status=Job.Status.RUNNING, worker=job.worker, attempts=job.attempts)


def _take(job: Job, *, worker: str, at: datetime) -> bool:
    """Compare and set: the row must still be as it was read."""
    taken = Job.objects.filter(pk=job.pk, status=job.status, attempts=job.attempts).update(
        status=Job.Status.RUNNING,
        attempts=F("attempts") + 1,
        worker=worker,
        attempted_at=at,
        started_at=job.started_at or at,
        lease_until=at + LEASE,
    )
    if taken:
        job.refresh_from_db()
    return bool(taken)


def _was_lost_too_often(job: Job, *, at: datetime) -> bool:
    """A job that takes its worker down with it each time is laid aside, or it would stop all others."""
    if job.attempts < ATTEMPTS:
        return False
    changes = _after_failure(job, kind=TOO_OFTEN_LOST, places=[], at=at)
    Job.objects.filter(pk=job.pk, status=job.status, attempts=job.attempts).update(**changes)
    return True


def _after_failure(job: Job, *, kind: str, places: list[str], at: datetime) -> dict[str, Any]:
    errors = [*job.errors, {"attempt": job.attempts, "kind": kind, "places": places, "at": at.isoformat()}]
    if job.attempts >= ATTEMPTS:
        return {"status": Job.Status.DEAD, "finished_at": at, "errors": errors, "lease_until": None}
    return {
        "status": Job.Status.READY,
        "run_after": at + wait_before(job.attempts),
        "errors": errors,
        "lease_until": None,
    }
