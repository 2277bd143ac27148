"""Telling a family on another way that we could not reach them on one: that alone, once, and never what was to be said.

docs/decisions/0024-lanes-and-another-way.md says what is never told so, and why.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kinline.correspondence.outbox import actions as outbox
from kinline.correspondence.outbox import queries as sending
from kinline.intake import messages, threads
from kinline.intake.actions.hear import MESSAGE
from kinline.intake.models import Conversation
from kinline.intake.standing import Why
from kinrules import limits
from kinrules.terms import Channel

KEY = "unreached"
IN_WRITING = frozenset(messages.UNREACHED)


def tell_otherwise(*, at: datetime) -> int:
    """Tell every family that a message of ours does not reach and that has another proven way; return how many."""
    unreached = _unreached(at=at)
    return sum(_tell(held, besides=frozenset(unreached), at=at) for held in unreached.values())


def _unreached(*, at: datetime) -> dict[int, Conversation]:
    """Conversations of an enquiry in which a message of ours did not arrive, or waits for too long, by their keys."""
    before = at - timedelta(minutes=limits.on(timezone.localdate(at), "unreached_minutes"))
    found = {}
    for message in (*sending.dead(), *sending.late(before=before)):
        held = None if (message.once or "").startswith(KEY) else threads.conversation_of(message)
        if held is not None and held.enquiry_id is not None and held.channel in IN_WRITING:
            found[held.pk] = held
    return found


@transaction.atomic
def _tell(held: Conversation, *, besides: frozenset[int], at: datetime) -> bool:
    """Write one sentence to the way on which the family spoke last; once, until they are heard here again."""
    ways = [each for each in threads.beside(held) if each.pk not in besides and _may_carry(each, instead_of=held)]
    once = f"{KEY}:{held.pk}:{_last_proof(held)}"
    if not ways or sending.under(once) is not None:
        return False
    way = max(ways, key=lambda each: (each.said_at, each.pk))
    said = messages.unreached(Channel(held.channel), language=threads.language(way))
    words = outbox.Words(
        text=said.text, language=said.language, subject=said.subject if way.channel == Channel.EMAIL else ""
    )
    to = outbox.Place(channel=way.channel, account=way.account, address=way.address)
    outbox.write(words, to=to, at=at, once=once)
    return True


def _may_carry(way: Conversation, *, instead_of: Conversation) -> bool:
    """Another channel that takes a text, whose sender was proven, and who asked us neither to stop nor blocked us."""
    is_other = way.channel in IN_WRITING and way.channel != instead_of.channel
    return is_other and way.person != Why.BLOCKED and not threads.was_stopped(way) and _last_proof(way) > 0


def _last_proof(held: Conversation) -> int:
    """The key of the last thing heard for whose sender the channel vouches; 0 where there is none."""
    proven = threads.heard_from(held).filter(kind=MESSAGE, authenticated=True)
    return proven.order_by("-pk").values_list("pk", flat=True).first() or 0
