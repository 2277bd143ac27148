"""A call that a provider answers for us, step after step, as the line itself takes calls (``line.py``).

Nothing said is acknowledged before it is kept. What was said is fetched from the provider before it is answered; where
it cannot be, its name is kept, the caller hears that it was not taken, and it is fetched as soon as it can be.
"""

import logging
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from threading import Lock
from time import sleep

from django.db import InterfaceError, OperationalError

from kinline.channels.outcomes import Fetched
from kinline.channels.telephone.cloud import Event, Phase, Standing
from kinline.channels.telephone.keeping import WANT_A_VOICE, Answer, Keeper, NotTaken, Plan, asks, own
from kinline.channels.telephone.markup import PERSON, Writer
from kinline.channels.telephone.menu import menu
from kinline.channels.telephone.recordings import Recordings
from kinline.channels.telephone.steps import Step

log = logging.getLogger(__name__)

MOST_CALLS = 1_000
TRIES, PAUSE_SECONDS = 4, 0.5
"""How often a recording is asked for while its caller waits: providers need a moment to have it."""


class Memory:
    """What was said last in each call; a code, which does not stay in the outbox, is said again out of it."""

    def __init__(self) -> None:
        self._said: OrderedDict[str, tuple[Plan, ...]] = OrderedDict()
        self._turn = Lock()

    def keep(self, call: str, said: tuple[Plan, ...]) -> None:
        """Remember what was said; of too many calls, the one in which nothing was said for the longest is forgotten."""
        with self._turn:
            self._said[call] = said
            self._said.move_to_end(call)
            while len(self._said) > MOST_CALLS:
                self._said.popitem(last=False)

    def recall(self, call: str) -> tuple[Plan, ...]:
        """What was said last."""
        with self._turn:
            return self._said.get(call, ())

    def forget(self, call: str) -> None:
        """The call has ended."""
        with self._turn:
            self._said.pop(call, None)


@dataclass(frozen=True, kw_only=True)
class Hearing:
    """Answers the calls of one account. ``person`` is whom calls are passed on to."""

    line: str
    keeper: Keeper
    writer: Writer
    recordings: Recordings
    person: str = ""
    wait: Callable[[float], None] = sleep
    memory: Memory = field(default_factory=Memory)

    def answer(self, event: Event, standing: Standing) -> bytes:
        """What the provider is to do next."""
        if standing.phase is Phase.PASSED:
            return self.writer.put_down() if event.has_spoken else self._again(event, standing)
        if event.recording:
            return self._recorded(event, standing)
        if standing.phase is Phase.CUT and event.keys and event.keys != PERSON:
            return self.writer.ask((), then=standing)
        return self._pressed(event, standing)

    def put_down(self, event: Event) -> None:
        """The call has ended: what was not said in it any more is never said."""
        self.memory.forget(event.call)
        self.keeper.put_down(self._step(event, Standing()))

    def _pressed(self, event: Event, standing: Standing) -> bytes:
        """Keys, or silence."""
        step, listening = self._step(event, standing), menu().after(standing.after)
        if event.keys and event.keys == listening.again:
            return self._again(event, standing)
        if event.keys:
            step = self.keeper.sealed(replace(step, keys=event.keys, silence=False), after=listening)
            return self._kept(step, replace(standing, silences=0))
        if standing == Standing():
            return self._kept(replace(step, silence=False), standing)
        if listening.again:  # everything was said; whoever stays on the line is left in peace
            return self.writer.ask((), then=standing, seconds=menu().patience_seconds)
        if standing.silences < menu().patience_times:
            return self._kept(step, replace(standing, silences=standing.silences + 1))
        return self._again(event, standing, seconds=menu().patience_seconds)

    def _recorded(self, event: Event, standing: Standing) -> bytes:
        """What was said after the tone; the key that calls a person is a step of its own."""
        step = replace(self._step(event, standing), silence=False, remote=event.recording)
        step = replace(step, recording=self._fetched(event.recording))
        standing, failed = replace(standing, silences=0), not step.recording
        if event.keys == PERSON:
            failed = not self._is_kept(step) or failed
            standing = replace(standing, step=standing.step + 1)
            step = replace(self._step(event, standing), silence=False, keys=PERSON)
        return self._kept(step, standing, failed=failed)

    def _is_kept(self, step: Step) -> bool:
        """Have a step kept whose answer the next one makes needless."""
        try:
            self.keeper.hear(step)
        except NotTaken:
            return False
        return True

    def _fetched(self, name: str) -> bytes:
        for number in range(TRIES):
            if number:
                self.wait(PAUSE_SECONDS)
            found = self.recordings.fetch(name)
            if isinstance(found, Fetched):
                return found.content
        return b""

    def _kept(self, step: Step, standing: Standing, *, failed: bool = False) -> bytes:
        """Have a step kept, and say what is answered. What could not be kept is said so; so is what ``failed``."""
        standing = replace(standing, step=standing.step + 1)
        try:
            answer = self.keeper.hear(step)
        except NotTaken:
            answer, failed = Answer(()), True
        first = own("not_taken", languages=standing.languages) if failed else []
        if answer.plans:
            self.memory.keep(step.call, answer.plans)
        said = answer.plans or self._said(step)
        if answer.person in WANT_A_VOICE and self.person:
            connecting = own("connecting", languages=_languages(said) or standing.languages)
            return self.writer.pass_on(self.person, plans=[*first, *connecting], then=_then(standing, said))
        return self.writer.ask([*first, *said], then=_then(standing, said))

    def _again(self, event: Event, standing: Standing, *, seconds: float = 0) -> bytes:
        said = self._said(self._step(event, standing))
        return self.writer.ask(said, then=_then(standing, said), seconds=seconds)

    def _said(self, step: Step) -> tuple[Plan, ...]:
        """What was said last in this call; nothing where nobody can tell any more."""
        try:
            return self.memory.recall(step.call) or self.keeper.said_last(step)
        except (OperationalError, InterfaceError):
            log.exception("what was said last is not known; the caller is listened to all the same")
            return ()

    def _step(self, event: Event, standing: Standing) -> Step:
        return Step(call=event.call, step=standing.step, line=self.line, number=event.number, silence=True)


def _languages(plans: Sequence[Plan]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plan.language for plan in plans))


def _then(standing: Standing, said: Sequence[Plan]) -> Standing:
    """Where the call stands once ``said`` was said."""
    asking = asks(said)
    after = asking.name if asking is not None else said[-1].name if said else standing.after
    return replace(standing, after=after, languages=_languages(said) or standing.languages, phase=Phase.KEYS)
