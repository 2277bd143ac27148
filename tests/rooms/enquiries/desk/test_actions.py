"""What an officer does with an enquiry."""

from datetime import date, timedelta

import pytest

from kinline.enquiries import actions
from kinline.enquiries.actions.replies import Chosen
from kinline.enquiries.intake import Intake
from kinline.enquiries.models import Answer, ContactLog, Enquiry, Reply, TracingCase
from kinline.enquiries.queries import desk, search, worklist
from kinline.ledger import queries as ledger
from kinline.ledger.models import Entry
from kinline.staff.queries import FAMILY
from kinrules.refusal import Refused
from tests import people
from tests.bureau import NOON, TODAY, enrolled
from tests.rooms.enquiries.desk.conftest import asked, snapshot

LATER = NOON + timedelta(minutes=3)


def test_accepting_touches_only_the_enquiry_and_is_written_down(enquiry, olha, noise):
    before = snapshot()

    actions.accept(enquiry, actor=olha, at=NOON)

    after = snapshot()
    assert {key for key in after if after[key] != before[key]} == {enquiry.pk}
    assert enquiry.state == "accepted"
    assert ledger.of(f"enquiry:{enquiry.pk}").last().kind == "enquiry.accept"


def test_who_has_no_right_to_work_is_refused_and_nothing_changes(enquiry, nadiia, iryna):
    before = snapshot()

    for officer in (nadiia, iryna):
        with pytest.raises(Refused) as refused:
            actions.accept(enquiry, actor=officer, at=NOON)
        assert refused.value.code == "permission.enquiry.work"

    assert snapshot() == before


def test_nothing_known_yet_is_an_answer_with_the_day_of_the_next_look(accepted, olha):
    actions.answer_for_now(accepted, words="Ми шукаємо далі.", actor=olha, at=NOON)

    answer = Answer.objects.get()
    assert (answer.kind, answer.next_look_on) == ("nothing_known_yet", TODAY + timedelta(days=30))
    assert (accepted.state, accepted.promise_on) == ("still_looking", TODAY + timedelta(days=30))
    assert accepted.case.next_look_on == TODAY + timedelta(days=30)
    assert accepted.last_told_at == NOON


def test_every_open_enquiry_has_a_promise_after_every_move(accepted, olha):
    for act in (actions.ask_family, actions.resume, actions.offer_call, actions.resume):
        act(accepted, actor=olha, at=NOON)
        assert accepted.promise_on > TODAY


def test_what_is_set_aside_is_closed_by_another_human_only(enquiry, marko, olha):
    actions.set_aside(enquiry, reason="An advertisement.", actor=marko, at=NOON)

    with pytest.raises(Refused) as refused:
        actions.close(enquiry, actor=marko, at=NOON)
    assert refused.value.code == "two-people.same-human"
    assert enquiry.state == "set_aside"


def test_a_second_officer_closes_what_another_set_aside(enquiry, marko, olha):
    actions.set_aside(enquiry, reason="An advertisement.", actor=olha, at=NOON)

    actions.close(enquiry, actor=marko, at=NOON)

    assert enquiry.state == "closed"
    assert Answer.objects.get().kind == "not_an_enquiry"


def test_a_withdrawal_keeps_the_family_s_words_and_can_be_undone(accepted, olha):
    actions.withdraw(accepted, statement="Він удома.", actor=olha, at=NOON)
    actions.reopen(accepted, actor=olha, at=NOON)

    assert accepted.state == "accepted"
    assert Answer.objects.get().kind == "withdrawn_by_family"


def test_setting_aside_without_a_reason_is_refused(enquiry, olha):
    with pytest.raises(Refused) as refused:
        actions.set_aside(enquiry, reason="  ", actor=olha, at=NOON)

    assert refused.value.code == "enquiry.no-reason"
    assert Enquiry.objects.get(pk=enquiry.pk).state == "received"


def test_what_somebody_changed_meanwhile_is_not_overwritten(accepted, olha, taras):
    shown = accepted.version
    actions.hold_until(accepted, TODAY + timedelta(days=5), actor=taras, at=NOON, version=shown)

    with pytest.raises(Refused) as refused:
        actions.hold_until(accepted, TODAY + timedelta(days=9), actor=olha, at=LATER, version=shown)

    assert refused.value.code == "enquiry.changed"
    assert Enquiry.objects.get(pk=accepted.pk).held_until == TODAY + timedelta(days=5)


def test_holding_writes_the_family_s_promise_at_once(accepted, olha):
    actions.hold_until(accepted, date(2026, 12, 1), actor=olha, at=NOON)

    assert (accepted.held_until, accepted.promise_on) == (date(2026, 12, 1), date(2026, 12, 1))


@pytest.mark.parametrize("days", [-1, 0, 91])
def test_no_family_is_held_in_the_past_or_longer_than_routine_contact(accepted, olha, days):
    with pytest.raises(Refused) as refused:
        actions.hold_until(accepted, TODAY + timedelta(days=days), actor=olha, at=NOON)

    assert refused.value.code == "enquiry.hold-day"


def test_the_next_one_is_danger_then_the_nearest_promise_then_the_oldest(enquiry, olha, noise):
    dangerous = asked(people.OKSANA, last_contact="Нам погрожують і вимагають гроші.")

    taken = [actions.claim_next(actor=olha, at=NOON) for _ in range(5)]

    assert [each and each.pk for each in taken] == [dangerous.pk, noise[0].pk, noise[1].pk, enquiry.pk, None]


def test_a_claimed_enquiry_is_taken_over_only_on_purpose(enquiry, olha, taras):
    actions.claim(enquiry, actor=olha, at=NOON)

    with pytest.raises(Refused) as refused:
        actions.claim(enquiry, actor=taras, at=NOON)
    actions.claim(enquiry, actor=taras, at=NOON, take_over=True)

    assert refused.value.code == "enquiry.claimed"
    assert str(enquiry.claimed_by_id) == taras.human
    assert ledger.of(f"enquiry:{enquiry.pk}").last().facts == {"from": olha.reference}


def test_a_hand_over_needs_the_line_that_says_what_is_next(enquiry, olha):
    taras = enrolled(people.TARAS)

    with pytest.raises(Refused) as refused:
        actions.hand_over(enquiry, to=taras, what_next=" ", actor=olha, at=NOON)
    actions.hand_over(enquiry, to=taras, what_next="Call her after six.", actor=olha, at=NOON)

    assert refused.value.code == "enquiry.no-next"
    assert (enquiry.claimed_by, enquiry.hand_over_note) == (taras, "Call her after six.")


def test_a_soft_lease_warns_and_does_not_block(accepted, olha, taras, marko):
    actions.work.lease(accepted, actor=olha, at=NOON)

    held = desk.lease(accepted, at=LATER)
    actions.work.lease(accepted, actor=taras, at=LATER)
    actions.answer_for_now(accepted, words="Ми шукаємо далі.", actor=marko, at=LATER)

    assert held == desk.Lease("Olha", NOON)
    assert str(accepted.leased_by_id) == olha.human
    assert Entry.objects.get(kind="enquiry.answer_for_now").facts["despite_lease_of"] == olha.reference


def test_a_soft_lease_ends_by_itself(accepted, olha):
    actions.work.lease(accepted, actor=olha, at=NOON)

    assert desk.lease(accepted, at=NOON + timedelta(minutes=15)) is None


def test_a_reply_records_words_promise_move_and_contact(accepted, olha):
    chosen = Chosen(template="still_looking", language="uk", channel="telephone")

    actions.replies.reply(accepted, chosen, actor=olha, at=NOON, version=accepted.version)

    reply = Reply.objects.get()
    assert "Ми напишемо вам до 22 грудня, навіть якщо новин не буде." in reply.words
    assert reply.promise_on == accepted.promise_on == date(2026, 12, 22)
    assert Answer.objects.get().words == reply.words
    assert (ContactLog.objects.get().channel, ContactLog.objects.get().reached) == ("telephone", True)


def test_no_reply_carries_a_fate_in_free_words(accepted, olha):
    chosen = Chosen(
        template="promise_date", language="uk", channel="letter", day=date(2026, 12, 1), own_words="Він у полоні.",
        checked=True,
    )  # fmt: skip

    with pytest.raises(Refused) as refused:
        actions.replies.reply(accepted, chosen, actor=olha, at=NOON)

    assert refused.value.code == "reply.fate"
    assert not Reply.objects.exists()


def test_free_words_are_read_again_before_they_go_out(accepted, olha):
    chosen = Chosen(
        template="promise_date", language="uk", channel="letter", day=date(2026, 12, 1), own_words="Дякуємо за лист."
    )

    with pytest.raises(Refused) as refused:
        actions.replies.reply(accepted, chosen, actor=olha, at=NOON)

    assert refused.value.code == "reply.not-checked"


def test_a_missed_call_is_logged_as_not_reached_and_promises_the_day(accepted, olha):
    chosen = Chosen(template="missed_call", language="en", channel="telephone", day=date(2026, 11, 23))

    actions.replies.reply(accepted, chosen, actor=olha, at=NOON)

    assert "We tried to call you today at 14:00" in Reply.objects.get().words
    assert ContactLog.objects.get().reached is False
    assert accepted.promise_on == date(2026, 11, 23)


def test_two_enquiries_about_one_person_share_a_case_and_part_again(enquiry, olha):
    cousin = asked(by=people.HANNAH, name=people.ANDRIY.latin)
    own = cousin.case

    actions.join(cousin, case=enquiry.case, reason="Same birth date and town.", actor=olha, at=NOON)
    joined = (cousin.case_id, cousin.first_case_id, type(own).objects.get(pk=own.pk).state)
    actions.split(cousin, reason="Another man.", actor=olha, at=NOON)

    assert joined == (enquiry.case_id, own.pk, "closed")
    assert (cousin.case_id, cousin.first_case_id) == (own.pk, None)
    assert type(own).objects.get(pk=own.pk).state == "searching"


def with_a_decision(enquiry):
    """As if two readers had confirmed a record."""
    TracingCase.objects.filter(pk=enquiry.case_id).update(state="match_confirmed")
    enquiry.case.refresh_from_db()


def test_a_case_that_was_decided_on_is_not_joined(enquiry, olha):
    cousin = asked(by=people.HANNAH)
    with_a_decision(enquiry)

    with pytest.raises(Refused) as refused:
        actions.join(cousin, case=enquiry.case, reason="Same.", actor=olha, at=NOON)

    assert refused.value.code == "enquiry.case-decided"


def test_correcting_facts_searches_again_and_writes_no_name_to_the_ledger(enquiry, olha):
    changed = actions.describe(
        enquiry.case, {"sought_name": "Коваль Андрій", "unit": "TEST-0042"}, actor=olha, at=LATER
    )

    assert changed == ["sought_name", "unit"]
    assert enquiry.case.facts_changed_at == LATER
    assert search.by_name("andrey koval").filter(pk=enquiry.pk).exists()
    assert ledger.of(f"tracing_case:{enquiry.case_id}").last().facts == {"changed": ["sought_name", "unit"]}


def test_the_ledger_learns_no_words_and_no_names(accepted, olha, iryna):
    actions.work.note(accepted, "Сестра телефонує ввечері.", actor=olha, at=NOON)
    actions.replies.reply(
        accepted, Chosen(template="still_looking", language="uk", channel="telephone"), actor=olha, at=NOON
    )

    written = " ".join(str(entry.facts) for entry in Entry.objects.all())
    assert not [word for word in ("Коваль", "Сестра", "шукаємо", "+000", "555 00") if word in written]


def test_words_of_danger_bring_an_enquiry_to_the_top_until_somebody_has_looked(enquiry, olha, noise):
    actions.add(noise[1], "message", "Нас шантажують.", actor=FAMILY, at=NOON)

    first = worklist.unclaimed(on=TODAY).first()
    actions.work.look_at_danger(noise[1], actor=olha, at=NOON)
    actions.work.read_additions(noise[1], actor=olha, at=NOON)

    assert first.pk == noise[1].pk
    assert worklist.unclaimed(on=TODAY).first().pk == noise[0].pk


def test_overdue_is_what_was_promised_before_today(enquiry, noise):
    late = asked(people.OKSANA, days_ago=20)

    assert list(worklist.overdue(on=TODAY)) == [late]


def test_a_form_that_came_again_in_other_words_is_news_until_it_is_read(accepted, olha, noise):
    actions.claim(accepted, actor=olha, at=NOON)
    actions.ask_family(accepted, actor=olha, at=NOON)
    actions.keep_conflict(accepted, Intake(name="Коваль Андрій", language="uk", born_words="у березні"), at=NOON)

    mine = list(worklist.rows(worklist.View.MINE, officer=olha.human, on=TODAY))
    unread = desk.unread(accepted)
    actions.work.read_additions(accepted, actor=olha, at=NOON)

    assert mine == [accepted]
    assert (unread, desk.unread(accepted)) == (1, 0)
    assert "у березні" in desk.thread(accepted)[-1].words
