"""Between a call and the durable core: a step is kept, read at once, and answered with what the outbox holds for it.

A caller waits on the line, so the line itself has each step read by the same functions as the worker does, instead of
waiting for the worker's turn; whichever of the two is faster, the other finds it done. See docs/decisions/0022.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from time import monotonic, sleep
from typing import Any

from django.db import close_old_connections

from kinline.channels.base import Outbound
from kinline.channels.reading import Reader, read_next
from kinline.channels.telephone import writing
from kinline.channels.telephone.menu import ONE_KEY, Listening, Takes, menu
from kinline.channels.telephone.steps import NAME, Step
from kinline.correspondence.models import Outgoing
from kinline.correspondence.outbox import actions as outbox
from kinline.correspondence.outbox import queries as sending
from kinline.enquiries import codes
from kinline.enquiries.queries import families
from kinline.intake import actions, queries, threads
from kinrules.refusal import Refused

log = logging.getLogger(__name__)

LONGEST_WAIT, PAUSE = 8.0, 0.05
ENDED = "call-ended"
WANT_A_VOICE = frozenset({"asked", "surrender", "not_understood", "danger"})
"""Why a caller is passed on to a person at once, where there is one."""

_CODE_DIGITS = 16


class NotTaken(Exception):  # noqa: N818 - read at every ``raise`` as what it is
    """The step is not kept, and the caller must hear so."""


@dataclass(frozen=True)
class Plan:
    """One text to be said: its prompts, and what is listened for after it."""

    name: str
    language: str
    prompts: tuple[str, ...]
    listening: Listening = ONE_KEY

    @classmethod
    def of(cls, body: dict[str, Any]) -> "Plan":
        """Out of a parcel of the channel."""
        row = body["listening"]
        return cls(
            name=body["name"],
            language=body["language"],
            prompts=tuple(body["prompts"]),
            listening=Listening(**row | {"takes": Takes(row["takes"])}),
        )


@dataclass(frozen=True)
class Answer:
    """What the caller hears next, and for what reason a person is wanted since this step; "" for none."""

    plans: tuple[Plan, ...]
    person: str = ""


def asks(plans: Sequence[Plan]) -> Plan | None:
    """Of what is said together, the text that says what is listened for: the last that asks for more than one key."""
    special = [each for each in plans if each.listening != ONE_KEY]
    return special[-1] if special else None


def own(name: str, *, languages: Iterable[str]) -> list[Plan]:
    """A text of the line's own, in the languages of a call, or in all while none is chosen."""
    texts = [(each, " ".join(menu().own[each][name].split())) for each in dict.fromkeys(languages) or menu().own]
    return [Plan(name, language, writing.plan(text, language=language)[1]) for language, text in texts]


class Keeper:
    """Keeps the steps of the calls of one line, one at a time. Everything here waits for the database."""

    def __init__(self, *, account: str, cell: Reader, clock: Callable[[], datetime]) -> None:
        self.account, self._cell, self._clock = account, cell, clock

    def hear(self, step: Step) -> Answer:
        """Keep one step, and return what is answered.

        Raises:
            NotTaken: it is not kept; nothing of it is.
        """
        try:
            close_old_connections()
            before = self._person(step)
            taken = actions.take(
                channel=NAME, account=self.account, external_id=step.name, raw=step.written(), at=self._clock()
            )
        except Exception as error:
            log.error("a step of a call was not taken", extra={"code": type(error).__qualname__})
            raise NotTaken from error
        try:
            self._have_read(taken.number)
            wanted = self._person(step)
            return Answer(tuple(self._plans(step)), person=wanted if wanted != before else "")
        except Exception:  # the step is kept; the worker will read it, and the caller is asked again
            log.exception("a step of a call was kept and could not be answered at once")
            return Answer(())

    def put_down(self, step: Step) -> None:
        """The call of this step has ended: what was not said in it any more is never said."""
        close_old_connections()
        for message in sending.waiting().filter(channel=NAME, account=self.account, address=step.address):
            outbox.withdraw(message, why=ENDED, at=self._clock())

    def said_last(self, step: Step) -> tuple[Plan, ...]:
        """What was said last in the call of this step, but for codes, which do not stay."""
        close_old_connections()
        said = list(sending.said_to(channel=NAME, account=self.account, address=step.address))
        plans = [self._plan(message) for message in said if message.worker == said[-1].worker]
        return tuple(plan for plan in plans if plan is not None)

    def tidy(self) -> None:
        """What an earlier run left unsaid belongs to calls that are over."""
        close_old_connections()
        for message in sending.waiting().filter(channel=NAME, account=self.account):
            outbox.withdraw(message, why=ENDED, at=self._clock())

    @staticmethod
    def sealed(step: Step, *, after: Listening) -> Step:
        """The step without the keys that are, or were to be, a case code: its hash instead, or silence."""
        if len(step.keys) < _CODE_DIGITS and not (len(step.keys) > 1 and after.secret):
            return step
        typed = codes.read(step.keys)
        code = families.hashed(typed.digits) if typed.flaw is None else ""
        return replace(step, keys="", code_hash=code, silence=not code)

    def _have_read(self, number: int) -> None:
        """Read it now; or wait for whoever is reading it. What nobody can read waits for a person."""
        read_next(self._cell, clock=self._clock, only=number)
        until = monotonic() + LONGEST_WAIT
        while queries.is_waiting(number) and monotonic() < until:
            sleep(PAUSE)

    def _plans(self, step: Step) -> list[Plan]:
        plans = []
        while (
            message := outbox.claim(worker=step.name, at=self._clock(), channel=NAME, address=step.address)
        ) is not None:
            plan = self._plan(message)
            if plan is None:
                log.error("a text was never spoken", extra={"reference": str(message)})
                outbox.failed(message, at=self._clock(), code="unspoken", for_good=True)
                continue
            outbox.sent(message, at=self._clock())
            plans.append(plan)
        return plans

    @staticmethod
    def _plan(message: Outgoing) -> Plan | None:
        """How a message is said; None where it cannot be."""
        try:
            body = writing.write(
                Outbound(str(message.pk), message.address, message.text, language=message.language)
            ).body
        except Refused:
            return None
        return None if body["unspoken"] else Plan.of(body)

    def _person(self, step: Step) -> str:
        return threads.called_in(channel=NAME, account=self.account, address=step.address)
