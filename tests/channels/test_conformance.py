"""One bench for all channels: a new folder is tried by looking, and nothing is added here for it.

A channel's cases lie in its folder ``cases``: ``NAME.expected.json`` is what its ``read`` makes of ``NAME.*``, and
``NAME.parcels.json`` what its ``write`` makes of ``NAME.outbound.json``. Only what a case names is compared.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict
from email import message_from_string
from email.policy import default
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kinline.channels
from kinline.channels import CHANNELS
from kinline.channels.base import Channel, Inbound, Kind, Outbound, Parcel
from kinrules.refusal import Refused
from tests import people

pytestmark = pytest.mark.once  # no channel's reading or writing knows a database

FOLDER = Path(kinline.channels.__file__).parent
HOSTILE = FOLDER.parents[3] / "shared/data/hostile/blns/blns.json"
NAMES = sorted(CHANNELS)
READ = [(name, path) for name in NAMES for path in sorted((FOLDER / name / "cases").glob("*.expected.json"))]
WRITTEN = [(name, path) for name in NAMES for path in sorted((FOLDER / name / "cases").glob("*.parcels.json"))]
# Where a channel has no case of its own to learn an address from.
ADDRESSES = {"telegram": "100200300"}
LONG = " ".join(f"слово{number}" for number in range(30_000))


def raw_of(expected: Path) -> bytes:
    """What was received in this case."""
    stem = expected.name.removesuffix(".expected.json")
    (received,) = (path for path in expected.parent.glob(f"{stem}.*") if path != expected)
    return received.read_bytes()


def outbound_of(parcels: Path) -> Outbound:
    """What the bureau says in this case."""
    stem = parcels.name.removesuffix(".parcels.json")
    said = json.loads((parcels.parent / f"{stem}.outbound.json").read_text(encoding="utf-8"))
    return Outbound(**said | {"choices": tuple(map(tuple, said.get("choices", ())))})


def address_on(name: str) -> str:
    """An address this channel can write to."""
    cases = [outbound_of(path).address for channel, path in WRITTEN if channel == name]
    return next(iter(cases), ADDRESSES.get(name, people.MARIA.telephone))


def carried(parcel: Parcel) -> str:
    """The words of a parcel, as whoever gets it reads them."""
    if parcel.wire == "smtp":
        mail = message_from_string(str(parcel.body["message"]), policy=default)
        return str(mail.get_content())
    return str(parcel.body["text"])


def written(channel: Channel, outbound: Outbound) -> tuple[list[Parcel], str]:
    """The parcels, or none and the code of the refusal. What a refusal says goes to logs, as it does in the house."""
    try:
        return channel.write(outbound), ""
    except Refused as refused:
        logging.getLogger("bench").warning("%s", refused)
        return [], refused.code


def rubbish(name: str) -> Iterator[bytes]:
    """Bytes that nobody meant: torn, doubled and turned round cases of every channel, and other kinds of files."""
    yield from (
        b"",
        b"\x00",
        b"\xff" * 99,
        b"{",
        b"[]",
        b"null",
        b'{"text": null}',
        b"\r\n\r\n",
        b"%PDF-1.7\n",
        b"{}" * 9,
    )
    yield b"[" * 100_000
    for _channel, path in READ:
        raw = raw_of(path)
        yield from (raw[: len(raw) // 2], raw[len(raw) // 2 :], raw + raw, raw[::-1], raw.replace(b"\n", b"\x00"))


def is_sound(inbound: Inbound) -> bool:
    """It has a wire id, and every text in it can be kept by any database and sent to any screen."""
    texts = [value for value in asdict(inbound).values() if isinstance(value, str)]
    texts += [text for each in inbound.attachments for text in (each.name, each.type, each.remote_id)]
    whole = "".join(texts)
    whole.encode("utf-8")
    return bool(inbound.wire_id) and "\x00" not in whole and not any("/" in each.name for each in inbound.attachments)


def test_every_folder_is_a_channel_and_says_what_it_can_carry():
    folders = {path.parent.name for path in FOLDER.glob("*/__init__.py")} - {"migrations"}

    channels = dict(CHANNELS)

    assert set(channels) == folders
    for channel in channels.values():
        assert channel.longest > 0
        assert {type(channel.confidential), type(channel.carries_files)} == {bool}


def test_a_channel_that_is_not_there_is_said_to_be_missing():
    with pytest.raises(KeyError):
        CHANNELS["pigeon"]

    assert "pigeon" not in CHANNELS


@pytest.mark.parametrize(("name", "expected"), READ, ids=lambda value: getattr(value, "stem", value))
def test_a_case_is_read_as_its_channel_expects(name: str, expected: Path):
    found = CHANNELS[name].read(raw_of(expected))

    wanted = json.loads(expected.read_text(encoding="utf-8"))
    assert len(found) == len(wanted)
    for inbound, fields in zip(found, wanted, strict=True):
        assert {key: getattr(inbound, key) for key in fields} == fields


@pytest.mark.parametrize(("name", "expected"), WRITTEN, ids=lambda value: getattr(value, "stem", value))
def test_a_case_is_written_as_its_channel_expects(name: str, expected: Path):
    parcels = CHANNELS[name].write(outbound_of(expected))

    wanted = json.loads(expected.read_text(encoding="utf-8"))
    assert [asdict(parcel) for parcel in parcels] == wanted


@pytest.mark.parametrize("name", NAMES)
def test_the_same_bytes_have_the_same_wire_id_and_others_another(name: str):
    channel = CHANNELS[name]
    first, again, other = channel.read(b"rubbish"), channel.read(b"rubbish"), channel.read(b"other rubbish")

    assert [each.wire_id for each in first] == [each.wire_id for each in again]
    assert {each.wire_id for each in first}.isdisjoint(each.wire_id for each in other)


@pytest.mark.parametrize("name", NAMES)
def test_rubbish_is_kept_with_a_wire_id(name: str):
    for raw in rubbish(name):
        found = CHANNELS[name].read(raw)

        assert all(map(is_sound, found))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(raw=st.binary(max_size=2_000))
def test_random_bytes_are_kept_with_a_wire_id(name: str, raw: bytes):
    found = CHANNELS[name].read(raw)

    assert all(map(is_sound, found))


@pytest.mark.parametrize("name", NAMES)
@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
@given(chance=st.randoms(use_true_random=False))
def test_a_case_with_some_bytes_changed_is_kept_with_a_wire_id(name: str, chance):
    cases = [path for channel, path in READ if channel == name]
    if not cases:
        pytest.skip(f"channels/{name} has its cases elsewhere")
    raw = bytearray(raw_of(chance.choice(cases)))
    for _change in range(chance.randrange(1, 20)):
        raw[chance.randrange(len(raw))] = chance.randrange(256)

    found = CHANNELS[name].read(bytes(raw))

    assert all(map(is_sound, found))


@pytest.mark.parametrize("name", NAMES)
def test_hostile_strings_are_read_and_written_whole_or_refused(name: str):
    if not HOSTILE.exists():
        pytest.skip("the naughty strings are not beside the project (../shared/data/hostile)")
    channel = CHANNELS[name]
    for words in json.loads(HOSTILE.read_text(encoding="utf-8")):
        for raw in (words.encode(), f"From: {words}\nSubject: {words}\n\n{words}".encode(), json.dumps(words).encode()):
            assert all(map(is_sound, channel.read(raw)))
        said = "".join(sign for sign in words if sign.isprintable())
        parcels, refusal = written(channel, Outbound(number="1", address=address_on(name), text=f"{said}."))
        arrived = "".join("".join(map(carried, parcels)).split())
        assert refusal.startswith("channel.") or "".join(said.split()) in arrived


@pytest.mark.parametrize("name", NAMES)
def test_a_long_text_arrives_whole_or_is_refused_by_name(name: str):
    channel = CHANNELS[name]

    parcels, refusal = written(channel, Outbound(number="4711", address=address_on(name), text=LONG))

    if refusal:
        assert refusal.endswith("too-long")
        return
    texts = [carried(parcel) for parcel in parcels]
    arrived = [word for text in texts for word in text.split() if word.startswith("слово")]
    assert arrived == LONG.split()
    assert max(map(len, texts)) <= channel.longest + 2  # a mail ends with a line end


@pytest.mark.parametrize("name", NAMES)
def test_a_parcel_can_be_kept_as_json_and_is_the_same_each_time(name: str):
    outbound = Outbound(
        number="4711", address=address_on(name), text="Дякуємо.", choices=(("yes", "Так"), ("no", "Ні"))
    )

    parcels, again = CHANNELS[name].write(outbound), CHANNELS[name].write(outbound)

    assert parcels == again
    assert json.loads(json.dumps([asdict(parcel) for parcel in parcels])) == [asdict(parcel) for parcel in parcels]
    assert all(words in "".join(map(carried, parcels)) for _key, words in outbound.choices)


@pytest.mark.parametrize("name", NAMES)
def test_the_log_learns_neither_address_nor_words(name: str, caplog: pytest.LogCaptureFixture):
    channel, address, words = CHANNELS[name], address_on(name), "Андрієнко-Таємний"
    caplog.set_level(logging.DEBUG)

    for raw in (
        *rubbish(name),
        words.encode(),
        f"From: {address}\n\n{words}".encode(),
        json.dumps({"text": words}).encode(),
    ):
        channel.read(raw)
    written(channel, Outbound(number="4711", address=address, text=words, subject=words))
    written(channel, Outbound(number="4711", address=f"{address}\nBcc: x", text=words * 10_000))

    logged = "\n".join(logging.Formatter("%(message)s").format(record) for record in caplog.records)
    assert address not in logged
    assert words not in logged
    assert "Шукаю" not in logged


def test_what_cannot_be_read_is_shown_to_a_person():
    assert [CHANNELS[name].read(b"\x00\xff\x00")[0].kind for name in ("email", "sms")] == [Kind.UNREADABLE] * 2
