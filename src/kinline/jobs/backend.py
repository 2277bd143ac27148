"""The ``django_tasks`` API over rows of work: ``task.enqueue(...)`` writes a row, ``task.get_result(id)`` reads it."""

from typing import Any

from django.utils.module_loading import import_string
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskError
from django_tasks.exceptions import TaskResultDoesNotExist
from django_tasks.utils import normalize_json

from kinline.jobs import actions
from kinline.jobs.models import Job

STATUS = {
    Job.Status.READY: TaskResultStatus.READY,
    Job.Status.RUNNING: TaskResultStatus.RUNNING,
    Job.Status.DONE: TaskResultStatus.SUCCESSFUL,
    Job.Status.DEAD: TaskResultStatus.FAILED,
}


def task_of(job: Job) -> Task[..., Any]:
    """The task a job calls.

    Raises:
        LookupError: the path leads to something that is no task, or nowhere.
    """
    try:
        found = import_string(job.task)
    except ImportError as error:
        raise LookupError(f"job {job.pk} calls {job.task!r}, which is not there") from error
    if not isinstance(found, Task):
        raise LookupError(f"job {job.pk} calls {job.task!r}, which is no task")
    return found


class Rows(BaseTaskBackend):
    """Keeps tasks as rows, in the transaction of whoever asks for them."""

    supports_defer = True
    supports_get_result = True
    supports_priority = True

    def enqueue(self, task: Task[..., Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        self.validate_task(task)
        job = actions.enqueue(
            task=task.module_path,
            arguments={"args": normalize_json(args), "kwargs": normalize_json(kwargs)},
            queue=task.queue_name,
            priority=task.priority,
            run_after=task.run_after,
        )
        return self.result_of(job, task=task)

    def get_result(self, result_id: str) -> TaskResult[Any]:
        try:
            job = Job.objects.get(pk=result_id)
        except (Job.DoesNotExist, ValueError) as error:
            raise TaskResultDoesNotExist(result_id) from error
        return self.result_of(job, task=task_of(job))

    def result_of(self, job: Job, *, task: Task[..., Any]) -> TaskResult[Any]:
        """The row as the API's result."""
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=str(job.pk),
            status=STATUS[Job.Status(job.status)],
            enqueued_at=job.enqueued_at,
            started_at=job.started_at,
            finished_at=job.finished_at,
            last_attempted_at=job.attempted_at,
            args=job.arguments.get("args", []),
            kwargs=job.arguments.get("kwargs", {}),
            backend=self.alias,
            errors=[
                TaskError(exception_class_path=error["kind"], traceback="\n".join(error["places"]))
                for error in job.errors
            ],
            worker_ids=[job.worker] * job.attempts,
        )
        object.__setattr__(result, "_return_value", job.answer)
        return result
