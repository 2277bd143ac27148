"""How fast a wire may be spoken to. A channel without limits in the law library is not held back.

The limits are ``<channel>_per_second`` for all addresses together and ``<channel>_per_second_to_one`` for each.
"""

from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from kinline.correspondence.models import Outgoing, Pause
from kinrules import limits

SECOND = timedelta(seconds=1)


def held_back(*, at: datetime) -> Q:
    """Which messages must wait at ``at`` for the sake of their wire, as a condition on them."""
    waits = Q(pk__in=[])
    for channel, account in Pause.objects.filter(until__gt=at).values_list("channel", "account"):
        waits |= Q(channel=channel, account=account)
    lately = Outgoing.objects.filter(attempted_at__gt=at - SECOND, attempted_at__lte=at).order_by()
    for channel in _limited():
        waits |= _busy_accounts(lately.filter(channel=channel), channel, at=at)
        waits |= _busy_addresses(lately.filter(channel=channel), channel, at=at)
    return waits


def _limited() -> list[str]:
    return [name.removesuffix("_per_second") for name in limits.every() if name.endswith("_per_second")]


def _busy_accounts(lately: QuerySet[Outgoing], channel: str, *, at: datetime) -> Q:
    most = limits.on(timezone.localdate(at), f"{channel}_per_second")
    counted = lately.values("account").annotate(sent=Count("pk")).filter(sent__gte=most)
    return Q(channel=channel, account__in=[row["account"] for row in counted])


def _busy_addresses(lately: QuerySet[Outgoing], channel: str, *, at: datetime) -> Q:
    name = f"{channel}_per_second_to_one"
    if name not in limits.every():
        return Q(pk__in=[])
    most = limits.on(timezone.localdate(at), name)
    counted = lately.values("address").annotate(sent=Count("pk")).filter(sent__gte=most)
    return Q(channel=channel, address__in=[row["address"] for row in counted])
