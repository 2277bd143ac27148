"""What there is to learn from, what was learnt, and which of it is in force."""

from django.db.models import QuerySet

from kinline.matching.models import Acceptance, DecidedPair, LearntWeights


def decided_pairs() -> QuerySet[DecidedPair]:
    """Pairs that officers decided and did not take back, oldest first."""
    return DecidedPair.objects.filter(undone_at=None).select_related("proposal", "proposal__case")


def learnt_weights() -> QuerySet[LearntWeights]:
    """Everything that was learnt, in force or not, newest first."""
    return LearntWeights.objects.all()


def learnt_by_digest(digest: str) -> LearntWeights | None:
    """The learnt weights whose digest begins with ``digest``; none where that says nothing or is not clear."""
    found = list(LearntWeights.objects.filter(digest__startswith=digest)[:2]) if len(digest) >= 8 else []
    return found[0] if len(found) == 1 else None


def acceptances() -> QuerySet[Acceptance]:
    """What was put in force by whom, newest first."""
    return Acceptance.objects.select_related("learnt")
