"""Whoever fell silent in the middle is reminded once; what was begun is kept as a draft for some days, then forgotten.

Only chats are reminded: who wrote a letter was promised a person, and nobody is called to be asked on. Nobody is
reminded for whom nobody vouches, nor anybody whom a person is to answer.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from kinline.correspondence.outbox import actions as outbox
from kinline.correspondence.outbox import queries as sending
from kinline.intake import scripts
from kinline.intake.actions.hear import MESSAGE
from kinline.intake.conversation import draft_is_over, is_unfinished, reminded
from kinline.intake.models import Conversation, Heard
from kinline.intake.scripts import Manner
from kinline.intake.standing import OPEN, State
from kinline.ledger import actions as ledger
from kinline.staff.queries import ENGINE
from kinrules import limits

REMINDED = (Manner.CHAT.value, Manner.SHORT.value)


def remind(*, at: datetime) -> int:
    """Remind everybody who has been silent for as long as the question that waits allows; return how many."""
    return sum(_remind(held.pk, at=at) for held in _silent(at=at).only("pk"))


def forget_old(*, at: datetime) -> int:
    """Forget what was begun and not touched for ``draft_days``, unless a person is to look at it; return how much."""
    days = limits.on(timezone.localdate(at), "draft_days")
    old = Conversation.objects.filter(person="", said_at__lte=at - timedelta(days=days))
    return sum(_forget(held.pk, days=days, at=at) for held in old.only("pk"))


def _silent(*, at: datetime) -> QuerySet[Conversation]:
    """Conversations in the middle that may have to be reminded, the longest silent first."""
    questions = [each for each in scripts.named(scripts.ENQUIRY).questions if each.remind_after_hours]
    soonest = timedelta(hours=min(each.remind_after_hours for each in questions))
    vouched_for = Heard.objects.filter(
        address=OuterRef("address"),
        item__channel=OuterRef("channel"),
        item__account=OuterRef("account"),
        authenticated=True,
        kind=MESSAGE,
    )
    waiting = Conversation.objects.filter(
        Exists(vouched_for),
        person="",
        said_at__lte=at - soonest,
        standing__reminded=False,
        standing__abilities__manner__in=REMINDED,
        standing__step__in=[each.name for each in questions],
    )
    return waiting.order_by("said_at", "pk")


@transaction.atomic
def _remind(pk: int, *, at: datetime) -> bool:
    held = Conversation.objects.select_for_update().get(pk=pk)
    state, silence = State.read(held.standing), at - held.said_at
    hours = int(silence.total_seconds() // 3600)
    state, says = reminded(state, hours=hours, on=timezone.localdate(at))
    if held.person or not says:
        return False
    held.standing = state.written()
    held.save(update_fields=["standing"])
    to = outbox.Place(channel=held.channel, account=held.account, address=held.address)
    for place, say in enumerate(says):
        words = outbox.Words(text=say.text, language=say.language, choices=say.choices)
        outbox.write(words, to=to, at=at, once=f"{_once(held)}:{place}")
    return True


@transaction.atomic
def _forget(pk: int, *, days: int, at: datetime) -> bool:
    """Forget a draft; a case that the family has beside it stays open to it."""
    held = Conversation.objects.select_for_update().get(pk=pk)
    state, reminder = State.read(held.standing), sending.under(f"{_once(held)}:0")
    last = max(held.said_at, reminder.written_at) if reminder is not None else held.said_at
    is_over = draft_is_over(last_said=timezone.localdate(last), on=timezone.localdate(at), days=days)
    # A letter without a name was given a code, by which its sender may come back.
    if held.person or not is_unfinished(state) or state.draft_hash or not is_over:
        return False
    ledger.append(kind="conversation.forget", subject=ledger.reference(held), actor=ENGINE, at=at, facts={})
    if held.enquiry_id is None:
        held.delete()
        return True
    fresh = State(script=state.script, abilities=state.abilities, language=state.language, step=OPEN)
    held.standing = fresh.written()
    held.save(update_fields=["standing"])
    return True


def _once(held: Conversation) -> str:
    """By which the reminder of this silence is known."""
    return f"reminder:{held.pk}:{int(held.said_at.timestamp())}"
