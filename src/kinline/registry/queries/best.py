"""Choosing which of several assertions is shown first. Nothing is dropped: the others follow by their grade."""

from collections.abc import Iterable
from typing import TypeVar

from kinline.registry.grades import Grade, rank
from kinline.registry.models import AssertedName, Fact
from kinrules.terms import NameKind

Assertion = TypeVar("Assertion", AssertedName, Fact)

_NAMES_FIRST = (NameKind.OFFICIAL, NameKind.BIRTH, NameKind.AS_REPORTED, NameKind.ALSO_KNOWN_AS)
_NAME_ORDER = {kind.value: place for place, kind in enumerate(_NAMES_FIRST)}


def grade(assertion: AssertedName | Fact) -> Grade:
    """The grade of one assertion; its report must be loaded with it."""
    return Grade(assertion.report.source_reliability, assertion.credibility)


def best_first(facts: Iterable[Fact]) -> list[Fact]:
    """Facts of one kind, best-graded first; among equals the one whose value could be read, then the newest report."""
    newest_first = sorted(facts, key=lambda fact: (fact.report.received_on, fact.recorded_at), reverse=True)
    return sorted(newest_first, key=lambda fact: (fact.declined, rank(grade(fact)), not fact.value))


def names_first(names: Iterable[AssertedName]) -> list[AssertedName]:
    """Names, the one to head the page first: by kind, then grade, then the one with most parts, then the oldest."""

    def order(name: AssertedName) -> tuple[int, tuple[int, int], int]:
        parts = (name.surname, name.given, name.patronymic)
        return _NAME_ORDER.get(name.kind, len(_NAME_ORDER)), rank(grade(name)), -sum(map(bool, parts))

    return sorted(names, key=order)
