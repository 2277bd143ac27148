"""Holding the conversation: what was heard leads to what is kept, and to what we say, in one transaction."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from kinline.correspondence.outbox import actions as outbox
from kinline.enquiries import danger
from kinline.intake import queries, scripts
from kinline.intake.actions import files, forget
from kinline.intake.actions.hear import MESSAGE, clean
from kinline.intake.actions.hear import Said as Spoken
from kinline.intake.carrying import Carried, carry_out
from kinline.intake.conversation import begin, step
from kinline.intake.models import Attachment, Conversation, Heard
from kinline.intake.standing import Abilities, Said, State, Turn, Why
from kinline.staff.queries import FAMILY
from kinrules import limits
from kinrules.terms import Channel


@transaction.atomic
def converse(heard: Heard, spoken: Spoken, *, abilities: Abilities, at: datetime) -> int:
    """Answer what was heard in the conversation that its sender holds with us; return how many messages we say.

    Nothing is said to an automatic letter, and nothing new to what was heard before. Where the channel does not vouch
    for the sender, a person is called in instead: somebody may write in another's name, and may as well be in danger.
    ``spoken`` are the words as they came, codes and all, which are not kept. Of an album the first part is answered,
    and any other that brings words.
    """
    if heard.kind != MESSAGE or not heard.address or heard.repeats_id is not None:
        return 0
    if not heard.authenticated:
        _leave_to_a_person(heard, abilities, at=at)
        return 0
    if queries.continues_album(heard):
        files.take_back(heard, at=at)
        return 0
    kept = _kept(heard)
    turn = _turn(heard, spoken, kept, abilities=abilities.met_at(heard.address), at=at)
    enquiry = kept.enquiry if kept else None
    carried = carry_out(turn, enquiry=enquiry, actor=FAMILY, at=at, ticket=f"heard:{heard.pk}")
    held = _keep(heard, kept, carried, at=at)
    for place, say in enumerate(carried.says):
        words = outbox.Words(
            text=say.text,
            language=say.language,
            subject=say.subject,
            choices=say.choices,
            answers=heard.wire_id if place == 0 else "",
        )
        here = outbox.Place(channel=heard.item.channel, account=heard.item.account, address=heard.address)
        by_sms = outbox.Place(channel=Channel.SMS.value, address=say.sms_to)
        outbox.write(words, to=by_sms if say.sms_to else here, at=at, once=f"heard:{heard.pk}:{place}")
    if carried.deletes_papers:
        forget.delete_papers(held, answers=heard.wire_id, once=f"papers:{heard.pk}", at=at)
    return len(carried.says) + carried.deletes_papers


def _kept(heard: Heard) -> Conversation | None:
    """The sender's conversation, held for this transaction alone."""
    item = heard.item
    found = Conversation.objects.select_for_update().filter(channel=item.channel, account=item.account)
    return found.filter(address=heard.address).first()


def _turn(heard: Heard, spoken: Spoken, kept: Conversation | None, *, abilities: Abilities, at: datetime) -> Turn:
    on = timezone.localdate(at)
    text = clean(spoken.text)
    said = Said(
        text=text,
        answer=heard.answer,
        contact=heard.phone,
        # Only what is in our hands is acknowledged: a file may still lie with the channel, under its name there.
        attachments_count=Attachment.objects.filter(heard=heard).exclude(digest="").count(),
        language=heard.language,
        subject=clean(spoken.subject),
        whole="\n".join(filter(None, (text, clean(spoken.quoted)))),
        edited=heard.is_edit,
    )
    if kept is None:
        return begin(scripts.ENQUIRY, abilities, language=heard.language, on=on, first=said)
    state = State.read(kept.standing)
    return step(replace(state, abilities=abilities), said, on=on)


def _keep(heard: Heard, kept: Conversation | None, carried: Carried, *, at: datetime) -> Conversation:
    held = kept or Conversation(
        channel=heard.item.channel, account=heard.item.account, address=heard.address, begun_at=at
    )
    held.standing, held.enquiry, held.said_at = carried.state.written(), carried.enquiry, at
    if carried.person is not None:
        call_in(held, carried.person, minutes=carried.minutes, at=at)
    held.save()
    return held


def _leave_to_a_person(heard: Heard, abilities: Abilities, *, at: datetime) -> None:
    """Put what an unproven sender said before a person. A conversation held with this address stays as it is."""
    on, item = timezone.localdate(at), heard.item
    unanswered = begin(scripts.ENQUIRY, abilities.met_at(heard.address), language=heard.language, on=on)
    held = _kept(heard) or Conversation(
        channel=item.channel,
        account=item.account,
        address=heard.address,
        begun_at=at,
        standing=unanswered.state.written(),
    )
    in_danger = danger.heard(heard.subject, heard.text)
    why = Why.DANGER if in_danger else Why.UNPROVEN
    call_in(held, why, minutes=limits.on(on, "danger_minutes") if in_danger else 0, at=at)
    held.said_at = at
    held.save()


def call_in(held: Conversation, why: Why, *, minutes: int, at: datetime) -> None:
    """Call a person in. Danger and an earlier hour stand: nobody in danger is put off by a later word."""
    due = at + timedelta(minutes=minutes) if minutes else None
    held.person = held.person if held.person == Why.DANGER.value else why.value
    held.person_due_at = min(filter(None, (held.person_due_at, due)), default=None)
