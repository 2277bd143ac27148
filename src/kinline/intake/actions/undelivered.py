"""A message of ours that did not arrive, as its channel tells: it is laid before a person."""

from datetime import datetime

from django.db import transaction

from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import actions as outbox
from kinline.intake.models import Heard


@transaction.atomic
def note_undelivered(heard: Heard, *, at: datetime) -> bool:
    """Tie a report to the message that failed. False where it is about none of ours, or was known."""
    if not heard.about:
        return False
    item = heard.item
    # A code by SMS to somebody who calls is written from no account: the call came to another line.
    accounts = {item.account, ""}
    found = Outgoing.objects.filter(channel=item.channel, account__in=accounts, sent_as=heard.about)
    noted = [outbox.not_delivered(message, at=at, item=item.pk) for message in found]
    return any(noted)
