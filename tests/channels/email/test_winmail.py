"""Outlook's winmail.dat is read, and a broken one ends nothing."""

import random
import struct

import pytest

from kinline.channels.email import tnef
from tests.channels.email.letters import coded, in_parts, read

pytestmark = pytest.mark.once  # reading a mail touches no database


def attribute(number: int, content: bytes, *, level: int = 1) -> bytes:
    return struct.pack("<BII", level, number, len(content)) + content + struct.pack("<H", sum(content) % 65_536)


def properties(*each: tuple[int, int, bytes]) -> bytes:
    """Properties of variable length: number, type, value."""
    packed = struct.pack("<I", len(each))
    for number, kind, value in each:
        packed += struct.pack("<HHII", kind, number, 1, len(value)) + value + b"\x00" * (-len(value) % 4)
    return packed


def winmail(*attributes: bytes) -> bytes:
    return tnef.SIGNATURE + b"\x01\x00" + b"".join(attributes)


WHOLE = winmail(
    attribute(0x69007, struct.pack("<II", 1251, 0)),
    attribute(0x2800C, "Шукаю сина.\x00".encode("cp1251")),
    attribute(0x69002, b"\x00" * 14, level=2),
    attribute(0x18010, b"PHOTO~1.JPG\x00", level=2),
    attribute(0x6800F, b"\xff\xd8\xff", level=2),
    attribute(
        0x69005,
        properties((0x3707, 0x1F, "../фото сина.jpg\x00".encode("utf-16-le")), (0x370E, 0x1E, b"image/jpeg\x00")),
        level=2,
    ),
)


def in_a_letter(packed: bytes, words: str = "") -> bytes:
    kind = "Content-Type: application/ms-tnef; name=winmail.dat\nContent-Transfer-Encoding: base64"
    return in_parts(("Content-Type: text/plain; charset=utf-8", words), (kind, coded(packed)))


def test_the_letter_and_the_files_in_it_are_read():
    inbound = read(in_a_letter(WHOLE))

    assert inbound.text == "Шукаю сина."
    assert [(each.name, each.type, each.content) for each in inbound.attachments] == [
        ("фото сина.jpg", "image/jpeg", b"\xff\xd8\xff")
    ]


def test_the_words_outside_are_not_said_twice():
    assert read(in_a_letter(WHOLE, "Шукаю сина.")).text == "Шукаю сина."


def test_a_letter_as_html_is_read():
    packed = winmail(attribute(0x69003, properties((0x1013, 0x102, b"<p>Looking for my <b>son</b></p>"))))

    assert read(in_a_letter(packed)).text == "Looking for my son"


def test_a_letter_as_compressed_text_becomes_a_file():
    # The example of [MS-OXRTFCP], 4.1.1.
    compressed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )
    packed = winmail(attribute(0x69003, properties((0x1009, 0x102, compressed))))

    [file] = read(in_a_letter(packed)).attachments

    assert (file.name, file.type) == ("letter.rtf", "application/rtf")
    assert file.content == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


def test_a_broken_one_gives_what_was_read_until_then():
    chance = random.Random(4)
    for _try in range(2_000):
        torn = bytearray(WHOLE[: chance.randrange(8, len(WHOLE))])
        for _change in range(chance.randrange(5)):
            torn[chance.randrange(4, len(torn))] = chance.randrange(256)

        assert tnef.unpack(bytes(torn)) is not None


def test_what_is_no_such_file_stays_a_file():
    [file] = read(in_a_letter(b"something else")).attachments

    assert (file.name, file.content) == ("winmail.dat", b"something else")
