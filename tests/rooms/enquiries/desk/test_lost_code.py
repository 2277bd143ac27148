"""A family that lost its case code gets a new one, after its contact was checked."""

import re
from datetime import timedelta

import pytest

from kinline.enquiries import actions, queries, tickets
from kinline.enquiries.intake import Intake
from kinline.enquiries.models import ContactLog
from kinline.enquiries.queries import families
from kinline.ledger.models import Entry, Exhibit
from kinline.staff.queries import FAMILY
from kinrules.refusal import Refused
from kinrules.terms import Channel, EvidenceKind, KinLevel
from tests import people
from tests.bureau import NOON, signed_in
from tests.rooms.enquiries.desk.conftest import snapshot

REASON = "The paper with the code burnt."


@pytest.fixture
def checked(accepted, iryna):
    """Maria's telephone was called back."""
    way = queries.desk.contacts(accepted).first()
    actions.kinship.check_contact(accepted, way, "Called back.", actor=iryna, at=NOON)
    return accepted


@pytest.fixture
def desk(olha):
    """Olha's browser."""
    return signed_in(people.OLHA)


def test_the_new_code_opens_the_page_and_the_old_one_is_dead_at_once(olha, iryna):
    intake = Intake(name=people.ANDRIY.name, language="uk", channel=Channel.TELEPHONE)
    first = actions.receive(intake, actor=FAMILY, at=NOON)
    actions.kinship.judge(
        first.enquiry,
        actions.kinship.note_shown(first.enquiry, EvidenceKind.CONTACT_CHECK, "Came in person.", actor=iryna, at=NOON),
        actions.kinship.Judgement(level=KinLevel.CONTACT_CHECKED, decision=actions.kinship.Decision.ACCEPT),
        actor=iryna,
        at=NOON,
    )

    again = actions.reissue_code(first.enquiry, reason=REASON, actor=olha, at=NOON)

    assert families.by_code(first.code) is None
    assert families.by_code(again.code) == first.enquiry
    assert again.safe_word == first.safe_word


def test_a_page_that_was_opened_with_the_old_code_is_closed_too(checked, olha):
    before = tickets.read_pass(tickets.written_pass(families.key(checked), at=NOON), at=NOON)

    actions.reissue_code(checked, reason=REASON, actor=olha, at=NOON)

    assert families.by_key(before.enquiry) is None
    assert families.by_key(families.key(checked)) == checked


def test_the_reason_is_kept_and_the_ledger_holds_only_its_reference(checked, olha):
    actions.reissue_code(checked, reason=REASON, actor=olha, at=NOON)

    note = Exhibit.objects.get(kind="reason")
    entry = Entry.objects.get(kind="enquiry.reissue_code")
    assert note.words == REASON
    assert (entry.subject, entry.actor, entry.facts) == (
        f"enquiry:{checked.pk}",
        olha.reference,
        {"reason": str(note.pk)},
    )


def test_no_contact_is_recorded_and_no_other_enquiry_touched(checked, olha):
    others = {key: row for key, row in snapshot().items() if key != checked.pk}
    contacts = ContactLog.objects.count()

    actions.reissue_code(checked, reason=REASON, actor=olha, at=NOON)

    assert ContactLog.objects.count() == contacts
    assert {key: row for key, row in snapshot().items() if key != checked.pk} == others


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"reason": "  "}, "enquiry.no-reason"), ({"at": NOON + timedelta(days=800)}, "enquiry.contact-not-checked")],
)
def test_without_a_reason_or_with_a_check_too_long_ago_the_code_stays(checked, olha, changes, code):
    before = checked.code_hash

    with pytest.raises(Refused) as refused:
        actions.reissue_code(checked, **({"reason": REASON, "actor": olha, "at": NOON} | changes))

    checked.refresh_from_db()
    assert (refused.value.code, checked.code_hash) == (code, before)


def test_a_family_whose_contact_was_never_checked_gets_no_new_code(accepted, olha):
    with pytest.raises(Refused) as refused:
        actions.reissue_code(accepted, reason=REASON, actor=olha, at=NOON)

    assert refused.value.code == "enquiry.contact-not-checked"


def test_an_officer_without_the_right_gets_no_code(checked, nadiia):
    with pytest.raises(Refused):
        actions.reissue_code(checked, reason=REASON, actor=nadiia, at=NOON)


def test_the_page_shows_code_and_safe_word_once(checked, desk):
    address = f"/enquiries/{checked.pk}/new-code/"
    asked = desk.get(address).content.decode()

    shown = desk.post(address, {"words": REASON, "version": checked.version}).content.decode()

    code = "".join(re.findall(r"\d{4}", re.search(r'class="code">(.*?)</p>', shown, re.DOTALL)[1]))
    assert "The safe word stays the same." in asked
    assert families.by_code(code) == checked
    assert checked.safe_word in shown
    assert code[:4] not in re.sub(r"<time.*?</time>", "", desk.get(address).content.decode())


def test_where_no_contact_was_checked_the_page_says_what_to_do_first(accepted, desk):
    address = f"/enquiries/{accepted.pk}/new-code/"

    asked = desk.get(address).content.decode()
    sent = desk.post(address, {"words": REASON})

    assert "Check a contact first." in asked
    assert sent.status_code == 422
    assert "A new code is given only to the family itself." in sent.content.decode()
