"""What the bureau says, as Telegram carries it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinline.channels.base import SHARE_NUMBER, Outbound, Parcel
from kinline.channels.telegram import CHANNEL, buttons, split, write
from kinline.demo.bot_api import checks

# Pure: no database is asked.
pytestmark = pytest.mark.once

LABEL = re.compile(r"\n\n№ 4711( \(\d+/\d+\))?\Z")
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12_000)


def said(text: str = "Хто він вам?", **others: object) -> list[Parcel]:
    return CHANNEL.write(Outbound(number="4711", address="17", text=text, **others))


def texts(parcels: list[Parcel]) -> list[str]:
    return [str(parcel.body["text"]) for parcel in parcels]


def test_a_short_text_is_one_message_that_shows_its_number_and_no_preview():
    (parcel,) = said()

    assert parcel.to == "17"
    assert parcel.body == {
        "method": "sendMessage",
        "chat_id": 17,
        "text": "Хто він вам?\n\n№ 4711",
        "link_preview_options": {"is_disabled": True},
        "reply_markup": {"remove_keyboard": True},
    }


def test_a_text_that_says_its_number_is_left_as_it_is():
    assert texts(said("Ми отримали ваше повідомлення. Його номер: 4711.")) == [
        "Ми отримали ваше повідомлення. Його номер: 4711."
    ]


def test_choices_are_buttons_and_can_be_typed():
    (parcel,) = said(choices=(("son", "Син"), ("husband", "Чоловік")))

    assert parcel.body["text"] == "Хто він вам?\n\n1. Син\n2. Чоловік\n\n№ 4711"
    assert parcel.body["reply_markup"] == {
        "inline_keyboard": [
            [{"text": "1 Син", "callback_data": "4711:son"}, {"text": "2 Чоловік", "callback_data": "4711:husband"}]
        ]
    }


def test_a_number_that_stands_before_the_words_is_not_said_twice():
    (parcel,) = said(choices=(("son", "1 Син"), ("husband", "2 Чоловік")))

    assert parcel == said(choices=(("son", "Син"), ("husband", "Чоловік")))[0]


def test_long_buttons_stand_below_each_other():
    (parcel,) = said(choices=(("a", "Виправити дату народження"), ("b", "Так")))

    assert [len(row) for row in parcel.body["reply_markup"]["inline_keyboard"]] == [1, 1]


def test_sharing_ones_number_is_offered_by_the_telephones_own_button():
    (parcel,) = said(choices=((f"contact:{SHARE_NUMBER}", "1 Надіслати мій номер"), ("contact:skip", "2 Пропустити")))

    assert parcel.body["reply_markup"]["keyboard"] == [
        [{"text": "Надіслати мій номер", "request_contact": True}],
        [{"text": "Пропустити"}],
    ]
    assert "2. Пропустити" in parcel.body["text"]


def test_a_key_too_long_for_a_button_is_still_a_choice_to_type():
    (parcel,) = said(choices=(("x" * 70, "Довга"), ("b", "Коротка")))

    assert "1. Довга" in parcel.body["text"]
    assert parcel.body["reply_markup"] == {"inline_keyboard": [[{"text": "2 Коротка", "callback_data": "4711:b"}]]}


def test_a_long_text_is_cut_between_sentences_and_its_parts_are_counted():
    sentence = "Ми шукаємо далі і напишемо вам двадцять другого грудня. "

    parcels = said(sentence * 150, choices=(("yes", "Так"),))

    assert [LABEL.search(text)[1] for text in texts(parcels)] == [" (1/3)", " (2/3)", " (3/3)"]
    assert all(LABEL.sub("", text).endswith("грудня.") for text in texts(parcels)[:-1])
    assert ["reply_markup" in parcel.body for parcel in parcels] == [False, False, True]


def test_nothing_to_say_is_no_message():
    assert said("") == []
    assert said(" \n ") == []


def test_a_name_in_place_of_a_number_never_publishes_in_a_channel():
    (parcel,) = CHANNEL.write(Outbound(number="1", address="@everybody", text="?"))

    assert parcel.body["chat_id"] == "everybody"


def test_papers_are_deleted_by_their_marks():
    assert write.forget(["17/7", "rubbish", "17/8/x", "/", "sha256:1"]) == [
        Parcel(wire="http", to="17", body={"method": "deleteMessage", "chat_id": 17, "message_id": 7})
    ]


@given(WORDS)
def test_no_letter_is_lost_and_every_message_is_one_that_telegram_takes(text):
    parcels = said(text, choices=(("yes", "Так"),))

    whole = "".join(LABEL.sub("", part) for part in texts(parcels))
    assert re.sub(r"[\s\x00\ufffd]", "", whole) == re.sub(r"[\s\x00\ufffd]", "", f"{text}1. Так")
    for parcel in parcels:
        assert checks.text(parcel.body)
        checks.markup(parcel.body.get("reply_markup"))


@given(st.text(max_size=300), st.integers(min_value=4, max_value=40))
def test_pieces_joined_are_the_text_and_none_is_too_long(text, most):
    pieces = split.pieces(text, most=most)

    assert "".join(pieces).split() == text.split() or "".join("".join(pieces).split()) == "".join(text.split())
    assert all(split.units(piece) <= most for piece in pieces)


def test_an_accent_and_an_emoji_of_many_parts_are_not_torn():
    family = "👨‍👩‍👧"

    assert split.pieces("i\u0301" * 10, most=5)[0] == "i\u0301" * 2
    assert split.pieces(f"x{family}{family}", most=12)[0] == f"x{family}"


@given(st.lists(st.tuples(st.text(max_size=80), st.text(max_size=80)), max_size=120), st.text(max_size=80))
def test_whatever_the_choices_telegram_takes_them(choices, number):
    for parcel in CHANNEL.write(Outbound(number=number, address="17", text="?", choices=tuple(choices))):
        checks.text(parcel.body)
        checks.markup(parcel.body.get("reply_markup"))


@given(st.text(), st.text())
def test_what_a_button_carries_comes_back(key, number):
    carried = buttons.packed(key, number=number)

    assert len(carried.encode("utf-8", "surrogatepass")) <= 64
    if carried:
        came_number, came_key = buttons.unpacked(carried)
        assert came_key == key
        assert came_number in {number, ""}
