"""How the conversation is held by e-mail. Letters, with all questions in one and the answers under their numbers."""

from kinline.intake.scripts import Manner
from kinline.intake.standing import Abilities
from kinrules.terms import Channel

ABILITIES = Abilities(channel=Channel.EMAIL, manner=Manner.LETTER, longest=100000)
