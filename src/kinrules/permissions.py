"""Who may do what: one table. Its contents are the policy; the legal officer reviews every change.

A permission is granted when every predicate of at least one of its ways holds. Predicates read attributes
strictly, so a subject that lacks one raises instead of silently allowing.

Source: Geneva Convention III, Art. 122; separation of duties per the bureau's security study, section 2.1.
"""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any, Protocol

from kinrules.refusal import Refused


class Role(StrEnum):
    """What an officer is appointed to."""

    ENQUIRY_OPERATOR = "enquiry_operator"
    KIN_VERIFIER = "kin_verifier"
    REGISTRY_OFFICER = "registry_officer"
    TRACING_OFFICER = "tracing_officer"
    MATCH_REVIEWER = "match_reviewer"
    DISCLOSURE_OFFICER = "disclosure_officer"
    HEAD_OF_SHIFT = "head_of_shift"
    AUDITOR = "auditor"
    SYSTEM_ADMINISTRATOR = "system_administrator"
    ENGINE = "engine"
    FAMILY = "family"


HUMAN_ROLES: tuple[Role, ...] = tuple(role for role in Role if role not in (Role.ENGINE, Role.FAMILY))
"""Roles that an officer can be appointed to. The engine searches and proposes; the family asks; neither decides."""


class Desk(StrEnum):
    """Where the work of the bureau lies: one desk, one worklist."""

    ENQUIRIES = "enquiries"
    KINSHIP = "kinship"
    REGISTRY = "registry"
    MATCHING = "matching"
    DISCLOSURE = "disclosure"
    OVERSIGHT = "oversight"


DESKS: Mapping[Role, Desk] = {
    Role.ENQUIRY_OPERATOR: Desk.ENQUIRIES,
    Role.KIN_VERIFIER: Desk.KINSHIP,
    Role.REGISTRY_OFFICER: Desk.REGISTRY,
    Role.TRACING_OFFICER: Desk.MATCHING,
    Role.MATCH_REVIEWER: Desk.MATCHING,
    Role.DISCLOSURE_OFFICER: Desk.DISCLOSURE,
    Role.HEAD_OF_SHIFT: Desk.DISCLOSURE,
    Role.AUDITOR: Desk.OVERSIGHT,
    Role.SYSTEM_ADMINISTRATOR: Desk.OVERSIGHT,
}

CONFLICTS: frozenset[frozenset[Role]] = frozenset(
    {
        # Who judges kinship does not decide what kin are told.
        frozenset({Role.KIN_VERIFIER, Role.DISCLOSURE_OFFICER}),
        frozenset({Role.KIN_VERIFIER, Role.HEAD_OF_SHIFT}),
        # Who writes the register does not confirm that a record is the person sought.
        frozenset({Role.REGISTRY_OFFICER, Role.MATCH_REVIEWER}),
        # Who watches is not watched by himself.
        *(frozenset({Role.AUDITOR, role}) for role in HUMAN_ROLES if role is not Role.AUDITOR),
        # Who runs the machines sees no case.
        *(
            frozenset({Role.SYSTEM_ADMINISTRATOR, role})
            for role in HUMAN_ROLES
            if role is not Role.SYSTEM_ADMINISTRATOR
        ),
    }
)
"""Pairs of roles that one human never holds together."""


class Permission(StrEnum):
    """Something that an officer may be allowed to do."""

    DESK_SIGN_IN = "desk.sign_in"
    ENQUIRY_VIEW = "enquiry.view"
    ENQUIRY_RECEIVE = "enquiry.receive"
    ENQUIRY_WORK = "enquiry.work"
    ENQUIRY_ANSWER = "enquiry.answer"
    ENQUIRY_CLOSE_ABUSIVE = "enquiry.close_abusive"
    CASE_WORK = "case.work"
    CASE_SEARCH = "case.search"
    CASE_DECIDE = "case.decide"
    KINSHIP_VIEW = "kinship.view"
    KINSHIP_SHOW = "kinship.show"
    RECORD_VIEW = "record.view"
    RECORD_WRITE = "record.write"
    RECORD_ADVANCE = "record.advance"
    RECORD_ORDER = "record.order"
    RECORD_EXPORT = "record.export"
    IMPORT_RUN = "import.run"
    IMPORT_ADD = "import.add"
    IMPORT_UNDO = "import.undo"
    MATCH_VIEW = "match.view"
    MATCH_PROPOSE = "match.propose"
    MATCH_READ_FIRST = "match.read_first"
    MATCH_CONFIRM = "match.confirm"
    MATCH_REJECT = "match.reject"
    MATCH_UNDO = "match.undo"
    MATCH_LEARN = "match.learn"
    DISCLOSURE_VIEW = "disclosure.view"
    DISCLOSURE_PROPOSE = "disclosure.propose"
    DISCLOSURE_APPROVE = "disclosure.approve"
    DISCLOSURE_TELL = "disclosure.tell"
    DISCLOSURE_RETRACT = "disclosure.retract"
    LETTER_WRITE = "letter.write"
    LETTER_APPROVE = "letter.approve"
    INTAKE_READ = "intake.read"
    INTAKE_VIEW = "intake.view"
    INTAKE_RELEASE = "intake.release"
    CONVERSATION_VIEW = "conversation.view"
    CONVERSATION_ANSWER = "conversation.answer"
    CONVERSATION_JOIN = "conversation.join"
    RECORDING_WRITE = "recording.write"
    EVIDENCE_LISTEN = "evidence.listen"
    EVIDENCE_OPEN = "evidence.open"
    OUTBOX_VIEW = "outbox.view"
    OUTBOX_RETRY = "outbox.retry"
    OUTBOX_CLOSE = "outbox.close"
    AUDIT_READ = "audit.read"
    OFFICER_APPOINT = "officer.appoint"


class Actor(Protocol):
    """Whoever acts: a human with roles, on duty or not. Accounts do not count; humans do."""

    @property
    def human(self) -> str:
        """The one human behind the account."""

    @property
    def roles(self) -> frozenset[Role]:
        """Roles held today."""

    @property
    def on_duty(self) -> bool:
        """Whether the officer has begun a duty session."""


Predicate = Callable[[Actor, Any], bool]


def on_duty(actor: Actor, _subject: Any) -> bool:
    """The officer has begun a duty session."""
    return actor.on_duty


def holds(*roles: Role) -> Predicate:
    """The officer holds one of ``roles``."""
    wanted = frozenset(roles)

    def predicate(actor: Actor, _subject: Any) -> bool:
        return bool(wanted & actor.roles)

    names = " or ".join(sorted(role.value.replace("_", " ") for role in wanted))
    predicate.__name__ = f"holds_{'_or_'.join(sorted(wanted))}"
    predicate.__doc__ = f"The officer is {names}."
    return predicate


def not_first_reader(actor: Actor, subject: Any) -> bool:
    """Two pairs of eyes: who read the proposal first does not confirm it."""
    return bool(subject.first_reader_human != actor.human)


def not_proposer(actor: Actor, subject: Any) -> bool:
    """Two pairs of eyes: who proposed this does not approve it."""
    return bool(subject.proposed_by_human != actor.human)


_SUPERVISED = holds(Role.HEAD_OF_SHIFT)
_CASEWORK = holds(
    Role.ENQUIRY_OPERATOR,
    Role.KIN_VERIFIER,
    Role.TRACING_OFFICER,
    Role.MATCH_REVIEWER,
    Role.DISCLOSURE_OFFICER,
    Role.HEAD_OF_SHIFT,
)
_RECORDS = holds(
    Role.REGISTRY_OFFICER,
    Role.TRACING_OFFICER,
    Role.MATCH_REVIEWER,
    Role.DISCLOSURE_OFFICER,
    Role.HEAD_OF_SHIFT,
)
_MATCHING = holds(Role.TRACING_OFFICER, Role.MATCH_REVIEWER)
_TELLING = holds(Role.DISCLOSURE_OFFICER, Role.HEAD_OF_SHIFT)
_DOORS = holds(Role.ENQUIRY_OPERATOR, Role.HEAD_OF_SHIFT)
_ANSWERING = holds(Role.ENQUIRY_OPERATOR, Role.DISCLOSURE_OFFICER, Role.HEAD_OF_SHIFT)

P = Permission

PERMISSIONS: Mapping[Permission, tuple[tuple[Predicate, ...], ...]] = {
    P.DESK_SIGN_IN: ((holds(*HUMAN_ROLES),),),
    P.ENQUIRY_VIEW: ((on_duty, _CASEWORK),),
    P.ENQUIRY_RECEIVE: ((on_duty, holds(Role.ENQUIRY_OPERATOR, Role.HEAD_OF_SHIFT)), (holds(Role.FAMILY),)),
    P.ENQUIRY_WORK: ((on_duty, holds(Role.ENQUIRY_OPERATOR, Role.TRACING_OFFICER, Role.HEAD_OF_SHIFT)),),
    P.ENQUIRY_ANSWER: ((on_duty, holds(Role.ENQUIRY_OPERATOR, Role.DISCLOSURE_OFFICER, Role.HEAD_OF_SHIFT)),),
    P.ENQUIRY_CLOSE_ABUSIVE: ((on_duty, holds(Role.MATCH_REVIEWER, Role.HEAD_OF_SHIFT)),),
    P.CASE_WORK: ((on_duty, holds(Role.ENQUIRY_OPERATOR, Role.TRACING_OFFICER, Role.HEAD_OF_SHIFT)),),
    P.CASE_SEARCH: ((on_duty, _MATCHING), (holds(Role.ENGINE),)),
    P.CASE_DECIDE: ((on_duty, _TELLING),),
    P.KINSHIP_VIEW: ((on_duty, _CASEWORK),),
    P.KINSHIP_SHOW: ((on_duty, holds(Role.KIN_VERIFIER)),),
    P.RECORD_VIEW: ((on_duty, _RECORDS),),
    P.RECORD_WRITE: ((on_duty, holds(Role.REGISTRY_OFFICER)),),
    P.RECORD_ADVANCE: ((on_duty, holds(Role.REGISTRY_OFFICER)),),
    P.RECORD_ORDER: ((on_duty, _SUPERVISED), (on_duty, holds(Role.REGISTRY_OFFICER))),
    P.RECORD_EXPORT: ((on_duty, _SUPERVISED), (on_duty, holds(Role.REGISTRY_OFFICER))),
    P.IMPORT_RUN: ((on_duty, holds(Role.REGISTRY_OFFICER)),),
    P.IMPORT_ADD: ((on_duty, holds(Role.REGISTRY_OFFICER)),),
    P.IMPORT_UNDO: ((on_duty, holds(Role.REGISTRY_OFFICER)),),
    P.MATCH_VIEW: ((on_duty, _MATCHING),),
    P.MATCH_PROPOSE: ((on_duty, _MATCHING), (holds(Role.ENGINE),)),
    P.MATCH_READ_FIRST: ((on_duty, _MATCHING),),
    P.MATCH_CONFIRM: ((on_duty, holds(Role.MATCH_REVIEWER), not_first_reader),),
    P.MATCH_REJECT: ((on_duty, _MATCHING),),
    P.MATCH_UNDO: ((on_duty, _MATCHING),),
    P.MATCH_LEARN: ((on_duty, holds(Role.MATCH_REVIEWER)),),
    P.DISCLOSURE_VIEW: ((on_duty, _TELLING),),
    P.DISCLOSURE_PROPOSE: ((on_duty, _TELLING),),
    P.DISCLOSURE_APPROVE: ((on_duty, _TELLING, not_proposer),),
    P.DISCLOSURE_TELL: ((on_duty, _TELLING),),
    P.DISCLOSURE_RETRACT: ((on_duty, _TELLING),),
    P.LETTER_WRITE: ((on_duty, holds(Role.ENQUIRY_OPERATOR, Role.DISCLOSURE_OFFICER, Role.HEAD_OF_SHIFT)),),
    P.LETTER_APPROVE: ((on_duty, _TELLING, not_proposer),),
    P.INTAKE_READ: ((holds(Role.ENGINE),),),
    P.INTAKE_VIEW: ((on_duty, _DOORS),),
    P.INTAKE_RELEASE: ((on_duty, _DOORS),),
    P.CONVERSATION_VIEW: ((on_duty, _ANSWERING),),
    P.CONVERSATION_ANSWER: ((on_duty, _ANSWERING),),
    P.CONVERSATION_JOIN: ((on_duty, _DOORS),),
    P.RECORDING_WRITE: ((on_duty, _DOORS),),
    # A voice is the words of a family; an original may tell of places that no officer who answers needs to know.
    P.EVIDENCE_LISTEN: ((on_duty, _ANSWERING),),
    P.EVIDENCE_OPEN: ((on_duty, holds(Role.KIN_VERIFIER, Role.HEAD_OF_SHIFT)),),
    P.OUTBOX_VIEW: ((on_duty, _DOORS),),
    P.OUTBOX_RETRY: ((on_duty, _DOORS),),
    P.OUTBOX_CLOSE: ((on_duty, _DOORS),),
    P.AUDIT_READ: ((on_duty, holds(Role.AUDITOR)),),
    P.OFFICER_APPOINT: ((on_duty, holds(Role.SYSTEM_ADMINISTRATOR)),),
}


def allowed(permission: Permission, actor: Actor, subject: Any = None) -> bool:
    """Whether ``actor`` may do this to ``subject``."""
    ways = PERMISSIONS[permission]
    return any(all(predicate(actor, subject) for predicate in way) for way in ways)


def require(permission: Permission, actor: Actor, subject: Any = None) -> None:
    """Return if ``actor`` may do this to ``subject``.

    Raises:
        Refused: they may not; the log learns the permission, never the subject.
    """
    if not allowed(permission, actor, subject):
        raise Refused(f"permission.{permission}", f"not permitted: {permission}")


def conflicts_among(roles: Iterable[Role]) -> frozenset[frozenset[Role]]:
    """The pairs among ``roles`` that one human must not hold together."""
    held = frozenset(roles)
    return frozenset(pair for pair in CONFLICTS if pair <= held)


def table() -> str:
    """The policy as a Markdown table: one row a permission, one column a way, in the words of the predicates."""
    lines = ["| permission | granted when |", "| --- | --- |"]
    for permission, ways in sorted(PERMISSIONS.items()):
        spoken = " **or** ".join("; ".join(_words(predicate) for predicate in way) for way in ways)
        lines.append(f"| `{permission}` | {spoken} |")
    return "\n".join(lines)


def _words(predicate: Predicate) -> str:
    return (predicate.__doc__ or predicate.__name__).strip().rstrip(".")
