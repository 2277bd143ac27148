"""Every story of telling that departs from the right way, told against the real actions.

An officer in a hurry always takes the next right step. Before every step each departure is tried: something happens in
the world, or an officer tries what should not be. A departure that is refused changes nothing, so its story is the one
already being told; one that is not refused is followed to its end, and then rolled back.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError, transaction

from kinline.disclosure.models import Disclosure, Telling
from kinrules.refusal import Refused
from tests.rooms.disclosure import acts, laws
from tests.rooms.disclosure.acts import Act, Bureau
from tests.rooms.disclosure.laws import Moment


class Broken(AssertionError):
    """A family was told against a law: the message begins with the law and ends with the story."""


class Stories:
    """The stories that may happen in one bureau, and what came of them."""

    def __init__(self, bureau: Bureau) -> None:
        self.bureau = bureau
        self.taken: Counter[str] = Counter()
        """How often each step and departure was not refused."""
        self.told: Counter[str] = Counter()
        """In how many tellings each step and departure had a part; under the empty name, how many there were."""

    def tell_all(self, *departures: Mapping[str, Act]) -> None:
        """Tell every story with one of the first ``departures`` at any moment, then one of the second, and so on.

        Raises:
            Broken: one of them tells a family against a law, or nothing but the database stopped it.
        """
        now, *later = departures or ({},)
        with self._branch():
            while step := acts.next_step(self.bureau):
                possible = acts.possible(step)
                for name, act in now.items():
                    if name in possible:
                        self._depart(name, act, later)
                if not self._step(step) and not self._step(acts.mend(self.bureau)):
                    return

    def _depart(self, name: str, act: Act, later: list[Mapping[str, Act]]) -> None:
        with self._branch():
            if self._take(name, act):
                self.tell_all(*later)

    def _step(self, name: str) -> bool:
        return bool(name) and self._take(name, acts.STEPS[name])

    def _take(self, name: str, act: Act) -> bool:
        before = self.bureau.memory
        try:
            with transaction.atomic():
                act(self.bureau)
        except Refused:
            self.bureau.memory = before
            return False
        except IntegrityError as stopped:
            raise Broken(f"only the database: {stopped}: {', '.join([*before.story, name])}") from stopped
        self.taken[name] += 1
        self.bureau.remember(story=(*before.story, name))
        self._look()
        return True

    @contextmanager
    def _branch(self) -> Iterator[None]:
        kept = self.bureau.memory
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            self.bureau.memory = kept

    def _look(self) -> None:
        """Judge a call that was begun, or a family that was told, since the last act."""
        now, before = self.bureau.disclosure, self.bureau.memory
        if now is None:
            return
        calling, told = now.call_begun_at is not None, now.state == "told"
        if calling and not before.calling:
            self._judge(laws.BEGINNING, now, caller=now.call_begun_by_id, beside=now.accompanied_by_id)
        if told and not before.told:
            telling = Telling.objects.latest("pk")
            self._judge(laws.TELLING, now, caller=telling.by_officer_id, beside=telling.with_officer_id)
            self.told.update({*before.story, ""})
        self.bureau.remember(calling=calling, told=told)

    def _judge(
        self, must_hold: Mapping[str, Callable[[Moment], bool]], now: Disclosure, *, caller: object, beside: object
    ) -> None:
        memory = self.bureau.memory
        moment = Moment(disclosure=now, caller=caller, beside=beside, memory=memory)
        for code, law in must_hold.items():
            if not law(moment):
                raise Broken(f"{code}: {', '.join(memory.story)}")
