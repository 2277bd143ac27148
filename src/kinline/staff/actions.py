"""Appointing officers, opening accounts, beginning and ending duty."""

from collections.abc import Iterable
from datetime import date, datetime
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from kinline.ledger import actions as ledger
from kinline.staff import queries
from kinline.staff.models import Account, Appointment, DutySession, Officer
from kinrules import permissions
from kinrules.permissions import HUMAN_ROLES, Permission, Role
from kinrules.refusal import Refused


class SecondFactor(StrEnum):
    """What became of a second factor."""

    ADDED = "add_second_factor"
    REMOVED = "remove_second_factor"


@transaction.atomic
def enrol(name: str, *, actor: ledger.Named, at: datetime, language: str = "en") -> Officer:
    """Enrol one human. The permission is asked for when roles are given: an officer without roles may do nothing."""
    officer = Officer.objects.create(name=name, language=language)
    ledger.append(kind="officer.enrol", subject=ledger.reference(officer), actor=actor, at=at)
    return officer


@transaction.atomic
def appoint(officer: Officer, role: Role, *, actor: ledger.Named, at: datetime, on: date) -> Appointment:
    """Give ``officer`` a role from the day ``on``.

    Raises:
        Refused: not permitted; held already; or not to be held together with a role that the human holds.
    """
    permissions.require(Permission.OFFICER_APPOINT, actor, officer)
    return _give(officer, role, actor=actor, at=at, on=on)


@transaction.atomic
def found_bureau(
    name: str, *, roles: Iterable[Role], at: datetime, on: date, founder: ledger.Named = queries.ENGINE
) -> Officer:
    """Enrol and appoint the first officer, when nobody is there who could do it.

    Raises:
        Refused: an officer is enrolled already.
    """
    if Officer.objects.exists():
        raise Refused("staff.already-founded", "the bureau has officers; a system administrator appoints the next")
    officer = enrol(name, actor=founder, at=at)
    for role in roles:
        _give(officer, role, actor=founder, at=at, on=on)
    return officer


@transaction.atomic
def dismiss(appointment: Appointment, *, actor: ledger.Named, at: datetime, on: date) -> None:
    """End an appointment with the day ``on``.

    Raises:
        Refused: not permitted.
    """
    permissions.require(Permission.OFFICER_APPOINT, actor, appointment)
    appointment.until_on = on
    appointment.save(update_fields=["until_on"])
    facts = {"role": appointment.role}
    ledger.append(kind="officer.dismiss", subject=f"officer:{appointment.officer_id}", actor=actor, at=at, facts=facts)


@transaction.atomic
def open_account(
    officer: Officer, username: str, password: str, *, actor: ledger.Named, at: datetime, temporary: bool = False
) -> Account:
    """Open an account for a human; a second one adds a way to sign in, never a second pair of eyes.

    ``temporary``: the password is only for the first sign-in, since whoever opened the account knows it.
    """
    account = Account(username=username, officer=officer, must_change_password=temporary)
    account.set_password(password)
    account.save()
    ledger.append(kind="officer.open_account", subject=ledger.reference(officer), actor=actor, at=at)
    return account


@transaction.atomic
def change_password(account: Account, password: str, *, at: datetime) -> None:
    """Set the password that the officer chose; from now on nobody else knows it."""
    account.set_password(password)
    account.must_change_password = False
    account.save(update_fields=["password", "must_change_password"])
    actor = queries.behind(account, on=timezone.localdate(at))
    ledger.append(kind="officer.change_password", subject=actor.reference, actor=actor, at=at)


@transaction.atomic
def note_second_factor(account: Account, *, what: SecondFactor, kind: str, at: datetime) -> None:
    """Write that a way to sign in was added or removed; ``kind`` is totp, webauthn or recovery_codes.

    Whoever takes over an account begins with this, so an auditor must be able to see it.
    """
    actor = queries.behind(account, on=timezone.localdate(at))
    facts = {"kind": kind, "account": str(account.pk)}
    ledger.append(kind=f"officer.{what.value}", subject=actor.reference, actor=actor, at=at, facts=facts)


@transaction.atomic
def begin_duty(officer: Officer, *, at: datetime) -> DutySession:
    """Begin a duty session, or return the one that is open."""
    already = queries.open_duty(officer)
    if already is not None:
        return already
    duty = DutySession.objects.create(officer=officer, begun_at=at)
    actor = queries.acting(officer, on=timezone.localdate(at))
    ledger.append(kind="duty.begin", subject=ledger.reference(officer), actor=actor, at=at)
    return duty


@transaction.atomic
def end_duty(officer: Officer, *, at: datetime, handed_over: str = "") -> None:
    """End the open duty session, leaving a note for the next shift."""
    duty = queries.open_duty(officer)
    if duty is None:
        return
    actor = queries.acting(officer, on=timezone.localdate(at))
    duty.ended_at = at
    duty.handed_over = handed_over
    duty.save(update_fields=["ended_at", "handed_over"])
    ledger.append(kind="duty.end", subject=ledger.reference(officer), actor=actor, at=at)


@transaction.atomic
def prefer(officer: Officer, *, shortcuts: bool, language: str) -> None:
    """Keep how an officer likes to work: keyboard shortcuts on or off, and the language of the pages."""
    officer.shortcuts = shortcuts
    officer.language = language
    officer.save(update_fields=["shortcuts", "language"])


def _give(officer: Officer, role: Role, *, actor: ledger.Named, at: datetime, on: date) -> Appointment:
    if role not in HUMAN_ROLES:
        raise Refused("staff.not-a-human-role", f"nobody can be appointed {role.value}")
    clash = permissions.conflicts_among(queries.roles(officer, on=on) | {role})
    if clash:
        pairs = "; ".join(" and ".join(sorted(pair)) for pair in sorted(clash, key=sorted))
        raise Refused("staff.conflicting-roles", f"one human must not hold both: {pairs}")
    if Appointment.objects.filter(officer=officer, role=role.value, until_on__isnull=True).exists():
        # A second row would keep the role alive after the first is ended.
        raise Refused("staff.role-held", f"the officer is {role.value} already")
    appointment = Appointment.objects.create(officer=officer, role=role.value, from_on=on)
    facts = {"role": role.value}
    ledger.append(kind="officer.appoint", subject=ledger.reference(officer), actor=actor, at=at, facts=facts)
    return appointment
