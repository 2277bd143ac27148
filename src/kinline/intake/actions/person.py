"""What a person does in a conversation to which one was called: sees to it, answers in writing, finds its enquiry."""

from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext

from kinline.correspondence.masking import without_codes
from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import actions as outbox
from kinline.correspondence.outbox import queries as sending
from kinline.enquiries import actions as enquiries
from kinline.enquiries import fate, sms
from kinline.enquiries.actions.add import LONGEST
from kinline.enquiries.models import Enquiry
from kinline.intake import answers, messages, threads
from kinline.intake.actions.hear import MESSAGE
from kinline.intake.models import Conversation
from kinline.intake.standing import OPEN, State
from kinline.ledger import actions as ledger
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.terms import Channel, EvidenceKind

IN_WRITING = frozenset({Channel.TELEGRAM, Channel.EMAIL, Channel.SMS})
"""Channels on which a text can be sent."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """An officer's own words. ``checked``: read again, they tell neither what became of anybody nor any place."""

    words: str
    checked: bool = False


@transaction.atomic
def see_to(conversation: Conversation, *, seen: int, actor: ledger.Named, at: datetime) -> bool:
    """A person has answered or called: take the conversation off the list. False when it was off it already.

    ``seen`` is the key of the newest thing heard on the page that the officer read: whatever was said since keeps the
    conversation on the list.

    Raises:
        Refused: not permitted, or the family has said more since.
    """
    permissions.require(Permission.CONVERSATION_ANSWER, actor, conversation)
    ledger.hold(conversation)
    if threads.newest(conversation) > seen:
        raise Refused("conversation.said-more", "more was said since the officer opened the page")
    if not conversation.person:
        return False
    due = conversation.person_due_at
    facts = {
        "why": conversation.person,
        "heard": seen,
        "due_at": due.isoformat() if due else "",
        "late": _late(due, at),
    }
    conversation.person, conversation.person_due_at = "", None
    conversation.save(update_fields=["person", "person_due_at"])
    _note(conversation, "see_to", actor=actor, at=at, **facts)
    return True


@transaction.atomic
def reply(conversation: Conversation, said: Reply, *, once: str, actor: ledger.Named, at: datetime) -> Outgoing:
    """Answer on the same channel; the outbox sends it. The same ``once`` a second time finds the first message.

    Raises:
        Refused: not permitted, nothing can be written on this channel, or it does not carry these words.
    """
    permissions.require(Permission.CONVERSATION_ANSWER, actor, conversation)
    require_permitted(conversation, said.words)
    if not said.checked:
        raise Refused("conversation.not-checked", "words are read again before they are sent")
    ledger.hold(conversation)
    key = f"conversation:{conversation.pk}:{once}"
    before = sending.under(key)
    if before is not None:
        return before
    last = threads.heard_from(conversation).filter(kind=MESSAGE).last()
    language = threads.language(conversation)
    with translation.override(language):
        subject = gettext("A person of the bureau answers you")
    words = outbox.Words(
        text=said.words.strip(),
        language=language,
        subject=subject if conversation.channel == Channel.EMAIL else "",
        answers=last.wire_id if last else "",
    )
    to = outbox.Place(channel=conversation.channel, account=conversation.account, address=conversation.address)
    message = outbox.write(words, to=to, at=at, once=key)
    _note(conversation, "reply", actor=actor, at=at, outgoing=message.pk, digest=message.text_digest)
    return message


def require_permitted(conversation: Conversation, words: str) -> None:
    """Return if ``words`` may be sent on this channel.

    Raises:
        Refused: it carries no text; or the words tell what may be somebody's fate, hold a link, or are too many.
    """
    if conversation.channel not in IN_WRITING:
        raise Refused("conversation.not-in-writing", "no text can be sent on this channel")
    if not words.strip():
        raise Refused("conversation.no-words", "a reply needs words")
    if fate.may_be_told_by(words):
        raise Refused("reply.fate", "the words may tell somebody's fate")
    if conversation.channel != Channel.SMS:
        return
    if messages.LINK.search(words):
        raise Refused("conversation.link", "no link is sent by SMS")
    if sms.parts(words.strip()) > 1:
        raise Refused("conversation.too-long", "an SMS has one part", signs=f"{sms.length(words.strip())}")


@transaction.atomic
def join(conversation: Conversation, *, enquiry: Enquiry, reason: str, actor: ledger.Named, at: datetime) -> None:
    """This conversation belongs to ``enquiry``: what was said in it is added, and what follows will be.

    From then on its sender may ask how the enquiry stands, so ``reason`` says how the officer knows who they are.

    Raises:
        Refused: not permitted, it belongs to an enquiry already, or no reason is given.
    """
    permissions.require(Permission.CONVERSATION_JOIN, actor, conversation)
    ledger.hold(conversation)
    if conversation.enquiry_id is not None:
        raise Refused("conversation.joined", "the conversation belongs to an enquiry already")
    if not reason.strip():
        raise Refused("enquiry.no-reason", "a decision needs its reason")
    exhibit = ledger.attest(EvidenceKind.REASON, reason.strip(), subject=conversation, actor=actor, at=at)
    conversation.enquiry, conversation.standing = enquiry, _opened(conversation).written()
    conversation.save(update_fields=["enquiry", "standing"])
    _add_what_was_said(conversation, enquiry, actor=actor, at=at)
    _note(conversation, "join", actor=actor, at=at, enquiry=str(enquiry.pk), exhibit=str(exhibit.pk))


def _opened(conversation: Conversation) -> State:
    """Where a conversation stands that belongs to a case: nothing is asked any more."""
    state = State.read(conversation.standing)
    fresh = replace(state, step=OPEN, missed=0, back_to="", adding="", answers={}, notes=())
    return replace(fresh, code_hash="", draft_hash="")


def _add_what_was_said(conversation: Conversation, enquiry: Enquiry, *, actor: ledger.Named, at: datetime) -> None:
    """The tickets are those of the conversation itself, so that nothing is added twice."""
    for heard in threads.heard_from(conversation).filter(kind=MESSAGE, repeats=None, authenticated=True):
        parts = answers.split(without_codes(heard.text), LONGEST)
        for number, part in enumerate((part for part in parts if part.strip()), 1):
            enquiries.add(
                enquiry,
                MESSAGE,
                part,
                actor=actor,
                at=at,
                channel=Channel(conversation.channel),
                ticket=f"heard:{heard.pk}.{number}",
            )


def _late(due: datetime | None, at: datetime) -> bool:
    return due is not None and due < at


def _note(conversation: Conversation, verb: str, *, actor: ledger.Named, at: datetime, **facts: object) -> None:
    reference = ledger.reference(conversation)
    ledger.append(kind=f"conversation.{verb}", subject=reference, actor=actor, at=at, facts=facts)
