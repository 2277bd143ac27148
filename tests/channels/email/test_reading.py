"""What a mail says: its sender, its words in any charset, its files, and what was only quoted."""

import re

import pytest

from kinline.channels.base import Kind
from kinline.channels.email.answers import numbered_answers
from kinline.channels.email.quoting import split
from tests import people
from tests.channels.email.letters import HEAD, coded, in_parts, letter, read

pytestmark = pytest.mark.once  # reading a mail touches no database

WORDS = "Шукаю сина, зник у березні. Його звуть Андрій, він народився в Полтаві."
CHARSETS = ("koi8-u", "koi8-r", "windows-1251", "iso-8859-5", "utf-8", "us-ascii", "iso-8859-1", "x-unknown", "")


@pytest.mark.parametrize("label", CHARSETS)
@pytest.mark.parametrize("charset", ["koi8-u", "cp1251", "iso8859-5", "utf-8", "utf-16", "utf-16-le", "utf-16-be"])
def test_words_are_read_whatever_their_label_says(charset: str, label: str):
    raw = letter(
        coded(WORDS.encode(charset)),
        content_type=f"text/plain; charset={label}" if label else "text/plain",
        content_transfer_encoding="base64",
    )

    inbound = read(raw)

    assert inbound.text == WORDS
    assert inbound.language == "uk"


@pytest.mark.parametrize("words", ["naïve café, à bientôt", "Grüße aus Köln", "Žluťoučký kůň"])
def test_western_words_are_not_taken_for_cyrillic_ones(words: str):
    charset = "cp1250" if "Ž" in words else "cp1252"

    inbound = read(letter(words.encode(charset), content_type=f"text/plain; charset={charset}"))

    assert inbound.text == words


@pytest.mark.parametrize("charset", ["koi8-u", "cp1251", "utf-8"])
def test_a_header_of_bare_bytes_is_read(charset: str):
    raw = HEAD.encode() + b"Subject: " + "Шукаю сина Андрія".encode(charset) + b"\n\nx"

    assert read(raw).subject == "Шукаю сина Андрія"


@pytest.mark.parametrize(
    "date", ["Fri, 1 Jan 2050 00:00:00 +0000", "yesterday", "", "Thu, 32 Foo 99999 25:61:61 +9999"]
)
def test_a_bad_date_does_no_harm(date: str):
    assert read(letter(date=date)).text == "Шукаю сина."


def test_a_mail_without_from_is_kept_with_nobody_to_answer():
    inbound = read(b"Subject: help\nMessage-ID: <a@b>\n\nShukaiu syna")

    assert (inbound.address, inbound.text, inbound.kind) == ("", "Shukaiu syna", Kind.MESSAGE)


@pytest.mark.parametrize(
    "sender",
    [
        " maria . koval @ example.org ",
        "Maria Koval maria.koval@example.org",
        "Maria < maria.koval@example.org >",
        '"Koval, Maria" <maria.koval@EXAMPLE.org>',
        "=?utf-8?B?0JzQsNGA0ZbRjw==?= <maria.koval@example.org>",
        "maria.koval@example.org (Maria)",
        "<maria.koval@example.org",
    ],
)
def test_a_sender_between_blanks_and_names_is_found(sender: str):
    assert read(f"From: {sender}\n\nx".encode()).address == "maria.koval@example.org"


def test_a_mail_without_a_message_id_is_known_by_its_bytes():
    first, again, other = (read(f"From: a@example.org\n\n{words}".encode()) for words in ("one", "one", "two"))

    assert first.wire_id == again.wire_id != other.wire_id
    assert re.fullmatch("sha256:[0-9a-f]{64}", first.wire_id)


def test_two_message_ids_are_as_good_as_none():
    assert read(b"From: a@example.org\nMessage-ID: <a@b>\nMessage-ID: <c@d>\n\nx").wire_id.startswith("sha256:")


def test_html_alone_becomes_text_and_nothing_in_it_is_fetched():
    page = (
        "<html><head><title>no</title><style>p{}</style></head><body><p>Шукаю&nbsp;сина</p><img src='https://spy.example/1'>"
        "<table><tr><td>Ім'я</td><td>Андрій</td></tr></table><script>alert(1)</script></body></html>"
    )

    inbound = read(letter(page, content_type="text/html; charset=utf-8"))

    assert inbound.text == "Шукаю сина\n\nІм'я Андрій"


def test_numbers_of_a_list_in_html_are_kept_for_our_questions():
    page = "<p>Hello</p><ol><li>Коваль Андрій</li><li>14.03.2001</li></ol><ul><li>more</li></ul>"

    inbound = read(letter(page, content_type="text/html; charset=utf-8"))

    assert inbound.text == "Hello\n\n1. Коваль Андрій\n2. 14.03.2001\n\n- more"
    assert numbered_answers(inbound.text) == {1: "Коваль Андрій", 2: "14.03.2001"}


def test_lines_that_were_broken_to_fit_a_screen_are_whole_again():
    raw = letter(
        "Шукаю сина, \nзник у \nберезні.\n\n-- \nМарія", content_type="text/plain; charset=utf-8; format=flowed"
    )

    inbound = read(raw)

    assert (inbound.text, inbound.quoted) == ("Шукаю сина, зник у березні.", "--\nМарія")


def test_of_two_forms_the_plain_one_is_read_unless_it_says_nothing():
    forms = [("Content-Type: text/plain", "{}"), ("Content-Type: text/html", "<p>Rich words</p>")]

    texts = [
        read(in_parts((forms[0][0], plain), forms[1], kind="alternative")).text
        for plain in ("Plain words", "", "Your program does not show HTML.")
    ]

    assert texts == ["Plain words", "Rich words", "Rich words"]


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ('Content-Disposition: attachment; filename="../../etc/passwd"', "passwd"),
        ("Content-Disposition: attachment; filename*=koi8-u''%D3%C9%CE.pdf", "син.pdf"),
        ("Content-Disposition: attachment; filename*0*=utf-8''%D1%81; filename*1*=%D0%B8%D0%BD.pdf", "син.pdf"),
        ('Content-Disposition: attachment; filename="=?koi8-u?B?08nO?=.pdf"', "син.pdf"),
        ('Content-Type: application/pdf; name="C:\\\\a\\\\photo\u202egpj.exe"', "photogpj.exe"),
        ("Content-Disposition: attachment", "attachment-1.pdf"),
        ('Content-Disposition: attachment; filename="..."', "attachment-1.pdf"),
        ('Content-Disposition: attachment; filename="a\tb\x00?.pdf"', "a b.pdf"),
    ],
)
def test_a_file_gets_a_name_that_harms_nobody(fields: str, name: str):
    kind = "" if "Content-Type" in fields else "Content-Type: application/pdf\n"
    raw = in_parts(
        ("Content-Type: text/plain", "See the paper."),
        (f"{kind}{fields}\nContent-Transfer-Encoding: base64", coded(b"%PDF-1.7 ...")),
    )

    [file] = read(raw).attachments

    assert (file.name, file.type, file.size, file.content) == (name, "application/pdf", 12, b"%PDF-1.7 ...")


def test_a_letter_forwarded_as_a_file_is_read_with_its_files():
    inner = (
        in_parts(
            ("Content-Type: text/plain; charset=utf-8", "Він живий."),
            ("Content-Type: image/png; name=p.png\nContent-Transfer-Encoding: base64", coded(b"\x89PNG")),
        )
        .replace(b"boundary=b", b"boundary=c")
        .replace(b"--b", b"--c")
    )

    inbound = read(in_parts(("Content-Type: text/plain", "Please read."), ("Content-Type: message/rfc822", inner)))

    assert inbound.text == "Please read.\nВін живий."
    assert [each.type for each in inbound.attachments] == ["message/rfc822", "image/png"]


def test_a_label_that_the_parser_raises_on_is_passed_over():
    raw = letter("Шукаю сина".encode("koi8-u"), content_type="text/plain; charset*=utf-7''koi8-u")

    assert read(raw).text == "Шукаю сина"


def test_parts_in_parts_in_parts_end_nothing():
    deep = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (n, n) for n in range(3_000))

    inbound = read(HEAD.encode() + deep + "\nШукаю сина".encode())

    assert (inbound.address, inbound.kind) == (people.MARIA.email, Kind.MESSAGE)
    assert inbound.text.endswith("Шукаю сина")


@pytest.mark.parametrize(
    "earlier",
    [
        "On Mon, 23 Nov 2026 at 10:00, Bureau <bureau@example.org>\nwrote:\n> We have your message.",
        "пн, 23 лист. 2026 р. о 10:00 Бюро <bureau@example.org> пише:\n> Ми отримали ваш лист.",
        "23.11.2026 10:00, Бюро пишет:\n> Мы получили ваше письмо.",
        "Понедельник, 23 ноября 2026, 10:00 +03:00 от Бюро <bureau@example.org>:\nМы получили ваше письмо.",
        "-----Original Message-----\nFrom: Bureau\nWe have your message.",
        "Від: Бюро\nНадіслано: 23 листопада 2026 р. 10:00\nКому: Марія\nТема: Лист\n\nМи отримали ваш лист.",
        "-- \nМарія Коваль\nтел. +000",
        "Надіслано з iPhone",
        "Отправлено из мобильной Почты Mail.ru\n\n> Ми отримали ваш лист.",
    ],
)
def test_what_was_quoted_or_signed_stands_apart(earlier: str):
    said, quoted = split(f"Дякую вам.\n\n{earlier}", is_reply=True)

    assert said == "Дякую вам."
    assert "".join(quoted.split()) == "".join(earlier.split())


@pytest.mark.parametrize(
    "forwarded",
    [
        "---------- Forwarded message ---------\nFrom: A <a@example.org>\nDate: today\nSubject: son\nTo: b\n\nВін живий.",
        "-------- Пересланное сообщение --------\nОт: А\nДата: сегодня\nКому: Б\n\nОн жив.",
    ],
)
def test_what_was_forwarded_was_said(forwarded: str):
    said, quoted = split(f"Прочитайте.\n\n{forwarded}", is_reply=False)

    assert said == f"Прочитайте.\n\n{forwarded}"
    assert quoted == ""


def test_a_letter_that_answers_none_loses_nothing_to_quoting():
    assert split("> Шукаю сина.", is_reply=False) == ("> Шукаю сина.", "")


def test_words_between_quoted_lines_are_said():
    said, quoted = split("> Do you know his father's name?\nПетро\n> And the unit?\nНі", is_reply=True)

    assert said == "Петро\nНі"
    assert quoted.count(">") == 2


def test_a_long_text_under_a_dash_is_no_signature():
    text = "Коротко.\n--\n" + "\n".join(f"Рядок {number}." for number in range(20))

    assert split(text, is_reply=True)[0] == text


ASKED = "1. Full name:\n2. Date of birth:\n3. Who is he to you:\n4. Last seen:"
TOLD = {1: people.ANDRIY.name, 2: "14.03.2001", 3: "син", 4: "Полтава, березень"}


@pytest.mark.parametrize(
    "reply",
    [
        "\n".join(f"{line} {TOLD[number]}" for number, line in enumerate(ASKED.split("\n"), 1)),
        "\n".join(f"> {line} {TOLD[number]}" for number, line in enumerate(ASKED.split("\n"), 1)),
        "\n".join(f"> {line}\n\n{TOLD[number]}\n" for number, line in enumerate(ASKED.split("\n"), 1)),
        "\n".join(f"{number}. {answer}" for number, answer in TOLD.items()),
        "\n".join(f"{number}) {answer}" for number, answer in TOLD.items()),
        "Добрий день!\n\n" + "\n".join(f"**{number}.** {answer}" for number, answer in TOLD.items()) + "\n\nДякую.",
    ],
)
def test_answers_under_our_numbers_are_understood(reply: str):
    inbound = read(letter(reply, in_reply_to="<4711@example.org>", content_type="text/plain; charset=utf-8"))

    assert numbered_answers(inbound.text) == TOLD


@pytest.mark.parametrize("text", ["", "14.03.2001 він зник", "У 2001. році", "Просто лист: нічого", "> > >"])
def test_words_without_numbers_are_no_answers(text: str):
    assert numbered_answers(text) == {}


def test_only_our_own_questions_are_taken_off_an_answer():
    asked = {1: "Full name", 2: "Relation"}

    assert numbered_answers("1. Коваль Андрій: мій син\n2. Relation: син", asked=asked) == {
        1: "Коваль Андрій: мій син",
        2: "син",
    }
