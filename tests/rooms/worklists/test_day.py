"""Beginning and ending duty, the start page, preferences."""

from datetime import timedelta

import pytest

from kinline.enquiries import actions as enquiries
from kinline.staff import actions as staff
from kinline.staff import queries as staff_queries
from kinline.staff.models import DutySession
from kinline.worklists import actions, queries
from kinline.worklists.actions import HandOver
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON, acting, enrolled, signed_in

EVENING = NOON + timedelta(hours=5)


def test_off_duty_only_the_beginning_is_offered(enquiry):
    client = signed_in(people.TARAS, on_duty=False)

    start, inbox = client.get("/"), client.get("/inbox/")

    assert "You are not on duty. Begin your duty to see what waits." in start.content.decode()
    assert inbox["Location"] == "/"


def test_the_start_page_counts_the_day_and_passes_on_the_note(enquiry, noise, desk, olha):
    taras = enrolled(people.TARAS)
    staff.end_duty(taras, at=NOON + timedelta(hours=1), handed_over="Two calls at nine.")
    enquiries.claim(enquiry, actor=olha, at=NOON)

    page = desk.get("/").content.decode()

    assert "1 for you" in page
    assert "2 wait for any officer" in page
    assert "0 calls booked or offered" in page
    assert "Two calls at nine." in page
    assert "Taras" in page


def test_what_falls_due_within_the_hour_is_counted(enquiry, noise, olha):
    enquiries.claim(noise[0], actor=olha, at=NOON)

    due_day = NOON + (noise[0].promise_on - NOON.date())
    half_past_five = due_day.replace(hour=15, minute=30)

    assert queries.day(olha, at=NOON).due_soon == 0
    assert queries.day(olha, at=half_past_five).due_soon == 1


def test_duty_does_not_end_while_a_claim_has_no_line(enquiry, noise, olha):
    officer = enrolled(people.OLHA)
    enquiries.claim(enquiry, actor=olha, at=NOON)
    enquiries.claim(noise[0], actor=olha, at=NOON)

    with pytest.raises(Refused) as refused:
        actions.end_duty(
            officer, actor=olha, at=EVENING, hand_overs={enquiry.pk: HandOver("Call her."), noise[0].pk: HandOver(" ")}
        )

    assert refused.value.code == "duty.no-line"
    assert staff_queries.open_duty(officer) is not None
    enquiry.refresh_from_db()
    assert enquiry.hand_over_note == ""


def test_duty_ends_when_each_claim_is_kept_or_given_with_its_line(enquiry, noise, olha):
    officer, taras = enrolled(people.OLHA), enrolled(people.TARAS)
    enquiries.claim(enquiry, actor=olha, at=NOON)
    enquiries.claim(noise[0], actor=olha, at=NOON)
    hand_overs = {enquiry.pk: HandOver("Call her at six.", taras), noise[0].pk: HandOver("Wait for the paper.")}

    actions.end_duty(officer, actor=olha, at=EVENING, hand_overs=hand_overs, note="A quiet day.")

    enquiry.refresh_from_db()
    noise[0].refresh_from_db()
    assert (enquiry.claimed_by, enquiry.hand_over_note) == (taras, "Call her at six.")
    assert (noise[0].claimed_by, noise[0].hand_over_note) == (officer, "Wait for the paper.")
    assert DutySession.objects.get(officer=officer).handed_over == "A quiet day."


def test_the_page_keeps_what_was_written_when_a_line_is_missing(enquiry, noise, desk, olha):
    enquiries.claim(enquiry, actor=olha, at=NOON)
    enquiries.claim(noise[0], actor=olha, at=NOON)

    response = desk.post("/duty/end/", {f"{enquiry.pk.hex}-what_next": "Call her at six.", "note": "A quiet day."})

    page = response.content.decode()
    assert response.status_code == 422
    assert "Each enquiry you hold needs one line that says what is next." in page
    assert "Call her at six." in page
    assert "A quiet day." in page


def test_keys_can_be_turned_off_and_the_language_changed(desk):
    desk.post("/preferences/", {"language": "uk"})

    officer = acting(people.OLHA)
    assert (officer.language, officer.shortcuts) == ("uk", False)
    assert "keys.js" not in desk.get("/").content.decode()


def test_a_registry_officer_s_day_is_registers_and_capture_cards(enquiry):
    page = signed_in(people.DARYNA).get("/").content.decode()

    assert "0 registers to finish" in page
    assert "0 capture cards due" in page
    assert "for you" not in page
