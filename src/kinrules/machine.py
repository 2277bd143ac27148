"""State machines as tables of moves, from which buttons, checks, ledger kinds and diagrams are derived.

A state of a case is never a number in somebody's head: it is a name in a table that a lawyer can read.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.terms import EvidenceKind


@dataclass(frozen=True, kw_only=True)
class Move:
    """One thing that may be done to a subject: from which states, to which state, by whom, resting on what.

    ``needs`` names kinds of evidence that must all be shown; of ``needs_one_of`` one is enough.
    """

    verb: str
    sources: tuple[str, ...]
    target: str
    who: Permission
    needs: tuple[EvidenceKind, ...] = ()
    needs_one_of: tuple[EvidenceKind, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Machine:
    """The states of one kind of subject, and every move between them.

    ``words`` gives each state and each verb its English, marked for translation.
    """

    name: str
    initial: str
    finals: frozenset[str]
    moves: tuple[Move, ...]
    words: Mapping[str, str]
    _by_verb: Mapping[str, tuple[Move, ...]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        by_verb: dict[str, tuple[Move, ...]] = {}
        for move in self.moves:
            by_verb[move.verb] = (*by_verb.get(move.verb, ()), move)
        object.__setattr__(self, "_by_verb", by_verb)

    @property
    def states(self) -> tuple[str, ...]:
        """Every state, the initial one first, in the order in which the moves name them."""
        seen = dict.fromkeys([self.initial])
        for move in self.moves:
            seen |= dict.fromkeys([*move.sources, move.target])
        return tuple(seen)

    @property
    def open_states(self) -> frozenset[str]:
        """States in which something is still owed."""
        return frozenset(self.states) - self.finals

    @property
    def verbs(self) -> tuple[str, ...]:
        """Every verb, each once."""
        return tuple(self._by_verb)

    def after(self, state: str) -> tuple[Move, ...]:
        """What may happen next from ``state``."""
        return tuple(move for move in self.moves if state in move.sources)

    def move(self, verb: str, *, state: str) -> Move:
        """The move ``verb`` makes from ``state``.

        Raises:
            Refused: the verb is unknown, or not possible from this state.
        """
        candidates = self._by_verb.get(verb, ())
        if not candidates:
            raise Refused("machine.unknown-verb", f"{self.name} knows no verb {verb!r}")
        for move in candidates:
            if state in move.sources:
                return move
        raise Refused("machine.wrong-state", f"{self.name}: {verb!r} is not possible from {state!r}")

    def check(self, verb: str, *, state: str, evidence: Iterable[EvidenceKind] = ()) -> Move:
        """Return the move if it is possible from ``state`` on ``evidence``.

        Raises:
            Refused: wrong state, or a document the move rests on is missing.
        """
        move = self.move(verb, state=state)
        shown = frozenset(evidence)
        missing = [kind for kind in move.needs if kind not in shown]
        if missing:
            raise self._no_evidence(verb, missing)
        if move.needs_one_of and not shown.intersection(move.needs_one_of):
            raise self._no_evidence(verb, move.needs_one_of)
        return move

    def mermaid(self) -> str:
        """The machine as a Mermaid state diagram, for the documentation."""
        return "\n".join(["stateDiagram-v2", *self._arrows()])

    def _arrows(self) -> Iterator[str]:
        yield f"    [*] --> {self.initial}"
        for move in self.moves:
            for source in move.sources:
                yield f"    {source} --> {move.target}: {move.verb}"
        for final in sorted(self.finals):
            yield f"    {final} --> [*]"

    def _no_evidence(self, verb: str, missing: Iterable[EvidenceKind]) -> Refused:
        kinds = ", ".join(kind.value for kind in missing)
        return Refused(f"{self.name}.{verb}.no-evidence", f"{verb!r} rests on {kinds}; attach it and try again")
