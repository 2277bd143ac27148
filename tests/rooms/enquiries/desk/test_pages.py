"""The officers' pages of one enquiry, as a browser without scripts meets them."""

import brotli
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from kinline.enquiries import actions, queries
from kinline.enquiries.models import Enquiry, KinshipStep, Reply
from kinline.ledger.models import Entry, Exhibit
from tests import people
from tests.bureau import NOON, signed_in
from tests.rooms.enquiries.desk.conftest import asked

STAFF_LIMIT = 30 * 1024
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


@pytest.fixture
def desk(olha):
    """Olha's browser."""
    return signed_in(people.OLHA)


@pytest.fixture
def kinship_desk(iryna):
    """Iryna's browser."""
    return signed_in(people.IRYNA)


def words(response) -> str:
    return response.content.decode()


def weight(response) -> int:
    return len(brotli.compress(response.content, quality=5))


@pytest.mark.parametrize("page", ["", "reply/", "reply/still_looking/", "reply/need_detail/", "reply/missed_call/",
                                  "facts/", "join/", "kinship/", "reason/set_aside/", "reason/withdraw/"])  # fmt: skip
def test_every_page_of_an_enquiry_opens_and_is_light(accepted, desk, page):
    response = desk.get(f"/enquiries/{accepted.pk}/{page}")

    assert response.status_code == 200
    assert weight(response) < STAFF_LIMIT


def test_reading_an_enquiry_is_written_down_first(accepted, desk, olha):
    desk.get(f"/enquiries/{accepted.pk}/")

    entry = Entry.objects.filter(kind="viewed").last()
    assert (entry.subject, entry.actor, entry.facts) == (
        f"enquiry:{accepted.pk}",
        olha.reference,
        {"purpose": "enquiry.view"},
    )


def test_an_auditor_sees_no_enquiry(accepted):
    response = signed_in(people.NADIIA).get(f"/enquiries/{accepted.pk}/")

    assert response.status_code == 403
    assert "Your role does not include this." in words(response)
    assert "Коваль" not in words(response)


def test_the_buttons_are_the_moves_that_are_possible_and_permitted(enquiry, desk):
    page = words(desk.get(f"/enquiries/{enquiry.pk}/"))

    assert "Accept the enquiry" in page
    assert "Set aside: not an enquiry" in page
    assert "Go on looking" not in page
    assert "Confirm: not an enquiry" not in page


def test_accepting_is_one_press(enquiry, desk):
    response = desk.post(f"/enquiries/{enquiry.pk}/move/accept/", {"version": enquiry.version}, follow=True)

    assert "It is recorded." in words(response)
    assert Enquiry.objects.get(pk=enquiry.pk).state == "accepted"


def test_hidden_signs_in_a_family_s_words_are_made_visible(desk):
    enquiry = asked(last_contact="дзвонив \u202eз Полтави <script>alert(1)</script>")

    page = words(desk.get(f"/enquiries/{enquiry.pk}/"))

    assert '<span class="mark">U+202E</span>' in page
    assert "<script>alert" not in page


def test_a_reply_is_shown_whole_before_it_is_recorded(accepted, desk):
    page = words(desk.get(f"/enquiries/{accepted.pk}/reply/still_looking/"))

    assert "Це не означає, що сталося щось погане." in page
    assert not Reply.objects.exists()


def test_a_reply_by_sms_says_how_many_parts_it_has(accepted, desk):
    sent = {"channel": "sms", "language": "uk", "version": accepted.version, "preview": "1"}

    page = words(desk.post(f"/enquiries/{accepted.pk}/reply/still_looking/", sent))

    assert "НІБ: шукаємо далі. Новин поки немає." in page
    assert "SMS parts" in page


def test_recording_a_reply_needs_no_script(accepted, desk):
    sent = {"channel": "telephone", "language": "uk", "version": accepted.version}

    response = desk.post(f"/enquiries/{accepted.pk}/reply/still_looking/", sent, follow=True)

    assert "The reply is recorded, with its promise and the contact." in words(response)
    assert Enquiry.objects.get(pk=accepted.pk).state == "still_looking"


def test_two_replies_at_once_lose_neither_text(accepted, desk, taras, marko):
    shown = accepted.version
    chosen = actions.replies.Chosen(template="still_looking", language="uk", channel="telephone")
    actions.replies.reply(accepted, chosen, actor=marko, at=NOON, version=shown)
    sent = {
        "channel": "telephone",
        "language": "uk",
        "version": shown,
        "own_words": "Дякуємо за ваш лист.",
        "checked": "on",
    }

    response = desk.post(f"/enquiries/{accepted.pk}/reply/still_looking/", sent)

    page = words(response)
    assert response.status_code == 409
    assert "Nothing is lost: their words and yours stand side by side below." in page
    assert page.count("Дякуємо за ваш лист.") >= 2
    assert Reply.objects.count() == 1
    assert f'name="version" value="{Enquiry.objects.get(pk=accepted.pk).version}"' in page


def test_two_corrections_at_once_stand_side_by_side(accepted, desk, taras):
    shown = accepted.case.version
    actions.describe(accepted.case, {"unit": "TEST-0042"}, actor=taras, at=NOON)
    sent = {"version": shown, "sought_name": people.ANDRIY.name, "born": "2001-03-14", "unit": "TEST-0107"}

    response = desk.post(f"/enquiries/{accepted.pk}/facts/", sent)

    assert response.status_code == 409
    assert "TEST-0042" in words(response)
    assert "TEST-0107" in words(response)


def test_who_else_is_writing_is_said_and_does_not_block(accepted, desk, taras, monkeypatch):
    signed_in(people.MARKO).get(f"/enquiries/{accepted.pk}/reply/")

    page = words(desk.get(f"/enquiries/{accepted.pk}/reply/"))

    assert "Somebody is working on this now." in page
    assert "Marko" in page
    assert "Still looking" in page


def test_a_date_that_cannot_be_read_is_asked_again_with_everything_kept(accepted, desk):
    sent = {"version": accepted.case.version, "sought_name": "Коваль", "born": "колись навесні", "unit": "TEST-0042"}

    response = desk.post(f"/enquiries/{accepted.pk}/facts/", sent)

    assert response.status_code == 422
    assert "Write the date as 2001-03-14, 2001-03 or 2001" in words(response)
    assert "TEST-0042" in words(response)


def test_a_hand_over_without_its_line_comes_back_with_a_sentence(accepted, desk, taras):
    response = desk.post(f"/enquiries/{accepted.pk}/hand-over/", {"to": taras.human, "what_next": ""})

    assert response.status_code == 422
    assert "There is a problem" in words(response)


def test_an_enquiry_by_telephone_gets_its_code_once(desk, noise):
    page = desk.get("/enquiries/new/")
    ticket = page.context["form"].initial["ticket"]
    sent = {"ticket": ticket, "channel": "telephone", "language": "uk", "name": people.ANDRIY.latin, "born": "14.03.2001",
            "relation": "child", "phone": people.MARIA.telephone}  # fmt: skip

    first = desk.post("/enquiries/new/", sent)
    again = desk.post("/enquiries/new/", sent)

    code = first.context["code"]
    assert len(code) == 16
    assert again.context["code"] == code
    assert queries.search.by_code(code).get().channel == "telephone"
    assert Enquiry.objects.count() == len(noise) + 1
    assert "This code is shown only now." in words(first)
    assert code not in str([*Entry.objects.values_list("facts", flat=True)])


def test_an_enquiry_without_a_name_is_asked_again(desk):
    ticket = desk.get("/enquiries/new/").context["form"].initial["ticket"]

    response = desk.post("/enquiries/new/", {"ticket": ticket, "channel": "letter", "language": "uk", "born": "2001"})

    assert response.status_code == 422
    assert 'value="2001"' in words(response)


def test_kinship_is_shown_step_by_step_with_a_paper(accepted, kinship_desk):
    way = queries.desk.contacts(accepted).get()
    kinship_desk.post(f"/enquiries/{accepted.pk}/kinship/contact/{way.pk}/", {"words": "Called back, safe word named."})
    for kind, level in (("identity_document", "2"), ("kinship_document", "3")):
        paper = SimpleUploadedFile("папір.png", PNG + kind.encode(), content_type="image/png")
        kinship_desk.post(f"/enquiries/{accepted.pk}/kinship/shown/", {"way": kind, "paper": paper})
        exhibit = Exhibit.objects.get(kind=kind)
        kinship_desk.post(
            f"/enquiries/{accepted.pk}/kinship/judge/{exhibit.pk}/", {"level": level, "decision": "accept"}
        )

    accepted.refresh_from_db()
    page = words(kinship_desk.get(f"/enquiries/{accepted.pk}/kinship/"))
    assert accepted.kin_level == "3"
    assert "3. Kin shown" in page
    assert "Iryna" in page


def test_a_paper_is_only_ever_downloaded_and_its_opening_is_written_down(accepted, kinship_desk):
    evil = SimpleUploadedFile('a"b\r\n.html', b"<script>alert(1)</script>", content_type="text/html")
    kinship_desk.post(f"/enquiries/{accepted.pk}/kinship/shown/", {"way": "kinship_document", "paper": evil})
    exhibit = Exhibit.objects.get(kind="kinship_document")

    response = kinship_desk.get(f"/enquiries/{accepted.pk}/exhibits/{exhibit.pk}/")

    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment;")
    assert Entry.objects.filter(kind="exhibit.open").count() == 1


def test_a_picture_is_hidden_until_it_is_asked_for(accepted, kinship_desk):
    paper = SimpleUploadedFile("a.png", PNG, content_type="image/png")
    kinship_desk.post(f"/enquiries/{accepted.pk}/kinship/shown/", {"way": "kinship_document", "paper": paper})
    exhibit = Exhibit.objects.get(kind="kinship_document")

    unasked = words(kinship_desk.get(f"/enquiries/{accepted.pk}/kinship/"))
    asked_for = words(kinship_desk.get(f"/enquiries/{accepted.pk}/kinship/?show={exhibit.pk}"))

    assert "<img" not in unasked
    assert f'<img src="/enquiries/{accepted.pk}/exhibits/{exhibit.pk}/"' in asked_for


def test_another_family_s_paper_is_not_found_here(accepted, kinship_desk, noise):
    paper = SimpleUploadedFile("a.png", PNG, content_type="image/png")
    kinship_desk.post(f"/enquiries/{noise[0].pk}/kinship/shown/", {"way": "kinship_document", "paper": paper})
    exhibit = Exhibit.objects.get(kind="kinship_document")

    response = kinship_desk.get(f"/enquiries/{accepted.pk}/exhibits/{exhibit.pk}/")

    assert response.status_code == 404


def test_refusing_a_paper_needs_a_reason(accepted, kinship_desk):
    kinship_desk.post(
        f"/enquiries/{accepted.pk}/kinship/shown/", {"way": "kinship_document", "words": "Seen at the desk."}
    )
    exhibit = Exhibit.objects.get(kind="kinship_document")
    address = f"/enquiries/{accepted.pk}/kinship/judge/{exhibit.pk}/"

    response = kinship_desk.post(address, {"level": "3", "decision": "refuse", "reason": ""})

    assert response.status_code == 422
    assert "Write the reason in a few words. It is kept with the decision." in words(response)
    assert not KinshipStep.objects.exists()


def test_only_an_officer_for_kinship_judges(accepted, desk, kinship_desk):
    kinship_desk.post(
        f"/enquiries/{accepted.pk}/kinship/shown/", {"way": "kinship_document", "words": "Seen at the desk."}
    )
    exhibit = Exhibit.objects.get(kind="kinship_document")

    response = desk.post(f"/enquiries/{accepted.pk}/kinship/judge/{exhibit.pk}/", {"level": "3", "decision": "accept"})

    assert response.status_code == 403
    assert not KinshipStep.objects.exists()


@pytest.mark.parametrize("language", ["uk", "ru"])
def test_pages_open_in_every_language(accepted, desk, language):
    desk.post("/preferences/", {"language": language, "shortcuts": "on"})

    for page in ("", "reply/", "reply/need_detail/", "facts/", "kinship/"):
        assert desk.get(f"/enquiries/{accepted.pk}/{page}").status_code == 200


def test_a_notice_is_said_in_the_officer_s_language(enquiry, desk):
    desk.post("/preferences/", {"language": "ru"})

    page = words(desk.post(f"/enquiries/{enquiry.pk}/work/claim/", follow=True))

    assert "Теперь это обращение ваше." in page
    assert 'lang="ru"' in page
