"""Holding the conversation: what was heard leads to what is kept, and to what we say, in one transaction."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kinline.correspondence.outbox import actions as outbox
from kinline.intake import scripts
from kinline.intake.actions.hear import MESSAGE
from kinline.intake.carrying import Carried, carry_out
from kinline.intake.conversation import begin, step
from kinline.intake.models import Attachment, Conversation, Heard
from kinline.intake.standing import Abilities, Said, State, Turn
from kinline.staff.queries import FAMILY


@transaction.atomic
def converse(heard: Heard, *, abilities: Abilities, phone: str = "", at: datetime) -> int:
    """Answer what was heard in the conversation that its sender holds with us; return how many messages we say.

    Nothing is said where the channel does not vouch for the sender, for an automatic letter, or for what was heard
    before under another name; all that waits for a person as it is. ``phone`` is the sender's own number, where the
    channel vouches for that. Heard a second time, the same message says nothing new.
    """
    if heard.kind != MESSAGE or not heard.address or not heard.authenticated or heard.repeats_id is not None:
        return 0
    kept = _kept(heard)
    turn = _turn(heard, kept, abilities=replace(abilities, address=heard.address), phone=phone, at=at)
    enquiry = kept.enquiry if kept else None
    carried = carry_out(turn, enquiry=enquiry, actor=FAMILY, at=at, ticket=f"heard:{heard.pk}")
    _keep(heard, kept, carried, at=at)
    for place, say in enumerate(carried.says):
        words = outbox.Words(
            text=say.text,
            language=say.language,
            subject=say.subject,
            choices=say.choices,
            answers=heard.wire_id if place == 0 else "",
        )
        to = outbox.Place(channel=heard.item.channel, account=heard.item.account, address=heard.address)
        outbox.write(words, to=to, at=at, once=f"heard:{heard.pk}:{place}")
    return len(carried.says)


def _kept(heard: Heard) -> Conversation | None:
    """The sender's conversation, held for this transaction alone."""
    item = heard.item
    found = Conversation.objects.select_for_update().filter(channel=item.channel, account=item.account)
    return found.filter(address=heard.address).first()


def _turn(heard: Heard, kept: Conversation | None, *, abilities: Abilities, phone: str, at: datetime) -> Turn:
    on = timezone.localdate(at)
    said = Said(
        text=heard.text,
        answer=heard.answer,
        contact=phone,
        attachments_count=Attachment.objects.filter(heard=heard).count(),
        language=heard.language,
        subject=heard.subject,
        whole="\n".join(filter(None, (heard.text, heard.quoted))),
    )
    if kept is None:
        return begin(scripts.ENQUIRY, abilities, language=heard.language, on=on, first=said)
    state = State.read(kept.standing)
    return step(replace(state, abilities=abilities), said, on=on)


def _keep(heard: Heard, kept: Conversation | None, carried: Carried, *, at: datetime) -> None:
    held = kept or Conversation(
        channel=heard.item.channel, account=heard.item.account, address=heard.address, begun_at=at
    )
    held.standing, held.enquiry, held.said_at = carried.state.written(), carried.enquiry, at
    if carried.person is not None:
        due = at + timedelta(minutes=carried.minutes) if carried.minutes else None
        # An earlier hour stands: whoever was promised a person within minutes is not put off by a later word.
        earlier = held.person_due_at
        held.person, held.person_due_at = carried.person.value, min(filter(None, (earlier, due)), default=None)
    held.save()
