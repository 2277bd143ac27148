"""A family in the conversation: writes, presses buttons, hears what is said. Invented, like everybody here."""

from datetime import date

from kinline.intake.conversation import Abilities, Manner, Outcome, Said, State, Turn, begin, step
from kinline.intake.scripts import ENQUIRY
from kinrules.terms import Channel
from tests import people

ON = date(2026, 11, 20)
PROMISE = date(2026, 11, 27)
CODE = "4821093756123474"
DANGER = "вони погрожують і хочуть грошей"

TELEGRAM = Abilities(
    channel=Channel.TELEGRAM,
    buttons=True,
    shares_contact=True,
    deletes=True,
    address="7700",
    phone="16-48",
    page="the page",
)
TELEPHONE = Abilities(channel=Channel.TELEPHONE, manner=Manner.VOICE, confidential=True, address="+380501234567")
SMS = Abilities(channel=Channel.SMS, manner=Manner.SHORT, longest=160, address="+380501234567")
EMAIL = Abilities(channel=Channel.EMAIL, manner=Manner.LETTER, longest=100_000, address="maria@example.org")
WAYS = (TELEGRAM, TELEPHONE, SMS, EMAIL)


def sealed(code: str) -> str:
    """Stands for the slow hash; that one is tried where there is a database."""
    return f"hash of {code[::-1]}"


class Family:
    """One conversation. ``turn`` is the last thing that happened."""

    def __init__(self, abilities: Abilities = TELEGRAM, language: str = "uk", first: str = "/start") -> None:
        self.turn: Turn = begin(ENQUIRY, abilities, language=language, on=ON, first=Said(text=first), seal=sealed)

    def writes(self, *texts: str) -> "Family":
        """Write one message after the other."""
        for text in texts:
            self._say(Said(text=text))
        return self

    def presses(self, *keys: str) -> "Family":
        """Press buttons by the keys under which they were offered, or keys of a telephone."""
        for key in keys:
            self._say(Said(answer=key))
        return self

    def sends(self, said: Said) -> "Family":
        """Send anything."""
        self._say(said)
        return self

    @property
    def state(self) -> State:
        return self.turn.state

    @property
    def outcome(self) -> Outcome:
        return self.turn.outcome

    @property
    def hears(self) -> str:
        """All that was said to it last."""
        return "\n".join(say.text for say in self.turn.says)

    @property
    def choices(self) -> dict[str, str]:
        """Words of the buttons that were offered last, by their keys."""
        return {key: words for say in self.turn.says for key, words in say.choices}

    def _say(self, said: Said) -> None:
        kept = State.read(self.turn.state.written())
        self.turn = step(kept, said, on=ON, seal=sealed)


def asked() -> Family:
    """A family that has answered everything and checks its answers."""
    return Family().presses("language:uk").writes(people.ANDRIY.name, "14.03.2001", "син", "+380501234567")
