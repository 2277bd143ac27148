"""Keeping what officers decided on a pair, so that the bureau learns from it how often the engine is right here."""

from datetime import datetime

from kinline.matching.models import DecidedPair, Proposal, Reading
from kinline.staff.queries import Acting
from kinmatch.learn import levels_of
from kinmatch.level import Evidence

KIN = ("relative", "namesake")
"""Reasons for "not the same" that say who it is instead."""


def note_decision(proposal: Proposal, *, same: bool, reason: str, actor: Acting, at: datetime) -> DecidedPair:
    """Keep that ``proposal`` was confirmed or rejected, with how its facts agreed; an earlier decision gives way."""
    take_back(proposal, at=at)
    readings = Reading.objects.filter(proposal=proposal, undone_at=None, officer__isnull=False)
    humans = {str(officer) for officer in readings.values_list("officer_id", flat=True)} | {actor.human}
    levels = levels_of(Evidence(**fact) for fact in proposal.evidence)
    return DecidedPair.objects.create(
        proposal=proposal,
        same=same,
        kin=reason if not same and reason in KIN else "",
        readers=len(humans),
        said=proposal.probability if proposal.said is None else proposal.said,
        levels={field: list(level) for field, level in levels.items()},
        engine=proposal.engine,
        weights=proposal.weights,
        decided_at=at,
    )


def take_back(proposal: Proposal, *, at: datetime) -> None:
    """A decision that was undone is kept, and no longer learnt from."""
    DecidedPair.objects.filter(proposal=proposal, undone_at=None).update(undone_at=at)
