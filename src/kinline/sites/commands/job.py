"""Look at the work in the background, and have a job tried again."""

from typing import Annotated

import typer
from django.utils import timezone

from kinline.jobs import actions, queries
from kinline.jobs.models import Job
from kinline.sites import console

app = typer.Typer(help="Work in the background.")


@app.command("list")
def list_jobs(
    *,
    dead: Annotated[bool, typer.Option(help="only those that gave up")] = False,
    limit: int = 50,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """List jobs, the newest first.

    kinline job list --dead

    kinline job list --json
    """
    jobs = (queries.dead() if dead else Job.objects.all()).order_by("-pk")[:limit]
    lines = [
        {
            "id": str(job.pk),
            "task": job.task,
            "status": job.status,
            "attempts": job.attempts,
            "done": job.done,
            "total": job.total,
        }
        for job in jobs
    ]
    if as_json:
        console.show_json(lines)
        return
    for line in lines:
        console.show("{id}  {status}  {task}  attempts {attempts}".format_map(line))


@app.command()
def retry(job: int) -> None:
    """Give a job that gave up its attempts back.

    kinline job retry 17
    """
    actions.retry(Job.objects.get(pk=job), at=timezone.now())
    console.say("The job is ready again.")
