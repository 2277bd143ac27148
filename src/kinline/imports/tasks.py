"""Work in the background: check a register, add its good rows. The worker is a door, so it may read the clock."""

from dataclasses import replace
from uuid import UUID

from django.utils import timezone
from django_tasks import task

from kinline.imports import actions, queries
from kinline.imports.models import Batch
from kinline.staff import queries as staff
from kinline.staff.models import Officer
from kinline.tables.refusal import TableRefused
from kinrules.states import import_batch as states


@task
def check_batch(*, batch: str) -> int:
    """Check every row of a register; answers with how many were checked. Begun again, it goes on where it was."""
    found = Batch.objects.get(pk=UUID(batch))
    if found.state != states.CHECKING:
        return found.checked_rows
    actor, at = _requester(found), timezone.now()
    try:
        actions.check_rows(found, actor=actor, at=at)
    except TableRefused as refused:
        facts = dict(refused.facts)
        actions.refuse(found, code=refused.code, facts=facts, says=refused.says, actor=actor, at=timezone.now())
    return found.checked_rows


@task
def add_batch(*, batch: str) -> int:
    """Add the rows of a register that are ready; answers with how many records there are from it now."""
    found = Batch.objects.get(pk=UUID(batch))
    if found.state != states.ADDING:
        return queries.counts(found).added
    return actions.add_rows(found, actor=_requester(found), at=timezone.now())


def _requester(batch: Batch) -> staff.Acting:
    """The officer who asked for the work; that they were on duty was checked then, and the work may outlast it."""
    officer = Officer.objects.get(pk=batch.requested_by.removeprefix("officer:"))
    return replace(staff.acting(officer, on=timezone.localdate(timezone.now())), on_duty=True)
