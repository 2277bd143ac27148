"""Writing down what was said by telephone: an officer has listened, and from then on it is searched and read."""

from dataclasses import replace
from datetime import datetime

from django.db import transaction

from kinline.correspondence.outbox import actions as outbox
from kinline.enquiries import actions as enquiries
from kinline.enquiries.actions.add import LONGEST
from kinline.enquiries.models import Enquiry
from kinline.intake import answers, making, threads, waiting
from kinline.intake.actions.hear import MESSAGE
from kinline.intake.carrying import Carried, carry_out
from kinline.intake.conversation import Turn, going
from kinline.intake.models import Attachment, Conversation, Transcript
from kinline.intake.standing import State, Why
from kinline.ledger import actions as ledger
from kinline.staff.queries import FAMILY
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.terms import Channel


@transaction.atomic
def write_down(recording: Attachment, words: str, *, actor: ledger.Named, at: datetime) -> Transcript:
    """Keep what an officer heard in a recording, once, and put it where it belongs.

    The name of somebody sought stands in the case from then on, and is searched; where the call broke off before its
    end, the enquiry is received now. Anything else is added to the enquiry.

    Raises:
        Refused: not permitted, no words, written down already, or a name that is none.
    """
    held = threads.conversation_in(recording)
    permissions.require(Permission.RECORDING_WRITE, actor, held)
    heard = " ".join(words.split())
    if not heard:
        raise Refused("recording.no-words", "what was heard is empty")
    ledger.hold(held)
    if Transcript.objects.filter(attachment=recording).exists():
        raise Refused("recording.written", "somebody has written it down already")
    _put(recording, held, heard, actor=actor, at=at)
    written = Transcript.objects.create(attachment=recording, words=heard, written_at=at)
    if held.person == Why.RECORDED.value and not waiting.recordings_of(held).exists():
        held.person, held.person_due_at = "", None
    held.save()
    facts = {"file": recording.pk, "digest": recording.digest}
    ledger.append(kind="conversation.write_down", subject=ledger.reference(held), actor=actor, at=at, facts=facts)
    return written


def _put(recording: Attachment, held: Conversation, heard: str, *, actor: ledger.Named, at: datetime) -> None:
    enquiry, state = held.enquiry, State.read(held.standing)
    if enquiry is None and state.answers.get("name") == making.NAME_BY_VOICE:
        carried = _received(recording, state, heard, at=at)
        held.enquiry, held.standing = carried.enquiry, carried.state.written()
    elif enquiry is not None and enquiry.case.sought_name == making.NAME_BY_VOICE:
        _require_a_name(heard)
        enquiries.describe(enquiry.case, {"sought_name": heard}, actor=actor, at=at)
    elif enquiry is not None:
        _add(recording, enquiry, heard, actor=actor, at=at)


def _received(recording: Attachment, state: State, heard: str, *, at: datetime) -> Carried:
    """The enquiry of a call that broke off: the line is dead, so only what goes by SMS is still said."""
    _require_a_name(heard)
    named = replace(state, answers={**state.answers, "name": heard})
    ended = going.finished(named)
    turn = Turn(ended.state, (), ended.outcome)
    carried = carry_out(turn, enquiry=None, actor=FAMILY, at=at, ticket=f"written:{recording.pk}")
    for place, say in enumerate(each for each in carried.says if each.sms_to):
        to = outbox.Place(channel=Channel.SMS.value, address=say.sms_to)
        words = outbox.Words(text=say.text, language=say.language)
        outbox.write(words, to=to, at=at, once=f"written:{recording.pk}:{place}")
    return carried


def _add(recording: Attachment, enquiry: Enquiry, heard: str, *, actor: ledger.Named, at: datetime) -> None:
    for number, part in enumerate(answers.split(heard, LONGEST), 1):
        enquiries.add(
            enquiry,
            MESSAGE,
            part,
            actor=actor,
            at=at,
            channel=Channel.TELEPHONE,
            ticket=f"written:{recording.pk}.{number}",
        )


def _require_a_name(heard: str) -> None:
    if not answers.name(heard).understood:
        raise Refused("recording.no-name", "this can be no name")
