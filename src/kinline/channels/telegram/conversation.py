"""How the conversation is held by Telegram. A chat with buttons, in which one press sends the family's own number."""

from kinline.channels.telegram import write
from kinline.intake.scripts import Manner
from kinline.intake.standing import Abilities
from kinrules.terms import Channel

ABILITIES = Abilities(
    channel=Channel.TELEGRAM, manner=Manner.CHAT, longest=write.LONGEST, buttons=True, shares_contact=True, deletes=True
)
