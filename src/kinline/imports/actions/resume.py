"""Going on with a register whose work stopped before its end: a process was killed, a machine lost its power."""

from datetime import datetime

from django.db import transaction

from kinline.imports.models import Batch
from kinline.ledger import actions as ledger
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import import_batch as states

NEEDED = {states.CHECKING: Permission.IMPORT_RUN, states.ADDING: Permission.IMPORT_ADD}


@transaction.atomic
def resume(batch: Batch, *, actor: ledger.Named, at: datetime) -> None:
    """Let this officer be the one for whom the work goes on; who asks for it enqueues the job.

    Raises:
        Refused: not permitted, or nothing was under way.
    """
    ledger.hold(batch)
    if batch.state not in NEEDED:
        raise Refused("machine.wrong-state", f"the batch is {batch.state}")
    permissions.require(NEEDED[batch.state], actor)
    batch.requested_by = actor.reference
    batch.save(update_fields=["requested_by"])
    facts = {"state": batch.state}
    ledger.append(kind="import_batch.resume", subject=ledger.reference(batch), actor=actor, at=at, facts=facts)
