"""Tasks of the house itself. The worker is a door, so they may read the clock."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from django_tasks import task

from kinline.enquiries.actions import draft
from kinline.intake.actions import otherwise, silence
from kinline.jobs import actions

KEPT = timedelta(days=30)


@task
def forget_finished_jobs() -> int:
    """Delete the rows of jobs done more than a month ago."""
    return actions.forget_finished(before=timezone.now() - KEPT)


@task
def forget_ended_sessions() -> None:
    """Delete sessions that have ended."""
    call_command("clearsessions")


@task
def forget_old_drafts() -> int:
    """Delete enquiries that were never sent, once the limit ``draft_days`` has passed."""
    now = timezone.now()
    return draft.forget_old(at=now) + silence.forget_old(at=now)


@task
def remind_the_silent() -> int:
    """Remind families who fell silent in the middle of a chat, once each."""
    return silence.remind(at=timezone.now())


@task
def tell_otherwise() -> int:
    """Tell families whom a message of ours does not reach on another way of theirs that it does not."""
    return otherwise.tell_otherwise(at=timezone.now())
