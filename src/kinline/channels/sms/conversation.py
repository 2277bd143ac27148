"""How the conversation is held by SMS. Short words, one part each."""

from kinline.intake.scripts import Manner
from kinline.intake.standing import Abilities
from kinrules.terms import Channel

ABILITIES = Abilities(channel=Channel.SMS, manner=Manner.SHORT, longest=70)
