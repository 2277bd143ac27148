"""Nobody is told what may harm; mistakes are taken back by a person; fate stands in no automatic text."""

import ast
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.utils.translation import override

from kinline.correspondence import messages as letters
from kinline.correspondence.models import Letter
from kinline.disclosure import actions, messages, queries, wording
from kinline.disclosure.models import Disclosure, Telling
from kinline.enquiries import fate
from kinline.enquiries.models import Answer, Enquiry, TracingCase
from kinline.ledger.models import Entry
from kinrules.refusal import Refused
from kinrules.rules.consent import Wish
from kinrules.states import MACHINES, tracing_case
from kinrules.states import disclosure as states
from kinrules.states import enquiry as enquiry_states
from kinrules.terms import AnswerKind, Fate, PublicState, WithholdingReason
from tests.bureau import NOON, TODAY
from tests.rooms.disclosure.conftest import choice_for, tell_now

ROOM = Path("src/kinline/disclosure")
REVIEW = date(2027, 1, 15)


def withholding(because=WithholdingReason.DETRIMENT_TO_KIN, **changes) -> actions.Withholding:
    whole = {"words": "threats against the family", "review_on": REVIEW, "agency_words": "T-2026-18"}
    return actions.Withholding(because=because, **(whole | changes))


def public_state(enquiry) -> PublicState:
    return enquiry_states.PUBLIC[Enquiry.objects.get(pk=enquiry.pk).state]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"detriment": True, "detriment_words": "threats"}, "disclosure.detriment"),
        ({"wish": Wish.OBJECTS}, "disclosure.person-objects"),
        ({"wish": Wish.NOT_ASKED}, "disclosure.wish-not-checked"),
    ],
)
def test_nobody_is_told_what_may_harm(proposal, kin, sofiia, marko, change, code):
    disclosure = actions.propose(proposal, enquiry=kin, choice=choice_for(kin, **change), actor=sofiia, at=NOON)

    with pytest.raises(Refused) as refused:
        actions.approve(disclosure, seen=queries.digest(disclosure), actor=marko, at=NOON)

    assert refused.value.code == code
    assert Disclosure.objects.get().state == states.PROPOSED


@pytest.mark.parametrize("change", [{"detriment": True}, {"wish": Wish.OBJECTS}])
def test_what_was_approved_before_it_could_harm_is_not_told(approved, sofiia, change):
    Disclosure.objects.filter(pk=approved.pk).update(**change)
    again = Disclosure.objects.get(pk=approved.pk)

    with pytest.raises(Refused):
        actions.begin_call(again, actor=sofiia, at=NOON)


@pytest.mark.parametrize(
    "because",
    [
        WithholdingReason.DETRIMENT_TO_PERSON,
        WithholdingReason.DETRIMENT_TO_KIN,
        WithholdingReason.PERSON_OBJECTS,
        WithholdingReason.SECURITY_ORDER,
        WithholdingReason.THIRD_PARTY,
    ],
)
def test_whatever_the_reason_the_family_reads_the_same(proposed, sofiia, because):
    actions.withhold(proposed, withholding(because), actor=sofiia, at=NOON)

    enquiry = Enquiry.objects.get(pk=proposed.enquiry_id)
    answer = Answer.objects.get(enquiry=enquiry)
    assert (answer.kind, answer.words) == (AnswerKind.CANNOT_SHARE, "")
    assert public_state(enquiry) is PublicState.FINISHED
    assert TracingCase.objects.get(pk=enquiry.case_id).state == tracing_case.WITHHELD


def test_a_withheld_and_a_told_family_stand_alike_from_outside(told):
    assert public_state(told.enquiry) is PublicState.FINISHED


@pytest.mark.parametrize("because", [WithholdingReason.KIN_NOT_SHOWN, WithholdingReason.DEATH_IN_PERSON_FIRST])
def test_a_reason_that_passes_leaves_the_enquiry_open(proposed, sofiia, because):
    actions.withhold(proposed, withholding(because), actor=sofiia, at=NOON)

    assert Enquiry.objects.get(pk=proposed.enquiry_id).state == enquiry_states.ACCEPTED
    assert not Answer.objects.exists()


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"agency_words": " "}, "disclosure.agency-not-settled"),
        ({"words": " "}, "disclosure.no-reason"),
        ({"review_on": TODAY}, "disclosure.no-review"),
    ],
)
def test_withholding_needs_a_reason_a_day_of_review_and_the_agency(proposed, sofiia, change, code):
    with pytest.raises(Refused) as refused:
        actions.withhold(proposed, withholding(**change), actor=sofiia, at=NOON)

    assert refused.value.code == code
    assert Disclosure.objects.get().state == states.PROPOSED


def test_what_is_withheld_comes_back_on_its_day(proposed, sofiia):
    actions.withhold(proposed, withholding(), actor=sofiia, at=NOON)

    assert not queries.to_review(on=REVIEW - timedelta(days=1)).exists()
    assert queries.to_review(on=REVIEW).get() == proposed


def test_after_withholding_only_the_neutral_letter_is_written(proposed, sofiia):
    actions.withhold(proposed, withholding(), actor=sofiia, at=NOON)

    actions.draft_letter(proposed, {"addressee": "Слово"}, actor=sofiia, at=NOON, on=TODAY)

    assert Letter.objects.get().kind == "cannot_share"


def test_no_letter_goes_before_the_call(approved, sofiia):
    with pytest.raises(Refused) as refused:
        actions.draft_letter(approved, {}, actor=sofiia, at=NOON, on=TODAY)

    assert refused.value.code == "disclosure.not-told-yet"


def test_a_mistake_is_taken_back_by_a_person_and_the_search_goes_on(told, marko, sofiia):
    actions.retract(told, why="namesake", what_was_wrong="Це була інша людина.", actor=marko, at=NOON)

    enquiry = Enquiry.objects.get(pk=told.enquiry_id)
    assert list(queries.retracted_untold()) == [told]
    assert queries.retracted_today(on=TODAY) == [told]
    assert enquiry.state == enquiry_states.ACCEPTED
    assert TracingCase.objects.get(pk=enquiry.case_id).state == tracing_case.SEARCHING

    outcome = actions.Outcome(next_call_at=NOON + timedelta(days=1))
    actions.mistake_told(told, outcome, told=False, actor=sofiia, at=NOON)

    assert list(queries.retracted_untold()) == [told]

    actions.mistake_told(told, outcome, told=True, actor=sofiia, at=NOON)

    assert not queries.retracted_untold().exists()


def test_the_words_for_a_mistake_hold_what_was_wrong(told, marko):
    actions.retract(told, why="namesake", what_was_wrong="Це була інша людина.", actor=marko, at=NOON)

    lines = [line["say"] for line in queries.lines_for(Disclosure.objects.get(), script=wording.MISTAKE)]

    assert "Це була інша людина." in lines
    assert "Мені дуже шкода. Ця помилка наша." in lines


def test_a_mistake_reaches_every_family_that_was_told(told, sofiia):
    assert list(queries.other_told(told)) == []


def test_the_letter_on_a_mistake_waits_for_the_call(told, marko):
    actions.retract(told, why="namesake", what_was_wrong="Це була інша людина.", actor=marko, at=NOON)

    with pytest.raises(Refused):
        actions.draft_letter(told, {}, actor=marko, at=NOON, on=TODAY)


def test_a_promised_call_is_recorded_and_leaves_the_list(told, sofiia):
    later = NOON + timedelta(days=1)
    assert len(queries.next_calls(at=NOON)) == 1

    actions.follow_up(told, actions.Outcome(), reached=True, actor=sofiia, at=later)

    assert queries.next_calls(at=later) == []
    assert Telling.objects.filter(purpose="follow_up").count() == 1


def test_the_ledger_never_learns_a_fate(dead, sofiia, second):
    actions.accompany(dead, second, actor=sofiia)
    tell_now(dead, sofiia)

    ours = ("disclosure:", "letter:", "tracing_case:", "match:")
    told = [entry for entry in Entry.objects.all() if entry.subject.startswith(ours)]
    assert {entry.kind for entry in told} >= {"disclosure.propose", "disclosure.tell", "tracing_case.inform"}
    for entry in told:
        spoken = f"{entry.kind} {entry.facts}"
        assert not fate.may_be_told_by(spoken.replace("_", " ")), spoken
        assert not re.search(r"\b(dead|alive_in_custody|in_hospital|released|escaped)\b", spoken), spoken


def sentences_outside_the_scripts() -> list[str]:
    """Every title and every sentence of messages that stands in a list, a title or a notice."""
    titles = [
        found
        for template in sorted((ROOM / "templates").rglob("*.html"))
        for found in re.findall(r"{% block title %}(.*?){% endblock %}", template.read_text(), re.DOTALL)
    ]
    return [*titles, *map(str, messages.DONE.values()), *map(str, messages.PURPOSES.values())]


@pytest.mark.parametrize("language", ["uk", "ru", "en"])
def test_no_title_notice_or_state_says_a_fate(language):
    with override(language):
        words = sentences_outside_the_scripts()
        words += [str(word) for word in MACHINES["disclosure"].words.values()]
        words += [str(word) for word in MACHINES["letter"].words.values()]

        assert [word for word in words if fate.may_be_told_by(word)] == []


@pytest.mark.parametrize("name", ["opening", "closing"])
@pytest.mark.parametrize("language", wording.languages())
def test_what_frames_every_call_tells_nothing(name, language):
    lines = wording.script(name, language).lines

    assert not fate.may_be_told_by("\n".join(" ".join(line.values()) for line in lines))


@pytest.mark.parametrize("language", wording.languages())
@pytest.mark.parametrize("told_of", [*wording.TOLD, wording.MISTAKE])
@pytest.mark.parametrize("sex", ["m", "f", ""])
@pytest.mark.parametrize("relation", ["child", "spouse", "friend"])
def test_every_script_is_whole_for_everybody(language, told_of, sex, relation):
    blanks = wording.Blanks(
        relation=relation,
        sex=sex,
        single={"safe_word": "липа", "enquirer": "Е", "sought": "С", "told_on": "22"},
        own_lines={"may_say": ("Рядок.",), "what_was_wrong": ("Рядок.",)},
        conditions=frozenset({"named_this_kin", "prisoner_of_war", "civilian"}),
    )

    lines = wording.said_by(wording.filled(str(told_of), language, blanks=blanks), caller="Софія")

    for line in lines:
        assert "{" not in line["say"]
        assert bool(line["label"]) == bool(line["value"])
    assert lines[0]["value"] == "Софія"
    assert any(line["say"] == "Рядок." for line in lines)


def test_the_word_itself_is_said_and_not_softened():
    blanks = wording.Blanks(relation="child", sex="m", single={})

    spoken = {
        language: [line["say"] for line in wording.filled(Fate.DEAD, language, blanks=blanks)]
        for language in wording.languages()
    }

    assert "Ваш син помер." in spoken["uk"]
    assert "Ваш сын умер." in spoken["ru"]
    assert "Your son has died." in spoken["en"]


def test_every_script_is_a_draft_until_an_editor_answers_for_it():
    assert wording.is_draft(Fate.DEAD, "uk")


def test_every_refusal_of_the_room_has_a_sentence():
    raised = set()
    for source in [*ROOM.rglob("*.py"), *Path("src/kinline/correspondence").glob("*.py")]:
        for node in ast.walk(ast.parse(source.read_text())):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Refused"):
                continue
            code = node.args[0]
            raised |= {code.value} if isinstance(code, ast.Constant) else set()
    assert raised <= messages.REFUSALS.keys() | letters.REFUSALS.keys()
