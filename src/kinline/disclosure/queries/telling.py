"""What was tried and told: the tellings of a disclosure, the record of the call, others told of the same match."""

from django.db.models import QuerySet

from kinline.disclosure.models import Disclosure, Telling
from kinline.ledger import actions as ledger
from kinline.ledger import queries as exhibits
from kinline.ledger.models import Exhibit
from kinrules.states import disclosure as states
from kinrules.terms import EvidenceKind


def tellings(disclosure: Disclosure) -> QuerySet[Telling]:
    """Every attempt to speak with the family, oldest first, with the officers."""
    return Telling.objects.filter(disclosure=disclosure).select_related("by_officer", "with_officer")


def latest_telling(disclosure: Disclosure) -> Telling | None:
    """The newest attempt, if there was one."""
    return tellings(disclosure).last()


def call_record(disclosure: Disclosure) -> Exhibit | None:
    """The record of the newest call in which the family was told something; letters after telling rest on it."""
    if not Telling.objects.filter(disclosure=disclosure, told=True).exists():
        return None
    records = exhibits.exhibits(ledger.reference(disclosure)).filter(kind=EvidenceKind.CALL_RECORD.value)
    return records.order_by("attached_at", "pk").last()


def other_told(disclosure: Disclosure) -> QuerySet[Disclosure]:
    """Disclosures to other families of the same match that were told: a mistake concerns them too."""
    same = Disclosure.objects.filter(proposal=disclosure.proposal_id, state=states.TOLD)
    return same.exclude(pk=disclosure.pk)


def mistake_is_told(disclosure: Disclosure) -> bool:
    """Whether the family has been told of the mistake by a person."""
    return Telling.objects.filter(disclosure=disclosure, purpose="mistake", told=True).exists()
