"""A subject to write about, and officers who write and sign."""

from hashlib import sha256

import pytest

from kinline.correspondence import actions
from kinline.correspondence.models import Letter
from kinline.enquiries.models import TracingCase
from tests import people
from tests.bureau import NOON, TODAY, acting

WORDS = {
    "addressee": people.MARIA.name,
    "address": "вул. Ґрунтова, 7\n36000 Полтава",
    "person": people.ANDRIY.name,
    "reference": "3F2A91C0",
    "checked": "Реєстр бюро.\nСписки Центрального агентства.",
    "next_look": "22 грудня 2026",
}


@pytest.fixture
def olha(db):
    return acting(people.OLHA)


@pytest.fixture
def marko(db):
    return acting(people.MARKO)


@pytest.fixture
def sofiia(db):
    return acting(people.SOFIIA)


@pytest.fixture
def subject(db):
    return TracingCase.objects.create(sought_name=people.ANDRIY.name, opened_at=NOON, facts_changed_at=NOON)


@pytest.fixture
def letter(subject, olha) -> Letter:
    """A draft, among another letter."""
    actions.draft(wording(), about=subject, actor=olha, at=NOON, on=TODAY)
    return actions.draft(wording(), about=subject, actor=olha, at=NOON, on=TODAY)


@pytest.fixture
def sealed(letter, marko) -> Letter:
    seal(letter, marko)
    return Letter.objects.get(pk=letter.pk)


def wording(kind: str = "nothing_known_yet", language: str = "uk", **words: str) -> actions.Wording:
    return actions.Wording(kind, language, WORDS | words)


def seal(letter: Letter, actor, *, at=NOON) -> None:
    seen = sha256(actions.preview(letter, actor=actor, on=at.date())).hexdigest()
    actions.seal(letter, seen=seen, actor=actor, at=at, on=at.date())
