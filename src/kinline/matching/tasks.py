"""Work in the background: search every case that is due. The worker is a door, so it may read the clock."""

from django.utils import timezone
from django_tasks import task

from kinline.matching import actions


@task
def search_due() -> dict[str, int]:
    """Search the register for every person sought whose case is due."""
    searched = actions.search_due(at=timezone.now())
    return {"cases": searched.cases, "proposals": searched.proposals, "records": searched.records}
