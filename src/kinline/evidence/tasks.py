"""Work in the background: making documents ready to be shown. The worker is a door, so it may read the clock."""

from django.utils import timezone
from django_tasks import task

from kinline.evidence import actions


@task
def make_ready(*, digest: str) -> str:
    """Make the pictures of one document; says what came of it."""
    row = actions.make_ready(digest, at=timezone.now())
    return "" if row is None else f"{row.status} {row.trouble}".strip()
