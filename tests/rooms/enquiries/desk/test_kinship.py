"""The kinship ladder, climbed step by step."""

from datetime import date, timedelta

import pytest

from kinline.enquiries import actions, queries
from kinline.enquiries.actions.kinship import Decision, Judgement
from kinline.enquiries.models import Answer, EnquirerContact, KinshipStep
from kinline.ledger.actions import Document
from kinrules.refusal import Refused
from kinrules.terms import AnswerKind, EvidenceKind, KinLevel
from tests.bureau import NOON, TODAY

LEVEL_OF = {
    EvidenceKind.IDENTITY_DOCUMENT: KinLevel.IDENTITY_SEEN,
    EvidenceKind.KINSHIP_DOCUMENT: KinLevel.KIN_SHOWN,
    EvidenceKind.FAMILY_ANSWERS: KinLevel.KIN_SHOWN,
    EvidenceKind.VIDEO_CALL: KinLevel.KIN_SHOWN,
    EvidenceKind.NAMED_BY_PRISONER: KinLevel.KIN_SHOWN,
}


def show(enquiry, kind, *, by, at=NOON, decision=Decision.ACCEPT, reason=""):
    """Show something in words and decide on it."""
    exhibit = actions.kinship.note_shown(enquiry, kind, f"Seen: {kind.value}", actor=by, at=at)
    judgement = Judgement(level=LEVEL_OF[kind], decision=decision, reason=reason)
    return actions.kinship.judge(enquiry, exhibit, judgement, actor=by, at=at)


def check(enquiry, *, by, at=NOON):
    """Check the family's telephone."""
    way = queries.desk.contacts(enquiry).first()
    return actions.kinship.check_contact(enquiry, way, "Called back.", actor=by, at=at)


@pytest.mark.parametrize(
    "ways",
    [
        [EvidenceKind.KINSHIP_DOCUMENT],
        [EvidenceKind.NAMED_BY_PRISONER],
        [EvidenceKind.FAMILY_ANSWERS, EvidenceKind.FAMILY_ANSWERS, EvidenceKind.VIDEO_CALL],
    ],
)
def test_kin_is_shown_by_a_paper_by_the_prisoner_or_by_two_facts_and_a_call(accepted, iryna, ways):
    check(accepted, by=iryna)
    show(accepted, EvidenceKind.IDENTITY_DOCUMENT, by=iryna)

    for way in ways:
        show(accepted, way, by=iryna)

    assert (accepted.kin_level, accepted.kin_until) == ("3", date(2027, 11, 22))


def test_a_birth_record_without_identity_and_contact_shows_nothing(accepted, iryna):
    show(accepted, EvidenceKind.KINSHIP_DOCUMENT, by=iryna)

    assert (accepted.kin_level, accepted.kin_until) == ("0", None)


def test_one_fact_and_a_call_are_not_enough(accepted, iryna):
    check(accepted, by=iryna)
    show(accepted, EvidenceKind.IDENTITY_DOCUMENT, by=iryna)

    show(accepted, EvidenceKind.FAMILY_ANSWERS, by=iryna)
    show(accepted, EvidenceKind.VIDEO_CALL, by=iryna)

    assert accepted.kin_level == "2"


def test_kinship_that_was_shown_expires_after_twelve_months(accepted, iryna):
    check(accepted, by=iryna)
    show(accepted, EvidenceKind.IDENTITY_DOCUMENT, by=iryna)
    show(accepted, EvidenceKind.KINSHIP_DOCUMENT, by=iryna)

    last, after = (queries.kinship.standing(accepted, on=day) for day in (date(2027, 11, 22), date(2027, 11, 23)))

    assert (last.level, after.level) == (KinLevel.KIN_SHOWN, KinLevel.NOT_CHECKED)


def test_asking_again_and_refusing_keep_the_level_and_say_why(accepted, iryna):
    check(accepted, by=iryna)

    show(accepted, EvidenceKind.IDENTITY_DOCUMENT, by=iryna, decision=Decision.ASK_AGAIN, reason="Too dark to read.")
    show(accepted, EvidenceKind.KINSHIP_DOCUMENT, by=iryna, decision=Decision.REFUSE, reason="Another person's.")

    assert accepted.kin_level == "1"
    assert list(KinshipStep.objects.filter(accepted=False).values_list("asked_again", "reason")) == [
        (True, "Too dark to read."),
        (False, "Another person's."),
    ]


def test_nobody_but_an_officer_for_kinship_judges(accepted, olha, marko):
    for officer in (olha, marko):
        with pytest.raises(Refused) as refused:
            show(accepted, EvidenceKind.KINSHIP_DOCUMENT, by=officer)
        assert refused.value.code == "permission.kinship.show"


def test_what_was_shown_for_one_family_counts_for_no_other(accepted, iryna, noise):
    exhibit = actions.kinship.note_shown(noise[0], EvidenceKind.KINSHIP_DOCUMENT, "Seen.", actor=iryna, at=NOON)
    judgement = Judgement(level=KinLevel.KIN_SHOWN, decision=Decision.ACCEPT)

    with pytest.raises(Refused) as refused:
        actions.kinship.judge(accepted, exhibit, judgement, actor=iryna, at=NOON)

    assert refused.value.code == "kinship.other-exhibit"


def test_one_thing_is_decided_once_for_a_level(accepted, iryna):
    step = show(accepted, EvidenceKind.KINSHIP_DOCUMENT, by=iryna)

    with pytest.raises(Refused) as refused:
        actions.kinship.judge(
            accepted, step.exhibit, Judgement(level=KinLevel.KIN_SHOWN, decision=Decision.ACCEPT), actor=iryna, at=NOON
        )

    assert refused.value.code == "kinship.decided"


def test_a_contact_added_later_is_not_checked_and_a_check_grows_old(accepted, iryna):
    check(accepted, by=iryna)
    EnquirerContact.objects.create(
        enquirer=accepted.enquirer, channel="telephone", value="+000 999", canonical="000999"
    )

    today = queries.kinship.contacts_checked(accepted, on=TODAY)
    in_two_months = queries.kinship.contacts_checked(accepted, on=TODAY + timedelta(days=60))

    assert [way.canonical for way in today] == ["0005550014"]
    assert not in_two_months


@pytest.mark.parametrize(
    ("size", "code"), [(0, "kinship.empty-file"), (10 * 1024 * 1024 + 1, "kinship.file-too-large")]
)
def test_an_empty_or_huge_paper_is_refused(accepted, iryna, size, code):
    paper = Document(content=b"x" * size, file_name="a.jpg", media_type="image/jpeg")

    with pytest.raises(Refused) as refused:
        actions.kinship.attach_paper(accepted, EvidenceKind.KINSHIP_DOCUMENT, paper, actor=iryna, at=NOON)

    assert refused.value.code == code


def test_papers_wait_until_somebody_decides(accepted, iryna, noise):
    exhibit = actions.kinship.note_shown(accepted, EvidenceKind.KINSHIP_DOCUMENT, "Seen.", actor=iryna, at=NOON)

    before = list(queries.kinship.papers_waiting())
    judgement = Judgement(level=KinLevel.KIN_SHOWN, decision=Decision.ACCEPT)
    actions.kinship.judge(accepted, exhibit, judgement, actor=iryna, at=NOON)

    assert before == [exhibit]
    assert not queries.kinship.papers_waiting()


def test_told_by_a_person_is_recorded_without_words(accepted, marko):
    actions.answer(accepted, kind=AnswerKind.TOLD_BY_A_PERSON, actor=marko, at=NOON)

    assert accepted.state == "answered"
    assert Answer.objects.get().words == ""
    assert KinLevel(accepted.kin_level) is KinLevel.NOT_CHECKED
