"""Work in the background: indexes, searches, learning. The worker is a door, so it may read the clock."""

from dataclasses import asdict, replace
from typing import Any
from uuid import UUID

from django.utils import timezone
from django_tasks import TaskContext, task

from kinline.jobs import actions as jobs
from kinline.matching import actions, engine
from kinline.matching.engine.kernels import Progress
from kinline.staff import queries as staff
from kinline.staff.models import Officer
from kinrules.refusal import Refused

STEP = 250


@task
def search_due() -> dict[str, int]:
    """Search for every person sought whose case is due, and for all others what the register has new."""
    return asdict(actions.search_due(at=timezone.now()))


@task(takes_context=True)
def search_all(context: TaskContext) -> dict[str, int]:
    """Search every open case over the whole register, which finds what a search for the new may have left out."""
    return asdict(actions.search_all(at=timezone.now(), progress=_shown(context)))


@task(takes_context=True)
def renew_index(context: TaskContext) -> dict[str, int]:
    """Compile the engine, and build the indexes, or merge what was added to them, where that is due."""
    engine.warm()
    return engine.renew(_shown(context))


@task(takes_context=True)
def learn(context: TaskContext, *, officer: str) -> dict[str, Any]:
    """Learn from this bureau's work and keep what was learnt, for an officer to read and accept."""
    lesson = actions.learn(at=timezone.now(), progress=_shown(context))
    try:
        kept = actions.keep_learnt(lesson, actor=_requester(officer), at=timezone.now())
    except Refused as refused:
        return {"refused": refused.code, "too_little": list(lesson.too_little)}
    return {"learnt": kept.digest, "too_little": list(lesson.too_little)}


def _requester(officer: str) -> staff.Acting:
    """The officer who asked for the work; that they were on duty was checked then, and the work may outlast it."""
    found = Officer.objects.get(pk=UUID(officer))
    return replace(staff.acting(found, on=timezone.localdate(timezone.now())), on_duty=True)


def _shown(context: TaskContext) -> Progress:
    """How far the job has come, written to its row now and then."""
    job = context.task_result.id

    def report(done: int, whole: int) -> None:
        if done % STEP == 0 or done == whole:
            jobs.report(job, done=done, total=whole)

    return report
