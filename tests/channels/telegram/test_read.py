"""One update as the conversation hears it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinline.channels.base import Attachment, Inbound, Kind
from kinline.channels.telegram import CHANNEL, read
from kinline.intake.notices import Notice
from tests.channels.telegram import updates

# Pure: no database is asked.
pytestmark = pytest.mark.once

# Names that the reader looks at, so that random documents come near to real ones.
NAMES = [
    "update_id",
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "message_id",
    "chat",
    "from",
    "id",
    "type",
    "text",
    "caption",
    "contact",
    "phone_number",
    "user_id",
    "first_name",
    "photo",
    "file_id",
    "width",
    "document",
    "voice",
    "location",
    "latitude",
    "longitude",
    "venue",
    "poll",
    "options",
    "reply_to_message",
    "media_group_id",
    "data",
    "new_chat_member",
    "status",
    "language_code",
    "result",
    "ok",
    "sticker",
    "emoji",
]
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | st.sampled_from(["private", "group", "kicked"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(NAMES) | st.text(), inner, max_size=6),
    max_leaves=30,
)


def only(raw: bytes) -> Inbound:
    (inbound,) = CHANNEL.read(raw)
    return inbound


def test_a_text_is_heard_with_who_and_where_and_in_which_language():
    heard = only(updates.message(text="Коваль Андрій"))

    assert heard == Inbound(
        wire_id="500",
        address="17",
        text="Коваль Андрій",
        language="uk",
        authenticated=True,
        mark="17/7",
    )


@pytest.mark.parametrize(("stated", "understood"), [("uk", "uk"), ("ru-RU", "ru"), ("de", "en"), ("rup", "en")])
def test_the_language_of_the_telephone_is_a_hint(stated, understood):
    assert only(updates.message(text="?", **{"from": updates.MARIA | {"language_code": stated}})).language == understood


def test_ones_own_contact_gives_the_number():
    heard = only(updates.message(contact={"phone_number": "380 50 111-22-33", "user_id": 17, "first_name": "Марія"}))

    assert (heard.phone, heard.text) == ("+380501112233", "+380501112233")


@pytest.mark.parametrize("owner", [{"user_id": 18}, {}, {"user_id": True}])
def test_somebody_elses_contact_gives_the_name_and_no_number(owner):
    heard = only(updates.message(contact={"phone_number": "+380501112233", "first_name": "Андрій"} | owner))

    assert (heard.phone, heard.text, heard.kind) == ("", "Андрій", Kind.MESSAGE)


def test_of_a_photograph_the_largest_is_taken_and_its_caption_kept():
    sizes = [
        {"file_id": "big", "width": 800, "height": 600, "file_size": 5},
        {"file_id": "small", "width": 90, "height": 60, "file_size": 9},
    ]

    heard = only(updates.message(photo=sizes, caption="паспорт", media_group_id="album-1"))

    assert heard.attachments == (Attachment("photo.jpg", "image/jpeg", 5, remote_id="big"),)
    assert (heard.text, heard.album) == ("паспорт", "album-1")


@pytest.mark.parametrize(
    ("kind", "name", "mime"),
    [
        ("voice", "voice.ogg", "audio/ogg"),
        ("audio", "audio.mp3", "audio/mpeg"),
        ("video", "video.mp4", "video/mp4"),
        ("video_note", "video.mp4", "video/mp4"),
        ("document", "document", "application/octet-stream"),
    ],
)
def test_a_file_without_a_name_has_one(kind, name, mime):
    heard = only(updates.message(**{kind: {"file_id": "f", "file_size": 3}}))

    assert heard.attachments == (Attachment(name, mime, 3, remote_id="f"),)
    assert heard.kind is Kind.MESSAGE


def test_an_animation_is_one_file_although_it_is_written_down_twice():
    heard = only(updates.message(animation={"file_id": "a"}, document={"file_id": "a"}))

    assert [file.remote_id for file in heard.attachments] == ["a"]


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        ({"location": {"latitude": 48.45, "longitude": 34.98}}, "geo:48.45,34.98"),
        ({"sticker": {"file_id": "s", "emoji": "😢"}}, "😢"),
        ({"dice": {"emoji": "🎲", "value": 2}}, "🎲"),
        ({"poll": {"question": "Де він?", "options": [{"text": "А"}, {"text": "Б"}]}}, "Де він?\nА\nБ"),
        (
            {"venue": {"title": "Лікарня", "address": "вул. Нова", "location": {"latitude": 1, "longitude": 2}}},
            "Лікарня\nвул. Нова\ngeo:1.0,2.0",
        ),
    ],
)
def test_what_is_said_without_typing_has_words(parts, text):
    assert only(updates.message(**parts)).text == text


def test_an_edit_is_a_new_item_about_the_old_one():
    before = only(updates.message(text="Коваль"))
    after = only(updates.message(kind="edited_message", text="Коваль Андрій"))

    assert after.about == after.mark == before.mark
    assert before.about == ""


def test_an_answer_says_what_it_answers():
    heard = only(updates.message(text="так", reply_to_message={"message_id": 5, "text": "Це він?"}))

    assert (heard.about, heard.quoted, heard.text) == ("17/5", "Це він?", "так")


def test_a_pressed_button_is_an_answer_to_the_message_that_carried_it():
    heard = only(updates.press("4711:son"))

    assert (heard.answer, heard.about, heard.address, heard.text) == ("son", "4711", "17", "")
    assert read.pressed(updates.press("4711:son")) == "p1"


def test_a_button_under_a_message_too_old_to_be_shown_is_still_heard():
    heard = only(updates.raw(callback_query={"id": "p", "from": updates.MARIA, "data": ":skip"}))

    assert (heard.address, heard.answer) == ("17", "skip")


@pytest.mark.parametrize(
    ("text", "behind"),
    [("/start", ""), ("/start@nib_bot case-4", "case-4"), ("/help me", ""), ("/start мій син", "")],
)
def test_what_a_link_put_behind_start_is_told_apart_and_the_text_kept(text, behind):
    heard = only(updates.message(text=text))

    assert (heard.subject, heard.text, heard.answer) == (behind, text, "")


def test_a_file_name_leads_into_no_folder():
    heard = only(updates.message(document={"file_id": "f", "file_name": "..\\../a/па\u202eспорт.pdf"}))

    assert heard.attachments[0].name == "паспорт.pdf"


@pytest.mark.parametrize(
    ("chat", "notice"),
    [
        ({"id": -5, "type": "group"}, Notice.GROUP),
        ({"id": -5, "type": "supergroup"}, Notice.GROUP),
        ({"id": -5, "type": "channel"}, Notice.CHANNEL),
        ({"id": -5}, Notice.GROUP),
    ],
)
def test_what_is_said_among_others_is_not_heard_but_noticed(chat, notice):
    heard = only(updates.message(chat=chat, text="мій син Андрій"))

    assert (heard.kind, heard.notice, heard.address, heard.text) == (Kind.IGNORED, notice, "-5", "")


def test_a_person_who_blocks_the_bot_is_shown_to_a_person():
    heard = only(updates.standing(updates.PRIVATE, status="kicked"))

    assert (heard.kind, heard.notice, heard.address) == (Kind.BOUNCE, Notice.BLOCKED, "17")


@pytest.mark.parametrize(
    ("chat", "status", "notice"),
    [
        (updates.PRIVATE, "member", Notice.UNBLOCKED),
        (updates.GROUP, "member", Notice.GROUP),
        (updates.GROUP, "kicked", ""),
    ],
)
def test_other_changes_of_standing_are_ignored_with_a_notice(chat, status, notice):
    heard = only(updates.standing(chat, status=status))

    assert (heard.kind, heard.notice) == (Kind.IGNORED, notice)


def test_whoever_writes_in_the_name_of_another_is_not_vouched_for():
    assert not only(updates.message(text="?", **{"from": updates.MARIA | {"id": 18}})).authenticated


def test_an_unknown_kind_is_ignored_without_error():
    assert only(updates.raw(news_from_the_future={"x": 1})).kind is Kind.IGNORED
    assert only(updates.message(hologram={"x": 1})).kind is Kind.IGNORED


@pytest.mark.parametrize(
    "raw",
    [b"", b"null", b"[]", b"{", b"\xff\xfe", b'{"update_id": "1"}', b"[" * 100_000, b'{"update_id": 1, "message": 5}'],
    ids=lambda raw: raw[:20],
)
def test_what_cannot_be_read_is_kept_for_a_person(raw):
    heard = only(raw)

    assert heard.kind is Kind.UNREADABLE
    assert heard.wire_id


def test_half_letters_and_nothings_become_a_mark_that_every_database_keeps():
    heard = only(rb'{"update_id":1,"message":{"message_id":1,"chat":{"id":17},"text":"\ud83d \u0000 \ud83d\ude22"}}')

    assert heard.text == "\ufffd \ufffd 😢"


@given(st.binary())
def test_any_bytes_are_read_without_error(raw):
    (heard,) = CHANNEL.read(raw)

    assert heard.wire_id


@given(JSON)
def test_any_document_is_read_without_error(document):
    raw = json.dumps(document).encode()

    heard = CHANNEL.read(raw)

    assert heard
    assert all(one.wire_id for one in heard)
    assert heard == CHANNEL.read(raw)


@given(st.dictionaries(st.sampled_from(NAMES), JSON, max_size=12))
def test_any_message_is_read_without_error_and_can_be_kept(parts):
    for one in CHANNEL.read(updates.message(**parts)):
        assert one.wire_id
        assert "\x00" not in one.text
        one.text.encode()
