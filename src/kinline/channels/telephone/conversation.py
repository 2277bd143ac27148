"""How the conversation is held by telephone: heard, answered with keys and a voice, and each call one of its own."""

from kinline.channels.telephone import writing
from kinline.intake.scripts import Manner
from kinline.intake.standing import Abilities
from kinrules.terms import Channel

ABILITIES = Abilities(channel=Channel.TELEPHONE, manner=Manner.VOICE, longest=writing.LONGEST, one_call=True)
