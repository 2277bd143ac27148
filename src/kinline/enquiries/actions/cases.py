"""The case behind an enquiry: its facts corrected, two enquiries about one person joined, and parted again."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from kinline.enquiries import names
from kinline.enquiries.actions import rows
from kinline.enquiries.models import Enquiry, TracingCase
from kinline.enquiries.queries import desk as queries
from kinline.ledger import actions as ledger
from kinrules import permissions
from kinrules.permissions import Permission
from kinrules.refusal import Refused
from kinrules.states import tracing_case as states
from kinrules.terms import EvidenceKind

FACTS = (
    "sought_name",
    "born",
    "born_words",
    "sex",
    "birth_place",
    "father_given_name",
    "mother_maiden_name",
    "unit",
    "service_number",
    "last_contact",
    "marks",
)
JOINABLE = frozenset({states.OPEN, states.EVIDENCE_NEEDED, states.SEARCHING, states.CANDIDATES, states.REVIEW})
_CLOSABLE = frozenset({states.OPEN, states.SEARCHING})


@transaction.atomic
def describe(
    case: TracingCase, facts: Mapping[str, str], *, actor: ledger.Named, at: datetime, version: int | None = None
) -> list[str]:
    """Correct what is known of the person sought; returns the names of the facts that changed.

    The old words stay in the history of the row. The search is repeated, since what it compares has changed.

    Raises:
        Refused: not permitted, or changed by somebody else since; or the name would be empty.
    """
    permissions.require(Permission.CASE_WORK, actor, case)
    rows.hold(case, version=version)
    changed = {name: facts[name] for name in FACTS if name in facts and facts[name] != getattr(case, name)}
    if not changed:
        return []
    if not changed.get("sought_name", case.sought_name).strip():
        raise Refused("tracing_case.no-name", "the person sought needs a name")
    if "sought_name" in changed:
        changed["name_key"] = names.key(changed["sought_name"])
    rows.keep(case, **changed, facts_changed_at=at)
    named = sorted(set(changed) - {"name_key"})
    ledger.append(
        kind="tracing_case.describe", subject=ledger.reference(case), actor=actor, at=at, facts={"changed": named}
    )
    return named


@transaction.atomic
def join(enquiry: Enquiry, *, case: TracingCase, reason: str, actor: ledger.Named, at: datetime) -> None:
    """Two enquiries are about one person: move this one to the other's case. The case it leaves is kept.

    Raises:
        Refused: not permitted; it is there already; a decision was taken on one of the cases; or no reason is given.
    """
    permissions.require(Permission.CASE_WORK, actor, enquiry)
    rows.hold(enquiry, version=None)
    left = enquiry.case
    _require_joinable(left, case)
    exhibit = ledger.attest(EvidenceKind.REASON, _said(reason), subject=enquiry, actor=actor, at=at)
    rows.keep(enquiry, case=case, first_case=enquiry.first_case or left)
    facts = {"left": str(left.pk), "case": str(case.pk), "exhibit": str(exhibit.pk)}
    ledger.append(kind="enquiry.join", subject=ledger.reference(enquiry), actor=actor, at=at, facts=facts)
    _touch(case, at=at)
    if left.state in _CLOSABLE and not queries.of_case(left).exists():
        ledger.advance(left, "close", actor=actor, at=at, evidence=[exhibit], joined_to=str(case.pk))


@transaction.atomic
def split(enquiry: Enquiry, *, reason: str, actor: ledger.Named, at: datetime) -> None:
    """They are two persons after all: move the enquiry back to the case it came with.

    Raises:
        Refused: not permitted, never joined, a decision was taken on the joint case, or no reason is given.
    """
    permissions.require(Permission.CASE_WORK, actor, enquiry)
    rows.hold(enquiry, version=None)
    joint, own = enquiry.case, enquiry.first_case
    if own is None or own.pk == joint.pk:
        raise Refused("enquiry.not-joined", "this enquiry was never joined to another case")
    if joint.state not in JOINABLE:
        raise Refused("enquiry.case-decided", f"the case is {joint.state}; undo that decision first")
    exhibit = ledger.attest(EvidenceKind.REASON, _said(reason), subject=enquiry, actor=actor, at=at)
    rows.keep(enquiry, case=own, first_case=None)
    facts = {"left": str(joint.pk), "case": str(own.pk), "exhibit": str(exhibit.pk)}
    ledger.append(kind="enquiry.split", subject=ledger.reference(enquiry), actor=actor, at=at, facts=facts)
    if own.state == states.CLOSED:
        ledger.advance(own, "reopen", actor=actor, at=at)
    _touch(own, at=at)
    _touch(joint, at=at)


def _require_joinable(left: TracingCase, case: TracingCase) -> None:
    if left.pk == case.pk:
        raise Refused("enquiry.already-joined", "both enquiries are in one case already")
    if left.state not in JOINABLE or case.state not in JOINABLE:
        raise Refused("enquiry.case-decided", "a decision was taken on one of the cases; undo it first")


def _touch(case: TracingCase, *, at: datetime) -> None:
    """What is known of the person changed, so the search is repeated."""
    rows.hold(case, version=None)
    rows.keep(case, facts_changed_at=at)


def _said(reason: str) -> str:
    if not reason.strip():
        raise Refused("enquiry.no-reason", "a reason in words is needed")
    return reason
