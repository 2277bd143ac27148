"""Noting whether a channel is heard: the machine that listens says after each try how it went."""

from datetime import datetime, timedelta

from kinline.intake.models import Ear

SELDOM = timedelta(minutes=1)
LONGEST_CODE = 40


def note_ear(*, channel: str, account: str, trouble: str, at: datetime) -> None:
    """Note that a channel was heard, or with ``trouble``, a code, that it was not; the same again is noted seldom."""
    known = Ear.objects.filter(channel=channel, account=account).first()
    code = trouble[:LONGEST_CODE]
    if known is not None and known.trouble == code and at - known.tried_at < SELDOM:
        return
    since = None if not code else at if known is None or known.failing_since is None else known.failing_since
    Ear.objects.update_or_create(
        channel=channel, account=account, defaults={"trouble": code, "failing_since": since, "tried_at": at}
    )
