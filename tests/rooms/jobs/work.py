"""Tasks for the tests of the room: they do as little as a task can."""

import time
from pathlib import Path

from django_tasks import TaskContext, task

from kinline.jobs import actions


@task
def write_line(path: str, line: str) -> int:
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    return len(line)


@task
def break_down() -> None:
    raise ValueError("Ковальчук Тарас")


@task(takes_context=True)
def count_to(context: TaskContext, total: int) -> None:
    for done in range(1, total + 1):
        actions.report(context.task_result.id, done=done, total=total)


@task
def sleep_on_the_first_attempt(path: str) -> None:
    """The first attempt never ends; a later one leaves its mark."""
    marks = Path(path)
    if marks.exists():
        marks.write_text("done")
        return
    marks.write_text("begun")
    time.sleep(600)


not_a_task = "a string"
