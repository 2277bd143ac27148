"""The ledger is read by auditors and copied elsewhere: what it says of a telling never tells a death from a life."""

import json
import re
from datetime import timedelta

import pytest
from django.db import transaction

from kinline.disclosure import actions
from kinline.disclosure.models import Telling
from kinline.ledger.models import Entry
from kinline.matching import engine
from kinrules.states import captive_record
from tests.bureau import NOON
from tests.rooms.disclosure import acts
from tests.rooms.disclosure.acts import Bureau

REFERENCE = re.compile(r"""[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|(?<="contact": )\d+|(?<="telling": ")\d+""")


def retracts(bureau: Bureau) -> None:
    acts.the_caller_tells(bureau)
    sofiia = bureau.officers["sofiia"]
    actions.retract(bureau.disclosure, why="x", what_was_wrong="Помилка.", actor=sofiia, at=NOON)
    outcome = actions.Outcome(next_call_at=NOON + timedelta(days=1))
    actions.mistake_told(bureau.disclosure, outcome, told=True, actor=sofiia, at=NOON)


def follows_up(bureau: Bureau) -> None:
    acts.the_caller_tells(bureau)
    sofiia = bureau.officers["sofiia"]
    actions.follow_up(bureau.disclosure, actions.Outcome(), reached=True, actor=sofiia, at=NOON)


def is_withheld(bureau: Bureau) -> None:
    acts.nobody_answers(bureau)
    acts.takes_back(bureau)
    acts.withholds(bureau)


ENDS = {
    "told": acts.the_caller_tells,
    "not told": acts.nobody_answers,
    "retracted": retracts,
    "followed up": follows_up,
    "withheld": is_withheld,
}


def shown_by_ledger(state: str, end: acts.Act) -> list[tuple[str, str, str]]:
    """Kind, subject and facts of all that was written from the first reading on; every reference reads the same."""
    engine.forget()
    with transaction.atomic():
        bureau = Bureau(state)
        before = Entry.objects.latest("seq").seq
        while (step := acts.next_step(bureau)) != "the caller tells":
            acts.STEPS[step](bureau)
        end(bureau)
        written = Entry.objects.filter(seq__gt=before).order_by("seq")
        shape = [(row.kind, row.subject, json.dumps(row.facts, sort_keys=True)) for row in written]
        transaction.set_rollback(True)
    return [tuple(REFERENCE.sub("...", said) for said in row) for row in shape]


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS)
def test_the_ledger_never_tells_a_death_from_a_living_person(db, end):
    of_a_life = shown_by_ledger(captive_record.INTERNED, end)
    of_a_death = shown_by_ledger(captive_record.DEAD, end)

    assert "disclosure.begin_call" in [kind for kind, _subject, _facts in of_a_death]
    assert of_a_death == of_a_life


def test_beginning_a_call_does_not_name_the_second_officer_whom_the_telling_keeps(dead, sofiia, second):
    actions.accompany(dead, second, actor=sofiia)
    actions.begin_call(dead, actor=sofiia, at=NOON)
    actions.tell(dead, actions.Outcome(next_call_at=NOON + timedelta(days=1)), actor=sofiia, at=NOON)

    assert Entry.objects.get(kind="disclosure.begin_call").facts == {}
    assert Telling.objects.get(disclosure=dead).with_officer == second
