"""Wrong tries of a case code: after some, everybody waits, whether such a code exists or not."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kinline.enquiries.models import CodeTries
from kinrules import limits


@transaction.atomic
def note_wrong(code_hash: str, *, at: datetime) -> bool:
    """Count one wrong try; True if this was the one after which one waits."""
    tries, _is_new = CodeTries.objects.select_for_update().get_or_create(
        code_hash=code_hash, defaults={"tries": 0, "last_at": at}
    )
    wait = timedelta(minutes=limits.on(timezone.localdate(at), "code_wait_minutes"))
    if at - tries.last_at > wait:
        tries.tries = 0
    tries.tries += 1
    is_last = tries.tries >= limits.on(timezone.localdate(at), "code_tries")
    if is_last:
        tries.tries, tries.wait_until = 0, at + wait
    tries.last_at = at
    tries.save()
    return is_last


def note_right(code_hash: str) -> None:
    """The right answer came: forget the wrong ones."""
    CodeTries.objects.filter(code_hash=code_hash).update(tries=0)
