"""SMS: what a gateway posts is read, and one part goes out, whole or not at all."""

import json

import pytest

from kinline.channels.base import Kind, Outbound
from kinline.channels.sms import CHANNEL
from kinline.channels.sms.writing import size
from kinrules.refusal import Refused
from tests import people

pytestmark = pytest.mark.once  # neither reading nor writing touches a database

NUMBER = "+0005000001"


def post(**fields: object) -> bytes:
    return json.dumps({"id": "g-1", "from": NUMBER, "text": "Шукаю сина"} | fields).encode()


def refusal(text: str, *, address: str = NUMBER) -> str:
    with pytest.raises(Refused) as refused:
        CHANNEL.write(Outbound(number="1", address=address, text=text))
    return refused.value.code


def test_a_post_is_read_whether_json_or_a_form():
    [said] = CHANNEL.read(post(at="2026-11-23T01:02:03Z"))
    [posted] = CHANNEL.read(b"id=g-1&from=%2B0005000001&text=%D0%A8%D1%83%D0%BA%D0%B0%D1%8E+%D1%81%D0%B8%D0%BD%D0%B0")

    assert said == posted
    assert (said.wire_id, said.address, said.text, said.language) == ("id:g-1", NUMBER, "Шукаю сина", "uk")


def test_a_post_without_a_number_of_its_own_is_known_by_its_bytes():
    [first], [other] = CHANNEL.read(post(id="")), CHANNEL.read(post(id="", text="x"))

    assert first.wire_id.startswith("sha256:")
    assert first.wire_id != other.wire_id


@pytest.mark.parametrize(("text", "answer"), [("2", "2"), (" 2. ", "2"), ("2)", "2"), ("2 дні", ""), ("200", "")])
def test_a_number_alone_is_an_answer(text: str, answer: str):
    [inbound] = CHANNEL.read(post(text=text))

    assert (inbound.answer, inbound.text) == (answer, text)


@pytest.mark.parametrize("sender", ["OPERATOR", "777", "", "Diia"])
def test_a_sender_that_nobody_can_answer_is_a_machine(sender: str):
    [inbound] = CHANNEL.read(post(**{"from": sender}))

    assert (inbound.kind, inbound.address) == (Kind.AUTO, "")


@pytest.mark.parametrize("raw", [b"", b"{", b"[1]", b'{"id": "1"}', post(text=None), post(text=["x"]), b"\xff\xfe"])
def test_what_is_no_post_is_kept_for_a_person(raw: bytes):
    [inbound] = CHANNEL.read(raw)

    assert inbound.kind is Kind.UNREADABLE
    assert inbound.wire_id


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("ї" * 70, (70, 70)),
        ("a" * 160, (160, 160)),
        ("€" * 80, (160, 160)),
        ("НІБ: запит прийнято. Код 4821093756. Відповімо до 27 листопада.", (63, 70)),
        ("НІБ 4821093756: шукаємо далі. Поки не знайшли. Напишемо до 22 грудня.", (69, 70)),
    ],
)
def test_what_fits_into_one_part_is_written_whole(text: str, places: tuple[int, int]):
    [parcel] = CHANNEL.write(Outbound(number="4711", address=NUMBER, text=text))

    assert size(text) == places
    assert parcel.body == {"number": "4711", "to": NUMBER, "text": text}


@pytest.mark.parametrize("text", ["ї" * 71, "a" * 161, "€" * 81, "a" * 70 + "ї", "🕊" * 36])
def test_what_does_not_fit_is_refused_and_never_cut(text: str):
    assert refusal(text) == "channel.sms-too-long"


@pytest.mark.parametrize("text", ["https://example.org/x", "see www.example.org", "t.me/bot", "дивіться bureau.gov.ua"])
def test_a_link_is_refused(text: str):
    assert refusal(text) == "channel.sms-link"


@pytest.mark.parametrize("address", ["", people.MARIA.email, "+1", f"{NUMBER}\n", "OPERATOR"])
def test_only_a_telephone_number_is_written_to(address: str):
    assert refusal("Так", address=address) == "channel.sms-address"
