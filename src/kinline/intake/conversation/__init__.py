"""The one conversation, whatever the channel: what was said leads to what we say and to what must be done.

``begin`` and ``step`` return a ``Turn``. What its outcome asks for is done by ``kinline.intake.carrying``, which
completes what we say by ``closing``, ``opened``, ``joined``, ``added`` or ``standing``. How a channel is
joined to it is told in docs/how-to/hold-a-conversation.md.
"""

from kinline.intake.conversation.after import added as added
from kinline.intake.conversation.after import closing as closing
from kinline.intake.conversation.after import is_unfinished as is_unfinished
from kinline.intake.conversation.after import joined as joined
from kinline.intake.conversation.after import opened as opened
from kinline.intake.conversation.after import reminded as reminded
from kinline.intake.conversation.after import standing as standing
from kinline.intake.conversation.going import draft_is_over as draft_is_over
from kinline.intake.conversation.stepping import begin as begin
from kinline.intake.conversation.stepping import step as step
from kinline.intake.scripts import Manner as Manner
from kinline.intake.standing import Abilities as Abilities
from kinline.intake.standing import Adding as Adding
from kinline.intake.standing import Deleting as Deleting
from kinline.intake.standing import Finished as Finished
from kinline.intake.standing import Joining as Joining
from kinline.intake.standing import Opening as Opening
from kinline.intake.standing import Outcome as Outcome
from kinline.intake.standing import Said as Said
from kinline.intake.standing import Say as Say
from kinline.intake.standing import State as State
from kinline.intake.standing import Telling as Telling
from kinline.intake.standing import Turn as Turn
from kinline.intake.standing import Waiting as Waiting
from kinline.intake.standing import Why as Why
