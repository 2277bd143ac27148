"""Turning the answers of a conversation into what the enquiries' room receives. Every door hands on the same shape."""

from kinline.enquiries.intake import Intake, Way, answered
from kinline.intake.standing import Abilities, State
from kinrules.terms import Channel

NAME_BY_VOICE = "—"
"""Stands for a name that lies there as a recording until a person has written it down; no search finds it."""


def intake(state: State) -> Intake:
    """What the answers say. The way on which the family came is the first of its ways where it leads back."""
    able = state.abilities
    return answered(state.answers, language=state.language, channel=able.channel, own=_own_way(able))


def _own_way(abilities: Abilities) -> list[Way]:
    """A number that writes SMS can also be called, but only if the family says so."""
    is_way = abilities.reaches and abilities.address and abilities.channel is not Channel.WEB
    return [Way(abilities.channel, abilities.address)] if is_way else []
