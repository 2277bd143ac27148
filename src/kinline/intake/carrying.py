"""Carrying out what a turn of the conversation asks for: the one place where words become rows of an enquiry.

Whoever keeps conversations calls this between hearing and answering, and keeps what it returns in the same transaction.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from kinline.correspondence.masking import without_codes
from kinline.enquiries import actions, codes, contacts, promises
from kinline.enquiries.actions.add import LONGEST
from kinline.enquiries.models import Enquiry
from kinline.enquiries.queries import families
from kinline.intake import answers
from kinline.intake.conversation import added, closing, joined, opened, saying, standing
from kinline.intake.joining import open_case
from kinline.intake.scripts import Manner
from kinline.intake.standing import (
    OPEN,
    Adding,
    Deleting,
    Finished,
    Joining,
    Opening,
    Outcome,
    Say,
    State,
    Telling,
    Turn,
    Why,
)
from kinline.ledger import actions as ledger
from kinrules.terms import Channel

ANYTHING = "message"
SMS_LONGEST = 70


@dataclass(frozen=True)
class Carried:
    """What is kept and sent: where the conversation stands, what we say, and the enquiry it belongs to, if any yet.

    ``person`` calls one in, within ``minutes`` where that is set; ``deletes_papers`` from the chat, which is said when
    it is done.
    """

    state: State
    says: tuple[Say, ...]
    enquiry: Enquiry | None
    person: Why | None = None
    minutes: int = 0
    deletes_papers: bool = False


@dataclass(frozen=True)
class _Door:
    """Who speaks, when, in which enquiry so far, and the number by which a repeat is known."""

    actor: ledger.Named
    at: datetime
    enquiry: Enquiry | None
    ticket: str

    @property
    def on(self) -> date:
        return timezone.localdate(self.at)


@transaction.atomic
def carry_out(turn: Turn, *, enquiry: Enquiry | None, actor: ledger.Named, at: datetime, ticket: str) -> Carried:
    """Do what the turn asks for, and complete what we say.

    ``enquiry`` is the one that the conversation belongs to so far. ``ticket`` is the number of the message that was
    heard: carried out a second time, the same message makes nothing new.

    Raises:
        Refused: ``actor`` may not receive enquiries.
    """
    door = _Door(actor, at, enquiry, ticket)
    state, says, held = _carried(turn, door)
    outcome = turn.outcome
    return Carried(
        state=state,
        says=(*turn.says, *says),
        enquiry=held,
        person=outcome.person or (Why.NOT_UNDERSTOOD if _has_no_case(outcome, held) else None),
        minutes=outcome.minutes,
        deletes_papers=isinstance(outcome, Deleting),
    )


def _has_no_case(outcome: Outcome, enquiry: Enquiry | None) -> bool:
    """Whether something belongs to a case and none is known: a person finds out to which."""
    return isinstance(outcome, Adding | Telling) and enquiry is None


def _carried(turn: Turn, door: _Door) -> tuple[State, tuple[Say, ...], Enquiry | None]:
    state, outcome = turn.state, turn.outcome
    if isinstance(outcome, Finished):
        return _received(state, outcome, door)
    if isinstance(outcome, Joining):
        return _joined(state, outcome, door)
    if isinstance(outcome, Opening):
        code = codes.new()
        code_hash = families.hashed(code)
        return *opened(state, code=code, code_hash=code_hash, promise_on=promises.first_word(on=door.on)), None
    return state, _answered(state, outcome, door), door.enquiry


def _received(state: State, outcome: Finished, door: _Door) -> tuple[State, tuple[Say, ...], Enquiry]:
    """The enquiry with all that was said beside its answers. A code that a letter was given is not known any more."""
    received = actions.receive(
        outcome.intake,
        actor=door.actor,
        at=door.at,
        ticket=door.ticket,
        code_hash=outcome.code_hash or None,
    )
    enquiry = received.enquiry
    if received.again:  # the same message once more: its answer was sent, and the code is said once
        return replace(state, step=OPEN), (), enquiry
    _add(enquiry, ANYTHING, outcome.notes, state, door)
    facts = _Closing(
        code="" if outcome.code_hash else received.code,
        safe_word=received.safe_word,
        promise_on=enquiry.promise_on,
    )
    by_sms = _by_sms(state, outcome, facts)
    state, says = closing(state, **facts._asdict())
    return state, (*says, *by_sms), enquiry


class _Closing(NamedTuple):
    """What is said once at the end."""

    code: str
    safe_word: str
    promise_on: date


def _by_sms(state: State, outcome: Finished, facts: _Closing) -> tuple[Say, ...]:
    """Code and safe word to a caller's mobile telephone: whoever hears sixteen digits has seldom a pencil at hand."""
    number = next((way.value for way in reversed(outcome.intake.ways) if way.channel is Channel.TELEPHONE), "")
    if state.abilities.manner is not Manner.VOICE or not contacts.is_mobile(number):
        return ()
    able = replace(state.abilities, channel=Channel.SMS, manner=Manner.SHORT, longest=SMS_LONGEST)
    _state, says = closing(replace(state, abilities=able), **facts._asdict())
    return tuple(replace(say, sms_to=contacts.canonical(Channel.SMS, number)) for say in says)


def _joined(state: State, outcome: Joining, door: _Door) -> tuple[State, tuple[Say, ...], Enquiry | None]:
    """The case that code and check open, and how it stands; what was begun before is added to it."""
    tried = open_case(outcome, came_by=state.abilities, at=door.at)
    turn = joined(state, is_open=tried.enquiry is not None, must_wait=tried.must_wait, on=door.on)
    if tried.enquiry is None:
        return turn.state, turn.says, door.enquiry
    held = _Door(door.actor, door.at, tried.enquiry, door.ticket)
    more = _answered(turn.state, turn.outcome, held) if isinstance(turn.outcome, Adding) else ()
    how_it_stands = _standing(turn.state, tried.enquiry)
    if turn.state.abilities.manner is Manner.VOICE:  # what is asked for after a tone comes last
        return turn.state, (*how_it_stands, *more, *turn.says), tried.enquiry
    return turn.state, (*turn.says, *how_it_stands, *more), tried.enquiry


def _answered(state: State, outcome: Outcome, door: _Door) -> tuple[Say, ...]:
    """What is said once the open case knows more; an outcome that asks for nothing is answered already."""
    if not isinstance(outcome, Adding | Telling):
        return ()
    if door.enquiry is None:
        return saying.sentence(state, "person_reads")
    if isinstance(outcome, Telling):
        return _standing(state, door.enquiry)
    _add(door.enquiry, outcome.kind, outcome.parts, state, door)
    return added(state, kind=outcome.kind, read_by=promises.first_word(on=door.on))


def _standing(state: State, enquiry: Enquiry) -> tuple[Say, ...]:
    told = families.standing(enquiry)
    return standing(state, public=told.state, promise_on=told.promise_on)


def _add(enquiry: Enquiry, kind: str, texts: tuple[str, ...], state: State, door: _Door) -> None:
    parts = [part for text in texts for part in answers.split(without_codes(text), LONGEST) if part.strip()]
    for number, part in enumerate(parts, 1):
        actions.add(
            enquiry,
            kind,
            part,
            actor=door.actor,
            at=door.at,
            channel=state.abilities.channel,
            ticket=f"{door.ticket}.{number}",
        )
