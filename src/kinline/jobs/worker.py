"""Claims jobs and does them, one at a time, and says that it is alive while it works.

The clock is a parameter: the command ``kinline worker`` passes the real one. What a job raises is written down as its
kind and its places in the source, never as its message, which may hold a name.
"""

import logging
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Event, Thread

from django.db import InterfaceError, OperationalError, connection
from django_tasks.base import Task, TaskContext
from django_tasks.utils import get_module_path, normalize_json

from kinline.jobs import actions
from kinline.jobs.backend import task_of
from kinline.jobs.models import Job

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
BEAT = timedelta(seconds=20)
PAUSE = timedelta(seconds=1)


def work(*, worker: str, clock: Clock, stop: Event, queue: str | None = None) -> None:
    """Do jobs until ``stop`` is set; the job at hand is finished first."""
    log.info("worker began", extra={"reference": worker})
    while not stop.is_set():
        try:
            actions.enqueue_recurring(at=clock())
            was_busy = work_once(worker=worker, clock=clock, queue=queue)
        except (OperationalError, InterfaceError):
            log.exception("the database did not answer; the worker waits and tries again")
            connection.close()
            was_busy = False
        if not was_busy:
            stop.wait(PAUSE.total_seconds())
    log.info("worker stopped", extra={"reference": worker})


def drain(*, worker: str, clock: Clock, queue: str | None = None) -> int:
    """Do every job that is due, and return how many were done."""
    count = 0
    while work_once(worker=worker, clock=clock, queue=queue):
        count += 1
    return count


def work_once(*, worker: str, clock: Clock, queue: str | None = None) -> bool:
    """Claim one job and do it. False when none is due."""
    job = actions.claim(worker=worker, at=clock(), queue=queue)
    if job is None:
        return False
    with _heart(job, clock=clock):
        _attempt(job, clock=clock)
    return True


def _attempt(job: Job, *, clock: Clock) -> None:
    try:
        answer = normalize_json(_call(task_of(job), job))
    except Exception as error:
        is_ours = actions.fail(job, kind=get_module_path(type(error)), places=_places(error), at=clock())
        log.exception("job failed", extra={"job": job.pk, "attempt": job.attempts})
    else:
        is_ours = actions.finish(job, answer=answer, at=clock())
    if not is_ours:
        log.warning("job was taken over while this worker was at it", extra={"job": job.pk, "attempt": job.attempts})


def _call(task: Task[..., object], job: Job) -> object:
    args, kwargs = job.arguments.get("args", []), job.arguments.get("kwargs", {})
    if task.takes_context:
        return task.call(TaskContext(task_result=task.get_backend().get_result(str(job.pk))), *args, **kwargs)
    return task.call(*args, **kwargs)


def _places(error: Exception) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]


@contextmanager
def _heart(job: Job, *, clock: Clock) -> Iterator[None]:
    """Beat while the job is done, on a connection of its own."""
    stop = Event()
    thread = Thread(target=_beat, kwargs={"job": job, "clock": clock, "stop": stop}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def _beat(*, job: Job, clock: Clock, stop: Event) -> None:
    try:
        while not stop.wait(BEAT.total_seconds()):
            try:
                actions.keep_alive(job, at=clock())
            except (OperationalError, InterfaceError):
                log.warning("a heart beat was not written; the next one will be", extra={"job": job.pk})
    finally:
        connection.close()
