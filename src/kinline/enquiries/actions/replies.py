"""Replying to a family: the words as they were said or sent, the move they make, and that there was contact."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from kinline.enquiries import fate, replies
from kinline.enquiries.actions import moves, rows, work
from kinline.enquiries.models import ContactLog, Enquiry, Reply
from kinline.enquiries.queries import desk as queries
from kinline.ledger import actions as ledger
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.terms import AnswerKind, Channel


@dataclass(frozen=True, kw_only=True)
class Chosen:
    """What the officer chose on the reply page. ``checked``: read again, the own words tell nothing of a fate."""

    template: str
    language: str
    channel: str
    detail: str = ""
    day: date | None = None
    own_words: str = ""
    checked: bool = False


def preview(chosen: Chosen, *, at: datetime) -> replies.Filled:
    """The reply as the family would get it.

    Raises:
        Refused: a day or a question is missing.
    """
    return replies.fill(
        replies.named(chosen.template),
        language=chosen.language,
        at=at,
        short=chosen.channel == Channel.SMS,
        detail=chosen.detail,
        chosen=chosen.day,
        own_words=chosen.own_words,
    )


@transaction.atomic
def reply(enquiry: Enquiry, chosen: Chosen, *, actor: ledger.Named, at: datetime, version: int | None = None) -> Reply:
    """Record a reply with what follows from it: the move, the promise, the contact. Nothing is sent from here.

    Raises:
        Refused: not permitted, not possible now, changed since, or the own words may tell somebody's fate.
    """
    permissions.require(Permission.ENQUIRY_ANSWER, actor, enquiry)
    _read_again(chosen)
    template, filled = replies.named(chosen.template), preview(chosen, at=at)
    rows.hold(enquiry, version=version)
    if not template.move and not queries.is_open(enquiry):
        raise Refused("enquiry.not-open", f"an enquiry that is {enquiry.state} gets no such reply")
    _make_move(enquiry, template, filled, actor=actor, at=at)
    written = Reply.objects.create(
        enquiry=enquiry,
        template=template.name,
        language=filled.language,
        channel=chosen.channel,
        words=filled.words,
        promise_on=filled.promise_on,
        written_by=actor.reference,
        written_at=at,
    )
    facts = {"reply": written.pk, "template": template.name, "channel": chosen.channel}
    ledger.append(kind="enquiry.reply", subject=ledger.reference(enquiry), actor=actor, at=at, facts=facts)
    log_contact(enquiry, channel=chosen.channel, reached=template.reached, actor=actor, at=at)
    work.read_additions(enquiry, actor=actor, at=at)
    work.end_lease(enquiry, actor=actor)
    return written


@transaction.atomic
def log_contact(enquiry: Enquiry, *, channel: str, reached: bool, actor: ledger.Named, at: datetime) -> ContactLog:
    """Write that the bureau contacted the family; they can check it under "Did we contact you?"."""
    permissions.require(Permission.ENQUIRY_ANSWER, actor, enquiry)
    officer = rows.officer_behind(actor)
    contact = ContactLog.objects.create(
        enquiry=enquiry, channel=channel, reached=reached, by_officer=officer, contacted_at=at
    )
    facts = {"contact": contact.pk, "channel": channel, "reached": reached}
    ledger.append(kind="enquiry.contact", subject=ledger.reference(enquiry), actor=actor, at=at, facts=facts)
    return contact


def _read_again(chosen: Chosen) -> None:
    if not chosen.own_words.strip():
        return
    if fate.may_be_told_by(chosen.own_words):
        raise Refused("reply.fate", "the own words may tell somebody's fate")
    if not chosen.checked:
        raise Refused("reply.not-checked", "own words are read again before they are used")


def _make_move(
    enquiry: Enquiry, template: replies.Template, filled: replies.Filled, *, actor: ledger.Named, at: datetime
) -> None:
    if template.move == "answer_for_now":
        moves.answer_for_now(enquiry, words=filled.words, actor=actor, at=at, next_look_on=filled.promise_on)
    elif template.move == "ask_family":
        moves.ask_family(enquiry, actor=actor, at=at, promise_on=filled.promise_on)
    elif template.move == "offer_call":
        moves.offer_call(enquiry, actor=actor, at=at, promise_on=filled.promise_on)
    elif template.move == "answer":
        moves.answer(enquiry, kind=AnswerKind(template.answer), words=filled.words, actor=actor, at=at)
    else:
        rows.keep(enquiry, promise_on=filled.promise_on or enquiry.promise_on, last_told_at=at)
