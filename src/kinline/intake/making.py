"""Turning the answers of a conversation into what the enquiries' room receives. Every door hands on the same shape."""

from kinline.enquiries.actions.receive import DETAILS
from kinline.enquiries.forms.families import CHANNELS
from kinline.enquiries.intake import Intake, Way
from kinline.intake.standing import Abilities, State
from kinrules.terms import Channel, Relation

NAME_BY_VOICE = "—"
"""Stands for a name that lies there as a recording until a person has written it down; no search finds it."""


def intake(state: State) -> Intake:
    """What the answers say. The way on which the family came is the first of its ways where it leads back."""
    said = state.answers
    return Intake(
        name=said["name"],
        language=state.language,
        channel=state.abilities.channel,
        born=said.get("born", ""),
        born_words=said.get("born_words", ""),
        relation=Relation(said.get("relation") or Relation.OTHER),
        relation_words=said.get("relation_words", ""),
        ways=_ways(state),
        details={name: said[name] for name in DETAILS if said.get(name)},
    )


def _ways(state: State) -> tuple[Way, ...]:
    given = [Way(channel, state.answers[field]) for field, channel in CHANNELS.items() if state.answers.get(field)]
    return tuple(dict.fromkeys([*_own_way(state.abilities), *given]))


def _own_way(abilities: Abilities) -> list[Way]:
    """A number that writes SMS can also be called, but only if the family says so."""
    is_way = abilities.reaches and abilities.address and abilities.channel is not Channel.WEB
    return [Way(abilities.channel, abilities.address)] if is_way else []
