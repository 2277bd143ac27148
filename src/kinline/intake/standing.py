"""Where a conversation stands, what is said in it, and what it asks of whoever keeps it. Nothing here reads or writes.

A ``State`` is kept as JSON beside the raw messages; it never holds a case code or a safe word in the clear.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import StrEnum
from typing import Any, NamedTuple

from kinline.enquiries.intake import Intake
from kinline.intake.scripts import Manner
from kinrules.terms import Channel

# Where a conversation stands beside the names of its questions.
OPENING, SENT, OPEN, MORE, STOPPED = "opening", "sent", "open", "more", "stopped"
AFTER = frozenset({SENT, OPEN, MORE})


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """What the conversation must know of the way on which it is held.

    Attributes:
        reaches: an answer on this way finds the family again, so no other way need be given.
        confidential: nobody between reads along.
        shares_contact: one press sends the family's own number.
        deletes: what the family sent can be deleted from the chat by us; without it that is never offered.
        one_call: each call is a conversation of its own; its address is the caller's number, ";", and the call.
        address: where this family is answered on this way, as the way writes it.
        phone, page: where else the bureau can be reached; "" where nowhere.
    """

    channel: Channel
    manner: Manner = Manner.CHAT
    longest: int = 4_096
    buttons: bool = False
    reaches: bool = True
    confidential: bool = False
    shares_contact: bool = False
    deletes: bool = False
    one_call: bool = False
    address: str = ""
    phone: str = ""
    page: str = ""

    def met_at(self, address: str) -> "Abilities":
        """For the family that is met at ``address``. A caller whose number is hidden cannot be reached again."""
        if not self.one_call:
            return replace(self, address=address)
        number = address.partition(";")[0]
        return replace(self, address=number, reaches=bool(number))


@dataclass(frozen=True, kw_only=True)
class Said:
    """One thing that a family said.

    Attributes:
        answer: the key of a button as it was offered, or the key of a telephone.
        contact: the family's own number, where the channel vouches that it is.
        whole: a letter with what was quoted in it, for answers written between our lines.
        edited: a later wording of what was said before.
    """

    text: str = ""
    answer: str = ""
    contact: str = ""
    attachments_count: int = 0
    language: str = ""
    subject: str = ""
    whole: str = ""
    edited: bool = False


@dataclass(frozen=True, kw_only=True)
class Say:
    """One message of ours. ``choices``: keys and words of buttons; ``wants_contact``: the one that shares a number.

    ``sms_to``: a mobile number to which it goes instead, beside what is said on the line.
    """

    text: str
    language: str
    choices: tuple[tuple[str, str], ...] = ()
    subject: str = ""
    wants_contact: str = ""
    sms_to: str = ""


@dataclass(frozen=True, kw_only=True)
class State:
    """Where one conversation stands. ``answers`` have the names of the fields of the families' pages.

    Attributes:
        step: the question that waits for an answer, or one of the places above.
        missed: answers to it that could not be read.
        back_to: the step to return to when this one is answered; "" for the order of the script.
        notes: what was said and is no answer, in the words of the family.
        code_hash: of a code that was typed and waits for its check.
        draft_hash: of the code that a letter was given before its name was known.
    """

    script: str
    abilities: Abilities
    language: str
    step: str
    answers: Mapping[str, str] = field(default_factory=dict)
    missed: int = 0
    reminded: bool = False
    back_to: str = ""
    adding: str = ""
    notes: tuple[str, ...] = ()
    code_hash: str = ""
    draft_hash: str = ""

    def written(self) -> dict[str, Any]:
        """As JSON keeps it."""
        return asdict(self) | {"notes": list(self.notes), "answers": dict(self.answers)}

    @classmethod
    def read(cls, written: Mapping[str, Any]) -> "State":
        """Out of JSON; what an older or newer version kept beside is left aside."""
        known = {each.name for each in fields(cls)}
        kept = {name: value for name, value in written.items() if name in known}
        abilities = {each.name for each in fields(Abilities)}
        able = {name: value for name, value in kept["abilities"].items() if name in abilities}
        able |= {"channel": Channel(able["channel"]), "manner": Manner(able["manner"])}
        return cls(**kept | {"abilities": Abilities(**able), "notes": tuple(kept.get("notes", ()))})


class Why(StrEnum):
    """Why a person is called in."""

    ASKED = "asked"
    BLOCKED = "blocked"  # our messages do not reach them any more
    DANGER = "danger"
    NOT_UNDERSTOOD = "not_understood"
    UNPROVEN = "unproven"  # the channel does not vouch for the sender, so no machine answers
    RECORDED = "recorded"  # a name lies there as a voice, and must be written down
    SURRENDER = "surrender"
    TRIES = "tries"  # too many wrong codes


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What must be done beside sending what is said. ``person`` calls one in, within ``minutes`` where that is set."""

    person: Why | None = None
    minutes: int = 0


@dataclass(frozen=True, kw_only=True)
class Waiting(Outcome):
    """Nothing: the family's turn."""


@dataclass(frozen=True, kw_only=True)
class Opening(Outcome):
    """A letter came without a name that could be read: give it a code, and answer with ``opened``."""


@dataclass(frozen=True, kw_only=True)
class Finished(Outcome):
    """Receive this enquiry, add ``notes`` to it, and answer with ``closing``."""

    intake: Intake
    notes: tuple[str, ...] = ()
    code_hash: str = ""


@dataclass(frozen=True, kw_only=True)
class Joining(Outcome):
    """Open the case of this code if the check fits, and answer with ``joined``."""

    code_hash: str
    check: str


@dataclass(frozen=True, kw_only=True)
class Adding(Outcome):
    """Add this to the open case, and answer with ``added``. ``kind`` is one of the enquiries' kinds of additions."""

    kind: str = "message"
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Telling(Outcome):
    """The family asks how its enquiry stands: answer with ``standing``. No outcome ever asks for more than that."""


@dataclass(frozen=True, kw_only=True)
class Deleting(Outcome):
    """Delete from the chat the papers that were kept; what became of it is said when it is done."""


class Turn(NamedTuple):
    """What one thing said leads to."""

    state: State
    says: tuple[Say, ...]
    outcome: Outcome
